"""Every figure by hand: two articles, 4 gold and 4 predicted claims, two increases and two decreases on either side."""

import random

import numpy as np
import pytest
from extractor.evaluate.match import align
from extractor.evaluate.metrics import (
    DIRECTIONS,
    METRICS,
    SLOTS,
    count_matrix,
    direction_counts,
    f1,
    macro_f1,
    mean,
    precision,
    recall,
    slot_counts,
    tuple_counts,
)
from extractor.evaluate.names import Name
from extractor.evaluate.statements import GoldArticle, Statement
from extractor.records import Direction
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

MATCHED = ("exact", "lenient", "full")


@pytest.fixture(scope="module")
def two(claim, scored):
    """Confidence is 0.9 everywhere.

    Article a: BDNF is right in all; mTOR in the tuple, but not in form, certainty, attribution and presupposed.
    Article b: GluA1 fell in CA1, predicted for the hippocampus (lenient); TrkB fell, predicted to rise in the mouse under stress.
    """
    odd = claim("mTOR", form="mRNA", certainty="hedged", attribution="background", presupposed=True, confidence=0.9)
    a = scored([claim("BDNF"), claim("mTOR")], [claim("BDNF", confidence=0.9), odd], article="a")
    gold = [claim("GluA1", "CA1", "decrease"), claim("TrkB", direction="decrease")]
    wrong = claim("TrkB", direction="increase", species="mouse", agent="restraint", agent_type="stress", confidence=0.9)
    b = scored(gold, [claim("GluA1", "hippocampus", "decrease", confidence=0.9), wrong], article="b")
    return [a, b]


def value(name, alignments):
    return METRICS[name].value(count_matrix(alignments, METRICS[name]).sum(axis=0))


BY_HAND = {
    "exact.precision": 2 / 4,
    "exact.recall": 2 / 4,
    "exact.f1": 2 / 4,
    "exact.article_f1": (1 + 0) / 2,
    "lenient.precision": 3 / 4,
    "lenient.recall": 3 / 4,
    "lenient.f1": 3 / 4,
    "lenient.article_f1": (1 + 1 / 2) / 2,
    "full.precision": 1 / 4,
    "full.recall": 1 / 4,
    "full.f1": 1 / 4,
    "full.article_f1": (1 / 2 + 0) / 2,
    "found.recall": 4 / 4,
    "direction.macro_f1": (4 / 5 + 2 / 3) / 2,
    "direction.macro_f1_given_match": (4 / 5 + 2 / 3) / 2,
    "direction.increase.f1_given_match": 2 * 2 / (2 + 3),
    "direction.decrease.f1_given_match": 2 * 1 / (2 + 1),
    "direction.no_change.f1_given_match": None,
    "aligned.direction": 3 / 4,
    "aligned.region": 3 / 4,
    "aligned.species": 3 / 4,
    "aligned.form": 3 / 4,
    "aligned.agent": 3 / 4,
    "aligned.agent_type": 3 / 4,
    "aligned.certainty": 3 / 4,
    "aligned.attribution": 3 / 4,
    "aligned.presupposed": 3 / 4,
    "aligned.region.lenient": 4 / 4,
    "aligned.species.lenient": 3 / 4,
    "matched.form": 2 / 3,
    "matched.agent": 3 / 3,
    "matched.agent_type": 3 / 3,
    "matched.certainty": 2 / 3,
    "matched.attribution": 2 / 3,
    "matched.presupposed": 2 / 3,
    "confidence.brier": (0.1**2 + 0.1**2 + 0.9**2 + 0.9**2) / 4,
    "confidence.ece": 0.9 - 2 / 4,
}


@pytest.mark.parametrize("name", METRICS)
def test_figures_by_hand(two, name):
    assert value(name, two) == pytest.approx(BY_HAND[name])


def test_precision_and_recall_differ_when_the_numbers_do(claim, scored):
    """3 gold, 2 predicted, 1 pair: precision 1/2, recall 1/3, F1 2/5."""
    one = [scored([claim("BDNF"), claim("mTOR"), claim("TrkB")], [claim("BDNF"), claim("GluA1")])]
    assert (value("exact.precision", one), value("exact.recall", one), value("exact.f1", one)) == (1 / 2, 1 / 3, pytest.approx(2 / 5))


