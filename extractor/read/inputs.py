"""What the user named (files, folders, globs) in, the files to read out."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.errors import UsageError

ENDINGS = (".xml", ".nxml", ".xml.gz", ".nxml.gz", ".txt", ".text", ".md", ".pdf", ".jsonl")


def ending_of(path: Path) -> str | None:
    """Return the known ending of a file's name, whatever its case, or None.

    Examples
    --------
    >>> ending_of(Path("a/PMC1.NXML.gz")), ending_of(Path("notes.docx"))
    ('.nxml.gz', None)
    """
    name = path.name.lower()
    return max((ending for ending in ENDINGS if name.endswith(ending)), key=len, default=None)


def find_inputs(inputs: Sequence[str]) -> list[Path]:
    """Expand files, folders and globs.

    Parameters
    ----------
    inputs
        A file is taken whatever its ending; of a folder, and of those below it, the files with a known ending.

    Returns
    -------
        The files, sorted, each once.

    Raises
    ------
    UsageError
        Nothing was named, a path does not exist, a pattern or a folder gives no file.
    """
    if not inputs:
        raise UsageError("no input", expected="at least one file, folder or pattern")
    return sorted({path for given in inputs for path in _expand(given)})


def _expand(given: str) -> list[Path]:
    path = Path(given)
    if path.is_dir():
        found = list(_in_folder(path))
        if not found:
            raise UsageError("the folder holds no file to read", place=path, expected=f"files ending in {', '.join(ENDINGS)}")
        return found
    if path.exists():
        return [path]
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207 (a pattern may be absolute)
    if not matches:
        what = "the pattern matches nothing" if glob.has_magic(given) else "no such file or folder"
        raise UsageError(what, place=given, expected="a file, a folder or a pattern", repair="check the spelling and the folder you are in")
    return [file for match in matches for file in (_in_folder(Path(match)) if Path(match).is_dir() else [Path(match)])]


def _in_folder(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and ending_of(path) and not path.name.startswith("."))
