"""Members of lists that leave out a part of their name."""

import pytest
from extractor.records import Mention
from extractor.scan.dictionary import Dictionary
from extractor.scan.elided import elided
from extractor.terms import Terms, load_terms


@pytest.fixture(scope="module")
def lexicons() -> Terms:
    return load_terms()


@pytest.fixture(scope="module")
def dictionary(lexicons: Terms) -> Dictionary:
    return Dictionary(lexicons)


def found(text: str, dictionary: Dictionary, terms: Terms) -> list[tuple[str, str | None]]:
    made = elided(text, dictionary.find(text), terms=terms)
    assert all(text[m.start : m.end] == m.text and (m.kind, m.rule) == ("molecule", "elided") for m in made)
    return sorted((m.text, m.name) for m in made)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the subunits NR1, -2A, and -2B rose", [("-2A", "GluN2A"), ("-2B", "GluN2B")]),
        ("NR2A/B was cut", [("B", "GluN2B")]),
        ("caspase-3 and -9 rose", [("-9", "caspase-9")]),
        ("BMP2/4 rose", [("4", "BMP4")]),
        ("IL-1alpha and beta rose", [("beta", "IL-1beta")]),
        ("neither kainate nor AMPA receptors rose", [("kainate", "kainate receptor")]),
        ("dopamine and serotonin transporters were fewer", [("dopamine", "DAT")]),
        ("mu, delta and kappa opioid receptors fell", [("delta", "delta-opioid receptor"), ("mu", "mu-opioid receptor")]),
        ("D1 and D2 receptors fell", [("D1", "D1 receptor")]),
        ("oxytocin and its receptor rose", [("its receptor", "oxytocin receptor")]),
        ("serotonin (5-HT) receptors fell", [("serotonin (5-HT) receptors", "serotonin receptors")]),
    ],
)
def test_the_left_out_part_is_taken_from_the_neighbour(text: str, expected: list[tuple[str, str]], dictionary: Dictionary, lexicons: Terms) -> None:
    assert found(text, dictionary, lexicons) == expected


@pytest.mark.parametrize(
    "text",
    [
        "IL-6 and 10 rats were used",
        "IL-6, 10 mg and more",
        "the levels of dopamine and D2 receptors fell",
        "dopamine and serotonin transporter levels fell",
        "glutamate and NMDA receptors rose",
        "serum and salivary cortisol rose",
        "BDNF and nerve growth factor rose",
        "NR2A and B cells rose",
        "serotonin (5-HT) rose",
    ],
)
def test_what_is_no_part_of_a_name_is_left_alone(text: str, dictionary: Dictionary, lexicons: Terms) -> None:
    assert found(text, dictionary, lexicons) == []


def test_other_kinds_are_not_looked_at(lexicons: Terms) -> None:
    other = Mention(start=0, end=3, text="NR1", kind="region", name="x", label="x", rule="x")
    assert elided("NR1 and -2A", [other], terms=lexicons) == []
