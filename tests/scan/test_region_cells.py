"""Kinds of cells that no list holds."""

import pytest
from extractor.scan.region_cells import open_cells
from extractor.scan.region_words import RegionNames, region_words
from extractor.tables import TermRow
from extractor.terms import Terms

TERMS = Terms(
    {
        "region": (("t:1", TermRow(id="cl:0000100", name="motor neurons", label="cell", synonyms=("XJ motor neurons",), exact=("VTA",))),),
        "molecule": (("t:2", TermRow(id="hgnc:1033", name="BDNF", label="growth factor")),),
        "species": (("t:3", TermRow(id="ncbitaxon:7227", name="Drosophila", label="species")),),
    }
)


def kinds(text: str) -> list[tuple[str, str | None]]:
    found = list(open_cells(text, words=region_words(), names=RegionNames(TERMS), terms=TERMS))
    assert all(text[m.start : m.end] == m.text and (m.kind, m.rule) == ("region", "region.open_cells") for m in found)
    return [(m.text, m.name) for m in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zinc rose in RMG interneurons.", ["RMG interneurons"]),
        ("Zinc rose in NSC-99 cells (n = 4).", ["NSC-99 cells"]),
        ("Zinc rose in iPS-derived neurons.", ["iPS-derived neurons"]),
        ("Zinc rose in dopaminergic PAM neurons.", ["dopaminergic PAM neurons"]),
        ("Zinc rose in ADF chemosensory neurons.", ["ADF chemosensory neurons"]),
        ("Zinc rose in (tyraminergic neurons).", ["tyraminergic neurons"]),
        ("Zinc rose in type II neuroblasts.", ["type II neuroblasts"]),
        ("Zinc rose in class IV da neurons.", ["class IV da neurons"]),
        ("Zinc rose in Renshaw cells.", ["Renshaw cells"]),
    ],
)
def test_kinds_of_cells_are_found_by_their_form(text: str, found: list[str]) -> None:
    assert kinds(text) == [(kind, None) for kind in found]


@pytest.mark.parametrize(
    "text",
    [
        "Treated cells were washed.",
        "Zinc rose in control neurons, these cells and sensory neurons.",
        "Zinc rose. Many neurons held it.",
        "Zinc Rose In Many Neurons and in GFP-positive cells.",
        "Zinc rose in WT neurons, KO cells, Xyz3-deleted neurons and DIV14 neurons.",
        "Zinc rose in BDNF neurons, in VTA neurons and in Drosophila cells.",
        "Zinc rose in P7 neurons, at P14 and at P21.",
        "Zinc rose in RMG  neurons.",
        "neurons",
        "",
    ],
)
def test_states_molecules_places_species_and_ages_make_no_kind(text: str) -> None:
    assert kinds(text) == []


def test_a_kind_that_a_term_names_has_its_identifier() -> None:
    assert kinds("Zinc rose in XJ motor neurons.") == [("XJ motor neurons", "motor neurons")]


def alone(text: str) -> int:
    return kinds(text).count(("RMG", None))


def test_an_acronym_stands_alone_once_it_was_used_twice_with_its_noun() -> None:
    assert alone("RMG neurons and the RMG neuron: zinc rose in RMG, not in RMG::tag.") == 3
    assert alone("RMG neurons held zinc; it rose in RMG.") == 0
    assert alone("RMG neurons and RMG neurons in a lobe (RMG) held zinc; it rose in RMG.") == 0
    assert alone("RMG cells and RMG cells held zinc; it rose in RMG.") == 0
