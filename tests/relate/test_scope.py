"""What the words around a cue do to it, case by case without a parse."""

from collections.abc import Callable

import pytest
from extractor.records import Direction
from extractor.relate.links import Link
from extractor.relate.patterns import Rule
from extractor.relate.scope import NegationRow, PhraseRow, certainty_of, clause, direction_of, is_aim, is_presupposed, negated
from extractor.relate.units import Units
from extractor.tables import LEXICONS, read_rows

MakeUnits = Callable[..., Units]
MakeLink = Callable[..., Link]
MakeRule = Callable[..., Rule]
UP, DOWN, SAME = Direction.INCREASE, Direction.DECREASE, Direction.NO_CHANGE


def first_cue(units: Units) -> int:
    return units.where("VERBCUE", "NOUNCUE", "ADJCUE")[0]


@pytest.mark.parametrize(
    ("marked", "denied"),
    [
        ("It did not [increase](cue) [BDNF](molecule).", True),
        ("It did not significantly [increase](cue) [BDNF](molecule).", True),
        ("It failed to [increase](cue) [BDNF](molecule).", True),
        ("There was no [increase](cue) in [BDNF](molecule).", True),
        ("There was no significant [increase](cue) in [BDNF](molecule).", True),
        ("It [increased](cue) [BDNF](molecule).", False),
        ("It did not sleep; it [increased](cue) [BDNF](molecule).", False),
        ("It did not sleep, whereas it [increased](cue) [BDNF](molecule).", False),
    ],
)
def test_a_change_is_denied_within_its_clause(marked: str, denied: bool, make_units: MakeUnits) -> None:
    units = make_units(marked)
    assert negated(units, first_cue(units)) is denied


def test_a_clause_ends_at_semicolons_and_words_that_open_another(make_units: MakeUnits) -> None:
    units = make_units("[A](agent) [fell](cue); [B](agent) [rose](cue) whereas [C](agent) [fell](cue)")
    assert [clause(units, cue) for cue in units.where("VERBCUE")] == [(0, 2), (3, 5), (6, 8)]
    assert clause(units, 2) == (0, 5), "a semicolon itself stands between the two"


@pytest.mark.parametrize(
    ("marked", "direction"),
    [
        ("It [increased](cue) [BDNF](molecule).", UP),
        ("It [reduced](cue) [BDNF](molecule).", DOWN),
        ("It did not [increase](cue) [BDNF](molecule).", SAME),
        ("[BDNF](molecule) was [unchanged](cue).", SAME),
        ("It [altered](cue) [BDNF](molecule).", None),
        ("It did not [alter](cue) [BDNF](molecule).", SAME),
        ("[BDNF](molecule) was [lower](cue) in rats.", DOWN),
        ("[BDNF](molecule) was [lower](cue) in controls than in [treated](agent) rats.", UP),
        ("[BDNF](molecule) was [higher](cue) in the controls than in the [treated](agent) rats.", DOWN),
        ("[BDNF](molecule) was [higher](cue) in [treated](agent) rats than in controls.", UP),
    ],
)
def test_the_direction_of_a_plain_link(marked: str, direction: Direction | None, make_units: MakeUnits, make_link: MakeLink) -> None:
    units = make_units(marked)
    assert direction_of(units, make_link(units)) is direction


@pytest.mark.parametrize(
    ("outer", "inner", "direction"),
    [
        ("[reversed](cue)", "[decrease](cue)", UP),
        ("[reversed](cue)", "[increase](cue)", DOWN),
        ("[prevented](cue)", "[decrease](cue)", UP),
        ("[attenuated](cue)", "[increase](cue)", DOWN),
        ("did not [prevent](cue)", "[decrease](cue)", SAME),
        ("failed to [reverse](cue)", "[increase](cue)", SAME),
        ("[enhanced](cue)", "[increase](cue)", UP),
        ("[enhanced](cue)", "[decrease](cue)", DOWN),
    ],
)
def test_an_outer_cue_multiplies(outer: str, inner: str, direction: Direction, make_units: MakeUnits, make_link: MakeLink, make_rule: MakeRule) -> None:
    units = make_units(f"It {outer} the {inner} in [BDNF](molecule).")
    first, second = units.where("VERBCUE", "NOUNCUE")
    assert direction_of(units, make_link(units, cue=second, outer=first, outer_rule=make_rule())) is direction


