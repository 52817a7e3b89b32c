"""The papers that come with the package, for `extractor demo`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from extractor.errors import DataError


def sample_folder() -> Path:
    """Return the folder of the sample papers: inside an installed package, or beside it in a checkout.

    Raises
    ------
    DataError
        There is neither.
    """
    package = Path(str(files("extractor")))
    places = (package / "samples", package.parent / "corpus" / "samples")
    for place in places:
        if place.is_dir():
            return place
    raise DataError("no sample papers", place=places[0], expected=f"this folder, or {places[1]}", repair="install the package anew")
