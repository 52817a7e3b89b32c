"""What all tests share: the place of the corpora, and a skip with a reason where they are missing."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real corpora beside the checkout."""
    if not (SHARED / "README.md").is_file():
        pytest.skip(f"no corpora at {SHARED}: this test measures on real texts")
    return SHARED
