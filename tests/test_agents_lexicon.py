"""agents.tsv: every row is sound, no spelling belongs to two rows, no ordinary word is an agent."""

from collections import defaultdict
from typing import get_args

import pytest
from extractor.records import AgentType
from extractor.scan.dictionary import Dictionary
from extractor.tables import LEXICONS, TermRow, numbered_rows
from extractor.terms import Terms

PLACED = tuple((f"agents.tsv:{no}", row) for no, row in numbered_rows(LEXICONS / "agents.tsv", TermRow))
ROWS = [row for _, row in PLACED]


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms({"agent": PLACED})


@pytest.fixture(scope="module")
def dictionary(terms: Terms) -> Dictionary:
    return Dictionary(terms)


def test_the_table_is_large_and_every_label_is_an_agent_type() -> None:
    assert len(ROWS) >= 600
    assert {row.label for row in ROWS} == {str(kind) for kind in AgentType}


def test_identifiers_are_lower_case_curies_of_known_registries() -> None:
    prefixes = {row.id.partition(":")[0] for row in ROWS if row.id}
    assert {"chebi", "mesh"} <= prefixes
    assert prefixes <= {"chebi", "mesh", "hgnc", "hgnc.symbol", "fplx"}
    assert all(row.id.partition(":")[2].isalnum() for row in ROWS if row.id.startswith(("chebi", "mesh")))


def test_sources_are_keys_of_the_readme() -> None:
    readme = (LEXICONS / "README.md").read_text("utf-8")
    for source in {row.source for row in ROWS}:
        assert f"`{source}`" in readme, f"source {source!r} is not explained in README.md"


def test_no_spelling_belongs_to_two_rows(terms: Terms) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for spelling in terms.spellings():
        owners[spelling.exact or spelling.folded].add(spelling.term.name)
    assert {spelling: names for spelling, names in owners.items() if len(names) > 1} == {}


def test_borrowed_identifiers_are_those_of_the_molecules() -> None:
    known = {row.id for table in ("molecules.tsv", "genes.tsv") for _, row in numbered_rows(LEXICONS / table, TermRow)}
    borrowed = {row.id for row in ROWS if row.source == "molecules"}
    assert len(borrowed) >= 50
    assert borrowed <= known


def test_no_two_rows_share_an_identifier() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for row in ROWS:
        if row.id:
            owners[row.id].append(row.name)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


def test_parents_have_no_circle(terms: Terms) -> None:
    for row in ROWS:
        term = terms.named(row.name, "agent")
        assert term is not None
        assert row.name not in {ancestor.name for ancestor in terms.ancestors(term)}


@pytest.mark.parametrize(
    ("name", "ancestors"),
    [
        ("fluoxetine", ["SSRI", "antidepressant"]),
        ("esketamine", ["ketamine", "NMDA receptor antagonist"]),
        ("U0126", ["MEK inhibitor", "kinase inhibitor"]),
        ("chronic mild stress", ["stress exposure"]),
        ("BDNF", ["endogenous substance"]),
    ],
)
def test_members_know_their_classes(terms: Terms, name: str, ancestors: list[str]) -> None:
    term = terms.named(name, "agent")
    assert term is not None
    assert set(ancestors) <= {ancestor.name for ancestor in terms.ancestors(term)}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Fluoxetine was injected.", "fluoxetine", "drug"),
        ("given 8-OH-DPAT", "8-OH-DPAT", "drug"),
        ("after WAY 100635", "WAY-100635", "drug"),
        ("(2R,6R)-HNK", "hydroxynorketamine", "drug"),
        ("the SSRIs", "SSRI", "drug"),
        ("repeated ECS", "electroconvulsive shock", "procedure"),
        ("olfactory bulbectomised rats", "bulbectomy", "procedure"),
        ("CUMS lowered it", "chronic mild stress", "stress"),
        ("socially defeated: social defeat", "social defeat", "stress"),
        ("knock-out animals", "knockout", "genetic"),
        ("diabetes mellitus", "diabetes mellitus", "disease"),
        ("St. John’s wort", "St. John's wort", "drug"),
    ],
)
def test_names_are_found(dictionary: Dictionary, text: str, name: str, label: str) -> None:
    assert (name, label) in {(mention.name, mention.label) for mention in dictionary.find(text)}


@pytest.mark.parametrize(
    "word",
    [
        "control",
        "treatment",
        "light",
        "same",
        "trim",
        "group",
        "saline",
        "vehicle",
        "oxidative stress",
        "expression",
        "response",
        "effect",
        "aids",
        "camp",
        "doi",
        "levels were depressed",
        "the",
    ],
)
def test_ordinary_words_are_no_agents(dictionary: Dictionary, word: str) -> None:
    assert dictionary.find(word) == []


def test_the_closed_set_of_kinds_is_what_the_contract_says() -> None:
    assert get_args(AgentType) == ()
    assert sorted(AgentType) == ["disease", "drug", "genetic", "procedure", "stress"]
