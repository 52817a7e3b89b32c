"""A PDF file with a text layer in, an `Article` out, by pypdfium2."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from extractor.errors import InputError
from extractor.read.offsets import LAYOUT
from extractor.read.pdf_layout import Page, layout
from extractor.read.pdf_pages import page_runs
from extractor.read.prose import assemble
from extractor.read.reference_lines import own_doi
from extractor.read.whole_file import whole_file
from extractor.records import Article

LARGEST_FILE = 200_000_000  # bytes; own choice, it bounds memory
MOST_PAGES = 500  # pages; a longer file is a book; own choice, it bounds time
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")


def read_pdf(path: Path) -> Iterator[Article | InputError]:
    """Yield the one article of a file, or the reason why it cannot be read."""
    try:
        data = whole_file(path, most=LARGEST_FILE, expected="a PDF file")
        pages = pdf_pages(data, path)
        yield _article(pages, path=path, sha256=hashlib.sha256(data).hexdigest())
    except InputError as error:
        yield error


def source_text(pages: list[Page]) -> str:
    """Return what the source map of a PDF counts in: the characters of all pages, one after the other."""
    return "".join(page.text for page in pages)


def pdf_pages(data: bytes, path: Path) -> list[Page]:
    """Read the text layer.

    Raises
    ------
    InputError
        The file is no PDF, broken, encrypted, too long, or has no text layer.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError("encrypted PDF", place=path, expected="a PDF that opens without a password", repair="save it without a password") from error
        raise InputError(f"cannot open: {error}", place=path, expected="a whole PDF file", repair="get the file again") from error
    try:
        if len(document) > MOST_PAGES:
            raise InputError(f"{len(document)} pages", place=path, expected=f"at most {MOST_PAGES}", repair="split the file by article")
        pages = list(_pages(document, path))
    finally:
        document.close()
    if not any(page.text.strip() for page in pages):
        raise InputError(f"no text on {len(pages)} page(s), only images", place=path, expected="a PDF with a text layer", repair="run OCR over it first")
    return pages


def _pages(document: pypdfium2.PdfDocument, path: Path) -> Iterator[Page]:
    start = 0
    for number in range(len(document)):
        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise InputError(f"cannot read page {number + 1}: {error}", place=path, expected="a whole PDF file", repair="get the file again") from error
        text, runs = page_runs(textpage)
        width, height = page.get_size()
        textpage.close()
        page.close()
        yield Page(width, height, text, start, runs)
        start += len(text)


def _article(pages: list[Page], *, path: Path, sha256: str) -> Article:
    blocks, furniture = layout(pages)
    blank = sum(len(page.text) for page in pages if not page.runs)
    skipped = [("page furniture", line.text) for line in furniture]
    assembled = assemble(blocks, left_out=[*skipped, (LAYOUT, " " * blank)])
    built = assembled.built
    if not built.passages:
        raise InputError("no words", place=path, expected="an article", repair="check the file")
    return Article(
        id=path.stem,
        text=built.text,
        passages=built.passages,
        title=assembled.title,
        source=path.name,
        sha256=sha256,
        receipt=built.receipt,
        doi=own_doi(_DOI.findall(pages[0].text), assembled.references),
        citations=assembled.citations,
        references=assembled.references,
        keywords=assembled.keywords,
        source_map=built.source_map,
    )
