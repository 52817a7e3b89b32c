"""Names that the lexicons lack, found by trained models: parsed sentences in, mentions out, and the rule that joins both sorts.

The models see what the lexicons found (a feature of each token), so that they complete the lexicons instead of repeating them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Protocol, get_args

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.annotations import ParsedSentence
from extractor.errors import DataError
from extractor.parse.language import on_numpy, one_thread
from extractor.records import Mention, MentionKind

MODELS = Path(str(files("extractor") / "models"))
GIVES: Mapping[str, tuple[MentionKind, ...]] = {"region": ("region",), "chemistry": ("agent",)}
"""The kinds of mentions that are taken from each model. The molecules of `chemistry` are not: they cost more precision than they add (docs/entities.md)."""
_BATCH = 128
_NONE = "-"
_GLUED = re.compile(r"(?<=[a-z]{4})(\()([^()\s]{2,})(\))")  # `nucleus(VPL)`; names of receptors such as `5-HT(1A)` are not glued
_OPENED = re.compile(r"(?:(?<=[a-z]{4})|\s)\([^()]*$")  # `optic (`; half a formula, `NaQ(3`, is no name at all
_EDGES = " ,;:/"  # never the first or last character of a name
_WIDENED: tuple[MentionKind, ...] = ("region",)
_CLASSES: Mapping[MentionKind, str] = {"agent": "drug", "region": "brain"}  # what the training texts have of each kind
_FEWEST_LETTERS = 2  # of a name; own choice: statistics and compound numbers have fewer
_KINDS: Mapping[str, MentionKind] = {kind.upper(): kind for kind in get_args(MentionKind)}
_LABELS: Mapping[MentionKind, str] = {kind: label for label, kind in _KINDS.items()}


class Recogniser(Protocol):
    """What is needed of spaCy's `EntityRecognizer`, which has no types of its own."""

    vocab: Vocab

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it gives."""
        ...

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Set the entities of documents."""
        ...


class EntityFinder:
    """Trained recognisers. Immutable once built, picklable, holds no state of any text. `kinds` are the kinds of mentions that it gives.

    Parameters
    ----------
    recognisers
        By name. Their labels are the kinds of mentions in capitals.
    kinds
        Of the mentions wanted; None takes all.
    """

    def __init__(self, recognisers: Mapping[str, Recogniser], *, kinds: Container[MentionKind] | None = None) -> None:
        self._recognisers = dict(recognisers)
        labels = {label for recogniser in self._recognisers.values() for label in recogniser.labels}
        self.kinds: tuple[MentionKind, ...] = tuple(kind for kind, label in _LABELS.items() if label in labels and (kinds is None or kind in kinds))

    def find(self, sentences: Sequence[ParsedSentence]) -> list[Mention]:
        """Find names in sentences.

        Parameters
        ----------
        sentences
            As they were tokenised or parsed; tokens and mentions are read, nothing in them is changed.

        Returns
        -------
            Mentions with offsets into the article, sorted by start; of one kind none overlap. They have no identifier; `rule` is
            `model.` and the kind.
        """
        found: list[Mention] = []
        for recogniser in self._recognisers.values():
            docs = [lexicon_marked(s.doc, s.mentions, offset=s.sentence.start, vocab=recogniser.vocab) for s in sentences]
            with one_thread():
                docs = list(recogniser.pipe(docs, batch_size=_BATCH))
            for sentence, doc in zip(sentences, docs, strict=True):
                found.extend(m for m in named(doc, offset=sentence.sentence.start) if m.kind in self.kinds)
        return sorted(found, key=lambda m: (m.start, m.end, m.kind))


def load_entities(names: Iterable[str], *, kinds: Container[MentionKind] | None = None, folder: Path = MODELS) -> EntityFinder:
    """Load recognisers of the package, or of a folder that `scripts/train_entities.py` wrote.

    Parameters
    ----------
    names
        Of the models: `chemistry` (molecules and agents), `region`.
    kinds
        Of the mentions wanted; None takes all that the models give.
    folder
        Has a folder a model.

    Raises
    ------
    DataError
        The folder lacks a model that is wanted.
    """
    return EntityFinder({name: _recogniser(folder / name) for name in names}, kinds=kinds)


def _recogniser(path: Path) -> Recogniser:
    if not (path / "config.cfg").is_file():
        raise DataError(f"no entity model {path.name!r}", place=str(path), expected="a folder with config.cfg", repair="run scripts/train_entities.py")
    recogniser: Recogniser = on_numpy(spacy.load(path, exclude=["tokenizer", "vocab"])).get_pipe("ner")  # type: ignore[assignment]
    return recogniser


