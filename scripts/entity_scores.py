"""How well names are found: sentences with marked names in, counts of exact and lenient hits out, for the lexicons, a model and both."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from extractor.parse.entities import combine, named
from extractor.records import Mention, MentionKind
from spacy.language import Language

from entity_corpora import Span
from entity_samples import Sample, document_of, overlaps

KINDS: Mapping[str, MentionKind] = {"MOLECULE": "molecule", "REGION": "region", "SPECIES": "species"}


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of spans, addable: exact hits, gold spans that a found one overlaps, found ones that a gold span overlaps, and all of both."""

    exact: int = 0
    gold_met: int = 0
    found_met: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.exact + other.exact,
            self.gold_met + other.gold_met,
            self.found_met + other.found_met,
            self.gold + other.gold,
            self.found + other.found,
        )

    def figures(self) -> dict[str, float | None]:
        """Precision, recall and F1, exact and lenient, to four places; None is no score (nothing of nothing)."""
        exact = _prf(self.exact, self.exact, gold=self.gold, found=self.found)
        lenient = _prf(self.gold_met, self.found_met, gold=self.gold, found=self.found)
        names = ("precision", "recall", "f1")
        return {f"{way}_{name}": value for way, values in (("exact", exact), ("lenient", lenient)) for name, value in zip(names, values, strict=True)}

    def __str__(self) -> str:
        shown = " ".join(f"{name} {'n/a' if value is None else f'{value:.3f}'}" for name, value in self.figures().items())
        return f"{shown} gold {self.gold} found {self.found}"


def _prf(gold_met: int, found_met: int, *, gold: int, found: int) -> tuple[float | None, float | None, float | None]:
    if not gold or not found:
        return None, None, None
    recall, precision = gold_met / gold, found_met / found
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return round(precision, 4), round(recall, 4), round(f1, 4)


def counted(gold: Sequence[Span], found: Sequence[Span]) -> Counts:
    """Count one sentence."""
    return Counts(
        exact=len(set(gold) & set(found)),
        gold_met=sum(overlaps(span, found) for span in gold),
        found_met=sum(overlaps(span, gold) for span in found),
        gold=len(gold),
        found=len(found),
    )


def score(model: Language, held: Sequence[Sample], *, label: str, nlp: Language, classes: Container[str] | None = None) -> dict[str, Counts]:
    """Measure the lexicons, the model, and both joined, on sentences whose names of one label are all marked.

    Parameters
    ----------
    model
        A pipeline with a recogniser.
    held
        Sentences that it was not trained on.
    label
        Of the names.
    nlp
        Supplies the tokenizer of a run.
    classes
        The lexicons' classes of what the corpus marks, where it does not mark all of a kind; their other mentions are left out. None counts all.

    Returns
    -------
        Counts for `lexicons`, `model` and `joined`.
    """
    total = {"lexicons": Counts(), "model": Counts(), "joined": Counts()}
    kind = KINDS[label]
    docs = (document_of(sample, nlp=nlp, vocab=model.vocab) for sample in held)
    for sample, doc in zip(held, model.get_pipe("ner").pipe(docs, batch_size=128), strict=True):  # type: ignore[attr-defined]
        gold = [(s, e) for s, e, name in sample.spans if name == label]
        found = list(named(doc, offset=0))
        for way, mentions in (("lexicons", sample.mentions), ("model", found), ("joined", combine(sample.mentions, found))):
            spans = [(m.start, m.end) for m in mentions if m.kind == kind and _is_marked(m, classes) and not overlaps((m.start, m.end), sample.unknown)]
            total[way] += counted(gold, spans)
    return total


def _is_marked(mention: Mention, classes: Container[str] | None) -> bool:
    return classes is None or mention.label in classes or mention.rule.startswith("model.")
