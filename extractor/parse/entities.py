"""Names that the lexicons lack, found by trained models: parsed sentences in, mentions out, and the rule that joins both sorts.

The models see what the lexicons found (a feature of each token), so that they complete the lexicons instead of repeating them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Protocol, get_args

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.annotations import ParsedSentence
from extractor.errors import DataError
from extractor.records import Mention, MentionKind

ENTITIES = Path(str(files("extractor") / "models" / "entities"))
_BATCH = 128
_NONE = "-"
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
    """Trained recognisers. Immutable once built, picklable, holds no state of any text.

    Parameters
    ----------
    recognisers
        By name. Their labels are the kinds of mentions in capitals.
    """

    def __init__(self, recognisers: Mapping[str, Recogniser]) -> None:
        self._recognisers = dict(recognisers)

    @property
    def kinds(self) -> tuple[MentionKind, ...]:
        """The kinds of mentions that are found, in the order of `MentionKind`."""
        labels = {label for recogniser in self._recognisers.values() for label in recogniser.labels}
        return tuple(kind for kind, label in _LABELS.items() if label in labels)

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
            for sentence, doc in zip(sentences, recogniser.pipe(docs, batch_size=_BATCH), strict=True):
                found.extend(_mentions(doc, offset=sentence.sentence.start))
        return sorted(found, key=lambda m: (m.start, m.end, m.kind))


def load_entities(names: Iterable[str], *, folder: Path = ENTITIES) -> EntityFinder:
    """Load recognisers of the package, or of a folder that `scripts/train_entities.py` wrote.

    Parameters
    ----------
    names
        Of the models: `chemistry` (molecules and agents), `region`, `species`.
    folder
        Has a folder a model.

    Raises
    ------
    DataError
        The folder lacks a model that is wanted.
    """
    return EntityFinder({name: _recogniser(folder / name) for name in names})


def _recogniser(path: Path) -> Recogniser:
    if not (path / "config.cfg").is_file():
        raise DataError(f"no entity model {path.name!r}", place=str(path), expected="a folder with config.cfg", repair="run scripts/train_entities.py")
    recogniser: Recogniser = spacy.load(path, exclude=["tokenizer", "vocab"]).get_pipe("ner")  # type: ignore[assignment]
    return recogniser


def lexicon_marked(doc: Doc, mentions: Iterable[Mention], *, offset: int, vocab: Vocab) -> Doc:
    """Copy the tokens of a sentence, each with what the lexicons found there as its lemma.

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
    marks: list[list[str]] = [[] for _ in doc]
    starts = [token.idx + offset for token in doc]
    for mention in mentions:
        style = mention.rule.rpartition(".")[2]
        for i in range(bisect_left(starts, mention.start), bisect_left(starts, mention.end)):
            marks[i].append(f"{'B' if starts[i] == mention.start else 'I'}.{mention.kind}.{mention.label}.{style}")
    lemmas = ["+".join(sorted(mark)) or _NONE for mark in marks]
    return Doc(vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc], lemmas=lemmas)


def combine(lexicon: Sequence[Mention], model: Sequence[Mention]) -> list[Mention]:
    """Join the mentions of the lexicons with those of the models.

    The lexicons are precise, so what they found stays. A model's mention is new where no lexicon mention of its kind overlaps it. One
    that encloses exactly one lexicon mention of its kind widens it, and leaves it its identifier: the author's words are wider than the
    name that is known. In all other overlaps the lexicon is right.

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
    joined: list[Mention] = []
    for kind in _LABELS:
        known = sorted((m for m in lexicon if m.kind == kind), key=lambda m: m.start)
        joined.extend(_joined(known, [m for m in model if m.kind == kind]))
    return sorted(joined, key=lambda m: (m.start, m.end, m.kind))


def _joined(known: list[Mention], found: Iterable[Mention]) -> list[Mention]:
    """Join the mentions of one kind; `known` is sorted."""
    starts, ends = [m.start for m in known], [m.end for m in known]
    new: list[Mention] = []
    for mention in found:
        first, last = bisect_right(ends, mention.start), bisect_left(starts, mention.end)
        if first >= last:
            new.append(mention)
        elif last - first == 1 and mention.start <= starts[first] and ends[first] <= mention.end and mention.text != known[first].text:
            known[first] = replace(known[first], start=mention.start, end=mention.end, text=mention.text, rule=mention.rule)
    return known + new


def _mentions(doc: Doc, *, offset: int) -> Iterator[Mention]:
    for span in doc.ents:
        kind = _KINDS[span.label_]
        yield Mention(start=span.start_char + offset, end=span.end_char + offset, text=span.text, kind=kind, rule=f"model.{kind}")
