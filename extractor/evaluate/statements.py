"""The common shape of a gold claim and a predicted one, with every name resolved, so that matching compares like with like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from extractor.evaluate.names import Name, resolve, with_key
from extractor.records import Direction, MentionKind
from extractor.schema import ClaimRecord, NamedRecord, SlotRecord

ARROWS: Mapping[Direction, str] = {Direction.INCREASE: "↑", Direction.DECREASE: "↓", Direction.NO_CHANGE: "–"}
_SHARED_WORDS = 8
"""Words in a row that two quotes must share to be about the same statement; own choice: shorter runs recur by chance."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a printed table, with the order of its row and column."""

    row: str
    column: str
    row_order: int
    column_order: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim. A slot that its source does not give is None; an empty tuple where it gives a list.

    `place` is file and line, or the claim's identifier; `rungs` says for region, species and agent where the value was found;
    `stated` says for region and species whether the source's own words for it stand inside the evidence; `cell` is the place
    in a table that the claim is printed in; `words` are the source's own words by slot, for showing them in the evidence.
    """

    place: str
    molecule: Name
    region: Name | None
    direction: Direction
    species: Name | None
    form: str | None = None
    agents: tuple[Name, ...] = ()
    agent_type: str | None = None
    certainty: str | None = None
    attribution: str | None = None
    presupposed: bool | None = None
    qualifiers: str = ""
    evidence: tuple[str, ...] = ()
    cue: str = ""
    sections: tuple[str, ...] = ()
    confidence: float = 1.0
    rules: tuple[str, ...] = ()
    rungs: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, bool] = field(default_factory=dict)
    cell: Cell | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def core(self) -> str:
        """The tuple as a reader would say it."""
        return f"{self.molecule.shown} {ARROWS[self.direction]} | {shown(self.region)} | {shown(self.species)}"


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and all that was annotated of it.

    Without `complete` the gold is partial: it covers its own molecules only, and precision is counted over those. `sections`
    not empty means that only these were annotated. `aliases` are other identifiers under which a run may hold the article.
    """

    id: str
    claims: tuple[Statement, ...]
    complete: bool = True
    sections: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    restatements: int = 0


def shown(name: Name | None) -> str:
    """The name as it is shown, or "not stated"."""
    return name.shown if name else "not stated"


def statement(record: ClaimRecord) -> Statement:
    """Make a predicted claim comparable."""
    molecule = with_key(resolve("molecule", record.molecule.id, record.molecule.name, record.molecule.text), record.molecule.id)
    if molecule is None:
        molecule = Name(shown=record.molecule.text, key=record.molecule.id, spellings=frozenset({record.molecule.text}), wider=frozenset())
    slots = {"region": record.region, "species": record.species, "agent": record.agent[0] if record.agent else None}
    return Statement(
        place=record.claim_id,
        molecule=molecule,
        region=_name("region", record.region),
        direction=record.direction,
        species=_name("species", record.species),
        form=str(record.form),
        agents=tuple(name for slot in record.agent if (name := _name("agent", slot)) is not None),
        agent_type=str(record.agent_type) if record.agent_type else None,
        certainty=record.certainty,
        attribution=record.attribution,
        presupposed=record.presupposed,
        qualifiers="; ".join(record.qualifiers.values()),
        evidence=tuple(one.text for one in record.evidence),
        cue=record.cue.text,
        sections=tuple(dict.fromkeys(str(one.section) for one in record.evidence)),
        confidence=record.confidence,
        rules=tuple(dict.fromkeys(rule for one in record.evidence for rule in one.rules)),
        words=_words_of(record),
        rungs={kind: str(slot.distance) for kind, slot in slots.items() if slot is not None and slot.distance is not None},
    )


def _words_of(record: ClaimRecord) -> dict[str, tuple[str, ...]]:
    slots: dict[str, tuple[NamedRecord, ...]] = {"agent": record.agent, "molecule": (record.molecule,)}
    slots |= {kind: (slot,) for kind, slot in (("region", record.region), ("species", record.species)) if slot is not None}
    return {kind: tuple(slot.text for slot in named) for kind, named in slots.items()}


def _name(kind: MentionKind, slot: SlotRecord | None) -> Name | None:
    return with_key(resolve(kind, slot.id, slot.name, slot.text), slot.id) if slot is not None else None


def overlapping(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of quotes share a statement: one quote inside another, or eight words in a row in common."""
    return any(_touch(a, b) for a in one for b in other)


@lru_cache(maxsize=200_000)
def _touch(one: str, other: str) -> bool:
    left, right = _words(one), _words(other)
    return left in right or right in left or not _runs(left).isdisjoint(_runs(right))


@lru_cache(maxsize=20_000)
def _runs(text: str) -> frozenset[str]:
    words = text.split()
    return frozenset(" ".join(words[i : i + _SHARED_WORDS]) for i in range(len(words) - _SHARED_WORDS + 1))


@lru_cache(maxsize=20_000)
def _words(text: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", text.lower()))
    return f" {words} "
