"""Each row of the tables of cues and rules: by the rules alone its `example` does what the row says, its `counter` does not.

Known failures are rows of `lexicon_examples_xfail.tsv` with a reason; the test of one that is mended fails until its row is removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from extractor.parse.language import parse
from extractor.pipeline import Pipeline
from extractor.records import Article, Claim, Direction, Passage, Receipt, Section
from extractor.relate.attribution import AttributionRow
from extractor.relate.patterns import Rule, rules
from extractor.relate.scope import NegationRow, PhraseRow
from extractor.relate.units import Units, units_of
from extractor.scan import Scanner
from extractor.scan.cues import DirectionRow, cue_finder
from extractor.tables import LEXICONS, Row, read_rows
from spacy.language import Language

_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_CUES = ("VERBCUE", "NOUNCUE", "ADJCUE")
_TARGETS = {"molecule": ("MOL", "BOTH"), "agent": ("AGENT", "BOTH"), "region": ("REGION",), "cue": _CUES}


class KnownRow(Row):
    """An example or counter that is known to fail."""

    table: str
    row: str
    which: Literal["example", "counter"]
    reason: str


KNOWN = {(known.table, known.row, known.which): known.reason for known in read_rows(Path(__file__).parent / "lexicon_examples_xfail.tsv", KnownRow)}
DIRECTIONS = read_rows(LEXICONS / "directions.tsv", DirectionRow)
NEGATIONS = read_rows(LEXICONS / "negation.tsv", NegationRow)
HEDGES = read_rows(LEXICONS / "hedges.tsv", PhraseRow)
AIMS = read_rows(LEXICONS / "aims.tsv", PhraseRow)
ATTRIBUTIONS = read_rows(LEXICONS / "attribution.tsv", AttributionRow)
RULES = [rule for rule in rules() if rule.row.target in _TARGETS]


@dataclass(frozen=True, slots=True)
class Reader:
    """Sentences to units and claims, as the pipeline makes them."""

    pipeline: Pipeline
    units: Callable[[str], Units]

    def claims(self, text: str, section: Section = Section.RESULTS) -> tuple[Claim, ...]:
        return self.pipeline.run(_article(text, section)).claims


def _article(text: str, section: Section) -> Article:
    passage = Passage(start=0, end=len(text), kind="paragraph", section=section)
    return Article(id="case", text=text, passages=(passage,), title="", source="case", sha256="", receipt=Receipt(read=len(text)))


@pytest.fixture(scope="module")
def reader(rules_pipeline: Pipeline, scanner: Scanner, nlp: Language) -> Reader:
    """The stages, loaded once."""

    def units(text: str) -> Units:
        scan = scanner.scan(_article(text, Section.RESULTS))
        assert len(scan.sentences) == 1, f"one sentence, not {text!r}"
        (parsed,) = parse(text, [(scan.sentences[0], scan.mentions)], nlp=nlp)
        return units_of(parsed, scan.cues)

    return Reader(pipeline=rules_pipeline, units=units)


def plain(marked: str) -> str:
    """The sentence without its marks."""
    return _MARK.sub(lambda m: m[1], marked)


def marks(marked: str) -> list[tuple[int, int, str]]:
    """Start, end and label of each mark, offsets into the plain sentence."""
    found, taken = [], 0
    for match in _MARK.finditer(marked):
        start = match.start() - taken
        found.append((start, start + len(match[1]), match[2]))
        taken += len(match[0]) - len(match[1])
    return found


def _each(table: str, which: Literal["example", "counter"]) -> pytest.MarkDecorator:
    rows, name = TABLES[table]
    params = []
    for row in rows:
        reason = KNOWN.get((table, name(row), which))
        params.append(pytest.param(row, id=name(row), marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else []))
    return pytest.mark.parametrize("row", params)


TABLES: dict[str, tuple[Sequence[Any], Callable[[Any], str]]] = {
    "directions.tsv": (DIRECTIONS, lambda row: row.lemma),
    "negation.tsv": (NEGATIONS, lambda row: row.rule),
    "hedges.tsv": (HEDGES, lambda row: row.cue),
    "aims.tsv": (AIMS, lambda row: row.cue),
    "attribution.tsv": (ATTRIBUTIONS, lambda row: row.whose),
    "patterns.jsonl": (RULES, lambda rule: rule.row.rule),
}


def test_the_known_failures_are_of_rows_that_exist() -> None:
    named = {(table, name(row)) for table, (rows, name) in TABLES.items() for row in rows}
    assert {(table, row) for table, row, _ in KNOWN} <= named


def test_marks_give_offsets_into_the_plain_sentence() -> None:
    marked = "[Ketamine](agent) did [raise](increase) [BDNF](molecule)."
    assert plain(marked) == "Ketamine did raise BDNF."
    assert [(plain(marked)[start:end], label) for start, end, label in marks(marked)] == [("Ketamine", "agent"), ("raise", "increase"), ("BDNF", "molecule")]


@_each("directions.tsv", "example")
def test_a_direction_is_in_its_example(row: DirectionRow) -> None:
    assert row.lemma in {cue.lemma for cue in cue_finder().find(row.example)}


@_each("directions.tsv", "counter")
def test_a_direction_is_not_in_its_counter(row: DirectionRow) -> None:
    assert row.lemma not in {cue.lemma for cue in cue_finder().find(row.counter)}


@_each("negation.tsv", "example")
def test_a_negation_makes_its_example_no_change(reader: Reader, row: NegationRow) -> None:
    assert {claim.direction for claim in reader.claims(row.example)} == {Direction.NO_CHANGE}


@_each("negation.tsv", "counter")
def test_a_negation_leaves_the_direction_of_its_counter(reader: Reader, row: NegationRow) -> None:
    assert {claim.direction for claim in reader.claims(row.counter)} == {Direction.INCREASE}


@_each("hedges.tsv", "example")
def test_a_hedge_hedges_its_example(reader: Reader, row: PhraseRow) -> None:
    assert {claim.certainty for claim in reader.claims(row.example)} == {"hedged"}


@_each("hedges.tsv", "counter")
def test_a_hedge_leaves_its_counter_asserted(reader: Reader, row: PhraseRow) -> None:
    assert {claim.certainty for claim in reader.claims(row.counter)} == {"asserted"}


@_each("aims.tsv", "example")
def test_an_aim_states_no_finding(reader: Reader, row: PhraseRow) -> None:
    assert [claim for claim in reader.claims(row.example) if not claim.presupposed] == []


@_each("aims.tsv", "counter")
def test_the_counter_of_an_aim_states_one(reader: Reader, row: PhraseRow) -> None:
    assert [claim.molecule.text for claim in reader.claims(row.counter)] == ["BDNF"]


_UNTOLD = {"own": Section.INTRODUCTION, "background": Section.RESULTS}
"""Where a sentence that does not say whose finding it tells is read as the other's."""


