import pytest
from extractor.evaluate.slices import SLICES, SliceRow, all_slices, direction_figures, rule_table, slice_table


@pytest.fixture(scope="module")
def three(claim, scored):
    """Gold: two rats (one found), two mice (both found, one of them as human: not exact). Predicted: two rats, one mouse, one human."""
    gold = [claim("BDNF", form="level"), claim("mTOR", form="mRNA"), claim("TrkB", species="mouse"), claim("IL6", species="mouse")]
    predicted = [
        claim("BDNF", form="level", rungs={"region": "clause"}, rules=("up.1", "list.2"), sections=("results", "caption")),
        claim("GluA1", rungs={"region": "clause"}, rules=("up.1",), sections=("results",)),
        claim("TrkB", species="mouse", rungs={"region": "paragraph"}, rules=("down.1",)),
        claim("IL6", species="human", rungs={"species": "article"}),
    ]
    return [scored(gold, predicted)]


def test_slices_by_hand(three):
    assert slice_table(three, SLICES["species"]) == (SliceRow("rat", 2, 1, 2, 1), SliceRow("mouse", 2, 1, 1, 1), SliceRow("human", 0, 0, 1, 0))
    _, mouse, human = slice_table(three, SLICES["species"])
    assert (mouse.recall, mouse.precision) == (1 / 2, 1)
    assert human.recall is None
    assert human.precision == 0


def test_rungs_are_known_of_predictions_only(three):
    assert slice_table(three, SLICES["region_rung"]) == (SliceRow("clause", 0, 0, 2, 1), SliceRow("paragraph", 0, 0, 1, 1))


def test_a_claim_stated_in_two_sections_counts_in_both(three):
    assert slice_table(three, SLICES["section"]) == (SliceRow("results", 0, 0, 2, 1), SliceRow("caption", 0, 0, 1, 1))


def test_every_slice_adds_up_to_all_claims(three):
    tables = all_slices(three)
    for name in ("direction", "form", "species", "region", "agent_type"):
        assert sum(row.gold for row in tables[name]) == 4
        assert sum(row.found for row in tables[name]) == 2
        assert sum(row.predicted for row in tables[name]) == 4
    assert {row.value for row in tables["form"]} == {"level", "mRNA"}
    assert {row.value for row in tables["presupposed"]} == {"no"}


def test_stated_in_the_evidence_is_known_of_gold_only(claim, scored):
    gold = [claim("BDNF", stated={"region": True}), claim("mTOR", stated={"region": False})]
    one = [scored(gold, [claim("BDNF")])]
    assert slice_table(one, SLICES["region_stated"]) == (SliceRow("in the evidence", 1, 1, 0, 0), SliceRow("outside the evidence", 1, 0, 0, 0))


def test_directions_of_exact_tuples_by_hand(claim, scored):
    """Increase: 2 gold, 1 predicted, 1 pair. No change: 1 gold, 2 predicted, none a pair, since one is read as a mouse. Decrease: on neither side."""
    gold = [claim("BDNF"), claim("mTOR"), claim("TrkB", direction="no_change")]
    predicted = [claim("BDNF"), claim("mTOR", direction="no_change"), claim("TrkB", direction="no_change", species="mouse")]
    found = direction_figures([scored(gold, predicted)])
    assert found == {
        "exact.increase.precision": 1, "exact.increase.recall": 1 / 2, "exact.increase.f1": 2 / 3,
        "exact.decrease.precision": None, "exact.decrease.recall": None, "exact.decrease.f1": None,
        "exact.no_change.precision": 0, "exact.no_change.recall": 0, "exact.no_change.f1": 0,
    }  # fmt: skip
    assert set(direction_figures([]).values()) == {None}


def test_rules_by_hand(three):
    rows = {row.rule: row for row in rule_table(three)}
    assert list(rows) == ["up.1", "down.1", "list.2"]
    assert (rows["up.1"].predicted, rows["up.1"].coverage, rows["up.1"].exact, rows["up.1"].lenient) == (2, 2 / 4, 1, 1)
    assert rule_table([]) == ()
