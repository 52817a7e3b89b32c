"""Cues tied to molecules: clear sentences with a real parse, and what a link says of the rest of its sentence."""

from collections.abc import Callable

import pytest
from extractor.relate.links import find_links, qualifies_head
from extractor.relate.units import Units

MakeUnits = Callable[..., Units]


def pairs(units: Units) -> list[tuple[str, str]]:
    return [(units.items[link.cue].lower, units.items[link.molecule].lower) for link in find_links(units) if link.outer is None and link.denied is None]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("The drug [increased](cue) the level of [BDNF](molecule) in rats.", {("increased", "bdnf")}),
        ("The level of [BDNF](molecule) was [reduced](cue) by the drug.", {("reduced", "bdnf")}),
        ("There was a large [increase](cue) in [BDNF](molecule) in the rats.", {("increase", "bdnf")}),
        ("The levels of [BDNF](molecule) and [NGF](molecule) were [reduced](cue) by the drug.", {("reduced", "bdnf"), ("reduced", "ngf")}),
        ("The drug [increased](cue) the weight of the rats.", set()),
        ("The [BDNF](molecule) of the rats was measured.", set()),
    ],
)
def test_a_cue_is_tied_to_what_it_changes(marked: str, wanted: set[tuple[str, str]], make_units: MakeUnits) -> None:
    assert set(pairs(make_units(marked, syntax=True))) == wanted


def test_molecules_of_one_cue_know_each_other(make_units: MakeUnits) -> None:
    units = make_units("The levels of [BDNF](molecule) and [NGF](molecule) were [reduced](cue) by the drug.", syntax=True)
    links = find_links(units)
    assert {link.company for link in links} == {frozenset(units.where("MOL"))}


def test_a_cue_under_another_comes_alone_and_with_it(make_units: MakeUnits) -> None:
    units = make_units("The drug [reversed](cue) the [decrease](cue) in the level of [BDNF](molecule).", syntax=True)
    reversed_, decrease = units.where("VERBCUE", "NOUNCUE")
    found = {(link.cue, link.outer) for link in find_links(units)}
    assert {(decrease, None), (decrease, reversed_)} <= found
    assert all(link.outer_rule is not None for link in find_links(units) if link.outer is not None)


def test_after_but_not_the_link_is_stated_once_more(make_units: MakeUnits) -> None:
    units = make_units("The drug [increased](cue) the level of [BDNF](molecule) but not [NGF](molecule).", syntax=True)
    denied = [link for link in find_links(units) if link.denied is not None]
    assert [units.items[link.molecule].lower for link in denied] == ["ngf"]
    assert all(link.molecule in link.denied for link in denied if link.denied is not None)


@pytest.mark.parametrize(
    ("marked", "qualifies"),
    [
        ("[serotonin](molecule) neurons", True),
        ("[dopamine](molecule) agonists", True),
        ("[BDNF](molecule) levels", False),
        ("[BDNF](molecule)", False),
        ("[serotonin](molecule) [neurons](region:cell)", True),
        ("[serotonin](molecule) [hippocampus](region:brain)", False),
    ],
)
def test_a_name_that_only_qualifies_what_follows_is_no_molecule_measured(marked: str, qualifies: bool, make_units: MakeUnits) -> None:
    assert qualifies_head(make_units(marked), 0) is qualifies


@pytest.mark.parametrize("marked", ["", "The rats slept.", "[BDNF](molecule)", "It [rose](cue).", "[BDNF](molecule) [NGF](molecule) [rose](cue) [fell](cue)"])
def test_fragments_are_read_without_an_error(marked: str, make_units: MakeUnits) -> None:
    units = make_units(marked, syntax=True)
    for link in find_links(units):
        assert units.items[link.cue].cue is not None
        assert units.items[link.molecule].mention("molecule") is not None
