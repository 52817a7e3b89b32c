"""Who acted and where it was measured, inside the sentence: a link in, agents and regions out.

Each mention of the right kind is ranked by how it stands to the cue and the molecule; the nearest in the best position wins, and
those coordinated with it join it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extractor.records import Distance
from extractor.relate.links import Link, after_but_not
from extractor.relate.memory import remembered
from extractor.relate.patterns import rules_tying
from extractor.relate.scope import clause
from extractor.relate.units import Units, compile_pattern
from extractor.terms import Terms

_JOINED = "(?:COMMA|AND|BUT|HYPHEN|OPEN|CLOSE|WORD|DET|NUM|FORM|ADV){1,4}"
_COMPARED = "THAN (?:DET|WORD|ADV|NUM|OF|IN|TO|CONTROL|AFTER|WITH|HEAD|AND){0,5}$"
_VAGUE, _ANYWHERE, _OTHER_CLAUSE, _UNITS_A_POINT = 5, 12, 8, 10
"""Costs of a slot that no rule ties, that lies in another clause, and of distance; own choice, ordering only."""
_PARTS = frozenset({"subcellular", "cell"})
_NONE: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Found:
    """Positions of the units that fill a slot, and the rung on which they were found."""

    positions: tuple[int, ...]
    distance: Distance


@remembered
def is_compared(units: Units, position: int) -> bool:
    """Whether the name at a position stands in the comparison group: `compared with ketamine`."""
    return compile_pattern(_COMPARED).search(units.codes[:position]) is not None


def nearest(
    units: Units, places: Sequence[int], *, target: str, cue: int, molecule: int, handicaps: Mapping[int, int] = _NONE, joined: bool = True
) -> Found | None:
    """The place that stands best to the cue or the molecule, by the rules for its kind of slot, and (`joined`) those coordinated with it."""
    ranked = sorted((_cost(units, place, target, cue, molecule) + handicaps.get(place, 0), place) for place in places)
    if not ranked:
        return None
    best = ranked[0][1]
    start, end = clause(units, cue)
    distance = Distance.CLAUSE if start <= best < end else Distance.SENTENCE
    return Found(positions=_with_coordinated(units, best, places) if joined else (best,), distance=distance)


def _cost(units: Units, place: int, target: str, cue: int, molecule: int) -> float:
    ways = [rule.row.cost for rule in rules_tying(units, target, place, cue=cue, molecule=molecule)]
    start, end = clause(units, cue)
    near = molecule if target == "region" else cue
    return min(ways, default=_ANYWHERE) + (0 if start <= place < end else _OTHER_CLAUSE) + abs(place - near) / _UNITS_A_POINT


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


def find_regions(units: Units, link: Link, *, terms: Terms) -> Found | None:
    """The regions of a link: where its molecule was measured. Parts of cells and places wider than another one named are last choices."""
    regions = [r for r in units.where("REGION") if not is_acted_on(units, r)]
    if places := denied(link, regions):
        return Found(positions=tuple(places), distance=Distance.CLAUSE)
    usable = [r for r in regions if not after_but_not(units, r)]
    return nearest(units, usable, target="region", cue=link.acting, molecule=link.molecule, handicaps=_vague(units, usable, terms))


def _vague(units: Units, regions: Sequence[int], terms: Terms) -> dict[int, int]:
    """Handicaps of regions that say less than another region of the sentence."""
    named = {r: terms.named(m.name, "region") for r in regions if (m := units.items[r].mention("region")) is not None and m.name is not None}
    wider = {ancestor.name for term in named.values() if term is not None for ancestor in terms.ancestors(term)}
    return {r: _VAGUE for r, term in named.items() if term is not None and (term.label in _PARTS or term.name in wider)}


def denied(link: Link, places: Sequence[int]) -> list[int]:
    """The places named after "but not", for a link that denies the change there."""
    return [p for p in places if link.denied is not None and p in link.denied]


@remembered
def is_acted_on(units: Units, position: int) -> bool:
    """Whether the region is where an agent was put, not where something was measured: `infusion into the amygdala`."""
    return compile_pattern("(?:HEAD) (?:OF|IN|TO) (?:DET|WORD|NUM){0,2}$").search(units.codes[:position]) is not None
