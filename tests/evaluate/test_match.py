from dataclasses import replace

import pytest
from extractor.evaluate.match import LEVELS, PREFERENCES, assign, exact, full, lenient, preference


def paired(alignment, level):
    return sorted(alignment.pairs[level])


@pytest.mark.parametrize(
    ("gold", "predicted", "levels"),
    [
        ({}, {}, {"exact", "lenient", "full"}),
        ({}, {"direction": "decrease"}, set()),
        ({}, {"direction": "no_change"}, set()),
        ({"region": "CA1"}, {"region": "hippocampus"}, {"lenient"}),
        ({"region": "hippocampus"}, {"region": "CA1"}, {"lenient"}),
        ({"region": None}, {"region": "brain"}, set()),
        ({"region": None}, {"region": None}, {"exact", "lenient", "full"}),
        ({"molecule": "GluA1"}, {"molecule": "AMPA receptor"}, {"lenient"}),
        ({"species": "rat"}, {"species": "rodent"}, {"lenient"}),
        ({"species": "rat"}, {"species": "mouse"}, set()),
        ({"species": None}, {"species": "rat"}, set()),
        ({}, {"form": "mRNA"}, {"exact", "lenient"}),
        ({}, {"agent_type": "stress"}, {"exact", "lenient"}),
        ({}, {"agent": "saline"}, {"exact", "lenient"}),
        ({"agent": "ketamine|NBQX"}, {"agent": "NBQX"}, {"exact", "lenient", "full"}),
        ({"agent": "chronic stress"}, {"agent": "stress"}, {"exact", "lenient", "full"}),
        ({}, {"agent": ""}, {"exact", "lenient"}),
    ],
)
def test_levels(claim, gold, predicted, levels):
    wanted, got = claim(**gold), claim(**predicted)
    assert {level for level in ("exact", "lenient", "full") if LEVELS[level](wanted, got)} == levels


def test_full_implies_exact_implies_lenient(claim):
    several = [
        claim(r"BDNF", region, direction, species)
        for region in (None, "CA1", "hippocampus")
        for direction in ("increase", "decrease")
        for species in (None, "rat", "rodent")
    ]
    for gold in several:
        for predicted in several:
            assert full(gold, predicted) <= exact(gold, predicted) <= lenient(gold, predicted)


def test_matching_is_one_to_one(claim, scored):
    alignment = scored([claim(form="level"), claim(form="mRNA")], [claim(form="level")])
    assert paired(alignment, "exact") == [(0, 0)]
    assert alignment.missed("exact") == (1,)
    assert scored([claim()], [claim(), claim(), claim()]).spurious("exact") == (1, 2)


def test_the_number_of_pairs_comes_before_preference(claim):
    """One gold claim equals the first prediction and has nothing in common with the second, which suits no other: still two pairs."""
    equal = claim(evidence=("x",), cue="rose")
    far = claim("mTOR", "CA1", "decrease", "mouse", agent="saline", form="mRNA", agent_type="stress")
    gold, predicted = [equal, far], [equal, far]
    assert assign(gold, predicted, compatible=lambda g, p: g is equal or p is equal, among=frozenset({0, 1})) == ((0, 1), (1, 0))


def test_no_claim_is_left_over_for_a_better_fit_elsewhere(claim, scored):
    gold = [claim(region="CA1"), claim(region="hippocampus")]
    predicted = [claim(region="hippocampus"), claim(region="brain", form="mRNA", agent="saline")]
    assert len(scored(gold, predicted).pairs["lenient"]) == 2


def test_equal_form_agent_and_evidence_decide_between_equal_tuples(claim, scored):
    gold = [claim(form="mRNA", evidence=("BDNF mRNA rose.",)), claim(form="level", evidence=("BDNF rose as well.",))]
    predicted = [claim(form="level", evidence=("BDNF rose as well.",)), claim(form="mRNA", evidence=("BDNF mRNA rose.",))]
    assert paired(scored(gold, predicted), "exact") == [(0, 1), (1, 0)]
    agents = [claim(agent="stress"), claim(agent="ketamine")]
    assert paired(scored(agents, [claim(agent="ketamine"), claim(agent="stress")]), "exact") == [(0, 1), (1, 0)]


def test_alignment_needs_a_shared_statement_where_the_gold_has_quotes(claim, scored):
    gold = [claim(evidence=("Rats had more BDNF in the CA1.",))]
    elsewhere = claim(evidence=("Another sentence altogether.",), direction="decrease")
    assert scored(gold, [elsewhere]).pairs["aligned"] == ()
    assert scored(gold, [replace(elsewhere, evidence=gold[0].evidence)]).pairs["aligned"] == ((0, 0),)
    assert scored([claim()], [elsewhere]).pairs["aligned"] == ((0, 0),)


def test_a_partial_gold_judges_only_its_molecules(claim, scored):
    alignment = scored([claim("BDNF"), claim("GluA1")], [claim("BDNF"), claim("mTOR"), claim("AMPA receptor")], complete=False)
    assert alignment.covered["exact"] == {0}
    assert alignment.covered["lenient"] == {0, 2}
    assert alignment.spurious("exact") == ()
    assert scored([claim("BDNF")], [claim("mTOR")]).spurious("exact") == (0,)


def test_predictions_outside_of_the_annotated_sections_are_not_judged(claim, scored):
    predicted = [claim(sections=("discussion",)), claim(sections=("discussion", "results")), claim(sections=("methods",))]
    alignment = scored([claim()], predicted, sections=frozenset({"results", "caption"}))
    assert alignment.predicted == (predicted[1],)
    assert alignment.pairs["exact"] == ((0, 0),)


def test_nothing_pairs_with_nothing(claim, scored):
    assert scored([], [claim()]).pairs["exact"] == ()
    assert scored([claim()], []).missed("lenient") == (0,)
    assert assign([], [], compatible=exact, among=frozenset()) == ()


def test_preference_stays_between_nothing_and_one(claim):
    assert preference(claim(evidence=("x y",), cue="rose"), claim(evidence=("x y",), cue="rose")) == pytest.approx(1)
    assert 0 <= preference(claim(), claim("mTOR", "CA1", "decrease", "mouse", agent="saline", form="mRNA", agent_type="stress")) < 0.1
    assert all(weight > 0 for weight, _ in PREFERENCES)
