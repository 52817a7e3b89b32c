"""Open classes of names, found by the way they are written: text in, mentions out. The patterns are data in lexicons/*.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from extractor.errors import DataError
from extractor.records import Mention, MentionKind
from extractor.scan.dictionary import folded
from extractor.tables import LEXICONS, Row, Words, numbered_rows

_TABLES: tuple[tuple[MentionKind, str], ...] = (("molecule", "open_molecules.tsv"), ("agent", "agent_patterns.tsv"))

Spans = list[tuple[int, int]]

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

    def find(self, text: str, *, near: Spans) -> Iterator[Mention]:
        """Give the mentions in stretches of a text: those around what the pattern needs (`Needed.near`)."""
        for low, high in near:
            for match in self.regex.finditer(text, low, high):
                start, end = match.span(self.kind) if self.kind in self.regex.groupindex else match.span()
                if start < end:
                    yield Mention(start=start, end=end, text=text[start:end], kind=self.kind, label=self.row.label, rule=f"pattern.{self.row.pattern_id}")


class Needed:
    """The stretches of a text that each pattern has to search. Immutable once built; one pass finds the needed words of all."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for word in words:
            if word:
                self._automaton.add_word(word, word)
        self._automaton.make_automaton()

    def near(self, lower: str) -> dict[str, Spans]:
        """Give the stretches within `_REACH` characters of each word that a folded text has, joined where they meet; all of it for no word."""
        found: dict[str, Spans] = {"": [(0, len(lower))]}
        for last, word in self._automaton.iter(lower) if len(self._automaton) else ():
            spans = found.setdefault(word, [])
            low, high = max(0, last + 1 - len(word) - _REACH), min(len(lower), last + 1 + _REACH)
            if spans and low <= spans[-1][1]:
                spans[-1] = (spans[-1][0], high)
            else:
                spans.append((low, high))
        return found


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
    near = _needed().near(folded(text))
    return [mention for one in open_classes() if one.row.needs in near for mention in one.find(text, near=near[one.row.needs])]


@lru_cache(maxsize=1)
def _needed() -> Needed:
    return Needed(one.row.needs for one in open_classes())


def _compile(kind: MentionKind, place: str, row: PatternRow) -> OpenClass:
    try:
        return OpenClass(kind=kind, row=row, regex=re.compile(row.pattern))
    except re.error as error:
        raise DataError(f"pattern {row.pattern_id}: {error}", place=place, expected="a regular expression") from error
