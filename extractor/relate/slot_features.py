"""What the slot models see of a thing that may fill a slot: the claim's pair, the thing and its place in, named features out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.records import Distance, MentionKind
from extractor.relate.features import bucket
from extractor.relate.inside_features import inside_features, tie_cost
from extractor.relate.pairs import Pair
from extractor.relate.place_features import nature, source, standing, with_molecule
from extractor.relate.places import Ladder, Place
from extractor.relate.units import NAMES
from extractor.relate.view import SentenceView
from extractor.terms import Terms

NOTHING, WORDS = "none", "words"
"""The rungs of the option that nothing is stated and of the author's own words."""


@dataclass(frozen=True, slots=True)
class Option:
    """A thing that may fill a slot of one claim: a named one (`place`), with its unit where it stands in the sentence, or words of the author's
    own (`span`, as units); with none of the three it says that the slot is not stated.
    """

    place: Place | None = None
    position: int | None = None
    span: tuple[int, int] | None = None

    @property
    def key(self) -> str:
        """What the option means, for comparing."""
        return self.place.key if self.place is not None else f"words {self.span}" if self.span is not None else ""

    @property
    def stands(self) -> tuple[str, int] | None:
        """Where a thing outside of the sentence stands: its rung and the steps to it."""
        return (self.place.where, self.place.steps) if self.place is not None and self.position is None else None

    @property
    def rung(self) -> str:
        """Where it stands, by the name that its features have."""
        if self.place is None:
            return NOTHING if self.span is None else WORDS
        return self.place.where if self.place.distance is not Distance.SENTENCE else "sentence"


def option_features(view: SentenceView, pair: Pair, option: Option, *, kind: MentionKind, options: list[Option], ladder: Ladder, terms: Terms) -> list[str]:
    """All features of an option.

    Parameters
    ----------
    view, pair
        The sentence and the claim.
    option
        What may fill the slot.
    kind
        The slot.
    options
        All options of this slot and claim, this one among them.
    ladder, terms
        How often the article names what, and what lies in what.
    """
    head, tail = own_features(view, pair, option, kind=kind, options=options, ladder=ladder, terms=terms)
    setting = setting_features(view, pair, kind=kind, options=options, ladder=ladder) if option.span is None else []
    return [*head, *rung_features(view, option.rung, setting), *tail]


def own_features(
    view: SentenceView, pair: Pair, option: Option, *, kind: MentionKind, options: list[Option], ladder: Ladder, terms: Terms
) -> tuple[list[str], list[str]]:
    """The features of an option that those of the same rung do not share, before and behind the shared ones (`rung_features`)."""
    if option.span is not None:
        return [*_own_words(view, pair, option), "bias words"], []
    if option.place is None:
        rival = _rival(view, pair, kind=kind, options=options)
        told = [f"rival:{f}" for f in _named(view, pair, rival, kind=kind, options=options, ladder=ladder, terms=terms)] if rival is not None else []
        return ["bias none"], told
    rung = option.rung
    common = _common(view, pair, option, kind=kind, options=options, ladder=ladder, terms=terms)
    return [f"rung={rung}", *common, *[f"{rung}:{f}" for f in common]], _here(view, pair, option, kind=kind, options=options)


def rung_features(view: SentenceView, rung: str, setting: Sequence[str]) -> list[str]:
    """The features that all options of a rung share: the setting of the claim and, where nothing is stated, the words of the sentence."""
    if rung == WORDS:
        return []
    return [f"{rung}:{f}" for f in (*setting, *(_words(view) if rung == NOTHING else ()))]


def _named(view: SentenceView, pair: Pair, option: Option, *, kind: MentionKind, options: list[Option], ladder: Ladder, terms: Terms) -> list[str]:
    """All that is seen of a named thing, whatever its rung."""
    return [*_common(view, pair, option, kind=kind, options=options, ladder=ladder, terms=terms), *_here(view, pair, option, kind=kind, options=options)]


def _common(view: SentenceView, pair: Pair, option: Option, *, kind: MentionKind, options: list[Option], ladder: Ladder, terms: Terms) -> list[str]:
    """The features of a named thing that mean something else on every rung."""
    place = option.place
    if place is None:
        return []
    order = next(i for i, o in enumerate(options) if o is option)
    others = [o.place for o in options if o.place is not None and o is not option]
    found = [*standing(place, kind=kind, ladder=ladder, order=order), f"told={view.telling.attribution}", *nature(place, others, kind=kind, terms=terms)]
    molecule = view.units.items[pair.molecule].mention("molecule")
    if molecule is not None:
        found += with_molecule(place, molecule, kind=kind, ladder=ladder)
        if option.position is None:
            found += source(place, molecule, kind=kind, ladder=ladder, sentence=view.parsed.sentence)
    return found


