"""Scored claims in, what a reader looks at out: one card a claim, with its status and its evidence in marked pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.evaluate.funnel import Loss, difference
from extractor.evaluate.match import Alignment, lenient
from extractor.evaluate.metrics import SLOTS
from extractor.evaluate.names import related
from extractor.evaluate.statements import ARROWS, Statement, shown

Status = Literal["found", "near", "contradicted", "missed", "extra"]
STATUSES: Mapping[Status, str] = {
    "found": "found: an exact tuple",
    "near": "near: molecule, region or species is wider or narrower",
    "contradicted": "contradicted: the run states another direction",
    "missed": "missed",
    "extra": "extra: predicted, not in the gold",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of evidence; `kind` is the slot it names, empty for plain text."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A slot in the gold and in the prediction, and whether they agree (None where one of them is missing)."""

    slot: str
    gold: str
    predicted: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with the source that states it: `gold` or `run`, and the section where known."""

    source: Literal["gold", "run"]
    section: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A gold claim with its partner, or a prediction without one. `number` is its place in the report."""

    number: int
    status: Status
    article: str
    claim: Statement
    arrow: str
    rows: tuple[Row, ...]
    quotes: tuple[Quote, ...]
    confidence: float | None
    note: str

    @property
    def hint(self) -> str:
        """One line for a pointer that rests on the claim."""
        text = "".join(piece.text for piece in self.quotes[0].pieces) if self.quotes else "no quote"
        return f"{self.article}: {self.claim.core} ({self.status}) — {text}"


def cards(alignments: Sequence[Alignment], lost: Sequence[Loss]) -> tuple[Card, ...]:
    """Make the cards of all gold claims and of all judged predictions without a partner, article by article."""
    made: list[Card] = []
    losses = {(loss.article, loss.gold): loss for loss in lost}
    for one in alignments:
        exact, near = dict(one.pairs["exact"]), dict(one.pairs["lenient"])
        for g, claim in enumerate(one.gold):
            loss = losses.get((one.article, g))
            partner = exact.get(g, near.get(g, loss.nearest if loss else None))
            against = None if g in exact or g in near else contradiction(one, g)
            status: Status = "found" if g in exact else "near" if g in near else "contradicted" if against is not None else "missed"
            note = "" if loss is None or g in exact else f"lost at: {loss.stage}; differs in: {difference(loss)}"
            made.append(_card(len(made), status, one, claim=claim, partner=against if against is not None else partner, note=note))
        taken = set(near.values()) | set(exact.values())
        for p in sorted(one.covered["lenient"]):
            if p not in taken:
                made.append(_card(len(made), "extra", one, claim=one.predicted[p], partner=p, note=""))
    return tuple(made)


def contradiction(alignment: Alignment, gold: int) -> int | None:
    """The prediction that says otherwise: same molecule, place and species, another direction, no partner of its own.

    None where the run also states the gold claim itself, though another gold claim with the same tuple was paired with it.
    """
    claim = alignment.gold[gold]
    if any(lenient(claim, other) for other in alignment.predicted):
        return None
    for p in alignment.spurious("lenient"):
        other = alignment.predicted[p]
        alike = related(claim.molecule, other.molecule) and related(claim.region, other.region) and related(claim.species, other.species)
        if alike and other.direction != claim.direction:
            return p
    return None


def _card(number: int, status: Status, alignment: Alignment, *, claim: Statement, partner: int | None, note: str) -> Card:
    predicted = alignment.predicted[partner] if partner is not None else None
    gold = None if status == "extra" else claim
    quotes = [*_quotes(gold, "gold"), *_quotes(predicted, "run")]
    confidence = predicted.confidence if predicted else None
    return Card(number, status, alignment.article, claim, ARROWS[claim.direction], _rows(gold, predicted), tuple(_distinct(quotes)), confidence, note)


def _rows(gold: Statement | None, predicted: Statement | None) -> tuple[Row, ...]:
    def agrees(slot: str) -> bool | None:
        return SLOTS[slot](gold, predicted) if gold and predicted and (slot in _ALWAYS or getattr(gold, slot) is not None) else None

    molecule = related(gold.molecule, predicted.molecule) if gold and predicted else None
    slots = [Row(slot, _value(gold, slot), _value(predicted, slot), agrees(slot)) for slot in SLOTS]
    return (Row("molecule", _value(gold, "molecule"), _value(predicted, "molecule"), molecule), *slots)


_ALWAYS = ("direction", "region", "species", "agent")


def _value(claim: Statement | None, slot: str) -> str:
    if claim is None:
        return ""
    if slot == "agent":
        return ", ".join(name.shown for name in claim.agents) or "not stated"
    value = getattr(claim, slot)
    if slot in ("molecule", "region", "species"):
        return shown(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).replace("_", " ")


def _quotes(claim: Statement | None, source: Literal["gold", "run"]) -> Iterable[Quote]:
    if claim is None:
        return
    for no, text in enumerate(claim.evidence):
        section = claim.sections[min(no, len(claim.sections) - 1)] if claim.sections else ""
        yield Quote(source=source, section=section, pieces=marked(text, claim))


def _distinct(quotes: Sequence[Quote]) -> Iterable[Quote]:
    """A quote of the run that the gold has too is shown once."""
    seen: set[str] = set()
    for quote in quotes:
        text = "".join(piece.text for piece in quote.pieces)
        if text not in seen:
            seen.add(text)
            yield quote


def marked(text: str, claim: Statement) -> tuple[Piece, ...]:
    """Cut evidence into pieces, the words of each slot apart. Where words overlap the longer run wins.

    Parameters
    ----------
    text
        The evidence.
    claim
        Its claim, whose `words` and `cue` are looked for.
    """
    wanted = [("cue", claim.cue), *((kind, word) for kind, words in claim.words.items() for word in words)]
    found = [(match.end() - match.start(), match.start(), match.end(), kind) for kind, word in wanted if word for match in _occurrences(text, word)]
    spans: list[tuple[int, int, str]] = []
    for _, start, end, kind in sorted(found, key=lambda one: (-one[0], one[1])):
        if all(end <= a or b <= start for a, b, _ in spans):
            spans.append((start, end, kind))
    return tuple(_pieces(text, sorted(spans)))


def _occurrences(text: str, word: str) -> Iterable[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)


def _pieces(text: str, spans: Sequence[tuple[int, int, str]]) -> Iterable[Piece]:
    at = 0
    for start, end, kind in spans:
        if at < start:
            yield Piece(text[at:start])
        yield Piece(text[start:end], kind)
        at = end
    if at < len(text):
        yield Piece(text[at:])
