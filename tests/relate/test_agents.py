"""Who acted: named agents by rule, else the subject in the author's words."""

from collections.abc import Callable

import pytest
from extractor.relate.agents import NoAgentRow, OpenAgent, find_agents
from extractor.relate.links import Link
from extractor.relate.units import Units
from extractor.tables import LEXICONS, read_rows

MakeUnits = Callable[..., Units]
MakeLink = Callable[..., Link]


def actors(marked: str, make_units: MakeUnits, make_link: MakeLink) -> list[str]:
    units = make_units(marked, syntax=True)
    found = find_agents(units, make_link(units))
    if isinstance(found, OpenAgent):
        return ["? " + " ".join(unit.lower for unit in units.items[found.start : found.end])]
    return [] if found is None else [units.items[p].lower for p in found.positions]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("[Ketamine](agent) [increased](cue) the level of [BDNF](molecule) in rats.", ["ketamine"]),
        ("The level of [BDNF](molecule) was [increased](cue) by [ketamine](agent).", ["ketamine"]),
        ("The level of [BDNF](molecule) was [increased](cue) after [ketamine](agent).", ["ketamine"]),
        ("[Ketamine](agent) and [lithium](agent) [increased](cue) the level of [BDNF](molecule).", ["ketamine", "lithium"]),
        ("The level of [BDNF](molecule) [increased](cue) after [ketamine](agent) but not after [lithium](agent).", ["ketamine"]),
        ("The levels of [BDNF](molecule) were [increased](cue).", []),
    ],
)
def test_named_agents_are_tied_to_the_cue(marked: str, wanted: list[str], make_units: MakeUnits, make_link: MakeLink) -> None:
    assert actors(marked, make_units, make_link) == wanted


def test_under_an_outer_cue_the_agent_of_the_inner_one_is_left_out(make_units: MakeUnits, make_link: MakeLink) -> None:
    units = make_units("[Ketamine](agent) [reversed](cue) the [stress](agent)-[induced](cue) [decrease](cue) in the level of [BDNF](molecule).", syntax=True)
    outer, _, inner = units.where("VERBCUE", "NOUNCUE")
    alone, under = (find_agents(units, make_link(units, cue=inner, **fields)) for fields in ({}, {"outer": outer}))
    assert not isinstance(alone, OpenAgent | None)
    assert not isinstance(under, OpenAgent | None)
    assert [[units.items[p].lower for p in found.positions] for found in (alone, under)] == [["stress"], ["ketamine"]]


def test_an_unnamed_subject_is_taken_in_the_authors_words(make_units: MakeUnits, make_link: MakeLink) -> None:
    assert actors("The herbal mixture [increased](cue) the level of [BDNF](molecule) in rats.", make_units, make_link) == ["? herbal mixture"]


def test_a_subject_that_names_no_intervention_is_no_agent(make_units: MakeUnits, make_link: MakeLink) -> None:
    assert actors("The rats [increased](cue) the level of [BDNF](molecule).", make_units, make_link) == []


def test_without_a_parse_there_are_no_unnamed_subjects(make_units: MakeUnits, make_link: MakeLink) -> None:
    units = make_units("The bitter tonic [increased](cue) [BDNF](molecule).")
    assert find_agents(units, make_link(units)) is None


def test_the_molecule_of_a_link_is_never_its_agent(make_units: MakeUnits, make_link: MakeLink) -> None:
    units = make_units("The level of [corticosterone](both) was [increased](cue) in rats.", syntax=True)
    found = find_agents(units, make_link(units))
    assert found is None or isinstance(found, OpenAgent)


def test_words_that_name_no_intervention_are_lower_case() -> None:
    rows = read_rows(LEXICONS / "no_agents.tsv", NoAgentRow)
    assert rows
    assert all(word == word.lower() for row in rows for word in row.words)
