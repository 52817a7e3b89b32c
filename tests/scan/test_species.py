"""Species that were studied against species that only lent a reagent."""

import pytest
from extractor.records import Mention
from extractor.scan.dictionary import Dictionary
from extractor.scan.species import study_species
from extractor.tables import LEXICONS, TermRow, numbered_rows
from extractor.terms import Terms


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary(Terms({"species": tuple((f"species.tsv:{no}", row) for no, row in numbered_rows(LEXICONS / "species.tsv", TermRow))}))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Brains of rats were stained with a rabbit polyclonal antibody.", ["rat"]),
        ("A goat anti-mouse IgG was put on sections of rat cortex.", ["rat"]),
        ("Cells of mice grew in 10% fetal bovine serum.", ["mouse"]),
        ("PC12 cells grew in horse serum (5%).", ["PC12 cells"]),
        ("GFAP (mouse, 1:500) was stained in hamsters.", ["hamster"]),
        ("Rats received ovine CRH.", ["rat"]),
        ("Recombinant human EPO was given to mice.", ["mouse"]),
        ("Corticosterone of mice was read with a rat corticosterone ELISA kit.", ["mouse"]),
        ("Mice received LPS (E. coli O111:B4).", ["mouse"]),
        ("CAT and SOD fell in rats.", ["rat"]),
        ("Serum cortisol rose in horses and in cattle.", ["horse", "cattle"]),
        ("Human plasma held more BDNF than mouse plasma.", ["human", "mouse"]),
    ],
)
def test_only_species_that_were_studied_remain(dictionary: Dictionary, text: str, names: list[str]) -> None:
    assert [m.name for m in study_species(text, dictionary.find(text))] == names


def test_mentions_of_other_kinds_pass_through() -> None:
    serum = Mention(start=7, end=12, text="serum", kind="region", name="serum")
    horse = Mention(start=1, end=6, text="horse", kind="species", name="horse")
    assert study_species(" horse serum ", [horse, serum]) == [serum]


def test_no_mentions_give_none() -> None:
    assert study_species("Nothing here.", []) == []
