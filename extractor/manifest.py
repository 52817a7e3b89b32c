"""What the claims of a run depend on, besides its inputs: versions, settings, lexicons, models, code. Goes to run.json, and decides
whether a run may go on with the results of an earlier one.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from extractor.errors import UsageError
from extractor.schema import SCHEMA_VERSION
from extractor.settings import Settings

PACKAGE = "molecule-effect-claims"
CLAIMS, READ_OF_CLAIMS = "claims/", ("models.json", "weights.npz")
"""The folder of the models of claims, and what a run reads of it."""
REPORTED = ("spacy", "scispacy", "numpy", "scikit-learn", "lxml", "pypdfium2", "pyahocorasick", "pydantic", "pandas", "pyarrow")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Versions and hashes. `key` is a SHA-256 over all that can change a claim."""

    version: str
    python: str
    platform: str
    packages: dict[str, str]
    settings: Settings
    model: str | None
    lexicons: dict[str, str]
    models: dict[str, str]
    code: str

    @property
    def key(self) -> str:
        """Equal keys and equal inputs give equal claims."""
        parts = (SCHEMA_VERSION, self.version, self.settings.digest(), self.model, sorted(self.packages.items()), self.code)
        data = (sorted(self.lexicons.items()), sorted(self.models.items()))
        return hashlib.sha256(repr((parts, data)).encode()).hexdigest()


def provenance(settings: Settings, *, model: str | None = None, claim_models: Path | None = None) -> Provenance:
    """Hash the data and code of the package.

    Parameters
    ----------
    settings
        The settings of the run.
    model
        An installed spaCy model that stands in for the package's own, or None.
    claim_models
        A folder of trained models of claims that stands in for the package's own, or None. Its files are named as the package's are.

    Raises
    ------
    UsageError
        The folder holds no models of claims.
    """
    package = files("extractor")
    models = _hashes(package / "models")
    if claim_models is not None:
        models = {name: digest for name, digest in models.items() if not name.startswith(CLAIMS)} | _given(claim_models)
    return Provenance(
        version=package_version(),
        python=platform.python_version(),
        platform=f"{sys.platform} {platform.machine()}",
        packages={name: found for name in (*REPORTED, *([model] if model else [])) if (found := _version(name))},
        settings=settings,
        model=model,
        lexicons=_hashes(package / "lexicons"),
        models=models,
        code=_code(package),
    )


def _given(folder: Path) -> dict[str, str]:
    """The hashes of what a run reads of a folder of models of claims."""
    missing = [name for name in READ_OF_CLAIMS if not (folder / name).is_file()]
    if missing:
        raise UsageError(f"no {' and no '.join(missing)}", place=folder, expected="models of claims", repair="name a folder that `extractor train` wrote")
    return {f"{CLAIMS}{name}": hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in READ_OF_CLAIMS}


def package_version() -> str:
    """Return the version of this package, or `unknown` where it is not installed."""
    return _version(PACKAGE) or "unknown"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _hashes(folder: Traversable) -> dict[str, str]:
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in sorted(_walk(folder))} if folder.is_dir() else {}


def _code(package: Traversable) -> str:
    sums = hashlib.sha256()
    for name, file in sorted(_walk(package)):
        if Path(name).suffix in {".py", ".tsv", ".jsonl"}:
            sums.update(f"{name}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return sums.hexdigest()


def _walk(folder: Traversable, *, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in {"__pycache__", "samples"}:
                yield from _walk(entry, prefix=f"{prefix}{entry.name}/")
        elif not entry.name.endswith(".pyc"):
            yield f"{prefix}{entry.name}", entry
