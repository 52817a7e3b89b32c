"""What the classifier sees of a pair: `Pair` and its sentence in, named features out, in families of one function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from extractor.records import CueMention
from extractor.relate.links import after_but_not, qualifies_head
from extractor.relate.pair_features import above_family, join_family
from extractor.relate.pairs import Pair
from extractor.relate.patterns import rules_from
from extractor.relate.scope import clause, is_aim, is_dependence, is_presupposed, negated
from extractor.relate.units import NAMES, code_of
from extractor.relate.view import SentenceView

_STATISTICS = re.compile(r"\bp\s?[<>=≤]|n\.\s?s\.|±|\+/-|\d ?%")
_BUCKETS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30)
_WHOLE_GAP, _WHOLE_PATH = 5, 5


Family = Callable[[SentenceView, Pair], Iterator[str]]


@lru_cache(maxsize=1024)
def bucket(number: int) -> str:
    """The number, rounded down to a rising scale."""
    return str(max((b for b in _BUCKETS if b <= number), default=0))


def _cue(view: SentenceView, pair: Pair) -> CueMention | None:
    return view.units.items[pair.cue].cue


def cue_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """The cue: its lemma, kind, forms and direction, the words around it, whether it is negated."""
    cue = _cue(view, pair)
    if cue is None:
        return
    items = view.units.items
    denied = negated(view.units, pair.cue)
    forms = "/".join(cue.forms)
    yield f"lemma={cue.lemma}"
    yield f"lemma={cue.lemma}|{forms}"
    yield f"kind={cue.kind}|{forms}"
    yield f"direction={cue.direction}|{denied}"
    yield f"kind={cue.kind}|{cue.direction}|{denied}"
    for step in (-2, -1, 1, 2):
        place = pair.cue + step
        word = items[place] if 0 <= place < len(items) else None
        yield f"near{step}={word.name if word else 'edge'}"
        if word is not None and word.name not in NAMES:
            yield f"word{step}={word.lower}"
    if pair.cue and items[pair.cue - 1].name == "HYPHEN":
        yield f"behind hyphen|{cue.lemma}"


def rule_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """What the rules read: which rule ties the pair, under which outer cue, in which direction."""
    link = pair.link
    rule = link.rule.row.rule if link.rule is not None else "none"
    outer = link.outer_rule.row.rule if link.outer_rule is not None else "none"
    yield f"rule={rule}"
    yield f"outer={outer}"
    yield f"reads={pair.direction}"
    yield f"reads={pair.direction}|{pair.tied}"
    yield f"reads={pair.direction}|{rule}"
    if link.denied is not None:
        yield "denied"
    if link.outer is not None:
        inner, cue = view.units.items[link.cue].cue, _cue(view, pair)
        if inner is not None and cue is not None:
            yield f"nest={cue.kind}|{cue.direction}|{inner.direction}|{negated(view.units, pair.cue)}"
    if is_presupposed(view.units, link):
        yield f"presupposed|{pair.tied}"
    under = [p for p in view.pairs if p.link.outer is not None and p.link.cue == pair.cue and p.molecule == pair.molecule]
    if under:
        other = view.units.items[under[0].cue].cue
        yield f"under={other.kind if other else ''}|{other.direction if other else ''}"
    if is_aim(view.units, pair.cue, view.text):
        yield "aim"
    if is_dependence(view.units, pair.cue, view.text):
        yield "dependence"


def path_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """The way through the parse from cue to molecule."""
    syntax = view.units.syntax
    if syntax is None:
        return
    items = view.units.items
    cue, molecule = items[pair.cue].token, items[pair.molecule].token
    labels, passed = syntax.way(cue, molecule)
    steps = labels.split()
    yield f"path length={bucket(len(steps))}"
    yield "path=" + (labels if len(steps) <= _WHOLE_PATH else "long")
    plain = [step.partition(":")[0].rstrip("<>") + step[-1] for step in steps]
    short = [s for i, s in enumerate(plain) if s not in _LIST_STEPS or (i and plain[i - 1] != s)]
    yield "path plain=" + " ".join(short[:6])
    if steps:
        yield f"path first={steps[0]}"
        yield f"path last={steps[-1]}"
        yield f"path ends={steps[0]}|{steps[-1]}"
    for one, two in zip(plain, plain[1:], strict=False):
        yield f"path step={one} {two}"
    for token in passed:
        name = view.units.class_at(token)
        yield f"passes={name}|{syntax.tags[token][:2]}"
        if name not in NAMES:
            yield f"passes word={view.word_of(token)}"
    yield f"role={syntax.labels[cue].partition(':')[0]}|{syntax.labels[molecule].partition(':')[0]}"
    label, head = syntax.role(cue)
    yield f"cue role={label}|{view.units.class_at(head)}"
    label, head = syntax.role(molecule)
    yield f"molecule role={label}|{view.units.class_at(head)}"
    yield f"tags={syntax.tags[cue]}|{syntax.tags[molecule]}"
    yield f"cue under={view.word_of(syntax.heads[cue])}|{syntax.labels[cue].partition(':')[0]}"
    yield f"molecule heads to={view.head_word(molecule)}"
    for child in syntax.children(cue):
        label = syntax.labels[child].partition(":")[0]
        yield f"cue has={label}"
        if label in _TELLING:
            yield f"cue {label}={view.word_of(child)}"


_TELLING = frozenset({"nsubj", "nsubjpass", "aux", "neg", "dobj", "advmod", "agent", "mark"})
_LIST_STEPS = frozenset({"conj>", "compound>", "amod>", "nmod>", "appos>"})


def gap_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """The units between cue and molecule, their order and number."""
    left, right = sorted((pair.cue, pair.molecule))
    names = [unit.name for unit in view.units.items[left + 1 : right]]
    side = "right" if pair.molecule > pair.cue else "left"
    yield f"side={side}"
    yield f"distance={side}|{bucket(right - left)}"
    if len(names) <= _WHOLE_GAP:
        yield f"gap={side}|{' '.join(names)}"
    for name in set(names):
        yield f"between={side}|{name}"
    for one, two in zip(names, names[1:], strict=False):
        yield f"gap step={side}|{one} {two}"
    if names:
        yield f"gap first={side}|{names[0] if side == 'right' else names[-1]}"
        yield f"gap last={side}|{names[-1] if side == 'right' else names[0]}"
    cues = sum(name in ("VERBCUE", "NOUNCUE", "ADJCUE") for name in names)
    yield f"cues between={side}|{min(cues, 4)}"
    yield f"molecules between={side}|{min(sum(name in ('MOL', 'BOTH') for name in names), 4)}"
    start, end = clause(view.units, pair.cue)
    yield f"clause={start <= pair.molecule < end}"


def molecule_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """The molecule: how it was found, what stands around it, whether it only qualifies another word."""
    units, place = view.units, pair.molecule
    mention = units.items[place].mention("molecule")
    if mention is None:
        return
    yield f"found={units.items[place].name}|{mention.label}|{mention.rule}"
    yield f"label={mention.label}"
    yield f"grounded={mention.id is not None}"
    for step in (-2, -1, 1, 2):
        at = place + step
        unit = units.items[at] if 0 <= at < len(units.items) else None
        yield f"molecule near{step}={unit.name if unit else 'edge'}"
        if unit is not None and unit.name not in NAMES:
            yield f"molecule word{step}={unit.lower}"
    follows = [unit.name for unit in units.items[place + 1 : place + 3]]
    yield f"label={mention.label}|{' '.join(follows)}"
    if qualifies_head(units, place):
        yield "qualifies"
    if after_but_not(units, place):
        yield "after but not"
    for rule in rules_from(units, "agent", "cue", pair.cue, place):
        if rule.row.path:
            yield f"acts={rule.row.rule}"
    depth = units.codes[:place].count(code_of("OPEN")) - units.codes[:place].count(code_of("CLOSE"))
    if depth > 0:
        yield "molecule in brackets"


def place_family(view: SentenceView, _pair: Pair) -> Iterator[str]:
    """Where the sentence stands and how it is told."""
    yield f"section={view.passage.section}|{view.passage.kind}"
    yield f"section={view.passage.section}|{view.telling.attribution}"
    yield f"told={view.telling.attribution}|{bool(view.telling.citations)}"
    yield f"statistics={_STATISTICS.search(view.text) is not None}"
    yield f"length={bucket(len(view.units.items) // 4)}"
    yield f"place={int(view.place * 4)}"
    yield f"question={view.text.rstrip().endswith('?')}"
    for name in ("SEE", "MODAL", "SUB", "CONTROL", "RESP", "THAN", "FAIL", "NO", "NOT"):
        if code_of(name) in view.units.codes:
            yield f"sentence has={name}"


def rivals_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """The other cues and molecules of the sentence: which is nearer, which is tied."""
    cue, molecule = pair.cue, pair.molecule
    nearer_cues = sum(abs(c - molecule) < abs(cue - molecule) for c in view.cues if c != cue)
    nearer_molecules = sum(abs(m - cue) < abs(cue - molecule) for m in view.molecules if m != molecule)
    yield f"cue rank={min(nearer_cues, 5)}"
    yield f"molecule rank={min(nearer_molecules, 5)}"
    yield f"ranks={min(nearer_cues, 3)}|{min(nearer_molecules, 3)}|{pair.tied}"
    yield f"cues={min(len(view.cues), 6)}"
    yield f"molecules={min(len(view.molecules), 6)}"
    yield f"molecule tied elsewhere={any(m == molecule and c != cue for c, m in view.tied)}|{pair.tied}"
    yield f"cue tied elsewhere={any(c == cue and m != molecule for c, m in view.tied)}|{pair.tied}"
    company = view.coordinated.get(molecule, frozenset())
    if not pair.tied and any((cue, other) in view.tied for other in company):
        yield "company tied"


def agent_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """Whether anybody acts: the agents of the sentence and how they stand to the cue."""
    agents = [a for a in view.agents if a != pair.molecule]
    yield f"agents={min(len(agents), 4)}"
    if not agents:
        return
    ties = {rule.row.rule for a in agents for rule in rules_from(view.units, "agent", "cue", pair.cue, a)}
    for rule in ties:
        yield f"agent by={rule}"
    near = min(agents, key=lambda a: abs(a - pair.cue))
    yield f"agent side={'left' if near < pair.cue else 'right'}|{bucket(abs(near - pair.cue))}"
    start, end = clause(view.units, pair.cue)
    yield f"agent in clause={any(start <= a < end for a in agents)}"
    if any(min(pair.cue, pair.molecule) < a < max(pair.cue, pair.molecule) for a in agents):
        yield "agent between"


FAMILIES: Mapping[str, Family] = {
    "cue": cue_family,
    "rule": rule_family,
    "path": path_family,
    "gap": gap_family,
    "molecule": molecule_family,
    "place": place_family,
    "rivals": rivals_family,
    "agent": agent_family,
    "join": join_family,
    "above": above_family,
}
"""The families by name, for leaving one out."""


_OF_CUE = ("cue", "place", "above")
"""The families that say the same of all pairs of a cue."""


def cue_features(view: SentenceView, pair: Pair) -> list[str]:
    """The features that a pair has in common with all pairs of its cue, so that their weights need be summed only once."""
    return [f"{name}:{feature}" for name in _OF_CUE for feature in FAMILIES[name](view, pair)]


def pair_features(view: SentenceView, pair: Pair) -> list[str]:
    """The other features of a pair."""
    return [f"{name}:{feature}" for name, family in FAMILIES.items() if name not in _OF_CUE for feature in family(view, pair)]


def features_of(view: SentenceView, pair: Pair) -> list[str]:
    """All features of a pair, each prefixed with its family's name."""
    return [f"{name}:{feature}" for name, family in FAMILIES.items() for feature in family(view, pair)]
