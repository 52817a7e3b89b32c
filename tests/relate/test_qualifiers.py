"""Qualifiers: each row of the table finds its example and leaves its counter alone; the functions give them by key and in text order."""

import re
import time

import pytest
from extractor.errors import DataError
from extractor.relate import qualifiers as module
from extractor.relate.qualifiers import Qualifier, QualifierRow, find_qualifiers, qualifiers
from extractor.tables import LEXICONS, read_rows
from hypothesis import given
from hypothesis import strategies as st

ROWS = read_rows(LEXICONS / "qualifiers.tsv", QualifierRow)
_MARKED = re.compile(r"\[([^\]]+)\]")


def test_the_table_has_all_keys_and_no_id_twice() -> None:
    assert {row.key for row in ROWS} == {"dose", "time", "route", "sex", "chronicity", "model"}
    assert len({(row.key, row.qualifier_id) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.key}-{row.qualifier_id}")
def test_each_row_finds_its_example_and_leaves_its_counter_alone(row: QualifierRow) -> None:
    wanted = _MARKED.search(row.example)
    assert wanted is not None, "the example marks the qualifier with square brackets"
    plain = row.example.replace("[", "").replace("]", "")
    assert [match[0] for match in re.finditer(row.pattern, plain)] == [wanted[1]]
    assert Qualifier(key=row.key, text=wanted[1], start=wanted.start(), end=wanted.start() + len(wanted[1])) in find_qualifiers(plain)
    assert re.search(row.pattern, row.counter) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rats were given 5 and 10 mg/kg/day orally.", {"dose": "5 and 10 mg/kg/day", "route": "orally"}),
        ("Slices were kept in 0.1–10 µM or 20 μM ketamine.", {"dose": "0.1–10 µM; 20 μM"}),
        ("The rise was seen after 30 min and 24 h after the dose.", {"time": "after 30 min; 24 h after"}),
        ("Fluoxetine for 21 days, but not for 3 days, raised it.", {"time": "for 21 days; for 3 days"}),
        ("A single injection (i.v.) and chronic dosing (s.c.) differed.", {"chronicity": "A single injection; chronic", "route": "i.v.; s.c."}),
        ("Chronic mild stress lowered BDNF in males, and in males only.", {"model": "Chronic mild stress", "sex": "males"}),
        ("Female FSL rats were tested.", {"sex": "Female", "model": "FSL"}),
        ("Mice aged 8 weeks weighed 20 g.", {}),
        ("BDNF was not changed.", {}),
        ("", {}),
    ],
)
def test_values_are_joined_in_text_order_each_once(text: str, wanted: dict[str, str]) -> None:
    assert qualifiers(text) == wanted


def test_a_qualifier_inside_a_longer_one_is_dropped() -> None:
    assert [(q.key, q.text) for q in find_qualifiers("after chronic social defeat stress")] == [("model", "chronic social defeat stress")]


@given(st.text(alphabet="0123456789 mgkµM/.,hdaysin()-–", max_size=60))
def test_offsets_are_true_and_nothing_overlaps(text: str) -> None:
    found = find_qualifiers(text)
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


def test_a_broken_pattern_names_the_line_and_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    row = QualifierRow(key="dose", qualifier_id="bad", needs=("#",), pattern="(", example="[x]", counter="y")
    monkeypatch.setattr(module, "numbered_rows", lambda *_: iter([(7, row)]))
    module._compiled.cache_clear()
    with pytest.raises(DataError, match=r"qualifiers\.tsv:7: pattern bad: .*expected a regular expression"):
        find_qualifiers("10 mg/kg")
    module._compiled.cache_clear()


@pytest.mark.parametrize("text", ["10, " * 4_000, "chronic unpredictable " * 800, "10 mg/kg and " * 1_000, "rat model of a b c d e " * 500])
def test_long_texts_are_quick(text: str) -> None:
    start = time.process_time()
    find_qualifiers(text)
    assert time.process_time() - start < 3
