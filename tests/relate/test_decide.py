"""One sentence into candidates: all slots of a clear finding, and what keeps a sentence silent."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from extractor.annotations import ParsedSentence
from extractor.records import AgentType, Article, Candidate, CueMention, Direction, Distance, Scan, Section
from extractor.relate.context import Context
from extractor.relate.decide import RuleReader, judge_by_rules
from extractor.relate.view import SentenceView, views
from extractor.terms import Terms

Read = Callable[..., list[Candidate]]
Seen = Callable[..., tuple[Article, Scan, list[SentenceView]]]


@pytest.fixture
def seen(make_parsed: Callable[..., tuple[ParsedSentence, tuple[CueMention, ...]]], make_article: Callable[..., Article]) -> Seen:
    """`seen(marked, section)`: a marked sentence that is an article of its own, with its scan and its view, if it has any pair."""

    def make(marked: str, section: Section = Section.RESULTS) -> tuple[Article, Scan, list[SentenceView]]:
        parsed, cues = make_parsed(marked)
        article = make_article(parsed.doc.text, sections=(section,))
        scan = Scan(sentences=(parsed.sentence,), selected=(parsed.sentence,), mentions=parsed.mentions, cues=cues, abbreviations={})
        return article, scan, list(views(article, scan, [parsed]))

    return make


@pytest.fixture
def read(seen: Seen, terms: Terms) -> Read:
    """`read(marked, section)`: the candidates of a marked sentence."""

    def make(marked: str, section: Section = Section.RESULTS) -> list[Candidate]:
        article, scan, shown = seen(marked, section)
        reader = RuleReader(article=article, context=Context(article, scan, terms), terms=terms)
        return [candidate for view in shown for candidate in reader.candidates(view)]

    return make


PLAIN = "[Ketamine](agent:drug) [increased](cue) the level of [BDNF](molecule) in the [hippocampus](region) of [rats](species)."


def test_a_clear_finding_fills_every_slot(read: Read) -> None:
    (one,) = read(PLAIN)
    assert [(a.text, a.distance) for a in one.agents] == [("Ketamine", Distance.CLAUSE)]
    assert (one.agent_type, one.molecule.text, one.form, one.direction) == (AgentType.DRUG, "BDNF", "level", Direction.INCREASE)
    assert one.region is not None
    assert (one.region.text, one.region.distance) == ("hippocampus", Distance.CLAUSE)
    assert one.species is not None
    assert (one.species.text, one.species.distance) == ("rats", Distance.SENTENCE)
    assert (one.cue.text, one.certainty, one.presupposed, one.attribution) == ("increased", "asserted", False, "own")


def test_the_evidence_is_the_sentence_with_its_section_and_rules(read: Read) -> None:
    (one,) = read(PLAIN, Section.ABSTRACT)
    assert one.evidence.text == "Ketamine increased the level of BDNF in the hippocampus of rats."
    assert (one.evidence.start, one.evidence.end, one.evidence.section) == (0, len(one.evidence.text), Section.ABSTRACT)
    assert one.evidence.rules
    assert 0 < one.confidence <= 1


def test_each_region_is_a_candidate(read: Read) -> None:
    found = read(PLAIN.replace("[hippocampus](region)", "[hippocampus](region) and the [cortex](region)"))
    assert [c.region.text for c in found if c.region] == ["hippocampus", "cortex"]
    assert len({(c.direction, c.molecule, c.agents) for c in found}) == 1


def test_slots_that_are_missing_are_empty_and_cost_confidence(read: Read) -> None:
    (bare,) = read("The level of [BDNF](molecule) was [reduced](cue).")
    (full,) = read("The level of [BDNF](molecule) was [reduced](cue) by [stress](agent:stress) in the [cortex](region) of [rats](species).")
    assert (bare.agents, bare.agent_type, bare.region, bare.species) == ((), None, None, None)
    assert full.agent_type is AgentType.STRESS
    assert bare.confidence < full.confidence


@pytest.mark.parametrize(
    "marked",
    [
        "To test whether [ketamine](agent) [increases](cue) the level of [BDNF](molecule), rats were fed.",
        "Does [ketamine](agent) [increase](cue) the level of [BDNF](molecule)?",
        "[Ketamine](agent) [altered](cue) the level of [BDNF](molecule).",
        "The level of [BDNF](molecule) was measured.",
    ],
)
def test_aims_questions_and_changes_without_a_direction_are_silent(marked: str, read: Read) -> None:
    assert read(marked) == []


def test_a_finding_denied_is_no_change(read: Read) -> None:
    found = read("[Ketamine](agent) did not [increase](cue) the level of [BDNF](molecule) in rats.")
    assert {c.direction for c in found} == {Direction.NO_CHANGE}


def test_what_reverses_a_loss_raises_and_the_loss_is_told_too(read: Read) -> None:
    found = read("[Ketamine](agent:drug) [reversed](cue) the [stress](agent:stress)-[induced](cue) [decrease](cue) in the level of [BDNF](molecule).")
    told = {(agent.text, c.direction, c.presupposed) for c in found for agent in c.agents}
    assert told == {("Ketamine", Direction.INCREASE, False), ("stress", Direction.DECREASE, True)}


def test_only_pairs_that_a_rule_ties_and_gives_a_direction_are_judged(seen: Seen) -> None:
    _, _, (view,) = seen("[Ketamine](agent) [increased](cue) the level of [BDNF](molecule), whereas [dopamine](molecule) was measured.")
    verdicts = judge_by_rules(view)
    assert [pair.tied for pair in view.pairs] == [True, False]
    assert [(view.units.items[v.pair.molecule].lower, v.direction) for v in verdicts] == [("bdnf", Direction.INCREASE)]
    assert [v.probability for v in verdicts] == [v.pair.link.rule.row.reliability for v in verdicts if v.pair.link.rule is not None]


def test_reading_twice_gives_the_same(read: Read) -> None:
    assert read(PLAIN) == read(PLAIN)
    assert [replace(c, confidence=0) for c in read(PLAIN)] == [replace(c, confidence=0) for c in read(PLAIN)]
