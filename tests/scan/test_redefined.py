"""Whether an article's definition of an acronym is the lexicon's."""

import pytest
from extractor.records import Mention
from extractor.scan.dictionary import Dictionary, longest
from extractor.scan.patterns import find_open
from extractor.scan.redefined import Redefinitions, numbered
from extractor.terms import load_terms

TERMS = load_terms()
DICTIONARY = Dictionary(TERMS)
REDEFINITIONS = Redefinitions(TERMS)


def contradicts(short: str, long: str) -> bool:
    (mention,) = [m for m in DICTIONARY.find(short) if m.kind == "molecule"]
    return REDEFINITIONS.contradicts(mention, long, inside=longest([*DICTIONARY.find(long), *find_open(long)]))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DA", "delayed alternation"), ("LH", "lateral habenula"), ("Hb", "habenula"), ("TG", "thapsigargin"), ("GR", "glutathione reductase"),
        ("ADH", "alcohol dehydrogenase"), ("KYN", "kynurenic acid"), ("CTX", "cortex"), ("MDA", "multiple displacement amplification"), ("NAT", "noradrenaline transporter"),
    ],
)  # fmt: skip
def test_another_meaning_is_seen(short: str, long: str) -> None:
    assert contradicts(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DA", "dopaminergic"), ("Ankrd2", "ankyrin repeat domain 2"), ("GCN2", "general control non-derepressible 2"), ("AMPA", "amino-hydroxy-methyl-isoxazolepropionic AMPA"),
        ("pCREB", "phosphorylated cAMP response element binding protein"), ("dPER", "Drosophila PER protein"), ("PDE", "phosphosdiesterase"), ("LRP4", "Lrp4ECD mice"),
        ("MDA", "malondialdeyhde"), ("ATP", "adjusted to pH 7"), ("NMDAR", "NMDA-type receptor"), ("BDNF", "brain derived neurotropic factor"),
    ],
)  # fmt: skip
def test_another_spelling_of_the_same_is_no_other_meaning(short: str, long: str) -> None:
    assert not contradicts(short, long)


def test_an_open_class_gives_way_to_a_definition_that_names_no_molecule() -> None:
    mention = Mention(start=0, end=3, text="RPM", kind="molecule", label="protein", rule="pattern.measured")
    assert REDEFINITIONS.contradicts(mention, "resident phagocytic monocytes", inside=[])
    (inside,) = (m for m in DICTIONARY.find("corticosterone") if m.kind == "molecule")
    assert not REDEFINITIONS.contradicts(mention, "corticosterone", inside=[inside])


@pytest.mark.parametrize(
    ("short", "long", "same"), [("Abc4", "a binding chain type-4", True), ("V4", "visual area 4", False), ("Abc4", "a binding chain", False)]
)
def test_numbers_at_both_ends_agree(short: str, long: str, same: bool) -> None:
    assert numbered(short, long) is same
