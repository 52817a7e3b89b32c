"""A file that holds one article, as bytes, within a limit: what the readers of single files share."""

from __future__ import annotations

from pathlib import Path

from extractor.errors import InputError


def whole_file(path: Path, *, most: int, expected: str) -> bytes:
    """Read a file.

    Parameters
    ----------
    path
        The file.
    most
        Bytes; a longer file is refused after so many.
    expected
        What an empty file should have been, for the message.

    Raises
    ------
    InputError
        The file cannot be read, is too long, or is empty.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror or error}", place=path, expected="a readable file") from error
    if len(data) > most:
        raise InputError(f"more than {most:,} bytes", place=path, expected="one article", repair="split the file by article")
    if not data.strip():
        raise InputError("the file is empty", place=path, expected=expected, repair="get the file again")
    return data
