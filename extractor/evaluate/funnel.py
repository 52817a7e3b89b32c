"""Missed gold claims in, the stage that lost each out. With a trace every stage can be told; without, only what differed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractor.evaluate.match import Alignment, Level, exact, preference
from extractor.evaluate.metrics import SLOTS
from extractor.evaluate.names import Name, related, resolve, same, with_key
from extractor.evaluate.statements import Statement, overlapping
from extractor.evaluate.trace import CandidateTrace, TraceRecord

Span = tuple[int, int]
CORE = ("molecule", "direction", "region", "species")


class Stage(StrEnum):
    """Where a gold claim was lost, in reading order. `taken` is a right claim that another gold claim was paired with."""

    NOT_READ = "not read"
    NOT_SELECTED = "sentence not selected"
    NO_MOLECULE = "molecule not found"
    NO_CUE = "no cue"
    SCOPE = "scope"
    CONTEXT = "context"
    NORMALISATION = "normalisation"
    THRESHOLD = "threshold"
    TAKEN = "taken by another claim"
    UNTRACED = "no trace"


_ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Loss:
    """A missed gold claim: the stage that lost it, the prediction nearest to it (None where there is none), and what differs."""

    article: str
    gold: int
    stage: Stage
    nearest: int | None
    differs: tuple[str, ...]


def losses(alignments: Sequence[Alignment], *, traces: Mapping[str, TraceRecord] | None = None, level: Level = "exact") -> tuple[Loss, ...]:
    """Trace every gold claim that was missed at a level.

    Parameters
    ----------
    alignments
        The scored articles.
    traces
        Traces by gold article; None or a missing article leaves `Stage.UNTRACED`.
    level
        The level at which it was missed.
    """
    found: list[Loss] = []
    emitted = min((claim.confidence for one in alignments for claim in one.predicted), default=0.0)
    for one in alignments:
        trace = (traces or {}).get(one.article)
        for g in one.missed(level):
            nearest = _nearest(one.gold[g], one.predicted)
            differs = _differs(one.gold[g], one.predicted[nearest]) if nearest is not None else ()
            found.append(Loss(article=one.article, gold=g, stage=_stage(one, g, trace=trace, emitted=emitted), nearest=nearest, differs=differs))
    return tuple(found)


def stage_counts(lost: Sequence[Loss]) -> dict[str, int]:
    """How many claims each stage lost, in reading order; stages that lost none are there with 0 where anything was traced."""
    counts = Counter(loss.stage for loss in lost)
    return {str(stage): counts[stage] for stage in _ORDER if counts[stage] or stage is not Stage.UNTRACED}


def difference_counts(lost: Sequence[Loss]) -> dict[str, int]:
    """How often each combination of slots differed from the nearest prediction, the most frequent first."""
    return dict(Counter(difference(loss) for loss in lost).most_common())


def difference(loss: Loss) -> str:
    """What differs between a missed claim and the prediction nearest to it, in words."""
    if loss.nearest is None:
        return "no claim about this molecule"
    return " + ".join(loss.differs) or "nothing: paired with another gold claim"


def _nearest(gold: Statement, predicted: Sequence[Statement]) -> int | None:
    alike = [no for no, claim in enumerate(predicted) if related(gold.molecule, claim.molecule)]
    return max(
        alike,
        key=lambda no: (exact(gold, predicted[no]), overlapping(gold.evidence, predicted[no].evidence), preference(gold, predicted[no]), -no),
        default=None,
    )


def _differs(gold: Statement, predicted: Statement) -> tuple[str, ...]:
    wrong = [] if same(gold.molecule, predicted.molecule) else ["molecule"]
    return (*wrong, *(slot for slot in CORE[1:] if not SLOTS[slot](gold, predicted)))


def _stage(alignment: Alignment, gold: int, *, trace: TraceRecord | None, emitted: float) -> Stage:
    claim = alignment.gold[gold]
    if not alignment.read:
        return Stage.NOT_READ
    if any(exact(claim, one) for one in alignment.predicted):
        return Stage.TAKEN
    if trace is None:
        return Stage.UNTRACED
    spans = [trace.locate(quote) for quote in claim.evidence] or [(0, len(trace.text))]
    reached = [_lost_at(claim, trace, span=span, emitted=emitted) for span in spans]
    return max(reached, key=_ORDER.index)


def _lost_at(claim: Statement, trace: TraceRecord, *, span: Span | None, emitted: float) -> Stage:
    """The stage that lost one statement of a claim. `emitted` is the lowest confidence that the run let through."""
    if span is None:
        return Stage.NOT_READ
    if not any(sentence.selected for sentence in trace.sentences if _meet(sentence[:2], span)):
        return Stage.NOT_SELECTED
    candidates = [one for one in trace.candidates if _meet((one.start, one.end), span) and same(claim.molecule, _molecule(one))]
    if not candidates:
        return _before_relation(claim, trace, span=span)
    directed = [one for one in candidates if one.direction == claim.direction]
    if not directed:
        return Stage.SCOPE
    placed = [one for one in directed if _same_context(claim, one)]
    if not placed:
        return Stage.CONTEXT
    return Stage.THRESHOLD if max(one.confidence for one in placed) < emitted else Stage.NORMALISATION


def _before_relation(claim: Statement, trace: TraceRecord, *, span: Span) -> Stage:
    mentions = [one for one in trace.mentions if one.kind == "molecule" and _meet(one[:2], span)]
    named = [with_key(resolve("molecule", one.id, one.name, trace.text[one.start : one.end]), one.id) for one in mentions]
    if not any(same(claim.molecule, name) for name in named):
        return Stage.NORMALISATION if any(related(claim.molecule, name) for name in named) else Stage.NO_MOLECULE
    at = trace.text.find(claim.cue, span[0], span[1]) if claim.cue else -1
    wanted = (at, at + len(claim.cue)) if at >= 0 else span
    return Stage.SCOPE if any(_meet(cue, wanted) for cue in trace.cues) else Stage.NO_CUE


def _molecule(candidate: CandidateTrace) -> Name | None:
    return with_key(resolve("molecule", candidate.molecule.id, candidate.molecule.name), candidate.molecule.id)


def _same_context(claim: Statement, candidate: CandidateTrace) -> bool:
    region = with_key(resolve("region", candidate.region_id, candidate.region_name), candidate.region_id)
    species = with_key(resolve("species", candidate.species_id, candidate.species_name), candidate.species_id)
    return same(claim.region, region) and same(claim.species, species)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
