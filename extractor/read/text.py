"""A plain-text or Markdown file in, an `Article` out: headings, numbered citations and the bibliography recognised by their look."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import InputError
from extractor.read.blocks import ENDS_SENTENCE, UNDERLINE, Block, Line
from extractor.read.prose import assemble
from extractor.read.reference_lines import own_doi, starts_item
from extractor.read.section_kinds import section_of
from extractor.read.whole_file import whole_file
from extractor.records import Article

LARGEST_FILE = 20_000_000  # bytes; ten times a long book; own choice, it bounds time and memory
LONGEST_LINE = 1_000_000  # characters; the longest paragraph seen has 4 thousand; own choice, it bounds the work on a line
_HEADING = re.compile(r"(#{1,6})\s+\S")
_FENCE = re.compile(r"\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$")
_DOI = re.compile(r"\bdoi(?:\.org/|:)\s*(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
ONE_LINE_PARAGRAPH = 250  # characters; no hard-wrapped line is so long, so that the line is a whole paragraph; own choice
_BULLET = re.compile(r"\s*[-*•‣]\s+\S")
_FRONT = 5_000  # characters from the beginning in which a paper prints its own DOI, at most a third of it; own choice


def read_text(path: Path) -> Iterator[Article | InputError]:
    """Yield the one article of a file, or the reason why it cannot be read."""
    try:
        data = whole_file(path, most=LARGEST_FILE, expected="text")
        source = _decoded(data, path)
        yield text_article(source, path=path, sha256=hashlib.sha256(data).hexdigest())
    except InputError as error:
        yield error


def text_article(source: str, *, path: Path, sha256: str) -> Article:
    """Read decoded text; offsets of the source map count its characters. Raises `InputError` where it holds no words."""
    assembled = assemble(list(_blocks(source, path)))
    built = assembled.built
    if not built.passages:
        raise InputError("no words", place=path, expected="text", repair="check the file")
    return Article(
        id=path.stem,
        text=built.text,
        passages=built.passages,
        title=assembled.title,
        source=path.name,
        sha256=sha256,
        receipt=built.receipt,
        doi=own_doi(_DOI.findall(source[: min(_FRONT, len(source) // 3)]), assembled.references),
        citations=assembled.citations,
        references=assembled.references,
        keywords=assembled.keywords,
        source_map=built.source_map,
    )


def _decoded(data: bytes, path: Path) -> str:
    name = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        source = data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x} is no {name.upper()}"
        raise InputError(found, place=f"{path}:{line}", expected=f"text in {name.upper()}", repair="convert the file to UTF-8") from error
    if "\0" in source:
        line = source.count("\n", 0, source.index("\0")) + 1
        raise InputError("a NUL character, so no text", place=f"{path}:{line}", expected="text in UTF-8", repair="check the ending of the file's name")
    return source


def _blocks(source: str, path: Path) -> Iterator[Block]:
    """Part the source into blocks at blank lines, around headings, rows and items."""
    waiting: list[Line] = []
    for block in _pieces(list(_lines(source, path))):
        if isinstance(block, Line) and not (waiting and _begins(block, waiting)):
            waiting.append(block)
            continue
        if waiting:
            yield Block(tuple(waiting))
        waiting = [block] if isinstance(block, Line) else []
        if isinstance(block, Block):
            yield block
    if waiting:
        yield Block(tuple(waiting))


def _pieces(lines: list[Line]) -> Iterator[Line | Block]:
    """Yield a block for each line that stands alone, with the line that underlines it, and every other line as it is."""
    before = ""
    underline = in_rows = False
    for line, after in zip(lines, [*lines[1:], Line("", 0)], strict=True):
        if underline:
            underline, before = False, ""
            continue
        underline = bool(line.text.strip()) and not before and UNDERLINE.fullmatch(after.text) is not None and line.text.strip(" -=\n") != ""
        if underline:
            yield Block((line, after), level=1 if "=" in after.text else 2)
            continue
        block = _own_block(line, before=before)
        if block is None and in_rows and line.text.strip():
            block = Block((line,), rows=True)
        in_rows = block is not None and block.rows
        yield block or line
        before = "" if block else line.text


def _own_block(line: Line, *, before: str) -> Block | None:
    """Return the block of a line that stands alone: blank, heading, row; None for a line of a paragraph."""
    words = line.text.strip()
    heading = _HEADING.match(words)
    if heading:
        return Block((line,), level=len(heading.group(1)))
    if not words or (_FENCE.fullmatch(line.text) and not before):
        return Block((line,), level=None)
    if "\t" in line.text.lstrip(" "):
        return Block((line,), rows=True)
    if words.startswith("|") and words.endswith("|") and words.count("|") > 2:
        return Block((line,), rows=True, separator="|")
    if (not before or ENDS_SENTENCE.search(before)) and section_of(words.strip("*")) is not None and not words.endswith("."):
        return Block((line,))
    return None


def _begins(line: Line, waiting: list[Line]) -> bool:
    """Say whether a line begins a new block without a blank line before it: a paragraph on one line, or an item of a list."""
    if len(line.text) > ONE_LINE_PARAGRAPH or len(waiting[-1].text) > ONE_LINE_PARAGRAPH:
        return True
    bullet = _BULLET.match(line.text)
    return bullet is not None or (starts_item(line.text) and starts_item(waiting[0].text))


def _lines(source: str, path: Path) -> Iterator[Line]:
    start = 0
    for number, text in enumerate(source.splitlines(keepends=True), 1):
        if len(text) > LONGEST_LINE:
            found = f"a line of {len(text):,} characters"
            raise InputError(found, place=f"{path}:{number}", expected=f"at most {LONGEST_LINE:,}", repair="part the text into paragraphs")
        yield Line(text, start)
        start += len(text)
