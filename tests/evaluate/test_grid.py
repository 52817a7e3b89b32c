from extractor.evaluate import grid as module
from extractor.evaluate.cards import cards
from extractor.evaluate.grid import grid
from extractor.evaluate.statements import Cell


def made(scored, gold, predicted=()):
    return cards([scored(gold, list(predicted), article="reference 9")], [])


def test_molecules_by_places_with_what_became_of_each_claim(claim, scored):
    gold = [claim("BDNF"), claim("BDNF"), claim("BDNF", direction="decrease"), claim("BDNF", "CA1"), claim("mTOR", None)]
    laid = grid(made(scored, gold, [claim("BDNF"), claim("mTOR", "CA1")]))
    assert laid.columns == ("hippocampus", "CA1", "not stated")
    assert [row.head for row in laid.rows] == ["BDNF", "mTOR"]
    first = laid.rows[0].cells[0]
    assert [(mark.arrow, mark.status, mark.count, mark.label) for mark in first] == [("↑", "found", 1, ""), ("↑", "missed", 1, ""), ("↓", "missed", 1, "")]
    assert laid.rows[1].cells[2][0].status == "missed"
    assert laid.rows[1].cells[0] == ()
    assert laid.left_out == 0


def test_equal_claims_share_a_mark(claim, scored):
    (row,) = grid(made(scored, [claim(form="level"), claim(form="mRNA")])).rows
    (mark,) = row.cells[0]
    assert (mark.count, mark.label, mark.numbers) == (2, "2", (0, 1))
    assert mark.hint.endswith("(and 1 more)")


def test_a_printed_table_keeps_its_order_and_shows_the_papers(claim, scored):
    cells = [Cell("mTOR", "PFC", 5, 0), Cell("Akt", "HPC", 2, 1), Cell("Akt", "HPC", 2, 1)]
    laid = grid(made(scored, [claim("mTOR", cell=cells[0]), claim("AKT1", cell=cells[1]), claim("AKT1", cell=cells[2])]))
    assert (laid.columns, [row.head for row in laid.rows]) == (("PFC", "HPC"), ["Akt", "mTOR"])
    assert laid.rows[0].cells[1][0].label == "9 9"


def test_what_does_not_fit_is_counted_or_put_together(claim, scored, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 1)
    monkeypatch.setattr(module, "MOST_COLUMNS", 1)
    laid = grid(made(scored, [claim("BDNF", "CA1"), claim("BDNF", "CA1", "decrease"), claim("BDNF", "CA3"), claim("mTOR", "CA3")]))
    assert laid.columns == ("CA1", "other places")
    assert [row.head for row in laid.rows] == ["BDNF"]
    assert laid.rows[0].cells[1][0].count == 1
    assert laid.left_out == 1


def test_no_gold_no_grid():
    assert grid([]).rows == ()