@_each("attribution.tsv", "example")
def test_an_attribution_is_read_in_its_example(reader: Reader, row: AttributionRow) -> None:
    assert {claim.attribution for claim in reader.claims(row.example, _UNTOLD[row.whose])} == {row.whose}


@_each("attribution.tsv", "counter")
def test_an_attribution_is_not_read_in_its_counter(reader: Reader, row: AttributionRow) -> None:
    claims = reader.claims(row.counter, _UNTOLD[row.whose])
    assert {claim.attribution for claim in claims} == {"own", "background"} - {row.whose}


def _pairs(rule: Rule, units: Units) -> set[tuple[int, int]]:
    """All pairs of a sentence that a rule ties, as positions of units."""
    kinds, forms = set(rule.row.kinds), set(rule.row.forms)
    anchors = [i for i in units.where(*_CUES) if (cue := units.items[i].cue) and (not kinds or cue.kind in kinds) and (not forms or forms & set(cue.forms))]
    if rule.row.anchor == "molecule":
        anchors = units.where("MOL", "BOTH")
    return {(a, t) for a in anchors for t in units.where(*_TARGETS[rule.row.target]) if a != t and rule.ties(units, a, t)}


@_each("patterns.jsonl", "example")
def test_a_rule_ties_the_marked_words_of_its_example(reader: Reader, row: Rule) -> None:
    units = reader.units(plain(row.row.example))
    marked = {(start, label if label in _TARGETS else "cue") for start, _, label in marks(row.row.example)}
    here = [(units.items[a], units.items[t]) for a, t in _pairs(row, units)]
    kinds = (row.row.anchor, row.row.target)
    if row.row.target == "cue":
        assert [one.lower for one, _ in here if (one.start, "cue") in marked], f"ties {[(a.lower, t.lower) for a, t in here]}"
    else:
        tied = [{(one.start, kinds[0]), (other.start, kinds[1])} for one, other in here]
        assert any(pair <= marked for pair in tied), f"ties {[(a.lower, t.lower) for a, t in here]} of {[(u.lower, u.name) for u in units.items]}"


@_each("patterns.jsonl", "counter")
def test_a_rule_ties_nothing_in_its_counter(reader: Reader, row: Rule) -> None:
    units = reader.units(plain(row.row.counter))
    wanted = {"cue"} if row.row.target == "cue" else {row.row.anchor, row.row.target}
    present = {kind for kind, names in _TARGETS.items() if units.where(*names)}
    assert wanted <= present, "a counter has all that the rule could tie"
    assert [(units.items[a].lower, units.items[t].lower) for a, t in _pairs(row, units)] == []
