"""A claim among the others of its article: claims in, one row of numbers for each out, by which boosted trees weigh it (`weigh.py`).

An article says the same thing several times, in the title, of one tissue and of all, of a drug and of its mixture; which of these readings is the claim
shows only beside the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.normalise.merge import key_of
from extractor.records import Article, Claim, Direction, Distance, Form, Section, Slot
from extractor.trees import logit

PARTS = ("claim", "region", "species", "agent")
SECTIONS = (Section.TITLE, Section.ABSTRACT, Section.RESULTS, Section.CAPTION, Section.DISCUSSION, Section.CONCLUSION, Section.INTRODUCTION)
NAMES = (
    *PARTS, "total",
    "same", "same: lead elsewhere", "same: lead here", "same: agents shared", "same: lead where agents are shared", "same: form", "same: form and agents",
    "elsewhere: count", "elsewhere: lead", "elsewhere: in the sentence",
    "contrary: count", "contrary: lead",
    *(f"in {section}" for section in SECTIONS), "in a heading", "place in the passage", "sentences", "same: earlier",
    "claims", "claims of the sentence", "rank", "claims of the molecule", "claims of the place in the sentence", "places of the change in the sentence",
    "no region", "no species", "rung of the region", "rung of the species", "presupposed", "background", "hedged", "decrease", "no change", "form",
    "agents", "molecule not grounded", "region not grounded", "an agent not grounded",
)  # fmt: skip
"""The numbers of a row. A lead is the difference of two totals, in log odds."""
_ALONE = 9.0
"""The lead of a claim that has no rival; own choice: beyond all that occur."""
_RUNGS = (Distance.CLAUSE, Distance.SENTENCE, Distance.PARAGRAPH, Distance.SECTION, Distance.ARTICLE)
_FORMS = tuple(Form)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is compared of a claim."""

    molecule: str
    region: str
    species: str
    direction: Direction
    form: Form
    agents: frozenset[str]
    sentence: int
    total: float

    def same(self, other: _Seen) -> bool:
        return self.changes(other) and (self.region, self.species) == (other.region, other.species)

    def changes(self, other: _Seen) -> bool:
        """Whether the other tells the same change of the molecule, there or elsewhere."""
        return (self.molecule, self.direction) == (other.molecule, other.direction)

    def contradicts(self, other: _Seen) -> bool:
        here = self.sentence == other.sentence and (self.molecule, self.region) == (other.molecule, other.region)
        return here and self.direction is not other.direction

    def shares_agents(self, other: _Seen) -> bool:
        return not self.agents.isdisjoint(other.agents)

    def lead(self, others: Sequence[_Seen]) -> float:
        return self.total - max(other.total for other in others) if others else _ALONE


def described(article: Article, claims: Sequence[Claim]) -> NDArray[np.float32]:
    """Describe claims beside each other.

    Parameters
    ----------
    article
        Where they were read.
    claims
        All claims of the article, with the probabilities of their parts.

    Returns
    -------
        Shape (claims, len(NAMES)).
    """
    seen = [_look(claim) for claim in claims]
    starts = [passage.start for passage in article.passages]
    alike = _grouped(seen, lambda one: one.molecule)
    here = _grouped(seen, lambda one: one.sentence)
    totals = sorted(one.total for one in seen)
    rows = [
        [
            *_own(claim, me),
            *_beside(me, alike[me.molecule]),
            *_placed(article, claim, starts),
            *_counted(me, alike[me.molecule], here[me.sentence], totals),
            *_filled(claim),
        ]
        for claim, me in zip(claims, seen, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAMES))


def _grouped(seen: Sequence[_Seen], key: Callable[[_Seen], Hashable]) -> dict[Hashable, list[_Seen]]:
    groups: dict[Hashable, list[_Seen]] = {}
    for one in seen:
        groups.setdefault(key(one), []).append(one)
    return groups


def _look(claim: Claim) -> _Seen:
    agents = frozenset(word for agent in claim.agents for word in (key_of(agent), *agent.text.lower().split()))
    parts = [logit(claim.probabilities[part]) for part in PARTS]
    return _Seen(
        molecule=key_of(claim.molecule), region=key_of(claim.region), species=key_of(claim.species), direction=claim.direction, form=claim.form,
        agents=agents, sentence=claim.evidence[0].start, total=parts[0] + (parts[1] + parts[2]) / 2,
    )  # fmt: skip


def _own(claim: Claim, me: _Seen) -> Iterator[float]:
    yield from (logit(claim.probabilities[part]) for part in PARTS)
    yield me.total


def _beside(me: _Seen, alike: Sequence[_Seen]) -> Iterator[float]:
    """Of all claims of the molecule: who says the same, who says it of another place, and who the contrary."""
    others = [other for other in alike if other is not me]
    same = [other for other in others if me.same(other)]
    sharing = [other for other in same if me.shares_agents(other)]
    yield len(same)
    yield me.lead([other for other in same if other.sentence != me.sentence])
    yield me.lead([other for other in same if other.sentence == me.sentence])
    yield len(sharing)
    yield me.lead(sharing)
    yield any(other.form is me.form for other in same)
    yield any(other.form is me.form for other in sharing)
    elsewhere = [other for other in others if me.changes(other) and not me.same(other)]
    yield len(elsewhere)
    yield me.lead(elsewhere)
    yield sum(other.sentence == me.sentence for other in elsewhere)
    contrary = [other for other in others if me.contradicts(other)]
    yield len(contrary)
    yield me.lead(contrary)


def _placed(article: Article, claim: Claim, starts: Sequence[int]) -> Iterator[float]:
    """Where its best sentence stands, and how many there are."""
    best = claim.evidence[0]
    passage = article.passages[max(0, bisect_right(starts, best.start) - 1)]
    yield from (best.section is section for section in SECTIONS)
    yield passage.kind == "heading"
    yield (best.start - passage.start) / max(1, passage.end - passage.start)
    yield len(claim.evidence)


def _counted(me: _Seen, alike: Sequence[_Seen], here: Sequence[_Seen], totals: Sequence[float]) -> Iterator[float]:
    """How many claims there are: of the article (`totals`, sorted), of the molecule, of the sentence."""
    yield sum(me.same(other) and other.sentence < me.sentence for other in alike)
    yield len(totals)
    yield len(here)
    yield (len(totals) - bisect_right(totals, me.total)) / len(totals)
    yield len(alike)
    yield sum(other.region == me.region for other in here)
    yield len({other.region for other in here if me.changes(other)})


def _filled(claim: Claim) -> Iterator[float]:
    yield claim.region is None
    yield claim.species is None
    yield _rung(claim.region)
    yield _rung(claim.species)
    yield claim.presupposed
    yield claim.attribution == "background"
    yield claim.certainty == "hedged"
    yield claim.direction is Direction.DECREASE
    yield claim.direction is Direction.NO_CHANGE
    yield _FORMS.index(claim.form)
    yield len(claim.agents)
    yield claim.molecule.id is None
    yield claim.region is not None and claim.region.id is None
    yield any(agent.id is None for agent in claim.agents)


def _rung(slot: Slot | None) -> int:
    return len(_RUNGS) if slot is None or slot.distance is None else _RUNGS.index(slot.distance)
