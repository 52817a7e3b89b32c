"""Words that may give a direction: text in, cue mentions out. The words are rows of lexicons/directions.tsv."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import ahocorasick
from pydantic import model_validator

from extractor.records import CueForm, CueKind, CueMention, Direction
from extractor.scan.dictionary import folded
from extractor.tables import LEXICONS, Row, Words, numbered_rows
from extractor.variants import fold

_FORMS: tuple[tuple[str, CueForm], ...] = (("third", "third"), ("past", "past"), ("gerund", "gerund"), ("nouns", "noun"), ("adjectives", "adjective"))


class DirectionRow(Row):
    """A verb, noun or adjective of change with all its forms; `direction` is `none` where the word has none of its own.

    A row with a verb form has its lemma as base form. `example` must hold the cue, `counter` must not.
    """

    lemma: str
    direction: Literal["increase", "decrease", "no_change", "none"]
    kind: CueKind
    third: Words = ()
    past: Words = ()
    gerund: Words = ()
    nouns: Words = ()
    adjectives: Words = ()
    example: str
    counter: str

    @model_validator(mode="after")
    def _some_form(self) -> DirectionRow:
        if not (self.past or self.third or self.gerund or self.nouns or self.adjectives):
            raise ValueError(f"{self.lemma} has no forms")
        return self

    def spelled(self) -> Iterator[tuple[str, CueForm]]:
        """Give every spelling with its form."""
        if self.past:
            yield self.lemma, "base"
        for column, form in _FORMS:
            for word in getattr(self, column):
                yield word, form


class CueFinder:
    """An automaton over all forms of all rows. Immutable once built."""

    def __init__(self, rows: tuple[DirectionRow, ...]) -> None:
        found: dict[str, tuple[DirectionRow, list[CueForm]]] = {}
        for row in rows:
            for word, form in row.spelled():
                owner, forms = found.setdefault(fold(word), (row, []))
                if owner.direction == row.direction and form not in forms:
                    forms.append(form)
        self._automaton = ahocorasick.Automaton()
        for word, (row, forms) in found.items():
            self._automaton.add_word(word, (len(word), row, tuple(forms)))
        self._automaton.make_automaton()

    def find(self, text: str) -> tuple[CueMention, ...]:
        """Find all cues; of overlapping ones the longest is kept. Offsets are into `text`."""
        lower = folded(text)
        hits: list[CueMention] = []
        for last, (length, row, forms) in self._automaton.iter(lower):
            start, end = last - length + 1, last + 1
            if (start and (lower[start - 1].isalnum())) or (end < len(lower) and lower[end].isalnum()):
                continue
            while hits and hits[-1].start >= start:
                hits.pop()
            if hits and hits[-1].end > start:
                continue
            direction = None if row.direction == "none" else Direction(row.direction)
            hits.append(CueMention(start=start, end=end, text=text[start:end], lemma=row.lemma, kind=row.kind, direction=direction, forms=forms))
        return tuple(hits)


@lru_cache(maxsize=1)
def cue_finder() -> CueFinder:
    """Build the finder of the package's own table, once a process. Raises `DataError` where a row is broken."""
    return CueFinder(tuple(row for _, row in numbered_rows(LEXICONS / "directions.tsv", DirectionRow)))
