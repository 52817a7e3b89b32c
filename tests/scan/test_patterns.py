"""Open classes of names: each row finds its examples and leaves its counters alone."""

import re
import time

import pytest
from extractor.errors import DataError
from extractor.records import Mention
from extractor.scan import patterns as module
from extractor.scan.patterns import Needed, OpenClass, PatternRow, find_open, open_classes
from hypothesis import given
from hypothesis import strategies as st

CLASSES = open_classes()


def spans(one: OpenClass, text: str) -> list[str]:
    return [mention.text for mention in searched(one, text)]


def searched(one: OpenClass, text: str) -> list[Mention]:
    return list(one.find(text, near=Needed([one.row.needs]).near(text.lower()).get(one.row.needs, [])))


def test_both_kinds_have_open_classes_and_no_name_stands_twice() -> None:
    assert {one.kind for one in CLASSES} == {"molecule", "agent"}
    assert len({(one.kind, one.row.pattern_id) for one in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("one", CLASSES, ids=lambda one: f"{one.kind}-{one.row.pattern_id}")
def test_a_row_says_what_it_finds_and_what_not(one: OpenClass) -> None:
    assert one.row.examples, "a row shows at least one text in which it finds a name"
    assert all(spans(one, f"the {example} was") or spans(one, example) for example in one.row.examples)
    assert not [counter for counter in one.row.counters if spans(one, counter)]
    assert one.row.needs == one.row.needs.lower()


def test_a_mention_is_the_group_named_after_its_kind() -> None:
    row = PatternRow(pattern_id="p", label="enzyme", pattern=r"of (?P<molecule>\w+ase)", examples=("of kinase",), counters=("of base",))
    one = OpenClass(kind="molecule", row=row, regex=re.compile(row.pattern))
    (mention,) = searched(one, "of renase")
    assert (mention.text, mention.start, mention.kind, mention.label, mention.rule, mention.id) == ("renase", 3, "molecule", "enzyme", "pattern.p", None)


def test_a_text_without_the_needed_letters_is_not_searched() -> None:
    row = PatternRow(pattern_id="p", label="enzyme", needs="zz", pattern=r"\w+ase", examples=("a",), counters=("b",))
    one = OpenClass(kind="molecule", row=row, regex=re.compile(row.pattern))
    assert spans(one, "renase") == []
    assert spans(one, "renase zZ") == ["renase"]


def test_a_pattern_that_does_not_compile_is_refused_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    row = PatternRow(pattern_id="bad", label="enzyme", pattern="(", examples=("a",), counters=("b",))
    monkeypatch.setattr(module, "numbered_rows", lambda *_: iter([(5, row)]))
    open_classes.cache_clear()
    try:
        with pytest.raises(DataError, match=r"^open_molecules\.tsv:5: pattern bad: .*; expected a regular expression"):
            open_classes()
    finally:
        open_classes.cache_clear()


@pytest.mark.parametrize("one", CLASSES, ids=lambda one: f"{one.kind}-{one.row.pattern_id}")
def test_searching_near_the_needed_letters_loses_nothing(one: OpenClass) -> None:
    filler = "and the rats were kept in the dark for a week " * 4
    text = filler.join(["It began.", *(f"In the {example} of it" for example in one.row.examples), one.row.needs, "It ended."])
    whole = [match.span(one.kind) if one.kind in one.regex.groupindex else match.span() for match in one.regex.finditer(text)]
    assert [(m.start, m.end) for m in searched(one, text)] == [span for span in whole if span[0] < span[1]]


def test_stretches_around_a_word_are_joined_where_they_meet() -> None:
    text = "ase" + "." * 230 + "ase" + "." * 250 + "ase" + "." * 500
    near = Needed(["ase", "", "zz"]).near(text)
    assert near == {"": [(0, len(text))], "ase": [(0, 356), (366, 609)]}


def test_letters_whose_lower_case_is_longer_do_not_shift_the_search() -> None:
    text = "İ" * 300 + " and tyrosine hydroxylase was there"
    assert "tyrosine hydroxylase" in [m.text for m in find_open(text)]


WORDS = st.sampled_from(
    ["miR-124", "tyrosine", "hydroxylase", "5-HT7", "receptor", "BDNF", "mRNA", "knock-out", "mice", "İ", "ß", "-treated", "of", "the", "\n", "(", ")"]
)


@given(st.lists(WORDS, max_size=15).map(" ".join))
def test_offsets_are_true(text: str) -> None:
    assert all(text[m.start : m.end] == m.text and m.text for m in find_open(text))


@pytest.mark.parametrize("text", ["a " * 8_000, "A-1 " * 4_000, "x" * 12_000, "(a-b)/" * 2_500, "treated with " * 1_500])
def test_long_texts_are_quick(text: str) -> None:
    start = time.process_time()
    find_open(text)
    assert time.process_time() - start < 5
