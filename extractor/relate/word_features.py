"""What the models of form, agent type, attribution and certainty see: the claim's words in, named features out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.relate.features import bucket
from extractor.relate.form import forms_of
from extractor.relate.pairs import Pair
from extractor.relate.scope import certainty_of, clause
from extractor.relate.slot_features import Option
from extractor.relate.units import NAMES, Units, measures
from extractor.relate.view import SentenceView

_WORD = re.compile(r"[a-zα-ω]+|\d+")
_REACH = 6


def form_features(view: SentenceView, pair: Pair) -> list[str]:
    """What tells which form of the molecule was measured: the rules' reading, its spelling, the words on both sides, the cue."""
    return list(_form(view, pair))


def _form(view: SentenceView, pair: Pair) -> Iterator[str]:
    units, items = view.units, view.units.items
    mention = items[pair.molecule].mention("molecule")
    if mention is None:
        return
    reading = "+".join(forms_of(units, pair.link, mention))
    yield f"reads={reading}"
    yield f"label={mention.label}"
    yield f"reads={reading}|{mention.label}"
    yield f"name={mention.name}"
    for word in _WORD.findall(mention.text.lower()):
        yield f"in name={word}"
    yield f"shape={re.sub(r'[a-z]+', 'a', re.sub(r'[A-Z]+', 'A', re.sub(r'[0-9]+', '0', mention.text)))[:8]}"
    for step in (*range(-_REACH, 0), *range(1, _REACH + 1)):
        at = pair.molecule + step
        if 0 <= at < len(items) and items[at].name not in NAMES:
            yield f"word {'before' if step < 0 else 'behind'}={items[at].lower}"
            if abs(step) <= 2:
                yield f"word{step}={items[at].lower}"
    yield from _measured(units, pair.molecule)
    if units.syntax is not None:
        yield f"heads to={view.head_word(items[pair.molecule].token)}"
        yield f"under={view.word_of(units.syntax.heads[items[pair.molecule].token])}"
    for place in {pair.cue, pair.link.cue}:
        cue = items[place].cue
        if cue is not None:
            yield f"cue={cue.lemma}"
            yield f"cue={cue.lemma}|{reading}"
            yield f"cue={cue.lemma}|{mention.label}"


def _measured(units: Units, molecule: int) -> Iterator[str]:
    """The words of measure in the sentence, by where they stand to the molecule."""
    start, end = clause(units, molecule)
    for i, unit in enumerate(units.items):
        form = measures().get(unit.lower)
        if form is not None:
            yield f"measure {'here' if start <= i < end else 'there'}={form}"
            yield f"measure {'behind' if i > molecule else 'before'} {bucket(abs(i - molecule))}={form}"


def agent_type_features(view: SentenceView, option: Option) -> list[str]:
    """What tells the kind of an agent: the class of its term, its words, the words around it."""
    return list(_agent_type(view, option))


def _agent_type(view: SentenceView, option: Option) -> Iterator[str]:
    items = view.units.items
    if option.place is not None:
        mention = option.place.mention
        yield f"label={mention.label}"
        yield f"name={mention.name}"
        yield f"label={mention.label}|{mention.rule}"
        words = _WORD.findall(mention.text.lower())
    elif option.span is not None:
        yield "label=words"
        words = [w for unit in items[slice(*option.span)] for w in _WORD.findall(unit.lower)]
    else:
        yield "label=none"
        return
    for word in words:
        yield f"word={word}"
        yield f"ends={word[-4:]}"
    yield f"last={words[-1] if words else ''}"
    at = option.position if option.position is not None else option.span[1] - 1 if option.span is not None else None
    if at is None:
        return
    for step in (-2, -1, 1, 2):
        place = at + step
        if 0 <= place < len(items) and items[place].name not in NAMES - {"SPECIES"}:
            yield f"near{step}={items[place].lower}"


def telling_features(view: SentenceView) -> list[str]:
    """What tells an own finding from background: the rules' reading, the section, citations, the words of the sentence."""
    passage, telling = view.passage, view.telling
    found = [f"reads={telling.attribution}", f"section={passage.section}", f"reads={telling.attribution}|{passage.section}", f"cited={bool(telling.citations)}"]
    found += [f"cited={bool(telling.citations)}|{passage.section}", f"place={int(view.place * 4)}|{passage.section}", f"first={view.place == 0}"]
    found += [f"word={unit.lower}" for unit in view.units.items if unit.name not in NAMES and not unit.mentions]
    if view.units.syntax is not None:
        found += [f"tag={tag}" for tag in set(view.units.syntax.tags) if tag.startswith("V") or tag == "MD"]
    return found


def certainty_features(view: SentenceView, pair: Pair) -> list[str]:
    """What tells a hedged claim: the rules' reading, the words of the clause up to the claim."""
    units = view.units
    reading = certainty_of(units, (pair.cue, pair.link.cue, pair.molecule), view.text)
    start, _ = clause(units, min(pair.cue, pair.molecule))
    found = [f"reads={reading}", f"section={view.passage.section}"]
    for unit in units.items[start : max(pair.cue, pair.molecule) + 1]:
        if unit.name not in NAMES and not unit.mentions:
            found.append(f"clause={unit.lower}")
    return found + [f"before={w}" for w in _before(units, pair.cue)]


def _before(units: Units, cue: int) -> list[str]:
    return [unit.lower for unit in units.items[max(0, cue - 3) : cue] if not unit.mentions]
