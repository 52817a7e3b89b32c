"""agent_patterns.tsv: each pattern finds its examples whole and leaves its counters alone, and stays linear."""

import re
import time

import pytest
from extractor.records import AgentType, Mention
from extractor.scan.patterns import PatternRow
from extractor.tables import LEXICONS, read_rows

ROWS = read_rows(LEXICONS / "agent_patterns.tsv", PatternRow)


def found(row: PatternRow, text: str) -> list[str]:
    return [match["agent"] for match in re.finditer(row.pattern, text)]


def test_every_row_is_an_agent_type_with_examples_and_counters() -> None:
    assert len(ROWS) >= 100
    assert len({row.pattern_id for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.label in set(AgentType), row.pattern_id
        assert "(?P<agent>" in row.pattern, row.pattern_id
        assert len(row.examples) >= 2, row.pattern_id
        assert len(row.counters) >= 2, row.pattern_id


@pytest.mark.parametrize(("row", "example"), [pytest.param(row, text, id=f"{row.pattern_id}-{text}") for row in ROWS for text in row.examples])
def test_examples_are_found_whole_but_for_the_context_that_a_context_pattern_needs(row: PatternRow, example: str) -> None:
    mentions = found(row, example)
    assert mentions == found(row, f"({example}).")
    if row.pattern_id.startswith("ctx_"):
        assert len(mentions) == 1
        assert mentions[0] in example
    else:
        assert example in mentions


@pytest.mark.parametrize(("row", "counter"), [pytest.param(row, text, id=f"{row.pattern_id}-{text}") for row in ROWS for text in row.counters])
def test_counters_are_left_alone(row: PatternRow, counter: str) -> None:
    assert found(row, counter) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.pattern_id)
def test_what_a_pattern_needs_stands_in_all_its_mentions(row: PatternRow) -> None:
    assert row.needs == row.needs.lower()
    for example in row.examples:
        assert row.needs.strip() in example.lower()


@pytest.mark.parametrize("text", ["a" * 8_000, "patients with type " * 500, "5-HT1A-" * 1_000, "stress " * 1_000, "anti-X receptor " * 500, "Ab cd " * 1_500])
def test_the_time_grows_with_the_text_and_no_faster(text: str) -> None:
    regexes = [re.compile(row.pattern) for row in ROWS]

    def seconds(length: int) -> float:
        start = time.process_time()
        for regex in regexes:
            for _ in regex.finditer(text[:length]):
                pass
        return time.process_time() - start

    half, whole = min(seconds(len(text) // 2) for _ in range(2)), min(seconds(len(text)) for _ in range(2))
    assert whole < 3.5 * half + 0.1


def test_a_sentence_with_many_kinds_of_agents() -> None:
    text = "LY-379268, ocaperidone and a kappa opioid receptor antagonist were given to BDNF knockout mice and diabetic rats after social defeat stress or lesions of the fornix."
    mentions: dict[str, str] = {name: row.label for row in ROWS for name in found(row, text)}
    assert mentions["LY-379268"] == mentions["ocaperidone"] == mentions["kappa opioid receptor antagonist"] == "drug"
    assert mentions["BDNF knockout mice"] == "genetic"
    assert mentions["diabetic rats"] == "disease"
    assert mentions["social defeat stress"] == "stress"
    assert mentions["lesions of the fornix"] == "procedure"


def test_the_scan_gives_them_as_agents() -> None:
    from extractor.scan.patterns import find_open

    mentions: list[Mention] = [m for m in find_open("Mice were injected with SB242084.") if m.kind == "agent"]
    assert [(m.text, m.label, m.rule) for m in mentions] == [("SB242084", "drug", "pattern.code")]
