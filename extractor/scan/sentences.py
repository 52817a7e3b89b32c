"""Passages in, sentences out, by punctuation alone: fast enough to run over everything that is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.records import Article, Sentence
from extractor.tables import LEXICONS, Row, read_rows

_STOP = re.compile(r"[.!?][\"'”’)\]]*(?:\s+(?=[\"“‘(\[]*[A-Z0-9α-ωΑ-Ω\[(])|$)|(?<=[a-z)\]])\.(?=[A-Z][a-z]+ [a-z])|\n+")
_LAST_WORD = re.compile(r"([^\s(\[]+)$")
_INITIAL = re.compile(r"^[A-Z]$")


class AbbreviatedRow(Row):
    """A word after which a full stop does not end the sentence, with an example."""

    word: str
    example: str


@lru_cache(maxsize=1)
def abbreviated_words() -> frozenset[str]:
    """The words of lexicons/abbreviated.tsv, lower case, without their last full stop."""
    return frozenset(row.word.lower() for row in read_rows(LEXICONS / "abbreviated.tsv", AbbreviatedRow))


def split(text: str) -> list[tuple[int, int]]:
    """Split a passage into sentences.

    Parameters
    ----------
    text
        One passage.

    Returns
    -------
        `[start, end)` of each sentence, without the blanks around it; together they hold every non-blank character.

    >>> split("BDNF rose (Fig. 2). TrkB fell.")
    [(0, 19), (20, 30)]
    """
    cuts = [m.end() for m in _STOP.finditer(text) if _ends(text, m)]
    spans = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return [trimmed for start, end in spans if (trimmed := _trim(text, start, end)) is not None]


def sentences(article: Article, *, longest: int) -> Iterator[Sentence]:
    """Give the sentences of an article in reading order; one over `longest` characters comes in pieces of at most that size."""
    for index, passage in enumerate(article.passages):
        for start, end in split(article.text[passage.start : passage.end]):
            for piece in range(start, end, longest):
                yield Sentence(start=passage.start + piece, end=passage.start + min(piece + longest, end), passage=index)


def _ends(text: str, stop: re.Match[str]) -> bool:
    if text[stop.start()] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, stop.start() - 30), stop.start())
    if word is None:
        return True
    return not (word[1].lower() in abbreviated_words() or _INITIAL.match(word[1]) is not None)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
