"""What the words around a cue do to it: negation, comparison, hedging, aims, clauses. `Units` in, plain answers out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from extractor.records import Certainty, CueMention, Direction
from extractor.relate.links import Link
from extractor.relate.memory import remembered
from extractor.relate.units import Units, compile_pattern
from extractor.tables import LEXICONS, Row, Words, read_rows

_BREAK = ("SEMI", "SUB", "BUT")
_FLIPPED = "(?:WORD|ADV|NUM|FORM|OPEN|CLOSE|REGION|AND|DET|MOL){0,6} IN (?:DET|WORD|SPECIES|ADV)* CONTROL (?:(?!AGENT|BOTH).){0,4} THAN (?:(?!CONTROL).)*$"
_OPPOSITE = {Direction.INCREASE: Direction.DECREASE, Direction.DECREASE: Direction.INCREASE, Direction.NO_CHANGE: Direction.NO_CHANGE}


def _induced() -> re.Pattern[str]:
    return compile_pattern("HYPHEN (?:VERBCUE|CAUSE) (?:ADV|WORD|AND|COMMA|ADJCUE){0,2}$")


class NegationRow(Row):
    """Units that turn the change of a cue into no change: `pattern` ends at the cue, `behind` begins after a noun of change. A row has one of the two."""

    rule: str
    pattern: str = ""
    behind: str = ""
    example: str
    counter: str


class PhraseRow(Row):
    """Words of hedging or aim; `example` holds one, in `counter` none applies to the claim."""

    cue: str
    words: Words
    example: str
    counter: str


@lru_cache(maxsize=1)
def _negations() -> tuple[re.Pattern[str], ...]:
    return tuple(compile_pattern(f"(?:{row.pattern})$") for row in read_rows(LEXICONS / "negation.tsv", NegationRow) if row.pattern)


@lru_cache(maxsize=1)
def _negations_behind() -> tuple[re.Pattern[str], ...]:
    return tuple(compile_pattern(row.behind) for row in read_rows(LEXICONS / "negation.tsv", NegationRow) if row.behind)


@lru_cache(maxsize=4)
def _phrases(table: str) -> re.Pattern[str]:
    words = sorted((w for row in read_rows(LEXICONS / table, PhraseRow) for w in row.words), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


@remembered
def negated(units: Units, cue: int) -> bool:
    """Whether the change at `cue` is denied: `did not increase`, `no increase`, `failed to increase`, `an increase … was not seen`."""
    before = units.codes[clause(units, cue)[0] : cue]
    if any(pattern.search(before) is not None for pattern in _negations()):
        return True
    mention = units.items[cue].cue
    return mention is not None and "noun" in mention.forms and any(pattern.match(units.codes, cue + 1) is not None for pattern in _negations_behind())


@remembered
def clause(units: Units, position: int) -> tuple[int, int]:
    """The units `[start, end)` of the clause around a position, cut at semicolons, colons and words that open a clause."""
    breaks = units.where(*_BREAK)
    start = max((b + 1 for b in breaks if b < position), default=0)
    return start, min((b for b in breaks if b > position), default=len(units.items))


def direction_of(units: Units, link: Link) -> Direction | None:
    """The direction that a link states, or None where it states none.

    An outer cue multiplies: what reverses, prevents or lowers a decrease is an increase, what fails to do so is no change.
    """
    inner = _own_direction(units, link.cue)
    if link.denied is not None:
        return None if inner in (None, Direction.NO_CHANGE) else Direction.NO_CHANGE
    if link.outer is None or inner is None:
        return inner
    outer = units.items[link.outer].cue
    if outer is None:
        return None
    if negated(units, link.outer):
        return Direction.NO_CHANGE
    if outer.kind == "modulate":
        return None
    return inner if outer.direction is Direction.INCREASE else _OPPOSITE[inner]


def _own_direction(units: Units, cue: int) -> Direction | None:
    mention = units.items[cue].cue
    if mention is None:
        return None
    if negated(units, cue):
        return None if mention.kind == "null" else Direction.NO_CHANGE
    direction = mention.direction
    return _OPPOSITE[direction] if direction is not None and _compares_backwards(units, cue, mention) else direction


def _compares_backwards(units: Units, cue: int, mention: CueMention) -> bool:
    """Whether the controls are the subject of the comparison: `lower in controls than in treated rats`."""
    if mention.kind == "null":
        return False
    return compile_pattern(_FLIPPED).match(units.codes, cue + 1) is not None


def is_presupposed(units: Units, link: Link) -> bool:
    """Whether the change is taken for granted: `the stress-induced rise in BDNF`, `amphetamine-stimulated release`."""
    if link.outer is not None or link.denied is not None:
        return False
    return (link.rule is not None and link.rule.row.presupposed) or _induced().search(units.codes[: link.cue]) is not None


def certainty_of(units: Units, positions: Iterable[int], text: str) -> Certainty:
    """`hedged` where a word of hedging stands in the clause of the link, up to its end."""
    places = list(positions)
    span = _words(units, clause(units, min(places))[0], max(places), text)
    return "hedged" if _phrases("hedges.tsv").search(span) else "asserted"


@remembered
def is_dependence(units: Units, cue: int, text: str) -> bool:
    """Whether the clause of the cue tells a correlation or a requirement: `higher BDNF correlated with less immobility`."""
    start, end = clause(units, cue)
    return _phrases("dependence.tsv").search(_words(units, start, end - 1, text)) is not None


def _words(units: Units, first: int, last: int, text: str) -> str:
    """The sentence's text from one unit to another, in lower case."""
    base = units.items[0].start
    return text[units.items[first].start - base : units.items[last].end - base].lower()


@remembered
def is_aim(units: Units, cue: int, text: str) -> bool:
    """Whether the cue stands under an aim, a hypothesis or a question: `to test whether ketamine raises BDNF`.

    An opening aim (`To test this, we …`) reaches to its comma; one inside the sentence to its end.
    """
    base = units.items[0].start
    place = units.items[cue].start - base
    if text.rstrip().endswith("?"):
        return True
    for phrase in _phrases("aims.tsv").finditer(text.lower()):
        if phrase.start() > place:
            return False
        comma = text.find(", ", phrase.end())
        opening = phrase.start() < 12
        if not (opening and 0 <= comma < place):
            return True
    return False
