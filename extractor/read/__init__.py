"""A path in, articles out. `READERS` says which reader takes which ending; a new format is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from extractor.errors import InputError
from extractor.read.inputs import ENDINGS, ending_of, find_inputs
from extractor.read.pdf import read_pdf
from extractor.read.records_jsonl import read_jsonl
from extractor.read.text import read_text
from extractor.read.xml import read_xml
from extractor.records import Article

__all__ = ["READERS", "Reader", "find_inputs", "read"]

Reader = Callable[[Path], Iterator[Article | InputError]]

READERS: Mapping[str, Reader] = {
    ".xml": read_xml,
    ".nxml": read_xml,
    ".xml.gz": read_xml,
    ".nxml.gz": read_xml,
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".pdf": read_pdf,
    ".jsonl": read_jsonl,
}


def read(path: Path) -> Iterator[Article | InputError]:
    """Yield the articles of a file in file order.

    Bad input raises nothing: whatever cannot be read comes out as one `InputError` that names the place, what was expected and the
    repair, and reading goes on with the next article.
    """
    ending = ending_of(path)
    if path.is_dir():
        yield InputError("a folder", place=path, expected="a file", repair="name the files in it, or let find_inputs expand it")
    elif not path.exists():
        yield InputError("no such file", place=path, expected="a file")
    elif ending is None:
        yield InputError("unknown ending", place=path, expected=f"one of {', '.join(ENDINGS)}", repair="rename the file if it is one of these")
    else:
        yield from READERS[ending](path)
