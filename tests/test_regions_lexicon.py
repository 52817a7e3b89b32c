"""The table of places: its size, its identifiers, its hierarchy, and names that must be found in it."""

import re

import pytest
from extractor.tables import LEXICONS, TermRow, numbered_rows, read_rows
from extractor.terms import Terms

TABLE = LEXICONS / "regions.tsv"
ROWS = read_rows(TABLE, TermRow)
LABELS = {"brain", "fluid", "organ", "nerve", "cell", "culture", "subcellular"}


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms({"region": tuple((f"regions.tsv:{no}", row) for no, row in numbered_rows(TABLE, TermRow))})


def test_the_table_is_large_and_every_class_is_in_it() -> None:
    assert len(ROWS) >= 450
    assert {row.label for row in ROWS} == LABELS
    assert sum(row.label == "brain" for row in ROWS) >= 300
    assert sum(row.label == "culture" for row in ROWS) >= 100


def test_identifiers_are_lower_case_curies_and_none_names_two_places() -> None:
    ids = [row.id for row in ROWS if row.id]
    assert [one for one in ids if not re.fullmatch(r"(uberon:\d{7}|cl:\d{7}|cellosaurus:\d{4})", one)] == []
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    assert [x for row in ROWS for x in row.xrefs if not re.fullmatch(r"mba:\d+", x)] == []


def test_every_parent_is_a_row_and_no_row_is_its_own_ancestor(terms: Terms) -> None:
    for row in ROWS:
        term = terms.named(row.name, "region")
        assert term is not None
        assert row.name not in {parent.name for parent in terms.ancestors(term)}


def test_no_spelling_means_two_places() -> None:
    owners: dict[str, set[str]] = {}
    for row in ROWS:
        for word in (row.name, *row.synonyms, *row.adjectives):
            owners.setdefault(word.lower(), set()).add(row.name)
    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


def test_no_acronym_stands_for_two_places() -> None:
    owners: dict[str, set[str]] = {}
    for row in ROWS:
        for word in row.exact:
            owners.setdefault(word, set()).add(row.name)
    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


def test_synonyms_hold_no_leftover_of_the_markup() -> None:
    words = [word for row in ROWS for word in (row.name, *row.synonyms, *row.exact, *row.adjectives)]
    assert [word for word in words if re.search(r"[~^=!#]|^\s|\s$|  ", word)] == []


@pytest.mark.parametrize(
    ("text", "name", "identifier"),
    [
        ("hippocampi", "hippocampus", "uberon:0002421"),
        ("hippocampal", "hippocampus", "uberon:0002421"),
        ("NAc", "nucleus accumbens", "uberon:0001882"),
        ("PFC", "prefrontal cortex", "uberon:0000451"),
        ("CA1 region of the hippocampus", "CA1", "uberon:0003881"),
        ("nucleus raphe dorsalis", "dorsal raphe nucleus", "uberon:0002043"),
        ("paraventricular nucleus of the hypothalamus", "hypothalamic paraventricular nucleus", "uberon:0001930"),
        ("cerebrospinal fluid", "CSF", "uberon:0001359"),
        ("sera", "serum", "uberon:0001977"),
        ("faeces", "feces", "uberon:0001988"),
        ("hepatic", "liver", "uberon:0002107"),
        ("thrombocytes", "platelets", "cl:0000233"),
        ("PC-12 cells", "culture (PC12 cells)", None),
        ("primary hippocampal neurones", "culture (hippocampal neurons)", None),
        ("SHSY5Y", "culture (SH-SY5Y cells)", None),
    ],
)
def test_names_are_found(terms: Terms, text: str, name: str, identifier: str | None) -> None:
    term = terms.find(text, "region")
    assert term is not None
    assert (term.name, term.id) == (name, identifier)


@pytest.mark.parametrize("text", ["LSD", "MPO", "CEA", "ARC", "AMY", "cell", "organ", "pfc1"])
def test_words_with_other_meanings_are_no_places(terms: Terms, text: str) -> None:
    assert terms.find(text, "region") is None


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("prelimbic cortex", "brain"),
        ("prelimbic cortex", "prefrontal cortex"),
        ("CA1", "hippocampus"),
        ("central amygdala", "amygdala"),
        ("nucleus accumbens shell", "striatum"),
        ("dorsal raphe nucleus", "brainstem"),
        ("median eminence", "circumventricular organs"),
        ("anterior pituitary", "pituitary"),
        ("serum", "blood"),
        ("adrenal medulla", "adrenal gland"),
        ("culture (BV2 microglial cells)", "culture"),
        ("culture (hepatocytes)", "hepatocytes"),
        ("spinal dorsal horn", "central nervous system"),
    ],
)
def test_parts_lead_to_their_wholes(terms: Terms, part: str, whole: str) -> None:
    term = terms.named(part, "region")
    assert term is not None
    assert whole in {parent.name for parent in terms.ancestors(term)}


def test_every_culture_has_culture_as_an_ancestor(terms: Terms) -> None:
    cultures = [row.name for row in ROWS if row.label == "culture" and row.name != "culture"]
    assert cultures
    for name in cultures:
        term = terms.named(name, "region")
        assert term is not None
        assert "culture" in {parent.name for parent in terms.ancestors(term)}
