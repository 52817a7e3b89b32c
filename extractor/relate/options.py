"""The options of a slot: a pair in its sentence in, everything that may fill its region, species or agent out, "not stated" among them."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.records import Distance, MentionKind
from extractor.relate.agents import OpenAgent, open_agent
from extractor.relate.held import RULE
from extractor.relate.pairs import Pair
from extractor.relate.places import Ladder, Place
from extractor.relate.slot_features import Option
from extractor.relate.slots import nearest
from extractor.relate.view import SentenceView


def options_of(view: SentenceView, pair: Pair, *, kind: MentionKind, ladder: Ladder) -> list[Option]:
    """All options of a slot.

    Parameters
    ----------
    view, pair
        The sentence and the claim.
    kind
        region, species or agent.
    ladder
        The mentions of the article.

    Returns
    -------
        The things named in the sentence, nearest to the claim first, each once; what the author's own words name as the agent; the things outside
        of it, by rung; and last the option that nothing is stated.
    """
    here = _here(view, pair, kind=kind, ladder=ladder)
    molecule = view.units.items[pair.molecule].mention("molecule")
    joined = ladder.beside_molecule(kind, molecule) if molecule is not None and kind == "region" else []
    known = {option.key for option in here}
    outside = [Option(place=place) for place in _unique([*ladder.outside(kind, view.parsed.sentence), *joined]) if place.key not in known]
    words = [Option(span=(own.start, own.end))] if kind == "agent" and (own := _own(view, pair)) is not None else []
    return [*here, *words, *outside, Option()]


def _unique(places: list[Place]) -> list[Place]:
    """Each thing once, where it is named first."""
    return [*{place.key: place for place in reversed(places)}.values()][::-1]


def _own(view: SentenceView, pair: Pair) -> OpenAgent | None:
    return open_agent(view.units, pair.link, pair.cue)


def _here(view: SentenceView, pair: Pair, *, kind: MentionKind, ladder: Ladder) -> list[Option]:
    """The things of the sentence by their best standing place."""
    skip = {pair.molecule, *pair.link.company} if kind == "agent" else set()
    places = [i for i in view.units.naming(kind) if i not in skip]
    best: dict[str, int] = {}
    for position in places:
        mention = view.units.items[position].mention(kind)
        if mention is None:
            continue
        key = ladder.key(mention)
        if key in best:
            found = nearest(view.units, [best[key], position], target=kind, cue=pair.cue, molecule=pair.molecule, joined=False)
            best[key] = found.positions[0] if found is not None else best[key]
        else:
            best[key] = position
    best |= _held(view, pair, best, ladder) if kind == "region" else {}
    ordered = sorted(best.items(), key=lambda item: min(abs(item[1] - pair.molecule), abs(item[1] - pair.cue)))
    return [Option(place=_place(view, position, key, kind, ladder=ladder), position=position) for key, position in ordered]


def _held(view: SentenceView, pair: Pair, known: Mapping[str, int], ladder: Ladder) -> dict[str, int]:
    """The places inside names of molecules, at the molecule's position; the pair's own goes before all that are named."""
    found: dict[str, int] = {}
    for position in view.molecules:
        unit = view.units.items[position]
        for mention in ladder.between("region", unit.start, unit.end):
            key = ladder.key(mention)
            if mention.rule == RULE and (position == pair.molecule or key not in {**known, **found}):
                found[key] = position
    return found


def _place(view: SentenceView, position: int, key: str, kind: MentionKind, *, ladder: Ladder) -> Place:
    unit = view.units.items[position]
    mention = unit.mention(kind) or next(iter(ladder.between(kind, unit.start, unit.end)), None)
    if mention is None:
        raise ValueError(f"unit {position} names no {kind}")
    return Place(mention=mention, key=key, distance=Distance.SENTENCE, where="sentence", steps=0)
