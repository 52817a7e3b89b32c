"""Merging: the candidates of one article that state the same claim become one claim, its best sentence first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from extractor.records import Article, Candidate, Claim, Evidence, Slot
from extractor.variants import fold


def merge(article: Article, candidates: Iterable[Candidate]) -> tuple[Claim, ...]:
    """Merge the candidates of one article by identity (CLAIMS: agents, molecule, form, region, direction and species).

    Parameters
    ----------
    article
        Where the candidates were read.
    candidates
        In any order.

    Returns
    -------
        Claims by the place of their best sentence, with its confidence.
    """
    groups: dict[Hashable, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(_identity(candidate), []).append(candidate)
    claims = [_claim(article, sorted(group, key=_rank)) for group in groups.values()]
    return tuple(sorted(claims, key=lambda c: (c.evidence[0].start, c.cue.start, c.molecule.start, c.claim_id)))


def key_of(slot: Slot | None) -> str:
    """What a slot means, for comparing: its identifier, name or folded text; empty for no slot."""
    return "" if slot is None else slot.id or slot.name or fold(slot.text)


def _identity(candidate: Candidate) -> Hashable:
    agents = tuple(sorted({key_of(agent) for agent in candidate.agents}))
    return (agents, key_of(candidate.molecule), candidate.form, key_of(candidate.region), candidate.direction, key_of(candidate.species))


def _rank(candidate: Candidate) -> tuple[object, ...]:
    best_first = (candidate.attribution != "own", candidate.presupposed, -candidate.confidence, candidate.evidence.start, candidate.cue.start)
    return (*best_first, candidate.molecule.start, repr(candidate))


def _claim(article: Article, group: Sequence[Candidate]) -> Claim:
    best = group[0]
    certainty = "asserted" if any(c.certainty == "asserted" for c in group) else best.certainty
    return Claim(
        claim_id=_digest(article.id, best.agents, best.molecule, best.form, best.region, best.direction, best.species),
        loose_id=_digest(article.id, (), best.molecule, "", best.region, best.direction, best.species),
        agents=best.agents, agent_type=best.agent_type, molecule=best.molecule, form=best.form, region=best.region, direction=best.direction,
        cue=best.cue, species=best.species, certainty=certainty, presupposed=all(c.presupposed for c in group), attribution=best.attribution,
        citations=tuple(dict.fromkeys(key for c in group for key in c.citations)), qualifiers=_joined(group), evidence=_evidence(group),
        confidence=best.confidence, probabilities=best.probabilities,
    )  # fmt: skip


def _joined(group: Sequence[Candidate]) -> dict[str, str]:
    """Doses, times and the like of all sentences, each value once, in order."""
    joined: dict[str, dict[str, None]] = {}
    for candidate in group:
        for key, value in candidate.qualifiers.items():
            joined.setdefault(key, {})[value] = None
    return {key: "; ".join(values) for key, values in sorted(joined.items())}


def _evidence(group: Sequence[Candidate]) -> tuple[Evidence, ...]:
    """Each sentence once, with the rules of all its readings."""
    found: dict[int, Evidence] = {}
    for candidate in group:
        one = candidate.evidence
        known = found.get(one.start)
        found[one.start] = one if known is None else replace(known, rules=tuple(dict.fromkeys((*known.rules, *one.rules))))
    return tuple(found.values())


def _digest(article_id: str, agents: Sequence[Slot], molecule: Slot, form: str, region: Slot | None, direction: str, species: Slot | None) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of what makes a claim."""
    parts = [article_id, sorted(key_of(a) for a in agents), key_of(molecule), form, key_of(region), direction, key_of(species)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]
