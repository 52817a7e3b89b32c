"""Acronyms that mean a molecule beside others of its class."""

import pytest
from extractor.errors import DataError
from extractor.scan.company import CompanyRow, in_company
from extractor.tables import LEXICONS, read_rows
from extractor.terms import Terms, load_terms

ROWS = read_rows(LEXICONS / "beside.tsv", CompanyRow)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.short)
def test_a_row_fires_in_its_example_and_not_in_its_counter(row: CompanyRow) -> None:
    found = list(in_company(row.example, defined={}, terms=load_terms()))
    assert (row.short, row.molecule) in [(m.text, m.name) for m in found]
    assert list(in_company(row.counter, defined={}, terms=load_terms())) == []


def test_one_list_gives_all_uses_their_meaning() -> None:
    text = "Levels of NA and DA fell. NA-depleted rats slept; NA 1.4 and NAD were no amines."
    found = list(in_company(text, defined={}, terms=load_terms()))
    assert [(m.start, m.text, m.name, m.rule) for m in found] == [(10, "NA", "noradrenaline", "beside"), (26, "NA", "noradrenaline", "beside")]
    assert all(text[m.start : m.end] == m.text for m in found)


def test_what_the_article_defines_is_left_to_it() -> None:
    assert list(in_company("NA and DA fell", defined={"NA": "nucleus accumbens"}, terms=load_terms())) == []


def test_a_row_without_its_molecule_is_refused() -> None:
    with pytest.raises(DataError, match=r"^beside\.tsv: unknown molecule 'noradrenaline' of 'NA'; expected a preferred name"):
        list(in_company("NA and DA fell", defined={}, terms=Terms({})))
