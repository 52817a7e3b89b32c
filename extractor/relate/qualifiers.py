"""A sentence in, its qualifiers out: dose, time, route, sex, chronicity, model. What they look like is in lexicons/qualifiers.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractor.errors import DataError
from extractor.tables import LEXICONS, Row, Words, numbered_rows

Key = Literal["dose", "time", "route", "sex", "chronicity", "model"]

_TABLE = "qualifiers.tsv"
_JOINT = "; "
_ANY_DIGIT = "#"
_DIGITS = re.compile(r"\d")


class QualifierRow(Row):
    """One way to write a qualifier: a regular expression, an example with the qualifier in square brackets, a counter without one.

    `needs` are lower-case strings of which one must stand in the text, or nothing is searched; `#` stands for any digit.
    """

    key: Key
    qualifier_id: str
    needs: Words
    pattern: str
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A qualifier in the author's words; `[start, end)` into the text that was searched."""

    key: Key
    text: str
    start: int
    end: int


def qualifiers(sentence_text: str) -> dict[str, str]:
    """Give the qualifiers of a sentence by key; several of one key are joined by `; ` in text order, each once.

    >>> qualifiers("Male rats were given ketamine (10 mg/kg, i.p.) and killed 30 min later.")
    {'sex': 'Male', 'dose': '10 mg/kg', 'route': 'i.p.', 'time': '30 min later'}
    """
    values: dict[str, dict[str, None]] = {}
    for found in find_qualifiers(sentence_text):
        values.setdefault(found.key, {})[found.text] = None
    return {key: _JOINT.join(texts) for key, texts in values.items()}


def find_qualifiers(text: str) -> tuple[Qualifier, ...]:
    """Find all qualifiers of a text.

    Parameters
    ----------
    text
        A sentence or a short passage.

    Returns
    -------
        By start; none overlap: of two that do the longer one is kept ("chronic" inside "chronic mild stress" is no chronicity).

    Raises
    ------
    DataError
        The table of qualifiers is broken.
    """
    return _longest(_matches(text))


def _matches(text: str) -> Iterator[Qualifier]:
    lower = text.lower() + (_ANY_DIGIT if _DIGITS.search(text) else "")
    for row, regex in _compiled():
        for word in row.needs:
            if word in lower:
                for match in regex.finditer(text):
                    yield Qualifier(key=row.key, text=match[0], start=match.start(), end=match.end())
                break


def _longest(found: Iterable[Qualifier]) -> tuple[Qualifier, ...]:
    kept: list[Qualifier] = []
    for one in sorted(found, key=lambda q: (q.start - q.end, q.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda q: q.start))


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[QualifierRow, re.Pattern[str]], ...]:
    return tuple((row, _regex(row, place=f"{_TABLE}:{no}")) for no, row in numbered_rows(LEXICONS / _TABLE, QualifierRow))


def _regex(row: QualifierRow, *, place: str) -> re.Pattern[str]:
    try:
        return re.compile(row.pattern)
    except re.error as error:
        raise DataError(f"pattern {row.qualifier_id}: {error}", place=place, expected="a regular expression", repair="mend the pattern column") from error
