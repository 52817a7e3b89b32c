"""Words that may give a direction, with their forms and their true offsets."""

import pytest
from extractor.records import CueMention, Direction
from extractor.scan.cues import CueFinder, DirectionRow, cue_finder
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

ROWS = (
    DirectionRow(
        lemma="rise",
        direction="increase",
        kind="change",
        third=("rises",),
        past=("rose", "risen"),
        gerund=("rising",),
        nouns=("rise", "rises"),
        example="x",
        counter="y",
    ),
    DirectionRow(lemma="reverse", direction="decrease", kind="reverse", past=("reversed",), example="x", counter="y"),
    DirectionRow(lemma="affect", direction="none", kind="modulate", past=("affected",), nouns=("effect", "effect on"), example="x", counter="y"),
    DirectionRow(lemma="up-regulate", direction="increase", kind="change", past=("up-regulated",), example="x", counter="y"),
    DirectionRow(lemma="regulate", direction="none", kind="modulate", past=("regulated",), example="x", counter="y"),
    DirectionRow(lemma="high", direction="increase", kind="comparative", adjectives=("higher",), example="x", counter="y"),
)
FINDER = CueFinder(ROWS)


def test_a_cue_carries_its_words_and_what_its_row_says() -> None:
    assert FINDER.find("BDNF Rose.") == (CueMention(start=5, end=9, text="Rose", lemma="rise", kind="change", direction=Direction.INCREASE, forms=("past",)),)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("rise", ("base", "noun")),
        ("rises", ("third", "noun")),
        ("risen", ("past",)),
        ("rising", ("gerund",)),
        ("higher", ("adjective",)),
        ("effect", ("noun",)),
    ],
)
def test_a_word_has_all_its_forms(word: str, forms: tuple[str, ...]) -> None:
    (cue,) = FINDER.find(word)
    assert cue.forms == forms


def test_a_word_without_verb_forms_has_no_base_form() -> None:
    assert FINDER.find("high") == ()


def test_words_without_a_direction_of_their_own_have_none() -> None:
    assert [(cue.lemma, cue.direction) for cue in FINDER.find("it affected and reversed")] == [("affect", None), ("reverse", Direction.DECREASE)]


def test_of_overlapping_cues_the_longest_is_kept() -> None:
    assert [cue.text for cue in FINDER.find("up-regulated, an effect on it, regulated")] == ["up-regulated", "effect on", "regulated"]


@pytest.mark.parametrize("text", ["arose", "roses", "3rise", "", "rise3"])
def test_parts_of_words_are_no_cues(text: str) -> None:
    assert FINDER.find(text) == ()


def test_a_row_without_any_form_is_refused() -> None:
    with pytest.raises(ValidationError, match="rise has no forms"):
        DirectionRow(lemma="rise", direction="increase", kind="change", example="x", counter="y")


def test_a_word_of_two_directions_belongs_to_the_first_row() -> None:
    down = DirectionRow(lemma="sink", direction="decrease", kind="change", past=("rose",), example="x", counter="y")
    assert [cue.lemma for cue in CueFinder((ROWS[0], down)).find("rose")] == ["rise"]
    assert [cue.lemma for cue in CueFinder((down, ROWS[0])).find("rose")] == ["sink"]


@pytest.mark.parametrize(
    ("word", "direction"),
    [("increased", "increase"), ("elevation", "increase"), ("decreased", "decrease"), ("lower", "decrease"), ("unchanged", "no_change"), ("changed", None)],
)
def test_the_package_knows_the_common_words(word: str, direction: str | None) -> None:
    (cue,) = cue_finder().find(word)
    assert cue.direction == direction
    assert cue_finder() is cue_finder()


WORDS = st.sampled_from(["rise ", "rose", "up-", "regulated", "effect", " on", "higher", " ", "İ", "\n", "-", "ß", "reversed."])


@given(st.lists(WORDS, max_size=20).map("".join))
def test_offsets_are_true_and_cues_do_not_overlap(text: str) -> None:
    for finder in (FINDER, cue_finder()):
        cues = finder.find(text)
        assert all(text[c.start : c.end] == c.text for c in cues)
        assert all(one.end <= other.start for one, other in zip(cues, cues[1:], strict=False))
