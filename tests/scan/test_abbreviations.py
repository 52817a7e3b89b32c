"""Abbreviations that a passage defines, with the place of the long form."""

import pytest
from extractor.scan import abbreviations as module
from extractor.scan.abbreviations import Definition, definitions, pooled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The medial prefrontal cortex (mPFC) was cut.", [("mPFC", "medial prefrontal cortex")]),
        ("Forced swim stress (FSS) and chronic mild stress (CMS) differ.", [("FSS", "Forced swim stress"), ("CMS", "chronic mild stress")]),
        ("The forced swim test (FST; 5 min) was used.", [("FST", "forced swim test")]),
        ("It fell (Fig. 2) in rats (n = 5) of both lines.", []),
        ("No bracket at all.", []),
        ("", []),
        ("(mPFC) comes first.", []),
        ("The spikes and tones (Sato et al., 2006) were long.", []),
        ("Rats (AMPA) receptor (AMPAR) rose.", []),
        ("All got FSS (forced swim stress at noon) twice.", [("FSS", "forced swim stress at noon")]),
        ("ΟΔΟΣ αλφα (ΟΣα) was used.", [("ΟΣα", "ΟΔΟΣ αλφα")]),
    ],
)
def test_definitions_are_found_in_text_order(text: str, pairs: list[tuple[str, str]], nlp: Language) -> None:
    found = list(definitions(text, nlp=nlp))
    assert [(d.short, d.long) for d in found] == pairs
    assert all(text[d.start : d.end] == d.long for d in found)


def test_a_long_form_far_into_a_passage_keeps_its_place(nlp: Language) -> None:
    text = "Rats slept in the dark. " * 40 + "The ventral tegmental area (VTA) was cut."
    (found,) = definitions(text, nlp=nlp)
    assert text[found.start : found.end] == found.long == "ventral tegmental area"


def test_the_first_definition_of_a_short_form_wins() -> None:
    found = [Definition("IC", "insular cortex", 0, 14), Definition("IC", "inferior colliculus", 20, 39), Definition("VTA", "ventral tegmental area", 50, 72)]
    assert pooled(found) == {"IC": "insular cortex", "VTA": "ventral tegmental area"}
    assert pooled([]) == {}


PIECES = st.sampled_from(
    [
        "forced swim stress",
        "FSS",
        " (",
        "(",
        ")",
        ";",
        " ",
        "p < 0.05",
        "n = 5",
        "İ",
        "Σ",
        "ας",
        "of",
        "mPFC",
        "medial",
        "prefrontal-cortex",
        "one two three four",
        ".",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_brackets_passed_over_define_nothing(nlp: Language, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_may_define", lambda *_, **__: True)
        every = list(definitions(text, nlp=nlp))
    assert list(definitions(text, nlp=nlp)) == every
