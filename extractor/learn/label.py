"""Annotated claims and the pairs of an article in, the right answer for every pair out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.evaluate.names import Name, related, resolve, same, with_key
from extractor.learn.examples import Example, LabelledClaim, Span
from extractor.records import Direction, Mention
from extractor.relate.models import NO_CLAIM
from extractor.relate.pairs import Pair
from extractor.relate.scope import is_aim
from extractor.relate.view import SentenceView

UNKNOWN = ""
"""The label of a pair that must not be learned from: it may well state an annotated claim a second time."""


@dataclass(frozen=True, slots=True)
class PairLabel:
    """What a pair is: a direction, `NO_CLAIM`, or `UNKNOWN`; and the annotated claims that it states."""

    label: str
    claims: tuple[LabelledClaim, ...] = ()


@dataclass(slots=True)
class _Answer:
    label: str = NO_CLAIM
    claims: list[LabelledClaim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a pair fits an annotated claim; sorted, the best first."""

    other_molecule: bool
    other_words: bool
    gap: int
    other_direction: bool
    from_cue: int
    view: int
    pair: int


def name_of(mention: Mention) -> Name | None:
    """The mention as the evaluation compares it."""
    return with_key(resolve(mention.kind, mention.id, mention.name, mention.text), mention.id)


def label_pairs(example: Example, views: Sequence[SentenceView]) -> tuple[list[list[PairLabel]], list[LabelledClaim]]:
    """Say of every pair which claim it states.

    An annotated claim belongs to the pair of its molecule and its cue in its evidence; where no cue that the scan knows overlaps the annotated
    words, to the nearest cue that the rules read in its direction. Pairs that the rules read as an annotated claim elsewhere are unknown.

    Parameters
    ----------
    example
        The annotated article.
    views
        Its annotated sentences.

    Returns
    -------
        Labels by view and pair, and the claims that no pair can state, because the scan lost their molecule.
    """
    answers = [[_Answer() for _ in view.pairs] for view in views]
    lost = [claim for claim in example.claims if not _place(claim, views, answers)]
    _doubt(example, views, answers)
    return [[PairLabel(label=a.label, claims=tuple(a.claims)) for a in row] for row in answers], lost


def _place(claim: LabelledClaim, views: Sequence[SentenceView], answers: list[list[_Answer]]) -> bool:
    fits = list(_fits(claim, views))
    if not fits:
        return False
    fits = _best(_best(fits, lambda f: f.other_molecule), lambda f: f.other_words)
    touching = [f for f in fits if f.gap == 0] or _best([f for f in fits if not f.other_direction] or fits, lambda f: f.gap)
    nearest = min(touching, key=lambda f: f.from_cue)
    molecule = views[nearest.view].pairs[nearest.pair].molecule
    touching = [f for f in touching if f.view == nearest.view and views[f.view].pairs[f.pair].molecule == molecule]
    agreeing = [f for f in touching if not f.other_direction]
    stating = _stating(agreeing, views, claim) if agreeing else [max(touching, key=lambda f: _trust(views[f.view].pairs[f.pair]))]
    for fit in touching:
        answer = answers[fit.view][fit.pair]
        if fit not in stating:
            answer.label = UNKNOWN if answer.label == NO_CLAIM else answer.label
        elif answer.label in (NO_CLAIM, UNKNOWN, claim.row.direction):
            answer.label = str(claim.row.direction)
            answer.claims.append(claim)
    return True


def _stating(agreeing: list[_Fit], views: Sequence[SentenceView], claim: LabelledClaim) -> list[_Fit]:
    """Of pairs that all read right, those that deny where the claim is one of no change, and the others otherwise."""
    denies = claim.row.direction is Direction.NO_CHANGE
    return [f for f in agreeing if (views[f.view].pairs[f.pair].link.denied is not None) == denies] or agreeing


def _trust(pair: Pair) -> tuple[bool, bool, int]:
    return (pair.link.denied is None, pair.tied, pair.cue)


def _best(fits: list[_Fit], key: Callable[[_Fit], int]) -> list[_Fit]:
    least = min(map(key, fits))
    return [fit for fit in fits if key(fit) == least]


def _fits(claim: LabelledClaim, views: Sequence[SentenceView]) -> Iterator[_Fit]:
    row = claim.row
    wanted = resolve("molecule", row.molecule_id_hint, row.molecule_text, row.molecule)
    for v, view in enumerate(views):
        sentence = view.parsed.sentence
        if not _overlap((sentence.start, sentence.end), claim.evidence):
            continue
        for p, pair in enumerate(view.pairs):
            unit, cue = view.units.items[pair.molecule], view.units.items[pair.cue]
            mention = unit.mention("molecule")
            name = name_of(mention) if mention is not None else None
            if not related(name, wanted):
                continue
            gap = 0 if _overlap((cue.start, cue.end), claim.cue) else min(abs(cue.start - claim.cue[1]), abs(cue.end - claim.cue[0])) + 1
            named = claim.molecule is not None and _overlap((unit.start, unit.end), claim.molecule)
            yield _Fit(
                other_molecule=not same(name, wanted), other_words=not named, gap=gap, other_direction=pair.direction != row.direction,
                from_cue=abs(unit.start - claim.cue[0]), view=v, pair=p,
            )  # fmt: skip


def _doubt(example: Example, views: Sequence[SentenceView], answers: list[list[_Answer]]) -> None:
    """Mark the pairs that the rules read as a claim annotated elsewhere."""
    known: Mapping[str, list[Name | None]] = {
        direction: [
            resolve("molecule", c.row.molecule_id_hint, c.row.molecule_text, c.row.molecule) for c in example.claims if str(c.row.direction) == direction
        ]
        for direction in Direction
    }
    for view, row in zip(views, answers, strict=True):
        for pair, answer in zip(view.pairs, row, strict=True):
            mention = view.units.items[pair.molecule].mention("molecule")
            if answer.label != NO_CLAIM or not pair.tied or pair.direction is None or mention is None:
                continue
            if any(related(name_of(mention), name) for name in known[pair.direction]):
                answer.label = NO_CLAIM if is_aim(view.units, pair.cue, view.text) else UNKNOWN


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