def test_macro_f1_of_direction_by_hand(two):
    """Increase: 2 right, 1 decrease taken for it: F1 4/5. Decrease: 1 right, 1 lost: F1 2/3. No change: in neither, so it does not count."""
    assert value("direction.macro_f1", two) == pytest.approx((4 / 5 + 2 / 3) / 2)
    assert value("direction.macro_f1_given_match", two) == pytest.approx((4 / 5 + 2 / 3) / 2)


def test_macro_f1_with_two_classes_of_equal_count_and_a_miss(claim, scored):
    """Gold: 2 increase, 2 no change. One of each found, the other two missed; one extra increase: F1 2/4 and 2/3."""
    gold = [claim("BDNF"), claim("mTOR"), claim("TrkB", direction="no_change"), claim("GluA1", direction="no_change")]
    one = [scored(gold, [claim("BDNF"), claim("TrkB", direction="no_change"), claim("IL6")])]
    assert value("direction.macro_f1", one) == pytest.approx((2 / 4 + 2 / 3) / 2)
    assert value("direction.macro_f1_given_match", one) == 1
    counts = np.asarray(direction_counts(one[0])).reshape(4, 4)
    assert counts.sum() == 5
    assert (counts[0, 0], counts[2, 2], counts[0, 3], counts[2, 3], counts[3, 0]) == (1, 1, 1, 1, 1)


def test_names_of_pairs_are_right_by_the_lenient_rule(claim, scored):
    """Regions: the same, one containing the other either way, two apart, and stated by one side only. Species: a rodent is a rat, a human is not."""
    gold = [claim("BDNF"), claim("mTOR", "brain"), claim("TrkB", "CA1"), claim("IL6", "serum", species="rodent"), claim("GluA1", None, species="human")]
    predicted = [claim("BDNF"), claim("mTOR", "CA1"), claim("TrkB", "brain"), claim("IL6", "liver"), claim("GluA1")]
    one = [scored(gold, predicted)]
    assert (value("aligned.region", one), value("aligned.region.lenient", one)) == (1 / 5, 3 / 5)
    assert (value("aligned.species", one), value("aligned.species.lenient", one)) == (3 / 5, 4 / 5)


def test_f1_of_a_direction_leaves_claims_without_a_partner_out(claim, scored):
    """Pairs: no change read as such twice and as a decrease once; a decrease read as one. An increase missed and one extra count for nothing."""
    gold = [claim(name, direction="no_change") for name in ("BDNF", "mTOR", "TrkB")] + [claim("IL6", direction="decrease"), claim("TNF")]
    predicted = [claim("BDNF", direction="no_change"), claim("mTOR", direction="no_change")]
    predicted += [claim("TrkB", direction="decrease"), claim("IL6", direction="decrease"), claim("GluA1")]
    one = [scored(gold, predicted)]
    assert value("direction.no_change.f1_given_match", one) == pytest.approx(2 * 2 / (3 + 2))
    assert value("direction.decrease.f1_given_match", one) == pytest.approx(2 * 1 / (1 + 2))
    assert value("direction.increase.f1_given_match", one) is None


def test_macro_f1_agrees_with_scikit_learn():
    generator = random.Random(4)
    gold, predicted = ([generator.choice(DIRECTIONS) for _ in range(200)] for _ in range(2))
    matrix = np.zeros((4, 4))
    matrix[:3, :3] = confusion_matrix(gold, predicted, labels=DIRECTIONS)
    assert macro_f1(matrix.ravel(), partners_only=True) == pytest.approx(f1_score(gold, predicted, average="macro"))


def test_tuple_figures_agree_with_scikit_learn(claim, scored):
    """With unique tuples a match is membership, so scikit-learn can score the union as a binary task."""
    generator = random.Random(7)
    alignments, truth, guess = [], [], []
    for no in range(20):
        names = [f"M{k}" for k in range(12)]
        gold, predicted = (set(generator.sample(names, generator.randint(0, 8))) for _ in range(2))
        alignments.append(scored([claim(one) for one in sorted(gold)], [claim(one) for one in sorted(predicted)], article=str(no)))
        for one in names:
            truth.append(one in gold)
            guess.append(one in predicted)
    expected = precision_recall_fscore_support(truth, guess, average="binary")[:3]
    assert [value(f"exact.{name}", alignments) for name in ("precision", "recall", "f1")] == pytest.approx(expected)


