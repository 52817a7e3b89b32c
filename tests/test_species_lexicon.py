"""The table of species: its size, its identifiers, strains and lines that lead to their species."""

import re

import pytest
from extractor.tables import LEXICONS, TermRow, numbered_rows, read_rows
from extractor.terms import Terms

TABLE = LEXICONS / "species.tsv"
ROWS = read_rows(TABLE, TermRow)
LABELS = {"species", "taxon", "strain", "cell line", "person", "patient"}


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms({"species": tuple((f"species.tsv:{no}", row) for no, row in numbered_rows(TABLE, TermRow))})


def test_the_table_is_large_and_every_class_is_in_it() -> None:
    assert len(ROWS) >= 160
    assert {row.label for row in ROWS} == LABELS
    assert sum(row.label == "species" for row in ROWS) >= 100
    assert sum(row.label == "strain" for row in ROWS) >= 60
    assert sum(row.label == "cell line" for row in ROWS) >= 100


def test_identifiers_are_taxa_and_none_names_two_species() -> None:
    ids = [row.id for row in ROWS if row.id]
    assert [one for one in ids if not re.fullmatch(r"ncbitaxon:\d+", one)] == []
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_no_row_is_its_own_ancestor(terms: Terms) -> None:
    for row in ROWS:
        term = terms.named(row.name, "species")
        assert term is not None
        assert row.name not in {parent.name for parent in terms.ancestors(term)}


def test_strains_persons_and_lines_lead_to_a_species(terms: Terms) -> None:
    for row in ROWS:
        if row.label in ("strain", "cell line", "person", "patient"):
            term = terms.named(row.name, "species")
            assert term is not None
            labels = {(p.label, p.name) for p in terms.ancestors(term)}
            assert {label for label, _ in labels} & {"species", "taxon"}, row.name
            assert "species" in {label for label, _ in labels} or "hamster" in {name for _, name in labels}, row.name


@pytest.mark.parametrize(
    ("text", "species"),
    [
        ("Sprague Dawley rats", "rat"),
        ("Wistar-Kyoto", "rat"),
        ("SHR", "rat"),
        ("C57BL/6J", "mouse"),
        ("Balb/c", "mouse"),
        ("ddY", "mouse"),
        ("SH-SY5Y", "human"),
        ("PC12 cells", "rat"),
        ("CHO cells", "hamster"),
        ("COS-7", "African green monkey"),
        ("patients", "human"),
        ("healthy volunteers", "human"),
        ("women", "human"),
        ("beagles", "dog"),
    ],
)
def test_strains_lines_and_persons_mean_their_species(terms: Terms, text: str, species: str) -> None:
    term = terms.find(text, "species")
    assert term is not None
    assert species in {parent.name for parent in terms.ancestors(term)}


@pytest.mark.parametrize(
    ("text", "name", "identifier"),
    [
        ("rats", "rat", "ncbitaxon:10116"),
        ("mice", "mouse", "ncbitaxon:10090"),
        ("Homo sapiens", "human", "ncbitaxon:9606"),
        ("rhesus macaque", "rhesus monkey", "ncbitaxon:9544"),
        ("bovine", "cattle", "ncbitaxon:9913"),
        ("guinea-pig", "guinea pig", "ncbitaxon:10141"),
        ("Oncorhynchus kisutch", "coho salmon", "ncbitaxon:8019"),
        ("porcine", "pig", "ncbitaxon:9823"),
        ("fruit fly", "Drosophila", "ncbitaxon:7227"),
        ("rodents", "rodent", "ncbitaxon:9989"),
    ],
)
def test_names_are_found(terms: Terms, text: str, name: str, identifier: str) -> None:
    term = terms.find(text, "species")
    assert term is not None
    assert (term.name, term.id) == (name, identifier)


@pytest.mark.parametrize("text", ["animals", "Lewis", "August", "to mice", "steer", "individuals", "mole"])
def test_ambiguous_words_are_no_species(terms: Terms, text: str) -> None:
    assert terms.find(text, "species") is None
