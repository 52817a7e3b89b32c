"""Who acted: a link in, its agents out. Named agents first, then whatever is the subject of the verb, in the author's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.records import Distance
from extractor.relate.links import Link, after_but_not
from extractor.relate.patterns import rules_from
from extractor.relate.slots import Found, denied, is_compared, nearest
from extractor.relate.syntax import Syntax
from extractor.relate.units import Units, compile_pattern
from extractor.tables import LEXICONS, Row, Words, read_rows

_INDUCES = "HYPHEN (?:VERBCUE|CAUSE|WORD)? (?:DET|WORD|ADV|NUM|FORM|REGION|HYPHEN|ADJCUE){0,4}"
_WITHIN = frozenset({"compound", "amod", "nummod", "nmod", "punct", "npadvmod"})
_LONGEST = 6
_ACTING, _ANY = 2, 99
"""Highest cost of a rule by which an endogenous molecule, or any agent, is taken as the one who acted."""


class NoAgentRow(Row):
    """Heads of a subject that name no intervention."""

    kind: str
    words: Words


@lru_cache(maxsize=1)
def _no_agents() -> frozenset[str]:
    return frozenset(word for row in read_rows(LEXICONS / "no_agents.tsv", NoAgentRow) for word in row.words)


@dataclass(frozen=True, slots=True)
class OpenAgent:
    """A subject that no lexicon holds: the units `[start, end)` of its name."""

    start: int
    end: int


def find_agents(units: Units, link: Link) -> Found | OpenAgent | None:
    """The agents of a link; under an outer cue, the agents of that cue.

    A named agent that a rule ties to the cue comes first, then an unnamed subject of the cue's verb, then the named agent that stands nearest.
    """
    anchor = link.acting
    agents = [a for a in units.where("AGENT", "BOTH") if a != link.molecule and a not in link.company]
    if places := denied(link, agents):
        return Found(positions=tuple(places), distance=Distance.CLAUSE)
    usable = [a for a in agents if not is_compared(units, a) and not after_but_not(units, a)]
    if link.outer is not None:
        inner = _induces(units, usable, link.cue)
        usable = [a for a in usable if a not in inner] or usable
    tied = [a for a in usable if _is_tied(units, anchor, a)]
    if tied:
        return nearest(units, tied, target="agent", cue=anchor, molecule=link.molecule)
    loose = [a for a in usable if units.items[a].name == "AGENT"]
    return open_agent(units, link, anchor) or nearest(units, loose, target="agent", cue=anchor, molecule=link.molecule)


def _is_tied(units: Units, anchor: int, place: int) -> bool:
    """Whether a rule ties the name to the cue; what the body makes itself must stand as the actor, not just near."""
    limit = _ACTING if units.items[place].name == "BOTH" else _ANY
    return any(rule.row.cost <= limit for rule in rules_from(units, "agent", "cue", anchor, place))


def _induces(units: Units, agents: list[int], cue: int) -> set[int]:
    """Agents tied to the inner cue itself: `the stress-induced increase`."""
    induced = compile_pattern(_INDUCES)
    return {a for a in agents if a < cue and induced.fullmatch(units.codes, a + 1, cue)}


def open_agent(units: Units, link: Link, anchor: int) -> OpenAgent | None:
    """The subject or `by` phrase of the cue's verb where no lexicon holds it; None where it names no intervention."""
    if units.syntax is None:
        return None
    taken = {units.items[p].token for p in (link.molecule, link.cue, anchor, *link.company)}
    for token in _actors(units.syntax, units.items[anchor].token):
        position = next((i for i, unit in enumerate(units.items) if unit.token == token), None)
        if position is None or token in taken or not units.syntax.tags[token].startswith("N"):
            continue
        unit = units.items[position]
        if unit.name == "WORD" and unit.lower not in _no_agents():
            return OpenAgent(start=_first_of(units, position), end=position + 1)
    return None


def _actors(syntax: Syntax, cue: int) -> Iterator[int]:
    """The subject of the verb that governs a cue, or its `by` phrase."""
    verb = cue
    for _ in range(_LONGEST):
        for child in syntax.children(verb):
            if syntax.labels[child] == "nsubj" and child != cue:
                yield child
            elif syntax.labels[child] == "agent:by":
                yield from syntax.children(child)
        if syntax.labels[verb] == "ROOT" or syntax.labels[verb] in ("nsubj", "nsubjpass"):
            return
        verb = syntax.heads[verb]


def _first_of(units: Units, position: int) -> int:
    """Where the name that ends at `position` starts: modifiers joined to it without a determiner."""
    syntax, start = units.syntax, position
    while syntax is not None and start > 0 and position - start < _LONGEST:
        before = units.items[start - 1]
        if before.name not in ("WORD", "HYPHEN", "NUM") or syntax.labels[before.token].partition(":")[0] not in _WITHIN:
            break
        start -= 1
    return start