def lexicon_marked(doc: Doc, mentions: Iterable[Mention], *, offset: int, vocab: Vocab) -> Doc:
    """Copy the tokens of a sentence, each with what the lexicons found there as its lemma, and an abbreviation cut off that is glued to its long form.

    The lemma is used because it is a token attribute that the embedding of a spaCy model can read and that nothing else of a
    recogniser needs.

    Parameters
    ----------
    doc
        The sentence.
    mentions
        Those inside it.
    offset
        Where it starts in the text that the mentions point into.
    vocab
        Of the recogniser.
    """
    words, spaces = _unglued(doc)
    starts = [offset + start for start in accumulate((len(word) + space for word, space in zip(words, spaces, strict=True)), initial=0)][:-1]
    marks: list[list[str]] = [[] for _ in words]
    for mention in mentions:
        style = mention.rule.rpartition(".")[2]
        for i in range(bisect_left(starts, mention.start), bisect_left(starts, mention.end)):
            marks[i].append(f"{'B' if starts[i] == mention.start else 'I'}.{mention.kind}.{mention.label}.{style}")
    lemmas = ["+".join(sorted(mark)) or _NONE for mark in marks]
    return Doc(vocab, words=words, spaces=spaces, lemmas=lemmas)


def _unglued(doc: Doc) -> tuple[list[str], list[bool]]:
    """The tokens of a sentence and whether a blank follows each, where brackets glued to a word are tokens of their own."""
    edges = sorted({edge for glued in _GLUED.finditer(doc.text) for group in (1, 2, 3) for edge in glued.span(group)})
    words: list[str] = []
    spaces: list[bool] = []
    for token in doc:
        inner = edges[bisect_right(edges, token.idx) : bisect_left(edges, token.idx + len(token))]
        cuts = [0, *(edge - token.idx for edge in inner), len(token)]
        words.extend(token.text[start:end] for start, end in pairwise(cuts))
        spaces.extend([*(False for _ in inner), bool(token.whitespace_)])
    return words, spaces


def combine(lexicon: Sequence[Mention], model: Sequence[Mention]) -> list[Mention]:
    """Join the mentions of the lexicons with those of the models.

    The lexicons are precise, so what they found stays. A model's mention is new where no lexicon mention of any kind overlaps it. A
    place that encloses exactly one place of the lexicon widens it, and leaves it its identifier: the author's words are wider than the
    name that is known. Molecules and agents are not widened, because what stands around a molecule makes it something else
    (`X inhibitor`). In all other overlaps the lexicon is right.

    Parameters
    ----------
    lexicon
        Mentions of any kind; of one kind none overlap.
    model
        The same, from `EntityFinder.find`.

    Returns
    -------
        Mentions by start; of one kind none overlap.
    """
    covered = {place for m in lexicon for place in range(m.start, m.end)}
    places = sorted((m for m in lexicon if m.kind in _WIDENED), key=lambda m: m.start)
    new = [m for m in model if covered.isdisjoint(range(m.start, m.end))]
    rest = [m for m in lexicon if m.kind not in _WIDENED]
    return sorted([*rest, *_widened(places, [m for m in model if m.kind in _WIDENED]), *new], key=lambda m: (m.start, m.end, m.kind))


def _widened(known: list[Mention], found: Iterable[Mention]) -> list[Mention]:
    """Give known mentions of one kind the span of the found one that encloses them alone; `known` is sorted."""
    starts, ends = [m.start for m in known], [m.end for m in known]
    for mention in found:
        first, last = bisect_right(ends, mention.start), bisect_left(starts, mention.end)
        if last - first == 1 and mention.start <= starts[first] and ends[first] <= mention.end and mention.text != known[first].text:
            known[first] = replace(known[first], start=mention.start, end=mention.end, text=mention.text, rule=mention.rule)
    return known


def named(doc: Doc, *, offset: int) -> Iterator[Mention]:
    """Give the entities of a recogniser's document as mentions.

    Parameters
    ----------
    doc
        With entities.
    offset
        Where it starts in the text that the mentions are to point into.

    Returns
    -------
        Mentions, without what stands at their edges and belongs to no name. Left out is what cannot be a name: fewer than two letters, an
        equals sign, half a pair of brackets.
    """
    for span in doc.ents:
        kind = _KINDS.get(span.label_)
        start, end = _trimmed(span.text)
        text = span.text[start:end]
        if kind is not None and _could_be_a_name(text):
            start, end = span.start_char + start + offset, span.start_char + end + offset
            yield Mention(start=start, end=end, text=text, kind=kind, label=_CLASSES.get(kind, ""), rule=f"model.{kind}")


def _trimmed(text: str) -> tuple[int, int]:
    """Where a name starts and ends in what a model gave: up to a bracket that it opens and does not close, without commas and the like at its edges."""
    opened = _OPENED.search(text)
    end = opened.start() if opened else len(text)
    stripped = text[:end].rstrip(_EDGES)
    return len(stripped) - len(stripped.lstrip(_EDGES)), len(stripped)


def _could_be_a_name(text: str) -> bool:
    halves = any(text.count(opening) != text.count(closing) for opening, closing in ("()", "[]"))
    return not halves and "=" not in text and sum(c.isalpha() for c in text) >= _FEWEST_LETTERS
