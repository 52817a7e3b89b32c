"""What a thing that may fill a slot is and where the article names it: its place and the claim's molecule in, named features out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.records import Distance, Mention, MentionKind, Sentence
from extractor.relate.features import bucket
from extractor.relate.memory import remembered
from extractor.relate.places import Ladder, Place
from extractor.terms import Term, Terms

_WORD = re.compile(r"[a-z]{4,}")
_STEM = 6
"""Letters by which two words are the same: `hippocampal` and `hippocampus`; own choice."""


def standing(place: Place, *, kind: MentionKind, ladder: Ladder, order: int) -> Iterator[str]:
    """How near the thing is and how often the article names it; `order` is its place among all options."""
    naming = ladder.naming(kind, place.key)
    yield f"steps={max(-3, min(place.steps, 3))}"
    yield f"order={min(order, 5)}"
    yield f"named={bucket(naming.count)}"
    yield f"share={int(naming.share * 5)}"
    yield f"share={int(naming.share * 5)}|{min(naming.rank, 3)}"
    yield f"rank={min(naming.rank, 4)}"
    yield f"titled={naming.titled}|{naming.abstract}|{naming.methods}"
    yield f"kinds={bucket(ladder.kinds_named(kind))}|{min(naming.rank, 3)}"


def with_molecule(place: Place, molecule: Mention, *, kind: MentionKind, ladder: Ladder) -> Iterator[str]:
    """How often the thing and the molecule stand together, and whether such a molecule is measured in such a place: hormones in plasma."""
    mention = place.mention
    if place.distance is not Distance.SENTENCE:
        yield f"beside molecule={ladder.stands_beside(mention, molecule)}"
    counts = ladder.joined(kind, molecule)
    here = counts[place.key] - (place.distance is Distance.SENTENCE)
    rank = sum(count > here for key, count in counts.items() if key != place.key)
    yield f"joined={bucket(here)}"
    yield f"joined={min(here, 2)}|{min(rank, 3)}|{min(len(counts), 4)}"
    yield f"joined share={int(4 * here / max(1, counts.total()))}"
    if kind == "region":
        yield f"of={molecule.label}|{mention.label}"
        yield f"of={molecule.name}|{mention.label}"
        yield f"of={molecule.name}|{mention.name}"


def source(place: Place, molecule: Mention, *, kind: MentionKind, ladder: Ladder, sentence: Sentence) -> Iterator[str]:
    """How the other sentence tells of the thing; `sentence` is that of the claim."""
    yield from _told(ladder, place.mention, kind, sentence)
    last = ladder.last_said(kind, sentence, molecule)
    yield f"last said={place.key in last}|{min(len(last), 3)}"


@remembered
def _told(ladder: Ladder, mention: Mention, kind: MentionKind, sentence: Sentence) -> tuple[str, ...]:
    """What is the same for all claims of a sentence: whose finding the other one tells, its words, its agents, how many more things it names."""
    before, behind = ladder.beside(mention)
    there, here = ladder.source(mention.start), ladder.source(sentence.start)
    ours, theirs = ladder.named_around("agent", sentence.start), ladder.named_around("agent", mention.start)
    return (
        f"before={before}",
        f"behind={behind}",
        f"told there={there.told}",
        f"told there={there.told}|{here.told}",
        f"stands={there.place}",
        *(f"says={word}" for word in there.words),
        f"same agents={min(len(ours & theirs), 2)}|{min(len(ours), 2)}|{min(len(theirs), 2)}",
        f"crowd={min(ladder.crowd(kind, mention), 4)}",
        f"measured={min(ladder.measured(mention), 3)}",
    )


def nature(place: Place, others: Sequence[Place], *, kind: MentionKind, terms: Terms) -> Iterator[str]:
    """What the thing is, and what it is beside the other options."""
    mention = place.mention
    yield f"label={mention.label}"
    yield f"rule={mention.rule}"
    yield f"grounded={mention.id is not None}"
    if kind == "region":
        yield from _kin(place, others)
    term = _term(place, kind, terms)
    if term is None:
        return
    yield f"name={term.name}"
    found = [(other.distance is Distance.SENTENCE, named) for other in others if (named := _term(other, kind, terms)) is not None]
    here = [named for inside, named in found if inside]
    if any(_within(other, term, terms) for _, other in found):
        yield "wider than another"
    if any(_within(other, term, terms) for other in here):
        yield "wider than one here"
    if any(_within(term, other, terms) for other in here):
        yield "within one here"
    if any(other.label == term.label for other in here if other.name != term.name):
        yield "same label here"


def _term(place: Place, kind: MentionKind, terms: Terms) -> Term | None:
    return terms.named(place.mention.name, kind) if place.mention.name else None


def _within(inner: Term, outer: Term, terms: Terms) -> bool:
    return outer.name in terms.wider(inner)


def _kin(place: Place, others: Sequence[Place]) -> Iterator[str]:
    """Whether another option shares a word with it, and which says more: `hippocampal` and `primary hippocampal cultures`."""
    mine = _stems(place)
    for other in others:
        theirs = _stems(other)
        if mine & theirs:
            where = "here" if other.distance is Distance.SENTENCE else "there"
            yield f"kin {where}={other.mention.label}"
            yield f"kin {where}={place.mention.label}|{other.mention.label}|{len(theirs) > len(mine)}"


def _stems(place: Place) -> frozenset[str]:
    return _stems_of(place.mention.text, place.mention.name or "")


@lru_cache(maxsize=4096)
def _stems_of(text: str, name: str) -> frozenset[str]:
    return frozenset([word[:_STEM] for word in _WORD.findall(f"{text} {name}".lower())])
