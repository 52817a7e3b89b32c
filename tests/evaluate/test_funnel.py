"""One gold claim, one trace, and a way to lose it at every stage."""

from dataclasses import replace

import pytest
from extractor.evaluate.funnel import Stage, difference, difference_counts, losses, stage_counts
from extractor.evaluate.names import resolve
from extractor.evaluate.trace import TraceRecord

SENTENCE = "Ketamine raised BDNF in the hippocampus."
TEXT = f"Adult rats were used. {SENTENCE}"
AT = TEXT.index(SENTENCE)
BDNF = (TEXT.index("BDNF"), TEXT.index("BDNF") + 4)
CUE = (TEXT.index("raised"), TEXT.index("raised") + 6)


def key(kind, text):
    name = resolve(kind, text)
    assert name is not None
    return name.key


@pytest.fixture(scope="module")
def gold(claim):
    slots = {kind: resolve(kind, text) for kind, text in (("molecule", "BDNF"), ("region", "hippocampus"), ("species", "rat"))}
    return replace(claim(evidence=(SENTENCE,), cue="raised"), **slots)


@pytest.fixture(scope="module")
def trace():
    """A trace of TEXT in which all went well; arguments replace parts."""

    def make(**parts):
        candidate = {
            "start": AT, "end": len(TEXT), "molecule": (*BDNF, key("molecule", "BDNF"), "BDNF"), "direction": "increase",
            "region_id": key("region", "hippocampus"), "species_id": key("species", "rat"), "confidence": 0.9, **parts.pop("candidate", {}),
        }  # fmt: skip
        given = {
            "article_id": "a", "text": TEXT, "sentences": [(0, AT - 1, False), (AT, len(TEXT), True)],
            "mentions": [(*BDNF, "molecule", key("molecule", "BDNF"), "BDNF")], "cues": [CUE], "candidates": [candidate], **parts,
        }  # fmt: skip
        return TraceRecord.model_validate(given)

    return make


def stage(scored, gold, trace, *predicted, read=True):
    (loss,) = losses([scored([gold], list(predicted), read=read)], traces={"a": trace} if trace else None)
    return loss.stage


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"text": "Another text."}, Stage.NOT_READ),
        ({"sentences": [(0, AT - 1, True), (AT, len(TEXT), False)]}, Stage.NOT_SELECTED),
        ({"candidates": [], "mentions": []}, Stage.NO_MOLECULE),
        ({"candidates": [], "mentions": [(*BDNF, "region", None, None)]}, Stage.NO_MOLECULE),
        ({"candidates": [], "cues": []}, Stage.NO_CUE),
        ({"candidates": [], "cues": [(0, 5)]}, Stage.NO_CUE),
        ({"candidates": []}, Stage.SCOPE),
        ({"candidate": {"direction": "decrease"}}, Stage.SCOPE),
        ({"candidate": {"region_id": None}}, Stage.CONTEXT),
        ({"candidate": {"species_id": "ncbitaxon:10090"}}, Stage.CONTEXT),
        ({}, Stage.NORMALISATION),
    ],
)
def test_the_stage_that_lost_a_claim(scored, gold, trace, parts, expected):
    assert stage(scored, gold, trace(**parts)) == expected


def test_a_right_candidate_below_all_emitted_confidences_fell_to_the_threshold(scored, claim, gold, trace):
    emitted = claim("mTOR", confidence=0.5)
    assert stage(scored, gold, trace(candidate={"confidence": 0.4}), emitted) == Stage.THRESHOLD
    assert stage(scored, gold, trace(candidate={"confidence": 0.6}), emitted) == Stage.NORMALISATION


def test_a_claim_got_as_far_as_its_best_statement(scored, gold, trace):
    twice = replace(gold, evidence=("Nowhere to be found.", SENTENCE))
    assert stage(scored, twice, trace(candidate={"direction": "decrease"})) == Stage.SCOPE


def test_a_gold_without_quotes_is_looked_for_in_the_whole_article(scored, gold, trace):
    bare = replace(gold, evidence=(), cue="")
    assert stage(scored, bare, trace(candidates=[], mentions=[])) == Stage.NO_MOLECULE
    assert stage(scored, bare, trace(candidate={"direction": "decrease"})) == Stage.SCOPE


def test_without_a_trace_only_unread_articles_can_be_told(scored, gold):
    assert stage(scored, gold, None) == Stage.UNTRACED
    assert stage(scored, gold, None, read=False) == Stage.NOT_READ


def test_a_claim_whose_equal_was_taken_by_another(scored, gold):
    one = scored([gold, replace(gold, form="mRNA")], [gold])
    (loss,) = losses([one])
    assert (loss.gold, loss.stage, difference(loss)) == (1, Stage.TAKEN, "nothing: paired with another gold claim")


def test_what_differs_from_the_nearest_prediction(scored, claim):
    gold = [claim("BDNF"), claim("mTOR", region="CA1"), claim("TrkB")]
    predicted = [claim("BDNF", direction="decrease", species="mouse"), claim("BDNF", "brain", "no_change", None), claim("mTOR")]
    found = losses([scored(gold, predicted)])
    assert [loss.differs for loss in found] == [("direction", "species"), ("region",), ()]
    assert difference_counts(found) == {"direction + species": 1, "region": 1, "no claim about this molecule": 1}


def test_counts_are_in_reading_order_with_nothing_left_out(scored, claim):
    found = losses([scored([claim("BDNF"), claim("mTOR")], [], read=False), scored([claim()], [])])
    counts = stage_counts(found)
    assert counts["not read"] == 2
    assert counts["no trace"] == 1
    assert counts["scope"] == 0
    assert sum(counts.values()) == len(found) == 3
    assert list(counts)[:4] == ["not read", "sentence not selected", "molecule not found", "no cue"]
    assert "no trace" not in stage_counts([])
