"""Merging: by identity, whatever the order, best sentence first, with stable identifiers."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from extractor.normalise import merge
from extractor.normalise.merge import key_of
from extractor.records import AgentType, Article, Candidate, Claim, Cue, Direction, Distance, Evidence, Form, Section, Slot
from hypothesis import given, settings
from hypothesis import strategies as st

SENTENCES = [Evidence(start=start, end=start + 30, text="x" * 30, section=Section.RESULTS, section_path=(), rules=(f"rule.{start}",)) for start in (0, 40, 80)]


def slot(text: str, *, start: int = 0, known: str | None = None, distance: Distance | None = Distance.CLAUSE) -> Slot:
    return Slot(text=text, start=start, end=start + len(text), id=known, name=None, distance=distance)


PLAIN = Candidate(
    agents=(slot("ketamine", known="chebi:6121"),), agent_type=AgentType.DRUG, molecule=slot("BDNF", start=16, known="hgnc:1033", distance=None), form=Form.LEVEL,
    region=slot("cortex", start=21, known="uberon:1"), direction=Direction.INCREASE, cue=Cue("raised", 9, 15), species=None, certainty="asserted", presupposed=False,
    attribution="own", citations=(), qualifiers={}, evidence=SENTENCES[0], confidence=0.5,
)  # fmt: skip


@pytest.fixture(scope="module")
def article(make_article: Callable[..., Article]) -> Article:
    return make_article("x" * 120)


def merged(article: Article, *candidates: Candidate) -> Claim:
    (claim,) = merge(article, candidates)
    return claim


def test_nothing_makes_nothing(article: Article) -> None:
    assert merge(article, []) == ()


def test_one_candidate_is_one_claim_with_its_fields(article: Article) -> None:
    claim = merged(article, PLAIN)
    for name in ("agents", "agent_type", "molecule", "form", "region", "direction", "cue", "species", "certainty", "presupposed", "attribution", "citations"):
        assert getattr(claim, name) == getattr(PLAIN, name)
    assert claim.evidence == (PLAIN.evidence,)
    assert claim.confidence == PLAIN.confidence
    assert len(claim.claim_id) == len(claim.loose_id) == 16
    assert claim.claim_id != claim.loose_id


@pytest.mark.parametrize(
    "change",
    [
        {"agents": (slot("stress"),)},
        {"agents": ()},
        {"molecule": slot("TrkB", known="hgnc:8032")},
        {"form": Form.MRNA},
        {"region": None},
        {"region": slot("striatum", known="uberon:2")},
        {"direction": Direction.DECREASE},
        {"species": slot("rats", known="ncbitaxon:10116")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_makes_a_claim_keeps_two_claims_apart(change: dict[str, object], article: Article) -> None:
    other = replace(PLAIN, **change)  # type: ignore[arg-type]
    assert len({claim.claim_id for claim in merge(article, [PLAIN, other])}) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"cue": Cue("rose", 50, 54)},
        {"certainty": "hedged"},
        {"presupposed": True},
        {"attribution": "background"},
        {"qualifiers": {"dose": "10 mg/kg"}},
        {"confidence": 0.9},
        {"agent_type": None},
        {"molecule": slot("brain-derived neurotrophic factor", start=50, known="hgnc:1033")},
        {"region": slot("cortical", start=60, known="uberon:1", distance=Distance.ARTICLE)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_all_else_joins_them_and_leaves_the_identifiers(change: dict[str, object], article: Article) -> None:
    other = replace(PLAIN, evidence=SENTENCES[1], **change)  # type: ignore[arg-type]
    both = merged(article, PLAIN, other)
    assert {both.claim_id} == {merged(article, PLAIN).claim_id} == {merged(article, other).claim_id}
    assert both.loose_id == merged(article, other).loose_id
    assert {e.start for e in both.evidence} == {0, 40}


def test_agents_are_a_set(article: Article) -> None:
    two = replace(PLAIN, agents=(slot("stress"), slot("ketamine", known="chebi:6121")))
    assert merged(article, two).claim_id == merged(article, replace(two, agents=two.agents[::-1])).claim_id


def test_names_without_identifier_are_compared_folded() -> None:
    assert key_of(slot("Some–Thing")) == key_of(slot("some-thing"))
    assert key_of(slot("a", known="x:1")) == "x:1"
    assert key_of(replace(slot("a"), name="A name")) == "A name"
    assert key_of(None) == ""


def test_the_loose_identifier_forgets_agent_and_form(article: Article) -> None:
    other = replace(PLAIN, agents=(), form=Form.MRNA)
    claims = merge(article, [PLAIN, other])
    assert len({claim.loose_id for claim in claims}) == 1
    assert len({claim.claim_id for claim in claims}) == 2


def test_identifiers_depend_on_the_article(article: Article) -> None:
    assert merged(article, PLAIN).claim_id != merged(replace(article, id="article-2"), PLAIN).claim_id
    assert merged(article, PLAIN).claim_id == merged(replace(article, source="renamed.txt", sha256="1" * 64), PLAIN).claim_id


def test_the_best_sentence_comes_first_and_gives_the_slots(article: Article) -> None:
    told = replace(PLAIN, attribution="background", confidence=0.9, evidence=SENTENCES[0])
    assumed = replace(PLAIN, presupposed=True, confidence=0.8, evidence=SENTENCES[1])
    found = replace(PLAIN, confidence=0.4, evidence=SENTENCES[2], cue=Cue("rose", 85, 89))
    claim = merged(article, told, assumed, found)
    assert [e.start for e in claim.evidence] == [80, 40, 0]
    assert (claim.cue, claim.attribution, claim.presupposed) == (found.cue, "own", False)


def test_a_sentence_read_by_two_rules_is_one_evidence_with_both(article: Article) -> None:
    again = replace(PLAIN, evidence=replace(SENTENCES[0], rules=("other", "rule.0")), confidence=0.3)
    claim = merged(article, PLAIN, again)
    assert [e.rules for e in claim.evidence] == [("rule.0", "other")]
    assert claim.confidence == PLAIN.confidence


def test_confidence_and_probabilities_are_those_of_the_best_sentence(article: Article) -> None:
    best, other = (
        replace(PLAIN, confidence=0.5, probabilities={"claim": 0.6}),
        replace(PLAIN, evidence=SENTENCES[1], confidence=0.4, probabilities={"claim": 0.5}),
    )
    claim = merged(article, other, best)
    assert (claim.confidence, claim.probabilities) == (0.5, {"claim": 0.6})
    background = replace(best, attribution="background", evidence=SENTENCES[2], confidence=0.9)
    assert merged(article, other, background).confidence == 0.4, "an own finding is better evidence than what is told of others"


def test_one_assertion_makes_a_claim_asserted_and_only_all_presupposed_make_it_presupposed(article: Article) -> None:
    hedged, taken = replace(PLAIN, certainty="hedged", evidence=SENTENCES[1]), replace(PLAIN, presupposed=True, evidence=SENTENCES[2])
    assert merged(article, hedged, PLAIN).certainty == "asserted"
    assert merged(article, hedged).certainty == "hedged"
    assert merged(article, taken).presupposed
    assert not merged(article, taken, PLAIN).presupposed


def test_qualifiers_and_citations_of_all_sentences_join_each_once(article: Article) -> None:
    one = replace(PLAIN, qualifiers={"time": "1 h", "dose": "5 mg"}, citations=("b1", "b2"))
    other = replace(PLAIN, qualifiers={"dose": "10 mg", "time": "1 h"}, citations=("b2", "b3"), evidence=SENTENCES[1], confidence=0.4)
    claim = merged(article, other, one)
    assert dict(claim.qualifiers) == {"dose": "5 mg; 10 mg", "time": "1 h"}
    assert claim.citations == ("b1", "b2", "b3")


def test_claims_stand_in_the_order_of_the_text(article: Article) -> None:
    late = replace(PLAIN, evidence=SENTENCES[2])
    early = replace(PLAIN, direction=Direction.DECREASE, evidence=SENTENCES[1], confidence=0.1)
    assert [claim.direction for claim in merge(article, [late, early])] == ["decrease", "increase"]


def some_candidates() -> st.SearchStrategy[list[Candidate]]:
    """Candidates of two sentences, many of one identity, so that every tie-break is put to the test; a sentence has its own qualifiers."""
    sentences = st.sampled_from([(SENTENCES[0], {"dose": "5 mg"}), (SENTENCES[1], {"dose": "9 mg"})])
    rules = st.sampled_from([("one",), ("other",), ("one", "other")])
    one = st.builds(
        replace, st.just(PLAIN), agents=st.sampled_from([(), PLAIN.agents, (replace(PLAIN.agents[0], distance=Distance.ARTICLE),)]),
        direction=st.sampled_from([Direction.INCREASE, Direction.DECREASE]), molecule=st.sampled_from([PLAIN.molecule, replace(PLAIN.molecule, start=18, end=22)]),
        certainty=st.sampled_from(["asserted", "hedged"]), presupposed=st.booleans(), confidence=st.sampled_from([0.2, 0.9]),
    )  # fmt: skip

    def placed(candidate: Candidate, where: tuple[Evidence, dict[str, str]], by: tuple[str, ...]) -> Candidate:
        return replace(candidate, evidence=replace(where[0], rules=by), qualifiers=where[1])

    return st.lists(st.builds(placed, one, sentences, rules), max_size=8)


def as_candidates(claims: Iterable[Claim]) -> list[Candidate]:
    """Claims as if each had been read from its best sentence alone."""
    names = [name for name in Candidate.__dataclass_fields__ if name != "evidence"]
    return [Candidate(evidence=claim.evidence[0], **{name: getattr(claim, name) for name in names}) for claim in claims]


@given(some_candidates(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_of_the_candidates_does_not_matter(article: Article, candidates: list[Candidate], random: object) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(article, shuffled) == merge(article, candidates)


@given(some_candidates())
def test_merging_what_is_merged_changes_nothing_but_the_evidence(article: Article, candidates: list[Candidate]) -> None:
    once = merge(article, candidates)
    assert len({claim.claim_id for claim in once}) == len(once)
    again = merge(article, as_candidates(once))
    assert [replace(claim, evidence=()) for claim in again] == [replace(claim, evidence=()) for claim in once]


@given(some_candidates())
def test_no_sentence_and_no_claim_is_lost(article: Article, candidates: list[Candidate]) -> None:
    claims = merge(article, candidates)
    assert {e.start for claim in claims for e in claim.evidence} == {c.evidence.start for c in candidates}
    assert sum(len(claim.evidence) for claim in claims) <= len(candidates)
    assert all(0 < claim.confidence <= 1 for claim in claims)