def test_what_stands_after_but_not_is_no_change(make_units: MakeUnits, make_link: MakeLink) -> None:
    units = make_units("It [increased](cue) [BDNF](molecule) but not [NGF](molecule).")
    link = make_link(units, molecule=units.where("MOL")[1], denied=range(5, 6))
    assert direction_of(units, link) is SAME


def test_no_change_denied_says_nothing(make_units: MakeUnits, make_link: MakeLink) -> None:
    units = make_units("[BDNF](molecule) was [unchanged](cue) but not [NGF](molecule).")
    assert direction_of(units, make_link(units, denied=range(5, 6))) is None


@pytest.mark.parametrize(
    ("marked", "taken"),
    [
        ("The [stress](agent)-[induced](cue) [increase](cue) in [BDNF](molecule) was studied.", True),
        ("An [increase](cue) in [BDNF](molecule) was seen.", False),
        ("[Stress](agent) [induced](cue) an [increase](cue) in [BDNF](molecule).", False),
    ],
)
def test_a_change_named_by_its_cause_is_taken_for_granted(marked: str, taken: bool, make_units: MakeUnits, make_link: MakeLink) -> None:
    units = make_units(marked)
    assert is_presupposed(units, make_link(units, cue=units.where("VERBCUE", "NOUNCUE")[-1])) is taken


def test_a_rule_may_say_that_its_change_is_taken_for_granted(make_units: MakeUnits, make_link: MakeLink, make_rule: MakeRule) -> None:
    units = make_units("It [increased](cue) [BDNF](molecule).")
    assert is_presupposed(units, make_link(units, rule=make_rule(presupposed=True)))
    assert not is_presupposed(units, make_link(units, rule=make_rule(presupposed=True), outer=0, outer_rule=make_rule()))


@pytest.mark.parametrize(
    ("marked", "certainty"),
    [
        ("It [increased](cue) [BDNF](molecule).", "asserted"),
        ("It may [increase](cue) [BDNF](molecule).", "hedged"),
        ("It tended to [increase](cue) [BDNF](molecule).", "hedged"),
        ("It [increased](cue) [BDNF](molecule), which may help.", "asserted"),
        ("The rats may sleep; it [increased](cue) [BDNF](molecule).", "asserted"),
    ],
)
def test_hedges_count_in_the_clause_of_the_link(marked: str, certainty: str, make_units: MakeUnits, make_link: MakeLink) -> None:
    units = make_units(marked)
    link, text = make_link(units), marked.replace("](cue)", "").replace("](molecule)", "").replace("[", "")
    assert certainty_of(units, (link.cue, link.molecule), text) == certainty


@pytest.mark.parametrize(
    ("marked", "aim"),
    [
        ("To test whether it [increases](cue) BDNF, rats slept.", True),
        ("To test this, we slept, and it [increased](cue) BDNF.", False),
        ("Does it [increase](cue) BDNF?", True),
        ("It [increased](cue) BDNF.", False),
        ("The aim was to see whether it [increases](cue) BDNF.", True),
        ("It [increased](cue) BDNF and we asked whether rats slept.", False),
    ],
)
def test_aims_and_questions_state_nothing(marked: str, aim: bool, make_units: MakeUnits) -> None:
    units = make_units(marked)
    assert is_aim(units, first_cue(units), marked.replace("](cue)", "").replace("[", "")) is aim


@pytest.mark.parametrize(("name", "kind"), [("negation.tsv", NegationRow), ("hedges.tsv", PhraseRow), ("aims.tsv", PhraseRow)])
def test_the_tables_of_scope_are_read(name: str, kind: type[NegationRow] | type[PhraseRow]) -> None:
    rows = read_rows(LEXICONS / name, kind)
    assert rows
    assert all(row.example and row.counter for row in rows)
