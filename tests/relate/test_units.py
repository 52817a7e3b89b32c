"""A sentence as a row of units, and the patterns that run over their codes."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from extractor.annotations import ParsedSentence
from extractor.errors import DataError
from extractor.records import CueMention, Mention
from extractor.relate.units import Units, code_of, compile_pattern, measures, units_of, word_classes
from hypothesis import given, settings
from hypothesis import strategies as st

MakeUnits = Callable[..., Units]


def classes(units: Units) -> list[tuple[str, str]]:
    return [(unit.lower, unit.name) for unit in units.items]


def test_names_and_cues_are_whole_units_and_all_else_is_words(make_units: MakeUnits) -> None:
    units = make_units("[Chronic mild stress](agent) did not significantly [reduce](cue) the [nerve growth factor](molecule) (5 ng) of [rats](species).")
    assert classes(units) == [
        ("chronic mild stress", "AGENT"), ("did", "DO"), ("not", "NOT"), ("significantly", "ADV"), ("reduce", "VERBCUE"), ("the", "DET"),
        ("nerve growth factor", "MOL"), ("(", "OPEN"), ("5", "NUM"), ("ng", "WORD"), (")", "CLOSE"), ("of", "OF"), ("rats", "SPECIES"), (".", "SEMI"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[BDNF](molecule)", "MOL"), ("[cortex](region)", "REGION"), ("[rats](species)", "SPECIES"), ("[stress](agent)", "AGENT"), ("[serotonin](both)", "BOTH"),
        ("[reduced](cue)", "VERBCUE"), ("[reduction](cue)", "NOUNCUE"), ("[lower](cue)", "ADJCUE"), ("mRNA", "FORM"), ("whereas", "SUB"), ("controls", "CONTROL"), ("≥", "NUM"),
        ("12.5", "NUM"), ("%", "NUM"), ("quickly", "ADV"), ("slept", "WORD"),
    ],
)  # fmt: skip
def test_each_piece_has_its_class(marked: str, name: str, make_units: MakeUnits) -> None:
    (unit,) = make_units(marked).items
    assert unit.name == name


def test_a_molecule_that_an_agent_wraps_is_a_unit_and_the_agent_is_its_agent(make_parsed: Callable[..., tuple[ParsedSentence, tuple[CueMention, ...]]]) -> None:
    parsed, cues = make_parsed("The [activation](cue) of [mTOR](molecule) rose.", syntax=False)
    whole = Mention(start=4, end=22, text="activation of mTOR", kind="agent", label="drug")
    units = units_of(replace(parsed, mentions=(whole, *parsed.mentions)), cues)
    assert classes(units)[:4] == [("the", "DET"), ("activation", "NOUNCUE"), ("of", "OF"), ("mtor", "BOTH")]
    molecule = units.items[3]
    assert (molecule.start, molecule.end) == (18, 22)
    assert [m.text for kind in ("molecule", "agent") if (m := molecule.mention(kind)) is not None] == ["mTOR", "activation of mTOR"]


def test_a_unit_keeps_its_mentions_by_kind(make_units: MakeUnits) -> None:
    (unit,) = make_units("[serotonin](both)").items
    found = [unit.mention(kind) for kind in ("molecule", "agent", "region")]
    assert [m.kind if m else None for m in found] == ["molecule", "agent", None]


def test_a_name_inside_a_longer_one_is_no_unit_of_its_own(make_units: MakeUnits) -> None:
    units = make_units("a [stress model](agent) of it")
    assert [unit.name for unit in units.items].count("AGENT") == 1


def test_a_bracket_that_repeats_the_name_is_part_of_it(make_units: MakeUnits) -> None:
    units = make_units("[nerve growth factor](molecule=hgnc:7808) ([NGF](molecule=hgnc:7808)) [rose](cue)")
    assert [unit.name for unit in units.items] == ["MOL", "VERBCUE"]
    assert units.items[0].end == len("nerve growth factor (NGF)")


def test_a_bracket_that_names_something_else_stays(make_units: MakeUnits) -> None:
    assert [u.name for u in make_units("[BDNF](molecule) ([NGF](molecule))").items] == ["MOL", "OPEN", "MOL", "CLOSE"]


def test_codes_are_one_letter_a_unit_and_tell_where_classes_stand(make_units: MakeUnits) -> None:
    units = make_units("The [stress](agent) [raised](cue) [BDNF](molecule) and [NGF](molecule).")
    assert len(units.codes) == len(units.items)
    assert units.where("MOL") == [3, 5]
    assert units.where("AGENT", "VERBCUE") == [1, 2]
    assert units.where("REGION") == []


def test_with_a_parse_each_unit_knows_its_head(make_units: MakeUnits) -> None:
    units = make_units("The drug [increased](cue) the level of [nerve growth factor](molecule) in rats.", syntax=True)
    assert units.syntax is not None
    (position,) = units.where("MOL")
    assert units.class_at(units.items[position].token) == "MOL"
    assert units.class_at(units.items[units.where("VERBCUE")[0]].token) == "VERBCUE"
    assert make_units("The drug slept.").syntax is None


def test_every_class_has_a_letter_of_its_own() -> None:
    names = {*word_classes().values(), "MOL", "BOTH", "AGENT", "REGION", "SPECIES", "VERBCUE", "NOUNCUE", "ADJCUE", "WORD", "OPEN", "CLOSE"}
    letters = [code_of(name) for name in names]
    assert len(set(letters)) == len(names)
    assert all(len(letter) == 1 and letter.isalpha() for letter in letters)


def test_words_of_measure_are_form_words() -> None:
    assert measures()
    assert {word_classes()[word] for word in measures()} >= {"FORM"}


def test_a_pattern_is_written_in_class_names(make_units: MakeUnits) -> None:
    units = make_units("the large [raise](cue) in [BDNF](molecule)")
    assert compile_pattern("(?:DET | WORD){1,2} VERBCUE IN MOL").fullmatch(units.codes) is not None
    assert compile_pattern("DET VERBCUE").match(units.codes) is None


def test_an_unknown_class_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DataError, match=r"^unknown class 'MOLL'; expected one of .*MOL.*; mend the pattern$"):
        compile_pattern("DET MOLL")
    with pytest.raises(DataError, match="unknown class 'NOPE'"):
        code_of("NOPE")


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(DataError, match=r"^pattern '\(\?:DET': .*; expected class names and the signs of regular expressions"):
        compile_pattern("(?:DET")


PIECES = st.sampled_from(
    [
        "[BDNF](molecule)",
        "[stress](agent)",
        "[serotonin](both)",
        "[raised](cue)",
        "[reduction](cue)",
        "(",
        ")",
        "mRNA",
        "not",
        "5",
        "-",
        "İ",
        "  ",
        "in",
        "[CA1](region)",
        ".",
        ";",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=15).map(" ".join))
@settings(max_examples=80)
def test_units_cover_the_sentence_in_order(make_parsed: Callable[..., object], make_units: MakeUnits, marked: str) -> None:
    parsed, cues = make_parsed(marked, syntax=False)  # type: ignore[misc]
    units = make_units(marked)
    text = parsed.doc.text
    assert all(one.end <= other.start for one, other in zip(units.items, units.items[1:], strict=False))
    covered = {i for unit in units.items for i in range(unit.start, unit.end)}
    assert all(i in covered for i, letter in enumerate(text) if not letter.isspace())
    assert len(units.codes) == len(units.items)
    assert {cue.start for cue in cues} <= {unit.start for unit in units.items}
