"""Who acted and where it was measured, inside the sentence: a link in, agents and regions out.

Each mention of the right kind is ranked by how it stands to the cue and the molecule; the nearest in the best position wins, and
those coordinated with it join it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extractor.records import Distance
from extractor.relate.links import Link
from extractor.relate.scope import clause
from extractor.relate.units import Units, compile_pattern
from extractor.terms import Terms

_JOINED = "(?:COMMA|AND|BUT|HYPHEN|OPEN|CLOSE|WORD|DET|NUM|FORM|ADV){1,4}"
_COMPARED = "THAN (?:DET|WORD|ADV|NUM|OF|IN|TO|CONTROL|AFTER|WITH|HEAD|AND){0,5}$"


_VAGUE = 5
_NONE: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Found:
    """Positions of the units that fill a slot, and the rung on which they were found."""

    positions: tuple[int, ...]
    distance: Distance


@dataclass(frozen=True, slots=True)
class Position:
    """A way for a mention to stand to a link: `pattern` over the units between, and the cost of being found so."""

    name: str
    pattern: str
    cost: int


AGENT_LEFT = (
    Position("induced", "HYPHEN", 0),
    Position("induced", "HYPHEN (?:VERBCUE|WORD) (?:DET|WORD|ADV|NUM|FORM|REGION|HYPHEN|ADJCUE){0,4}", 0),
    Position("subject", "(?:HAVE|MODAL|DO|NOT|ADV|CAUSE|FAIL|TO|NO|DET|WORD|NUM|OPEN|CLOSE|HEAD|AND){0,10}", 2),
    Position("subject of", "(?:(?!BE|VERBCUE|SUB|SEMI|REL).){0,24}", 6),
    Position("anywhere", ".*", 12),
)
AGENT_RIGHT = (
    Position("by", "(?:(?!VERBCUE|SUB|SEMI|BY).){0,20} BY (?:DET|WORD|ADV|NUM|OF|HEAD|HYPHEN|FORM|AND|OPEN|CLOSE){0,6}", 1),
    Position("induced by", "(?:(?!SUB|SEMI|BY).){0,20} VERBCUE BY (?:DET|WORD|ADV|NUM|OF|HEAD){0,5}", 1),
    Position("after", "(?:(?!VERBCUE|SUB|SEMI|BY).){0,20} (?:AFTER|WITH|TO) (?:DET|WORD|ADV|NUM|OF|HEAD|HYPHEN|TO|WITH){0,6}", 4),
    Position("in the treated", "(?:(?!VERBCUE|SUB|SEMI).){0,16} (?:IN|OF) (?:DET|WORD|ADV|NUM|HYPHEN|SPECIES|HEAD){0,4}", 5),
    Position("anywhere", ".*", 14),
)


def find_agents(units: Units, link: Link) -> Found | None:
    """The agents of a link; under an outer cue, the agents of that cue."""
    anchor = link.cue if link.outer is None else link.outer
    agents = [a for a in units.where("AGENT", "BOTH") if a != link.molecule and a not in link.company]
    if denied := _denied(link, agents):
        return Found(positions=tuple(denied), distance=Distance.CLAUSE)
    usable = [a for a in agents if not _is_compared(units, a) and not _after_but_not(units, a)]
    if link.outer is not None:
        inner = _induces(units, usable, link.cue)
        usable = [a for a in usable if a not in inner] or usable
    return _nearest(units, usable, anchor=anchor, left=AGENT_LEFT, right=AGENT_RIGHT)


def _induces(units: Units, agents: Sequence[int], cue: int) -> set[int]:
    """Agents tied to the inner cue itself: `the stress-induced increase`."""
    induced = compile_pattern("HYPHEN (?:VERBCUE|WORD)? (?:DET|WORD|ADV|NUM|FORM|REGION|HYPHEN|ADJCUE){0,4}")
    return {a for a in agents if a < cue and induced.fullmatch(units.codes, a + 1, cue)}


def _is_compared(units: Units, position: int) -> bool:
    return compile_pattern(_COMPARED).search(units.codes[:position]) is not None


def _nearest(
    units: Units, places: Sequence[int], *, anchor: int, left: Sequence[Position], right: Sequence[Position], handicaps: Mapping[int, int] = _NONE
) -> Found | None:
    ranked = sorted((_cost(units, place, anchor, left, right) + handicaps.get(place, 0), place) for place in places)
    if not ranked:
        return None
    best = ranked[0][1]
    start, end = clause(units, anchor)
    distance = Distance.CLAUSE if start <= best < end else Distance.SENTENCE
    return Found(positions=_with_coordinated(units, best, places), distance=distance)


def _cost(units: Units, place: int, anchor: int, left: Sequence[Position], right: Sequence[Position]) -> float:
    gap, ways = ((place + 1, anchor), left) if place < anchor else ((anchor + 1, place), right)
    way = next(w for w in ways if compile_pattern(w.pattern).fullmatch(units.codes, *gap))
    start, end = clause(units, anchor)
    outside = 0 if start <= place < end else 10
    return way.cost + outside + abs(place - anchor) / 10


def _with_coordinated(units: Units, best: int, places: Sequence[int]) -> tuple[int, ...]:
    """The best place and those listed with it; of two side by side (`the antidepressant tianeptine`) the second, which names more."""
    while best + 1 in places:
        best += 1
    places = [p for p in places if p + 1 not in places]
    chain = {best}
    joined = compile_pattern(_JOINED)
    coordinated = compile_pattern(".*(?:AND|COMMA|HYPHEN).*")

    def listed(one: int, other: int) -> bool:
        gap = units.codes[one + 1 : other]
        return joined.fullmatch(gap) is not None and coordinated.fullmatch(gap) is not None

    ordered = sorted(places)
    at = ordered.index(best)
    for i in range(at, len(ordered) - 1):
        if not listed(ordered[i], ordered[i + 1]):
            break
        chain.add(ordered[i + 1])
    for i in range(at, 0, -1):
        if not listed(ordered[i - 1], ordered[i]):
            break
        chain.add(ordered[i - 1])
    return tuple(sorted(chain))


REGION_LEFT = (
    Position("modifier", "(?:WORD|FORM|HYPHEN|ADV|NUM|AND|COMMA|REGION|SPECIES|MOL|BOTH){0,4}", 0),
    Position("front", "(?:(?!SUB|SEMI).){0,30}", 6),
    Position("anywhere", ".*", 12),
)
REGION_RIGHT = (
    Position("in", "(?:(?!VERBCUE|SUB|SEMI|BUT).){0,14} (?:IN|OF) (?:DET|WORD|ADV|NUM|FORM|SPECIES|AND|COMMA|REGION|HYPHEN|CONTROL){0,4}", 1),
    Position("near", "(?:(?!SUB|SEMI|BUT).){0,20}", 5),
    Position("anywhere", ".*", 12),
)


def find_regions(units: Units, link: Link, *, terms: Terms) -> Found | None:
    """The regions of a link: where its molecule was measured. Parts of cells and places wider than another one named are last choices."""
    regions = [r for r in units.where("REGION") if not _is_acted_on(units, r)]
    if denied := _denied(link, regions):
        return Found(positions=tuple(denied), distance=Distance.CLAUSE)
    usable = [r for r in regions if not _after_but_not(units, r)]
    return _nearest(units, usable, anchor=link.molecule, left=REGION_LEFT, right=REGION_RIGHT, handicaps=_vague(units, usable, terms))


def _vague(units: Units, regions: Sequence[int], terms: Terms) -> dict[int, int]:
    """Handicaps of regions that say less than another region of the sentence."""
    named = {r: terms.named(m.name, "region") for r in regions if (m := units.items[r].mention("region")) is not None and m.name is not None}
    wider = {ancestor.name for term in named.values() if term is not None for ancestor in terms.ancestors(term)}
    return {r: _VAGUE for r, term in named.items() if term is not None and (term.label == "subcellular" or term.name in wider)}


def _denied(link: Link, places: Sequence[int]) -> list[int]:
    """The places named after "but not", for a link that denies the change there."""
    return [p for p in places if link.denied is not None and p in link.denied]


def _after_but_not(units: Units, position: int) -> bool:
    return compile_pattern("BUT NOT (?:(?!SEMI|SUB|REL|VERBCUE|BE).){0,12}$").search(units.codes[:position]) is not None


def _is_acted_on(units: Units, position: int) -> bool:
    """Whether the region is where an agent was put, not where something was measured: `infusion into the amygdala`."""
    return compile_pattern("(?:HEAD) (?:OF|IN|TO) (?:DET|WORD|NUM){0,2}$").search(units.codes[:position]) is not None
