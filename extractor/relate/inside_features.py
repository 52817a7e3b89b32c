"""How a thing of the sentence stands to the claim's cue and molecule: its position in, named features out."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.records import MentionKind
from extractor.relate.features import bucket
from extractor.relate.links import after_but_not
from extractor.relate.pairs import Pair
from extractor.relate.patterns import rules_tying
from extractor.relate.scope import clause
from extractor.relate.slots import is_acted_on, is_compared
from extractor.relate.units import NAMES, Units
from extractor.relate.view import SentenceView

UNTIED = 9
"""The cost of a thing that no rule ties; own choice: above that of every rule."""
_SHORT_GAP = 4


def inside_features(view: SentenceView, pair: Pair, position: int, *, kind: MentionKind) -> Iterator[str]:
    """How the thing at a position stands in the sentence to the cue and the molecule of a pair."""
    units = view.units
    ties = sorted((rule.row.cost, rule.row.rule) for rule in rules_tying(units, kind, position, cue=pair.cue, molecule=pair.molecule))
    yield f"tie={ties[0][1] if ties else 'none'}"
    for _, name in ties:
        yield f"tied by={name}"
    yield from _neighbours(units, position)
    yield from _heads(view, position)
    for name, anchor in (("cue", pair.cue), ("molecule", pair.molecule)):
        yield from _between(units, position, name=name, anchor=anchor)
        yield from _path(view, position, name=name, anchor=anchor)
    yield from _marks(units, pair, position)
    yield from _rank(view, pair, position, kind=kind)
    yield from _paired(view, pair, position, kind=kind)


def tie_cost(units: Units, pair: Pair, position: int, *, kind: MentionKind) -> int:
    """The cost of the best rule that ties a position to the pair, `UNTIED` if none does."""
    return min([rule.row.cost for rule in rules_tying(units, kind, position, cue=pair.cue, molecule=pair.molecule)], default=UNTIED)


def _heads(view: SentenceView, position: int) -> Iterator[str]:
    """What the thing qualifies and hangs on in the parse."""
    syntax, token = view.units.syntax, view.units.items[position].token
    yield f"heads to={view.head_word(token)}"
    if syntax is not None:
        head = syntax.heads[token]
        yield f"under={syntax.labels[token]}|{view.word_of(head)}|{view.word_of(syntax.heads[head])}"


def _between(units: Units, position: int, *, name: str, anchor: int) -> Iterator[str]:
    """The units between the thing and the cue or the molecule."""
    side = "left" if position < anchor else "right"
    gap = [u.name for u in units.items[min(position, anchor) + 1 : max(position, anchor)]]
    yield f"to {name}={side}|{bucket(abs(position - anchor))}"
    if len(gap) <= _SHORT_GAP:
        yield f"gap to {name}={side}|{' '.join(gap)}"
    for unit in sorted(set(gap)):
        yield f"between {name}={side}|{unit}"
    if gap:
        yield f"next to {name}={side}|{gap[0] if side == 'right' else gap[-1]}|{gap[-1] if side == 'right' else gap[0]}"


def _path(view: SentenceView, position: int, *, name: str, anchor: int) -> Iterator[str]:
    """The way through the parse from the cue or the molecule to the thing."""
    syntax, items = view.units.syntax, view.units.items
    if syntax is None:
        return
    labels, passed = syntax.way(items[anchor].token, items[position].token)
    for token in passed:
        yield f"passes to {name}={view.word_of(token)}"
    steps = labels.split()
    yield f"path to {name}={' '.join(s.partition(':')[0] + s[-1] for s in steps[:5])}"
    yield f"path length {name}={bucket(len(steps))}"
    if steps:
        yield f"path ends {name}={steps[0]}|{steps[-1]}"


def _marks(units: Units, pair: Pair, position: int) -> Iterator[str]:
    start, end = clause(units, pair.cue)
    yield f"in clause={start <= position < end}"
    if is_acted_on(units, position):
        yield "acted on"
    if is_compared(units, position):
        yield "compared"
    if after_but_not(units, position):
        yield f"after but not|{pair.link.denied is not None}"
    if pair.link.denied is not None:
        yield f"denied={position in pair.link.denied}"


def _neighbours(units: Units, position: int) -> Iterator[str]:
    for step in (-2, -1, 1, 2):
        at = position + step
        unit = units.items[at] if 0 <= at < len(units.items) else None
        yield f"near{step}={unit.name if unit else 'edge'}"
        if unit is not None and unit.name not in NAMES:
            yield f"word{step}={unit.lower}"


def _rank(view: SentenceView, pair: Pair, position: int, *, kind: MentionKind) -> Iterator[str]:
    """Which of the things of its kind in the sentence it is, from the cue and from the molecule."""
    others = view.units.where("REGION") if kind == "region" else view.units.where("AGENT", "BOTH")
    for name, anchor in (("cue", pair.cue), ("molecule", pair.molecule)):
        yield f"rank from {name}={min(sum(abs(o - anchor) < abs(position - anchor) for o in others), 4)}"
        same_side = [o for o in others if (o < anchor) == (position < anchor)]
        yield f"rank side {name}={min(sum(abs(o - anchor) < abs(position - anchor) for o in same_side), 4)}|{position < anchor}"
    between = [m for m in view.molecules if min(position, pair.molecule) < m < max(position, pair.molecule)]
    yield f"molecules between={min(len(between), 3)}"
    if pair.link.outer is not None:
        yield f"outer side={position < pair.link.cue}|{abs(position - pair.link.cue) < abs(position - pair.cue)}"


def _paired(view: SentenceView, pair: Pair, position: int, *, kind: MentionKind) -> Iterator[str]:
    """Under "respectively", whether the thing has the same place in its list as the molecule in its own."""
    units = view.units
    if not units.where("RESP"):
        return
    company = sorted(pair.link.company) or view.molecules
    places = units.where("REGION") if kind == "region" else units.where("AGENT", "BOTH")
    same_length = len(company) == len(places) and pair.molecule in company and position in places
    yield f"pairs={same_length}|{same_length and company.index(pair.molecule) == places.index(position)}"
