"""Features that join what a pair's cue is with how it reaches the molecule, and tell what stands above the cue: a pair in, named features out."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.records import CueMention
from extractor.relate.pairs import Pair
from extractor.relate.syntax import Syntax
from extractor.relate.view import SentenceView

CUES = ("VERBCUE", "NOUNCUE", "ADJCUE")
_LISTING = frozenset({"conj>", "compound>", "amod>", "nmod>", "appos>"})
_TOLD = frozenset({"aux", "neg", "mark", "advmod"})
_HIGHEST, _WITH_LABEL = 5, 3
_LEMMA_PATH, _KIND_PATH = 3, 5
_NO_WAY = 99


def join_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """Kind, form and lemma of the cue, each with the rule that ties the pair or the way through the parse."""
    cue = view.units.items[pair.cue].cue
    if cue is None:
        return
    rule = pair.link.rule.row.rule if pair.link.rule is not None else "none"
    side = "right" if pair.molecule > pair.cue else "left"
    yield f"lemma={cue.lemma}|{rule}"
    yield f"kind={cue.kind}|{rule}|{pair.direction}"
    yield f"side={side}|{'/'.join(cue.forms)}|{cue.kind}|{min(abs(pair.cue - pair.molecule), 12) // 2}"
    syntax = view.units.syntax
    if syntax is not None:
        yield from _ways(view, pair, cue, syntax)


def _ways(view: SentenceView, pair: Pair, cue: CueMention, syntax: Syntax) -> Iterator[str]:
    """The way to the molecule without the steps inside lists, the cues on it, and how many other cues have a shorter one."""
    items = view.units.items
    molecule = items[pair.molecule].token
    labels, passed = syntax.way(items[pair.cue].token, molecule)
    steps = labels.split()
    plain = [s for s in (step.partition(":")[0].rstrip("<>") + step[-1] for step in steps) if s not in _LISTING]
    way = " ".join(plain[:_KIND_PATH])
    yield f"path={way}|{cue.kind}"
    yield f"path={way}|{'/'.join(cue.forms)}|{cue.kind}"
    if len(plain) <= _LEMMA_PATH:
        yield f"path={way}|{cue.lemma}"
    yield f"cues on path={sum(view.units.class_at(token) in CUES for token in passed)}|{cue.kind}|{pair.tied}"
    others = (len(syntax.way(items[other].token, molecule)[0].split()) or _NO_WAY for other in view.cues if other != pair.cue)
    rank = min(sum(other < (len(steps) or _NO_WAY) for other in others), 4)
    yield f"path rank={rank}|{pair.tied}"
    yield f"path rank={rank}|{cue.kind}"


def above_family(view: SentenceView, pair: Pair) -> Iterator[str]:
    """What governs the cue, up to the root of the sentence: `we tested whether it …`, `is known to …`."""
    syntax, cue = view.units.syntax, view.units.items[pair.cue].cue
    if syntax is None or cue is None:
        return
    token = view.units.items[pair.cue].token
    labels: list[str] = []
    while syntax.heads[token] != token and len(labels) < _HIGHEST:
        labels.append(syntax.labels[token].partition(":")[0])
        token = syntax.heads[token]
        yield f"above={view.word_of(token)}"
        if len(labels) <= _WITH_LABEL:
            yield f"above {labels[-1]}={view.word_of(token)}"
        yield from _told(view, token, syntax)
    yield f"chain={' '.join(labels[:3])}"
    yield f"chain={' '.join(labels[:2])}|{cue.kind}"
    yield f"root={view.word_of(token)}"


def _told(view: SentenceView, token: int, syntax: Syntax) -> Iterator[str]:
    """Auxiliaries, negations, adverbs and opening words of a verb."""
    if syntax.tags[token].startswith(("V", "M")):
        for child in syntax.children(token):
            label = syntax.labels[child].partition(":")[0]
            if label in _TOLD:
                yield f"above has={label}|{view.word_of(child)}"