def _here(view: SentenceView, pair: Pair, option: Option, *, kind: MentionKind, options: list[Option]) -> list[str]:
    """The features of a thing of the sentence; one that the molecule's own name holds needs no others."""
    if option.position is None:
        return []
    if kind == "region" and option.position == pair.molecule:
        return ["held by the molecule"]
    return [*inside_features(view, pair, option.position, kind=kind), *_tie_rank(view, pair, option.position, kind=kind, options=options)]


def _tie_rank(view: SentenceView, pair: Pair, position: int, *, kind: MentionKind, options: list[Option]) -> Iterator[str]:
    """How many of the things of the sentence a rule ties better than this one."""
    costs = [tie_cost(view.units, pair, o.position, kind=kind) for o in options if o.position is not None]
    rank = min(sum(cost < tie_cost(view.units, pair, position, kind=kind) for cost in costs), 3)
    yield f"tie rank={rank}"
    yield f"tie rank={rank}|{min(len(costs), 3)}"


def _rival(view: SentenceView, pair: Pair, *, kind: MentionKind, options: list[Option]) -> Option | None:
    """What would fill the region if anything did: the best tied thing of the sentence, else the nearest one outside of it."""
    if kind != "region":
        return None
    here = [(tie_cost(view.units, pair, o.position, kind=kind), i) for i, o in enumerate(options) if o.position is not None]
    return options[min(here)[1]] if here else next((o for o in options if o.place is not None), None)


def _words(view: SentenceView) -> Iterator[str]:
    """The plain words of the sentence: what is known or supposed has no place."""
    return (f"word={unit.lower}" for unit in view.units.items if unit.name not in NAMES and not unit.mentions)


def setting_features(view: SentenceView, pair: Pair, *, kind: MentionKind, options: list[Option], ladder: Ladder) -> list[str]:
    """What holds for all options of a claim, so that it need be asked only once for them."""
    return [*_setting(view, pair, kind=kind, options=options, ladder=ladder)]


def _setting(view: SentenceView, pair: Pair, *, kind: MentionKind, options: list[Option], ladder: Ladder) -> Iterator[str]:
    """What holds for all options of a claim."""
    here = sum(o.position is not None for o in options)
    near = sum(o.place is not None and o.place.distance is Distance.PARAGRAPH for o in options)
    named = sum(o.place is not None for o in options)
    yield f"options here={min(here, 4)}"
    yield f"options near={min(near, 3)}"
    yield f"options={min(named, 6)}"
    tie = min((tie_cost(view.units, pair, o.position, kind=kind) for o in options if o.position is not None), default=-1)
    yield f"best tie={tie}"
    yield f"best tie={tie}|{view.telling.attribution}"
    yield f"told={view.telling.attribution}"
    yield f"section={view.passage.section}"
    yield f"told={view.telling.attribution}|{view.passage.section}|{min(here, 2)}"
    yield f"first={view.place == 0}"
    yield f"place={int(view.place * 4)}|{view.passage.section}"
    yield from _tense(view, pair)
    molecule = view.units.items[pair.molecule].mention("molecule")
    if molecule is not None:
        yield f"molecule={molecule.label}"
        yield f"molecule is={molecule.name}"
        joined = ladder.joined(kind, molecule)
        yield f"joined elsewhere={min(len(joined), 3)}|{bucket(max(joined.values(), default=0))}"
    cue = view.units.items[pair.cue].cue
    if cue is not None:
        yield f"cue={cue.kind}"
    for step in (1, 2):
        place = pair.molecule + step
        if place < len(view.units.items) and view.units.items[place].name not in NAMES:
            yield f"molecule word={view.units.items[place].lower}"


def _tense(view: SentenceView, pair: Pair) -> Iterator[str]:
    """Whether the claim is told as what was seen or as what is known."""
    syntax = view.units.syntax
    if syntax is None:
        return
    past = "VBD" in syntax.tags
    yield f"past={past}"
    yield f"past={past}|{view.telling.attribution}|{int(view.place * 4)}"
    yield f"cue tag={syntax.tags[view.units.items[pair.cue].token]}"


def _own_words(view: SentenceView, pair: Pair, option: Option) -> Iterator[str]:
    """The author's own words as an agent."""
    if option.span is None:
        return
    start, end = option.span
    words = [unit.lower for unit in view.units.items[start:end]]
    yield f"words={len(words)}"
    yield f"head={words[-1]}"
    yield f"head ends={words[-1][-3:]}"
    yield f"side={start < pair.cue}|{bucket(abs(start - pair.cue))}"
    yield f"agents={min(len(view.agents), 3)}"
