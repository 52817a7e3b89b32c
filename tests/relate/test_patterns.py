"""Rules as data: what each key of a line does, and the message for each way to break one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.relate.patterns import Rule, read_patterns, rules, rules_for
from extractor.relate.units import Units

MakeUnits = Callable[..., Units]
MakeRule = Callable[..., Rule]
GOOD = '{"rule": "a", "target": "molecule", "gap": "IN", "example": "x", "counter": "y"}'


def file_of(folder: Path, *lines: str) -> Path:
    path = folder / "rules.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_lines_are_read_in_order_without_comments_and_blank_lines(tmp_path: Path) -> None:
    other = GOOD.replace('"a"', '"b"')
    assert [rule.row.rule for rule in read_patterns(file_of(tmp_path, "// a remark", "", other, GOOD))] == ["b", "a"]


def test_a_macro_stands_for_its_pattern_also_inside_another(tmp_path: Path, make_units: MakeUnits) -> None:
    lines = ['{"macro": "D", "pattern": "DET"}', '{"macro": "DW", "pattern": "(?:<D>|WORD)"}', GOOD.replace("IN", "IN <DW>{0,3}")]
    (rule,) = read_patterns(file_of(tmp_path, *lines))
    units = make_units("[rise](cue) in the whole [BDNF](molecule)")
    assert rule.ties(units, 0, 4)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{no json", r"rules\.jsonl:2: no JSON: .*; expected one object a line"),
        ('["a"]', r"rules\.jsonl:2: no object; expected one object a line"),
        (GOOD.replace('"gap"', '"gaap"'), r"rules\.jsonl:2: gaap: Extra inputs are not permitted; expected a PatternRow"),
        (GOOD.replace(', "counter": "y"', ""), r"rules\.jsonl:2: counter: Field required; expected a PatternRow"),
        (GOOD.replace("molecule", "weather"), r"rules\.jsonl:2: target: Input should be .*; expected a PatternRow"),
        (GOOD.replace('"IN"', '"IN <X>"'), r"rules\.jsonl:2: unknown macro <X>; expected one of \['N'\]"),
        (GOOD.replace('"IN"', '"NOPE"'), r"unknown class 'NOPE'"),
        (GOOD.replace('"IN"', '"(IN"'), r"pattern '\(IN': .*; expected class names"),
        (GOOD.replace('"gap": "IN", ', ""), r"rules\.jsonl:2: rule 'a' with neither gap nor path; expected one of the two, or both"),
        ('{"macro": "M"}', r"rules\.jsonl:2: pattern: Field required; expected a _MacroRow"),
        ('{"macro": "M", "pattern": "<Y>"}', r"rules\.jsonl:2: unknown macro <Y>"),
    ],
)
def test_a_broken_line_is_refused(line: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=message):
        read_patterns(file_of(tmp_path, '{"macro": "N", "pattern": "DET"}', line))


@pytest.mark.parametrize("line", [GOOD.replace('"IN"', '"NOPE"'), GOOD.replace('"IN"', '"(IN"'), GOOD.replace('"gap": "IN"', '"path": "(dobj"')])
def test_a_broken_pattern_names_file_and_line(line: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"rules\.jsonl:1: "):
        read_patterns(file_of(tmp_path, line))


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"rules\.jsonl:3: rule 'a' a second time; expected unique names"):
        read_patterns(file_of(tmp_path, GOOD, "", GOOD))


#       0     1       2     3      4       5      6       7    8     9
PLAIN = "The [stress](agent) [raised](cue) the whole [BDNF](molecule) content in the [cortex](region)"
CUE, MOLECULE = 2, 5


@pytest.mark.parametrize(
    ("fields", "tied"),
    [
        ({"gap": "DET WORD"}, True),
        ({"gap": "DET"}, False),
        ({"gap": "DET WORD", "side": "right"}, True),
        ({"gap": "DET WORD", "side": "left"}, False),
        ({"gap": "DET WORD", "before": "AGENT"}, True),
        ({"gap": "DET WORD", "before": "DET"}, False),
        ({"gap": "DET WORD", "not_before": "AGENT"}, False),
        ({"gap": "DET WORD", "not_before": "DET"}, True),
        ({"gap": "DET WORD", "after": "FORM IN"}, True),
        ({"gap": "DET WORD", "after": "IN"}, False),
        ({"gap": "DET WORD", "not_after": "FORM"}, False),
        ({"gap": "DET WORD", "not_after": "IN"}, True),
    ],
)
def test_what_stands_between_before_and_after_the_pair(fields: dict[str, str], tied: bool, make_units: MakeUnits, make_rule: MakeRule) -> None:
    assert make_rule(**fields).ties(make_units(PLAIN), CUE, MOLECULE) is tied


def test_without_a_side_the_target_may_stand_on_either(make_units: MakeUnits, make_rule: MakeRule) -> None:
    units = make_units("[BDNF](molecule) [rose](cue)")
    assert make_rule(gap=".{0,3}").ties(units, 1, 0)
    assert not make_rule(gap=".{0,3}", side="right").ties(units, 1, 0)
    assert make_rule(gap=".{0,3}", side="left").ties(units, 1, 0)


def test_a_pair_too_far_apart_is_never_tied(make_units: MakeUnits, make_rule: MakeRule) -> None:
    units = make_units("[Raised](cue) " + "slept " * 60 + "[BDNF](molecule)")
    assert not make_rule(gap=".*").ties(units, 0, len(units.items) - 1)


PARSED = "The drug [increased](cue) the level of [BDNF](molecule) in rats."


def test_a_path_is_the_way_through_the_parse(make_units: MakeUnits, make_rule: MakeRule) -> None:
    units = make_units(PARSED, syntax=True)
    cue, molecule = units.where("VERBCUE")[0], units.where("MOL")[0]
    way = "dobj> (?:prep:of> pobj> )"
    assert make_rule(path=way).ties(units, cue, molecule)
    assert not make_rule(path="(?:nsubj> )").ties(units, cue, molecule)
    assert not make_rule(path=way, lacks=["nsubj"]).ties(units, cue, molecule)
    assert make_rule(path=way, lacks=["nsubjpass"]).ties(units, cue, molecule)
    assert not make_rule(path=way, role_not="ROOT .*").ties(units, cue, molecule)
    assert make_rule(path=way, role_not="ROOT .*").ties(units, cue, molecule, in_any_role=True)
    assert make_rule(path=way, role_not="dobj .*").ties(units, cue, molecule)


def test_a_path_may_end_with_a_plain_step(make_units: MakeUnits, make_rule: MakeRule) -> None:
    units = make_units(PARSED, syntax=True)
    cue, molecule = units.where("VERBCUE")[0], units.where("MOL")[0]
    assert make_rule(path="dobj> prep:of> pobj> ").ties(units, cue, molecule)


def test_a_path_needs_a_parse(make_units: MakeUnits, make_rule: MakeRule) -> None:
    units = make_units(PARSED)
    assert not make_rule(path=".*").ties(units, units.where("VERBCUE")[0], units.where("MOL")[0])


def test_the_rules_of_the_package_have_each_target_and_keep_their_rank() -> None:
    every = rules()
    assert rules() is every
    assert len({rule.row.rule for rule in every}) == len(every)
    for target in ("molecule", "cue", "agent", "region"):
        own = rules_for(target)
        assert own
        assert [rule for rule in every if rule.row.target == target] == list(own)
    assert rules_for("weather") == ()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.row.rule)
def test_a_rule_of_the_package_is_told_by_example_and_counter(rule: Rule) -> None:
    assert rule.gap is not None or rule.path is not None
    assert "](" in rule.row.example
    assert rule.row.counter
    assert 0 < rule.row.reliability <= 1
