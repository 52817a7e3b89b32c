"""Sentences to train and measure entity models on: marked documents in, sentences with lexicon mentions and spans out, and spaCy examples of them.

The tokens of an example are those of a run: scispaCy's tokenizer, split further at the mentions of the lexicons.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.parse.entities import lexicon_marked
from extractor.parse.language import tokenised
from extractor.records import Article, Mention, Passage, Receipt, Section
from extractor.scan import Scanner
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from entity_corpora import Labelled, Span

Marked = tuple[int, int, str]
_PARAGRAPH = re.compile(r"(?:(?!\n\n).)+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence. Offsets of all parts are into `text`; `spans` are names to learn with their labels, of `unknown` nothing is known."""

    document: str
    text: str
    mentions: tuple[Mention, ...]
    spans: tuple[Marked, ...]
    unknown: tuple[Span, ...] = ()


def samples(documents: Iterable[Labelled], *, label: str, scanner: Scanner) -> Iterator[Sample]:
    """Cut documents into sentences and scan them; their spans get one label.

    Parameters
    ----------
    documents
        With every name of the label's kind marked.
    label
        Of the spans.
    scanner
        Finds sentences and mentions as a run does.
    """
    for document in documents:
        scan = scanner.scan(_article(document))
        for sentence in scan.sentences:
            inside = [m for m in scan.mentions if sentence.start <= m.start and m.end <= sentence.end]
            yield Sample(
                document=document.id,
                text=document.text[sentence.start : sentence.end],
                mentions=tuple(_moved(m, -sentence.start) for m in inside),
                spans=tuple((s - sentence.start, e - sentence.start, label) for s, e in document.spans if sentence.start <= s and e <= sentence.end),
                unknown=tuple((s - sentence.start, e - sentence.start) for s, e in document.unknown if sentence.start <= s and e <= sentence.end),
            )


def distantly(sample: Sample, *, keep: bool = False) -> Sample:
    """Take what the lexicons found in a sentence as its names: molecules, and drugs that are no molecules of the body.

    Parameters
    ----------
    sample
        Its spans are names that a corpus marks.
    keep
        The corpus is right about its kind of names: of the lexicons' mentions that it does not mark nothing is known.
    """
    marked = _apart([*((s, e, name, 0) for s, e, name in sample.spans), *((m.start, m.end, _LABELS[m.kind], 1) for m in sample.mentions if _teaches(m))])
    if not keep:
        return replace(sample, spans=tuple((s, e, name) for s, e, name, _ in marked))
    return replace(
        sample,
        spans=tuple((s, e, name) for s, e, name, origin in marked if origin == 0),
        unknown=(*sample.unknown, *((s, e) for s, e, _, origin in marked if origin == 1)),
    )


def told_apart(sample: Sample, *, general: re.Pattern[str], label: str) -> Sample:
    """Give spans that name nothing by themselves a label of their own, so that a model learns the difference instead of half a corpus.

    Parameters
    ----------
    sample
        With spans of one label.
    general
        Fits all words of a span that names nothing.
    label
        Of such spans.
    """
    return replace(sample, spans=tuple((s, e, label if general.fullmatch(sample.text[s:e]) else name) for s, e, name in sample.spans))


_LABELS = {"molecule": "MOLECULE", "agent": "AGENT"}


def _teaches(mention: Mention) -> bool:
    return mention.kind == "molecule" or (mention.kind == "agent" and mention.label == "drug")


def _apart(marked: Iterable[tuple[int, int, str, int]]) -> list[tuple[int, int, str, int]]:
    """Keep of overlapping spans the corpus's, then the longest, then the molecule."""
    kept: list[tuple[int, int, str, int]] = []
    for span in sorted(marked, key=lambda m: (m[3], m[0] - m[1], m[2] != "MOLECULE", m[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def renamed(sample: Sample, *, names: Mapping[str, Callable[[], str]], share: float, rng: random.Random) -> Sample:
    """Put other names in the place of some spans, so that a model learns what stands around a name and not the name.

    Parameters
    ----------
    sample
        A sentence.
    names
        By label: gives a name that the lexicons lack. Spans of other labels stay.
    share
        Of the spans that get another name, 0 to 1.
    rng
        Chooses them.

    Returns
    -------
        The sentence with new text; the lexicons' mentions in the place of a new name are gone.
    """
    for start, end, label in sorted(sample.spans, reverse=True):
        if label in names and rng.random() < share:
            sample = with_name(sample, (start, end, label), name=names[label]())
    return sample


def with_name(sample: Sample, span: Marked, *, name: str) -> Sample:
    """Put a name in the place of a span of a sentence; the lexicons' mentions there are gone."""
    start, end, label = span
    by = len(name) - (end - start)
    spans = tuple((s + by, e + by, k) if s >= end else (s, e, k) for s, e, k in sample.spans if (s, e, k) != span)
    return replace(
        sample,
        text=sample.text[:start] + name + sample.text[end:],
        mentions=tuple(_moved(m, by) if m.start >= end else m for m in sample.mentions if m.end <= start or m.start >= end),
        spans=tuple(sorted((*spans, (start, start + len(name), label)))),
        unknown=tuple((s + by, e + by) if s >= end else (s, e) for s, e in sample.unknown if e <= start or s >= end),
    )


def document_of(sample: Sample, *, nlp: Language, vocab: Vocab) -> Doc:
    """Tokenise a sentence as a run does, and mark what the lexicons found."""
    return lexicon_marked(tokenised(sample.text, offset=0, mentions=sample.mentions, nlp=nlp), sample.mentions, offset=0, vocab=vocab)


def example(sample: Sample, *, nlp: Language, vocab: Vocab) -> Example:
    """Make a sentence a spaCy example. Spans that tokens do not fit are unknown, like `Sample.unknown`."""
    doc = document_of(sample, nlp=nlp, vocab=vocab)
    return Example.from_dict(doc, {"entities": _tags(doc, sample)})


def _tags(doc: Doc, sample: Sample) -> list[str]:
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i for token in doc}
    tags = ["O"] * len(doc)
    for first, last in [*sample.unknown, *((s, e) for s, e, _ in sample.spans)]:
        for token in doc:
            if token.idx < last and first < token.idx + len(token):
                tags[token.i] = "-"
    for first, last, label in sample.spans:
        if first in starts and last in ends:
            tags[starts[first] : ends[last] + 1] = _biluo(ends[last] + 1 - starts[first], label)
    return tags


def _biluo(length: int, label: str) -> list[str]:
    return [f"U-{label}"] if length == 1 else [f"B-{label}", *[f"I-{label}"] * (length - 2), f"L-{label}"]


def _article(document: Labelled) -> Article:
    passages = tuple(Passage(m.start(), m.end(), "paragraph", Section.ABSTRACT) for m in _PARAGRAPH.finditer(document.text) if m[0].strip())
    return Article(id=document.id, text=document.text, passages=passages, title="", source="", sha256="", receipt=Receipt(read=len(document.text)))


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)


def overlaps(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span shares a character with one of others."""
    return any(first < span[1] and span[0] < last for first, last in spans)
