"""Identifiers for names that only a model found."""

import sys
from dataclasses import dataclass
from types import ModuleType

import pytest
from extractor.errors import UsageError
from extractor.parse.grounding import LEAST_SCORE, Grounder, gilda_lookup
from extractor.records import Mention
from extractor.terms import Terms


@dataclass
class Term:
    db: str
    id: str
    entry_name: str


@dataclass
class Match:
    score: float
    term: Term


NEW = Mention(0, 8, "zqvostat", "agent", label="drug", rule="model.agent")


def test_what_the_lexicons_know_is_known_in_any_spelling(terms: Terms) -> None:
    assert Grounder(terms).knows(Mention(0, 8, "KETAMINE", "agent"))
    assert not Grounder(terms).knows(NEW)


def test_without_a_lookup_nothing_is_grounded(terms: Terms) -> None:
    assert Grounder(terms).grounded(NEW) is NEW


def test_the_first_match_that_is_good_enough_and_of_the_kind_is_taken(terms: Terms) -> None:
    matches = [
        Match(0.9, Term("HGNC", "5", "A1BG")),
        Match(LEAST_SCORE - 0.1, Term("CHEBI", "CHEBI:1", "too far")),
        Match(0.8, Term("CHEBI", "CHEBI:77", "zq")),
    ]
    found = Grounder(terms, lambda _: matches).grounded(NEW)
    assert (found.id, found.name, found.text, found.rule) == ("chebi:77", "zq", "zqvostat", "model.agent")


@pytest.mark.parametrize(
    "mention",
    [
        Mention(0, 8, "zqvostat", "agent", id="chebi:1", name="x", rule="model.agent"),
        Mention(0, 8, "zqvostat", "agent", rule="lexicon.name"),
        Mention(0, 8, "zqvostat", "region", rule="model.region"),
    ],
)
def test_what_has_an_identifier_or_is_of_the_lexicon_or_a_region_is_left_alone(mention: Mention, terms: Terms) -> None:
    assert Grounder(terms, lambda _: [Match(1.0, Term("CHEBI", "CHEBI:77", "zq"))]).grounded(mention) is mention


def test_gilda_is_asked_where_it_is_installed(monkeypatch: pytest.MonkeyPatch, terms: Terms) -> None:
    stand_in = ModuleType("gilda")
    stand_in.ground = lambda text: [Match(1.0, Term("CHEBI", "CHEBI:77", text.upper()))]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gilda", stand_in)
    assert Grounder(terms, gilda_lookup()).grounded(NEW).name == "ZQVOSTAT"


def test_without_gilda_the_run_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gilda", None)
    with pytest.raises(UsageError, match="^gilda is not installed; expected the optional package gilda; pip install"):
        gilda_lookup()
