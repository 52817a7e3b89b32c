"""Open classes of names, found by the way they are written: text in, mentions out. The patterns are data in lexicons/*.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.errors import DataError
from extractor.records import Mention, MentionKind
from extractor.tables import LEXICONS, Row, Words, numbered_rows
from extractor.variants import fold

_TABLES: tuple[tuple[MentionKind, str], ...] = (("molecule", "open_molecules.tsv"), ("agent", "agent_patterns.tsv"))

_REACH = 120
"""Characters around the needed word that are searched; every mention holds that word and is shorter. Own choice."""


class PatternRow(Row):
    """One open class: a regular expression whose group named after the kind of mention is the mention.

    `needs` is a lower-case string without which the pattern cannot match; it spares most texts the search.
    """

    pattern_id: str
    label: str
    needs: str = ""
    pattern: str
    examples: Words
    counters: Words


@dataclass(frozen=True, slots=True)
class OpenClass:
    """A compiled row."""

    kind: MentionKind
    row: PatternRow
    regex: re.Pattern[str]

    def find(self, text: str, *, lower: str) -> Iterator[Mention]:
        """Give the mentions in a text; `lower` is the folded text. Only the neighbourhood of what the pattern needs is searched."""
        for low, high in _near(self.row.needs, lower):
            for match in self.regex.finditer(text, low, high):
                start, end = match.span(self.kind) if self.kind in self.regex.groupindex else match.span()
                if start < end:
                    yield Mention(start=start, end=end, text=text[start:end], kind=self.kind, label=self.row.label, rule=f"pattern.{self.row.pattern_id}")


def _near(word: str, lower: str) -> list[tuple[int, int]]:
    """The stretches of text within `_REACH` characters of a word, joined where they meet; all of the text for no word."""
    if not word:
        return [(0, len(lower))]
    spans: list[tuple[int, int]] = []
    at = lower.find(word)
    while at >= 0:
        low, high = max(0, at - _REACH), min(len(lower), at + len(word) + _REACH)
        if spans and low <= spans[-1][1]:
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((low, high))
        at = lower.find(word, at + 1)
    return spans


@lru_cache(maxsize=1)
def open_classes() -> tuple[OpenClass, ...]:
    """Compile the open classes of all tables.

    Raises
    ------
    DataError
        A row is broken or its pattern does not compile.
    """
    return tuple(_compile(kind, f"{table}:{no}", row) for kind, table in _TABLES for no, row in numbered_rows(LEXICONS / table, PatternRow))


def find_open(text: str) -> list[Mention]:
    """Find all mentions of open classes in a text; they may overlap."""
    lower = fold(text)
    return [mention for one in open_classes() for mention in one.find(text, lower=lower)]


def _compile(kind: MentionKind, place: str, row: PatternRow) -> OpenClass:
    try:
        return OpenClass(kind=kind, row=row, regex=re.compile(row.pattern))
    except re.error as error:
        raise DataError(f"pattern {row.pattern_id}: {error}", place=place, expected="a regular expression") from error
