"""Cues paired with molecules: what is a pair, what the rules read in it, and which reading wins."""

from collections.abc import Callable

import pytest
from extractor.records import Direction
from extractor.relate.pairs import FARTHEST, Pair, find_pairs
from extractor.relate.units import Units

MakeUnits = Callable[..., Units]


def shown(units: Units, pair: Pair) -> tuple[str, str, Direction | None, bool]:
    return units.items[pair.cue].lower, units.items[pair.molecule].lower, pair.direction, pair.tied


def test_every_cue_meets_every_molecule_and_the_rules_tie_some(make_units: MakeUnits) -> None:
    units = make_units("The drug [increased](cue) the level of [BDNF](molecule) and [reduced](cue) the level of [NGF](molecule).", syntax=True)
    assert {shown(units, pair) for pair in find_pairs(units)} == {
        ("increased", "bdnf", Direction.INCREASE, True),
        ("reduced", "bdnf", Direction.DECREASE, False),
        ("increased", "ngf", Direction.INCREASE, False),
        ("reduced", "ngf", Direction.DECREASE, True),
    }


def test_an_untied_pair_has_no_rule(make_units: MakeUnits) -> None:
    units = make_units("It [increased](cue) weight; we had no [BDNF](molecule) kit.")
    (pair,) = find_pairs(units)
    assert (pair.tied, pair.link.rule, pair.link.outer) == (False, None, None)


def test_the_reading_under_an_outer_cue_wins(make_units: MakeUnits) -> None:
    units = make_units("The drug [reversed](cue) the [decrease](cue) in the level of [BDNF](molecule).", syntax=True)
    found = {units.items[pair.cue].lower: pair for pair in find_pairs(units)}
    assert found["reversed"].direction is Direction.INCREASE
    assert units.items[found["reversed"].link.cue].lower == "decrease"
    assert found["decrease"].direction is Direction.DECREASE


def test_what_is_denied_for_a_part_is_a_pair_of_its_own(make_units: MakeUnits) -> None:
    units = make_units("The drug [increased](cue) [BDNF](molecule) in the [hippocampus](region) but not in the [striatum](region).", syntax=True)
    pairs = find_pairs(units)
    assert [pair.direction for pair in pairs] == [Direction.INCREASE, Direction.NO_CHANGE]
    denied = pairs[1].link.denied
    assert denied is not None
    assert [units.items[i].lower for i in denied if units.items[i].mentions] == ["striatum"]


@pytest.mark.parametrize(("words", "count"), [(FARTHEST - 2, 1), (FARTHEST + 1, 0)])
def test_what_lies_too_far_apart_is_no_pair(words: int, count: int, make_units: MakeUnits) -> None:
    units = make_units("It [increased](cue) " + "what " * words + "[BDNF](molecule)")
    assert len(find_pairs(units)) == count


def test_a_sentence_without_a_cue_has_no_pair(make_units: MakeUnits) -> None:
    assert find_pairs(make_units("The [BDNF](molecule) kit was new.")) == ()
