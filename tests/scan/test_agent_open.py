"""Agents that no list holds, found by the frames they stand in."""

import time

import pytest
from extractor.records import Mention
from extractor.scan.agent_open import open_agents


def mention(text: str, part: str, kind: str = "molecule", label: str = "") -> Mention:
    start = text.index(part)
    return Mention(start=start, end=start + len(part), text=part, kind=kind, label=label)  # type: ignore[arg-type]


def found(text: str, *known: Mention, defined: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return [(m.text, m.label) for m in sorted(open_agents(text, known, defined=defined or {}), key=lambda m: m.start)]


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Mice were treated for two days with dioxane and tested.", [("dioxane", "drug")]),
        ("After tannic acid administration the mice slept.", [("tannic acid", "drug")]),
        ("Rats exposed to predator noise were quiet.", [("predator noise", "stress")]),
        ("Inhibition of PAP12 increased the flow.", [("Inhibition of PAP12", "drug")]),
        ("An inhibition of PAP12 was not seen.", []),
        ("Rats got an injection of vehicle.", []),
        ("They were treated with this compound.", []),
        ("", []),
    ],
)
def test_frames_make_agents(text: str, agents: list[tuple[str, str]]) -> None:
    assert found(text) == agents


def test_a_name_once_shown_to_be_given_is_an_agent_everywhere() -> None:
    text = "Dioxanol sedates. Rats received dioxanol. No dioxanols were left, nor predioxanol."
    assert [name for name, _ in found(text)] == ["Dioxanol", "dioxanol", "dioxanol"]


def test_an_ordinary_word_needs_two_frames_to_be_an_agent_everywhere() -> None:
    once = "Pollen is yellow. Rats received pollen."
    assert len(found(once)) == 1
    assert len(found(once + " Mice were treated with pollen.")) == 3


def test_a_code_is_meant_only_as_written() -> None:
    assert [name for name, _ in found("Rats received PAP. A pap is soft. PAP sedates.")] == ["PAP", "PAP"]


def test_abbreviations_of_a_given_name_are_agents_both_ways() -> None:
    text = "Isopropyl dioxane (IPD) sedates. Mice received isopropyl dioxane. IPD is bitter."
    assert ("IPD", "drug") in found(text, defined={"IPD": "isopropyl dioxane"})
    text = "Wet pollen mix (WPM) sedates. Mice received WPM."
    assert ("Wet pollen mix", "drug") in found(text, defined={"WPM": "Wet pollen mix"})


def test_a_chemical_that_is_abbreviated_and_used_is_an_agent() -> None:
    text = "Isopropyl toluene (IPT) is bitter. IPT smells. IPT lasts."
    assert [name for name, _ in found(text, defined={"IPT": "Isopropyl toluene"})] == ["Isopropyl toluene", "IPT", "IPT", "IPT"]


def test_a_measured_molecule_that_is_given_is_an_agent_there_and_only_there() -> None:
    text = "Injections of human leptin raised leptin."
    assert found(text, mention(text, "leptin")) == [("leptin", "drug")]


def test_a_known_agent_is_left_as_it_is_and_a_name_behind_it_is_found() -> None:
    text = "Rats were treated with the sedative PAP-12 daily."
    assert found(text, mention(text, "sedative", "agent")) == [("PAP-12", "drug")]
    assert found(text, mention(text, "sedative PAP-12", "agent")) == []


def test_places_and_animals_are_no_agents() -> None:
    text = "Injection of hamsters was easy."
    assert found(text, mention(text, "hamsters", "species")) == []
    text = "It was seen in the presence of 10% FBS then."
    assert found(text, mention(text, "FBS", "region", "fluid")) == [("FBS", "drug")]


def test_time_grows_linearly_with_the_text() -> None:
    def cost(times: int) -> float:
        text = "Mice treated with a b c d e f with (3 of 10 " * times
        begin = time.process_time()
        open_agents(text, [], defined={})
        return time.process_time() - begin

    cost(100)
    assert cost(4000) < 20 * max(cost(1000), 0.005)
