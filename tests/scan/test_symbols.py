"""Symbols that an article shows to be genes, and known ones behind a prefix."""

import pytest
from extractor.records import Mention
from extractor.scan.symbols import modified, symbols
from extractor.terms import load_terms


def mention(text: str, word: str, rule: str) -> Mention:
    at = text.index(word)
    return Mention(start=at, end=at + len(word), text=word, kind="molecule", label="gene", rule=rule)


def test_a_symbol_with_messenger_is_one_everywhere() -> None:
    text = "Abcd3 mRNA rose. In the cortex Abcd3 fell, while xAbcd3 and Abcd3-x did not."
    found = symbols(text, [mention(text, "Abcd3", "pattern.measured")], defined={})
    assert [(m.start, m.text, m.rule, m.label) for m in found] == [(0, "Abcd3", "symbol", "gene"), (31, "Abcd3", "symbol", "gene")]


@pytest.mark.parametrize(("word", "rule"), [("ABCD", "pattern.measured"), ("Abcd3", "pattern.expression_of"), ("C4", "pattern.measured")])
def test_acronyms_and_weak_hints_do_not_spread(word: str, rule: str) -> None:
    text = f"{word} levels rose and {word} fell"
    assert symbols(text, [mention(text, word, rule)], defined={}) == []


def test_a_definition_with_the_same_number_makes_a_symbol() -> None:
    defined = {"Abcd4": "abundant binding cortical domain 4", "Visu2": "visual unit", "ABC25": "area broca 25"}
    assert [m.text for m in symbols("Abcd4, Visu2 and ABC25 rose", [], defined=defined)] == ["Abcd4"]


def test_a_list_of_known_genes_holds_genes() -> None:
    text = "We measured (Bdnf1, Creb1, Xyzw2) and others"
    known = [mention(text, "Bdnf1", "lexicon.exact"), mention(text, "Creb1", "lexicon.name")]
    assert [m.text for m in symbols(text, known, defined={})] == ["Xyzw2"]
    assert symbols(text, known[:1], defined={}) == []


def test_prefixes_of_state_are_seen_through() -> None:
    text = "pCREB, phosphoERK1/2 and acCREB rose, pDA, pGABA and pXyz did not"
    assert [(m.text, m.name) for m in modified(text, terms=load_terms())] == [("pCREB", "CREB"), ("phosphoERK1/2", "ERK"), ("acCREB", "CREB")]
