"""Agents and regions inside the sentence: the nearest in the best position, and those listed with it."""

from collections.abc import Callable

import pytest
from extractor.records import Distance
from extractor.relate.links import Link
from extractor.relate.slots import Found, after_but_not, denied, find_regions, is_compared, nearest
from extractor.relate.units import Units
from extractor.terms import Terms

MakeUnits = Callable[..., Units]
MakeLink = Callable[..., Link]


def regions(marked: str, make_units: MakeUnits, make_link: MakeLink, terms: Terms, *, syntax: bool = True) -> tuple[list[str], Distance | None]:
    units = make_units(marked, syntax=syntax)
    found = find_regions(units, make_link(units), terms=terms)
    return ([], None) if found is None else ([units.items[p].lower for p in found.positions], found.distance)


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("The drug [increased](cue) [BDNF](molecule) in the [hippocampus](region).", ["hippocampus"]),
        ("The drug [increased](cue) [hippocampal](region) [BDNF](molecule) in rats.", ["hippocampal"]),
        ("The drug [increased](cue) [BDNF](molecule) in the [cortex](region), [striatum](region) and [amygdala](region).", ["cortex", "striatum", "amygdala"]),
        ("The drug [increased](cue) [BDNF](molecule) in rats.", []),
        ("The drug [increased](cue) [BDNF](molecule) in the [cortex](region) but not in the [striatum](region).", ["cortex"]),
    ],
)
def test_the_places_of_a_finding(marked: str, wanted: list[str], make_units: MakeUnits, make_link: MakeLink, terms: Terms) -> None:
    assert regions(marked, make_units, make_link, terms)[0] == wanted


def test_a_place_in_the_clause_is_nearer_than_one_in_the_sentence(make_units: MakeUnits, make_link: MakeLink, terms: Terms) -> None:
    near = "The drug [increased](cue) [BDNF](molecule) in the [cortex](region); rats slept."
    far = "The drug [increased](cue) [BDNF](molecule); the [cortex](region) was cut."
    assert regions(near, make_units, make_link, terms)[1] is Distance.CLAUSE
    assert regions(far, make_units, make_link, terms) == (["cortex"], Distance.SENTENCE)


def test_places_that_are_not_listed_together_stay_apart(make_units: MakeUnits) -> None:
    units = make_units("[BDNF](molecule) [rose](cue) after [ketamine](agent) slept [lithium](agent)")
    found = nearest(units, units.where("AGENT"), target="agent", cue=1, molecule=0)
    assert found is not None
    assert found.positions == (units.where("AGENT")[0],)


def test_a_denied_link_takes_the_places_after_but_not(make_units: MakeUnits, make_link: MakeLink, terms: Terms) -> None:
    units = make_units("The drug [increased](cue) [BDNF](molecule) in the [cortex](region) but not in the [striatum](region).")
    striatum = units.where("REGION")[1]
    link = make_link(units, denied=range(striatum - 2, striatum + 1))
    assert find_regions(units, link, terms=terms) == Found(positions=(striatum,), distance=Distance.CLAUSE)
    assert denied(link, units.where("REGION")) == [striatum]
    assert denied(make_link(units), units.where("REGION")) == []


def test_names_of_the_comparison_group_are_known(make_units: MakeUnits) -> None:
    units = make_units("[ketamine](agent) [raised](cue) [BDNF](molecule) compared with [lithium](agent)")
    assert [is_compared(units, agent) for agent in units.where("AGENT")] == [False, True]


def test_names_set_against_the_claim_are_known(make_units: MakeUnits) -> None:
    units = make_units("[BDNF](molecule) [rose](cue) after [ketamine](agent) but not after [lithium](agent)")
    assert [after_but_not(units, agent) for agent in units.where("AGENT")] == [False, True]


def test_without_places_nothing_is_nearest(make_units: MakeUnits) -> None:
    units = make_units("[BDNF](molecule) [rose](cue)")
    assert nearest(units, [], target="agent", cue=1, molecule=0) is None


def test_a_handicap_puts_a_place_behind(make_units: MakeUnits) -> None:
    units = make_units("[ketamine](agent) [raised](cue) [BDNF](molecule) when [lithium](agent) was given")
    first, second = units.where("AGENT")
    plain = nearest(units, [first, second], target="agent", cue=1, molecule=2)
    turned = nearest(units, [first, second], target="agent", cue=1, molecule=2, handicaps={first: 1_000})
    assert plain is not None
    assert turned is not None
    assert (plain.positions, turned.positions) == ((first,), (second,))
