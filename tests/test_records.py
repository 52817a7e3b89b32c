"""The records: frozen, slotted, picklable, and with the closed sets that CLAIMS names."""

import dataclasses
from collections.abc import Callable
from enum import StrEnum

import pytest
from extractor import records
from extractor.records import AgentType, Direction, Distance, Form, Mention, Receipt, Section, Skip, Slot, SourceMap

RECORDS = [kind for kind in vars(records).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind)]


def test_there_are_records() -> None:
    assert {kind.__name__ for kind in RECORDS} >= {"Article", "Passage", "Mention", "CueMention", "Sentence", "Scan", "Slot", "Evidence", "Candidate", "Claim"}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_record_is_frozen_and_slotted_and_says_what_it_is(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(kind)
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")


@pytest.mark.parametrize(
    ("closed", "values"),
    [
        (Direction, ["increase", "decrease", "no_change"]),
        (Form, ["level", "mRNA", "phospho", "activity", "release", "uptake", "turnover", "binding", "ratio", "other"]),
        (AgentType, ["drug", "procedure", "stress", "genetic", "disease"]),
        (Distance, ["clause", "sentence", "paragraph", "section", "article"]),
        (Section, ["title", "abstract", "introduction", "methods", "results", "discussion", "conclusion", "caption", "table", "other"]),
    ],
)
def test_closed_sets_have_the_values_of_the_contract(closed: type[StrEnum], values: list[str]) -> None:
    assert [str(member) for member in closed] == values


def test_a_mention_cannot_be_changed() -> None:
    mention = Mention(start=0, end=4, text="BDNF", kind="molecule")
    with pytest.raises(dataclasses.FrozenInstanceError):
        mention.start = 1  # type: ignore[misc]
    assert (mention.id, mention.name, mention.label, mention.rule) == (None, None, "", "lexicon")


def test_a_slot_reaches_another_process_as_it_was(sent: Callable[[Slot], Slot]) -> None:
    slot = Slot(text="BDNF", start=3, end=7, id="hgnc:1033", name="BDNF", distance=Distance.CLAUSE)
    assert sent(slot) == slot


def test_defaults_are_not_shared_between_records() -> None:
    assert SourceMap().runs == ()
    assert Receipt(read=3, skipped=(Skip("references", 2),)) == Receipt(3, (Skip(reason="references", characters=2),), ())