def test_slot_figures_agree_with_scikit_learn(claim, scored):
    """Form given a match is accuracy over pairs, which is micro-averaged precision of scikit-learn."""
    generator = random.Random(9)
    forms = ["level", "mRNA", "release"]
    truth, guess = ([generator.choice(forms) for _ in range(60)] for _ in range(2))
    one = scored([claim(f"M{n}", form=form) for n, form in enumerate(truth)], [claim(f"M{n}", form=form) for n, form in enumerate(guess)])
    expected = precision_recall_fscore_support(truth, guess, average="micro")[0]
    assert mean(slot_counts(one, slot="form", level="exact")) == pytest.approx(expected)


def test_nothing_over_nothing_is_not_available(claim, scored):
    empty = [scored([], [])]
    assert {name: value(name, empty) for name in METRICS} == dict.fromkeys(METRICS)
    only_gold = [scored([claim()], [])]
    assert value("exact.precision", only_gold) is None
    assert (value("exact.recall", only_gold), value("exact.f1", only_gold)) == (0, 0)
    only_predicted = [scored([], [claim()])]
    assert value("exact.recall", only_predicted) is None
    assert value("exact.precision", only_predicted) == 0


def test_an_article_without_claims_does_not_count_in_the_mean_of_articles(two, scored):
    assert value("exact.article_f1", [*two, scored([], [], article="c")]) == value("exact.article_f1", two)


def test_a_slot_that_the_gold_does_not_give_is_not_scored(claim, scored):
    pairs = scored([claim("BDNF", certainty=None), claim("mTOR")], [claim("BDNF", certainty="hedged"), claim("mTOR", certainty="hedged")])
    assert slot_counts(pairs, slot="certainty", level="exact") == (0, 1)
    assert set(SLOTS) == {"direction", "region", "species", "form", "agent", "agent_type", "certainty", "attribution", "presupposed"}


NAMES = {text: Name(shown=text, key=text, spellings=frozenset({text}), wider=frozenset()) for text in ["BDNF", "mTOR", "PFC", "CA1", "rat"]}
CLAIMS = st.lists(
    st.builds(
        lambda molecule, region, direction: Statement(place="", molecule=NAMES[molecule], region=NAMES[region], direction=direction, species=NAMES["rat"]),
        st.sampled_from(["BDNF", "mTOR"]),
        st.sampled_from(["PFC", "CA1"]),
        st.sampled_from(list(Direction)),
    ),
    max_size=7,
)
CORPUS = st.lists(st.tuples(CLAIMS, CLAIMS), min_size=1, max_size=4)


def alignment(gold, predicted):
    return align(GoldArticle(id="a", claims=tuple(gold)), predicted)


def total(pairs, *, level="exact"):
    return np.sum([tuple_counts(alignment(gold, predicted), level=level) for gold, predicted in pairs], axis=0)


@settings(deadline=None)
@given(CORPUS)
def test_swapping_gold_and_prediction_swaps_precision_and_recall(pairs):
    there, back = total(pairs), total([(predicted, gold) for gold, predicted in pairs])
    assert (precision(there), recall(there), f1(there)) == (recall(back), precision(back), f1(back))


@settings(deadline=None)
@given(CORPUS)
def test_an_extra_wrong_prediction_never_helps(pairs):
    wrong = Statement(place="", molecule=NAMES["CA1"], region=None, direction=Direction.INCREASE, species=None)
    gold, predicted = pairs[0]
    before, after = total(pairs), total([(gold, [*predicted, wrong]), *pairs[1:]])
    assert recall(after) == recall(before)
    assert precision(before) is None or precision(after) <= precision(before)
    assert f1(before) is None or f1(after) <= f1(before)


@settings(deadline=None)
@given(CORPUS, CORPUS)
def test_pooling_two_sets_of_articles_is_adding_their_counts(first, second):
    both = [alignment(gold, predicted) for gold, predicted in [*first, *second]]
    cut = len(first)
    for metric in METRICS.values():
        parts = count_matrix(both[:cut], metric).sum(axis=0) + count_matrix(both[cut:], metric).sum(axis=0)
        assert parts == pytest.approx(count_matrix(both, metric).sum(axis=0))


@settings(deadline=None)
@given(CORPUS)
def test_every_figure_is_a_share_or_not_available(pairs):
    alignments = [alignment(gold, predicted) for gold, predicted in pairs]
    for name in METRICS:
        known = value(name, alignments)
        assert known is None or 0 <= known <= 1 + 1e-12


@settings(deadline=None)
@given(CLAIMS)
def test_a_run_that_equals_the_gold_is_perfect(claims):
    one = alignment(claims, claims)
    for level in MATCHED[:2]:
        assert f1(tuple_counts(one, level=level)) in (None, 1)
