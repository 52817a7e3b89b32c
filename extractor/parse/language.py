"""The nlp object: scispaCy's tokenizer, and whatever syntax the caller names. Nothing in, a `Language` out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from itertools import pairwise

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokens import Doc

from extractor.annotations import ParsedSentence
from extractor.errors import UsageError
from extractor.records import Mention, Sentence

_HYPHEN = re.compile(r"(?<=[\w)\]])[-–‑](?=[A-Za-z])|(?<=\w)/(?=\w)")


def blank_language() -> Language:
    """Build an English pipeline with scispaCy's tokenizer and no components."""
    nlp = spacy.blank("en")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Possible set union", category=FutureWarning)
        nlp.tokenizer = combined_rule_tokenizer(nlp)
    return nlp


def build_language(model: str | None = None) -> Language:
    """Build the pipeline's `Language`: the default one, or any installed spaCy model by name.

    Raises
    ------
    UsageError
        No such model is installed.
    """
    if model is None:
        return blank_language()
    if not spacy.util.is_package(model):
        raise UsageError(f"the model {model!r} is not installed", expected="the name of an installed spaCy or scispaCy model", repair=f"install it with pip, or leave --model out; e.g. python -m spacy download {model}")
    return spacy.load(model, exclude=["ner"])


def parse_sentence(text: str, *, sentence: Sentence, mentions: Iterable[Mention], nlp: Language) -> ParsedSentence:
    """Make a Doc of one sentence.

    Tokens of the tokenizer are split further at the edges of mentions, and at hyphens and slashes outside of them, so that
    `fluoxetine-treated` shows its parts.

    Parameters
    ----------
    text
        The text of the article.
    sentence
        Where the sentence stands in it.
    mentions
        The mentions inside the sentence.
    nlp
        Supplies tokenizer and components.
    """
    words = text[sentence.start : sentence.end]
    inside = tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.kind)))
    cuts = {edge - sentence.start for m in inside for edge in (m.start, m.end)}
    doc = nlp.make_doc(words)
    edges = {edge for token in doc for edge in (token.idx, token.idx + len(token))} | cuts
    covered = {i for m in inside for i in range(m.start - sentence.start + 1, m.end - sentence.start)}
    edges |= {edge for hyphen in _HYPHEN.finditer(words) for edge in hyphen.span() if hyphen.start() not in covered and hyphen.end() not in covered}
    doc = _doc(words, sorted(edge for edge in edges if 0 <= edge <= len(words)), nlp)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return ParsedSentence(sentence=sentence, doc=doc, mentions=inside)


def _doc(text: str, edges: list[int], nlp: Language) -> Doc:
    """Build a Doc whose tokens lie between neighbouring edges; runs of blanks become tokens of their own where they are long."""
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(sorted({0, *edges, len(text)})):
        piece = text[start:end]
        if piece == " " and words and not spaces[-1]:
            spaces[-1] = True
        elif piece:
            words.append(piece)
            spaces.append(False)
    return Doc(nlp.vocab, words=words, spaces=spaces)
