"""Spelling variants: folding keeps every offset, and a name's own spelling is always among its variants."""

import pytest
from extractor.variants import GREEK, fold, fold_keep_case, spelling_pairs, variants
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.text(alphabet="abcdefgsyzABTN0123456789αβγκ-–() /,'", min_size=1, max_size=18)


@given(st.text(max_size=60))
def test_folding_keeps_the_length_and_is_done_after_once(text: str) -> None:
    for folding in (fold, fold_keep_case):
        assert len(folding(text)) == len(text)
        assert folding(folding(text)) == folding(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_each_character_is_folded_alone(one: str, other: str) -> None:
    assert fold_keep_case(one + other) == fold_keep_case(one) + fold_keep_case(other)
    assert len(fold(one + other)) == len(fold(one)) + len(fold(other))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("TNF‑α", "tnf-α"),
        ("5–HT\u00a0levels", "5-ht levels"),
        ("5′-AMP and 5’-AMP", "5'-amp and 5'-amp"),
        ("µ", "μ"),
        ("Δ9–THC", "δ9-thc"),
        ("a\tb\nc", "a b c"),
    ],
)
def test_look_alikes_become_one_character(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_letter_whose_lower_case_is_longer_stays() -> None:
    assert "İ".lower() != "İ"
    assert fold("İL-6") == "İl-6"


def test_case_is_kept_where_asked() -> None:
    assert fold_keep_case("GluN2B–µ") == "GluN2B-μ"


@given(NAMES, st.booleans())
def test_the_name_is_among_its_variants_and_all_are_folded(name: str, plural: bool) -> None:
    found = variants(name, plural=plural)
    assert fold(name) in found
    assert all(form == fold(form) for form in found)


@given(NAMES)
def test_plurals_only_add(name: str) -> None:
    assert variants(name, plural=False) <= variants(name)


@given(st.text(max_size=60))
def test_any_text_has_a_bounded_number_of_variants(text: str) -> None:
    assert fold(text) in variants(text)
    assert len(variants(text)) < 3_000


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("IL-6", "IL6"),
        ("IL-6", "IL 6"),
        ("TNF-alpha", "TNFα"),
        ("TNF-α", "TNF-alpha"),
        ("interleukin-1β", "interleukin 1beta"),
        ("5-HT2A", "5-HT(2A)"),
        ("brain-derived neurotrophic factor", "brain derived neurotrophic factor"),
        ("oestradiol", "estradiol"),
        ("haemoglobin", "hemoglobin"),
        ("cytokine", "cytokines"),
        ("ovary", "ovaries"),
        ("cortex", "cortexes"),
    ],
)
def test_two_ways_to_write_a_name(name: str, other: str) -> None:
    assert fold(other) in variants(name)


@pytest.mark.parametrize(
    ("name", "other"),
    [("IL-6", "IL-16"), ("IL-6", "IL-61"), ("stress", "stresss"), ("IL-6", "L-6"), ("day", "daies"), ("eta", "e")],
)
def test_two_names_that_are_not_one(name: str, other: str) -> None:
    assert fold(other) not in variants(name)


def test_greek_letters_are_told_apart() -> None:
    assert len(set(GREEK.values())) == len(GREEK)
    assert not variants("TNF-α") & variants("TNF-β")


def test_spelling_pairs_differ_and_are_lower_case() -> None:
    assert spelling_pairs()
    assert all(british != american and british == british.lower() and american == american.lower() for british, american in spelling_pairs())
