"""Places inside names of molecules."""

import pytest
from extractor.records import Mention
from extractor.relate.held import RULE, held_regions
from extractor.terms import Terms


def molecule(text: str, name: str) -> Mention:
    return Mention(start=10, end=10 + len(text), text=text, kind="molecule", name=name)


@pytest.mark.parametrize(
    ("text", "name", "start", "place"),
    [("plasma insulin", "insulin", 10, "plasma"), ("fasting plasma glucose", "glucose", 18, "plasma"), ("Salivary cortisol", "cortisol", 10, "saliva")],
)
def test_a_place_before_the_same_molecule_is_held(text: str, name: str, start: int, place: str, terms: Terms) -> None:
    (found,) = held_regions([molecule(text, name)], terms)
    assert (found.kind, found.start, found.name, found.rule) == ("region", start, place, RULE)
    assert found.text == text[found.start - 10 : found.end - 10]


@pytest.mark.parametrize(
    ("text", "name"),
    [("brain natriuretic peptide", "brain natriuretic peptide"), ("insulin", "insulin"), ("liver enzymes", "liver enzymes"), ("high glucose", "glucose")],
)
def test_a_name_of_its_own_holds_no_place(text: str, name: str, terms: Terms) -> None:
    assert list(held_regions([molecule(text, name)], terms)) == []


def test_only_molecules_hold_places(terms: Terms) -> None:
    assert list(held_regions([Mention(start=0, end=14, text="plasma insulin", kind="agent", name="insulin")], terms)) == []
