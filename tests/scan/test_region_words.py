"""The words around names of places: every kind has its row, broken tables are refused, neighbours are found."""

from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.scan import region_words as module
from extractor.scan.region_words import ModifierRow, RegionNames, region_words, word_after, words_before
from extractor.tables import LEXICONS, TermRow, read_rows
from extractor.terms import Terms


def test_every_kind_has_words_and_an_example_with_a_mention() -> None:
    rows = read_rows(LEXICONS / module.TABLE, ModifierRow)
    assert len(rows) == 18
    assert all(row.words and "[" in row.example and "]" in row.example for row in rows)


def test_anatomical_words_are_positions_or_latin_adjectives() -> None:
    words = region_words()
    assert words.anatomical("ventral")
    assert words.anatomical("intercollicular")
    assert not words.anatomical("similar")
    assert not words.anatomical("each")


@pytest.mark.parametrize(
    ("text", "found"), [("in areas 9 and 46.", "areas 9 and 46"), ("in layers II-IV", "layers II-IV"), ("BA 25", "BA 25"), ("area 2.5", None)]
)
def test_numbered_areas_are_found(text: str, found: str | None) -> None:
    match = region_words().numbers.search(text)
    assert (match[0] if match else None) == found


def test_words_before_come_nearest_first_and_stop_at_a_comma() -> None:
    assert list(words_before("red, Left dorsal X", 17)) == [(10, 16, "dorsal"), (5, 9, "left")]
    assert list(words_before("X", 0)) == []


def test_the_word_after_is_joined_by_one_blank_or_dash() -> None:
    assert word_after("CA3 Area,", 3) == (8, "area")
    assert word_after("CA3, area", 3) is None
    assert word_after("CA3", 3) is None


def test_names_are_found_by_any_spelling_and_acronyms_only_as_written() -> None:
    names = RegionNames(Terms({"region": (("t:1", TermRow(name="nucleus accumbens", label="brain", exact=("NAc",))),)}))
    assert [term.name for term in (names.find("Nucleus Accumbens"), names.find("NAc")) if term] == ["nucleus accumbens"] * 2
    assert names.find("nac") is None


def refuse(folder: Path, lines: str, monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / module.TABLE).write_text("kind\twords\texample\n" + lines, "utf-8")
    monkeypatch.setattr(module, "LEXICONS", folder)
    region_words.cache_clear()
    with pytest.raises(DataError) as refused:
        region_words()
    region_words.cache_clear()
    return str(refused.value)


def test_a_missing_kind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no row of kind cell stop, cell suffix, cell word, cells, continued, culture, filler" in refuse(tmp_path, "side\tleft\tthe [left x]\n", monkeypatch)


def test_a_kind_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = refuse(tmp_path, "side\tleft\tthe [left x]\nside\tright\tthe [right x]\n", monkeypatch)
    assert "region_modifiers.tsv:3: kind 'side' a second time; expected one row a kind" in message
