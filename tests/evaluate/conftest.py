"""Claims made by hand, without lexicons: a name is its own key, and `parents` says what contains it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from extractor.evaluate.match import Alignment, align
from extractor.evaluate.names import Name
from extractor.evaluate.statements import GoldArticle, Statement
from extractor.records import Direction
from extractor.schema import ClaimRecord

PARENTS = {"CA1": ("hippocampus", "brain"), "hippocampus": ("brain",), "GluA1": ("AMPA receptor",), "rat": ("rodent",), "mouse": ("rodent",)}

Claim = Callable[..., Statement]
Score = Callable[..., Alignment]
Record = Callable[..., ClaimRecord]


def name(text: str | None) -> Name | None:
    if text is None:
        return None
    return Name(shown=text, key=text, spellings=frozenset({text.lower()}), wider=frozenset(PARENTS.get(text, ())))


@pytest.fixture(scope="session")
def claim() -> Claim:
    """`claim("BDNF", "hippocampus", "increase", "rat", form="level", agent="ketamine", …)`: what is not said is as in most claims."""

    def make(
        molecule: str = "BDNF",
        region: str | None = "hippocampus",
        direction: str = "increase",
        species: str | None = "rat",
        *,
        agent: str = "ketamine",
        **slots: Any,
    ) -> Statement:
        known = name(molecule)
        assert known is not None
        agents = tuple(one for part in agent.split("|") if part for one in [name(part)] if one is not None)
        given: dict[str, Any] = {
            "form": "level",
            "agent_type": "drug",
            "certainty": "asserted",
            "attribution": "own",
            "presupposed": False,
            "place": "here",
            **slots,
        }
        return Statement(molecule=known, region=name(region), direction=Direction(direction), species=name(species), agents=agents, **given)

    return make


@pytest.fixture(scope="session")
def scored() -> Score:
    """Align one article of hand-made claims."""

    def make(gold: list[Statement], predicted: list[Statement], *, article: str = "a", read: bool = True, **kind: Any) -> Alignment:
        return align(GoldArticle(id=article, claims=tuple(gold), **kind), predicted, read=read)

    return make


@pytest.fixture(scope="session")
def record() -> Record:
    """A line of claims.jsonl; arguments replace what most claims have."""

    def make(
        article: str = "a1",
        *,
        doi: str | None = None,
        claim_id: str = "c1",
        region: str | None = "hippocampus",
        species: str | None = "rat",
        molecule: str = "BDNF",
        **fields: Any,
    ) -> ClaimRecord:
        slot = {"id": None, "name": None, "start": 0, "end": 4, "distance": "sentence"}
        given: dict[str, Any] = {
            "schema_version": 1,
            "claim_id": claim_id,
            "loose_id": "l1",
            "article": {"id": article, "doi": doi, "pmid": None, "title": "A title", "source": f"{article}.txt", "sha256": "0" * 64},
            "agent": [{**slot, "text": "ketamine"}],
            "agent_type": "drug",
            "molecule": {"text": molecule, "id": None, "name": None, "start": 0, "end": 4},
            "form": "level",
            "region": None if region is None else {**slot, "text": region},
            "direction": "increase",
            "cue": {"text": "raised", "start": 0, "end": 6},
            "species": None if species is None else {**slot, "text": species},
            "certainty": "asserted",
            "presupposed": False,
            "attribution": "own",
            "citations": [],
            "qualifiers": {},
            "evidence": [
                {"start": 0, "end": 9, "text": "Ketamine raised BDNF in the hippocampus of rats.", "section": "results", "section_path": [], "rules": ["up.1"]}
            ],
            "confidence": 0.9,
        }
        return ClaimRecord.model_validate({**given, **fields})

    return make
