"""A line of plain text or Markdown in, its pieces out: words with their place, marks that are no text, raised numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Literal, NamedTuple

PieceKind = Literal["words", "markup", "raised"]
_MARK = re.compile(
    r"(?P<tag></?(?:i|b|em|strong|sub|sup|u)>)"
    r"|(?P<emphasis>(?<![\w*])(\*{1,3})(?=[^\s*])(?:[^*\n]{1,300}?)(?<=[^\s*])\3(?![\w*]))"
    r"|(?P<raised>\^\{[^{}\n]{0,40}\})|(?P<lowered>(?<=\w)_\{[^{}\n]{0,40}\})"
    r"|(?P<tex>\$\\(?P<name>[A-Za-z]{2,10})\s?(?P<rest>\w{0,4})\$)"
)
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,–—−-]\s*\d{1,3})*")


class Piece(NamedTuple):
    """A run of a line: the text it stands for, its place in the line, how many characters of the line it takes."""

    kind: PieceKind
    text: str
    start: int
    consumed: int


def pieces(line: str, *, start: int = 0) -> Iterator[Piece]:
    """Part a line into words and the marks around them; every character of the line is in one piece.

    Emphasis and the tags of HTML for it go, "^{13}C" is "13C", "$\\alpha 1$" is "α1". A raised number after a word, which may be a
    citation, is a piece of its own kind.

    Examples
    --------
    >>> [(piece.kind, piece.text) for piece in pieces("*in vivo*^{2}")]
    [('markup', ''), ('words', 'in vivo'), ('markup', ''), ('markup', ''), ('raised', '2'), ('markup', '')]
    """
    last = 0
    for mark in _MARK.finditer(line):
        if mark.start() > last:
            yield _words(line, last, mark.start(), offset=start)
        last = mark.end()
        if mark.group("tag"):
            yield Piece("markup", "", start + mark.start(), len(mark.group()))
        elif mark.group("emphasis"):
            yield from _inside(line, mark, width=len(mark.group(3)), closing=len(mark.group(3)), offset=start)
        elif mark.group("tex"):
            yield from _tex(mark, offset=start)
        else:
            yield from _inside(line, mark, width=2, closing=1, offset=start)
    if last < len(line):
        yield _words(line, last, len(line), offset=start)


def _words(line: str, first: int, end: int, *, offset: int) -> Piece:
    return Piece("words", line[first:end], offset + first, end - first)


def _inside(line: str, mark: re.Match[str], *, width: int, closing: int, offset: int) -> Iterator[Piece]:
    first, end = mark.start() + width, mark.end() - closing
    yield Piece("markup", "", offset + mark.start(), width)
    before, after = line[: mark.start()][-1:], line[mark.end() :][:1]
    if mark.group("raised") and before.strip() and not after.isalnum() and _NUMBERS.fullmatch(line, first, end):
        yield Piece("raised", line[first:end], offset + first, end - first)
    else:
        yield from pieces(line[first:end], start=offset + first)
    yield Piece("markup", "", offset + end, closing)


def _tex(mark: re.Match[str], *, offset: int) -> Iterator[Piece]:
    letter = html5.get(f"{mark.group('name')};")
    if letter is None:
        yield Piece("words", mark.group(), offset + mark.start(), len(mark.group()))
        return
    used = len(mark.group()) - len(mark.group("rest")) - 1
    yield Piece("words", letter, offset + mark.start(), used)
    yield Piece("words", mark.group("rest"), offset + mark.start("rest"), len(mark.group("rest")))
    yield Piece("markup", "", offset + mark.end() - 1, 1)
