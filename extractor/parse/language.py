"""The nlp object: scispaCy's tokenizer, and whatever syntax the caller names. Nothing in, a `Language` out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from extractor.annotations import ParsedSentence
from extractor.errors import UsageError
from extractor.records import Mention, Sentence
from extractor.terms import collector_paused

SYNTAX = Path(str(files("extractor") / "models" / "syntax"))
_BATCH = 64
_HYPHEN = re.compile(r"(?<=[\w)\]])[-–‑](?=[A-Za-z])|(?<=\w)/(?=\w)")


def blank_language() -> Language:
    """Build an English pipeline with scispaCy's tokenizer and no components."""
    return _with_tokenizer(spacy.blank("en"))


def _with_tokenizer(nlp: Language) -> Language:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Possible set union", category=FutureWarning)
        nlp.tokenizer = combined_rule_tokenizer(nlp)
    return nlp


def build_language(model: str | None = None) -> Language:
    """Build the pipeline's `Language`: scispaCy's tokenizer with the syntax shipped in the package, or any installed spaCy model by name.

    Raises
    ------
    UsageError
        No such model is installed.
    """
    if model is None:
        with collector_paused():
            return on_numpy(_with_tokenizer(spacy.load(SYNTAX, exclude=["tokenizer"])))  # the one it was saved with is replaced
    if not spacy.util.is_package(model):
        raise UsageError(
            f"the model {model!r} is not installed",
            expected="the name of an installed spaCy or scispaCy model",
            repair="install it with pip, or leave --model out",
        )
    return on_numpy(spacy.load(model, exclude=["ner"]))


def on_numpy(nlp: Language) -> Language:
    """Let the components multiply matrices with NumPy's BLAS, which takes 0.6 of the time of BLIS, spaCy's default, on one thread.

    It is set on the layers of this pipeline, so that other pipelines of the process keep theirs. Layers on a GPU or on Apple's own
    library are left as they are. The sums differ in the last digits; no tag, head or label of 42,000 tokens did.
    """
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = ops
    return nlp


@lru_cache(maxsize=1)
def _blas() -> ThreadpoolController:
    """The libraries whose threads can be counted out; looking for them takes longer than parsing a sentence."""
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Hold the libraries that multiply matrices to one thread for the length of a `with` block: more cost twice the processor time."""
    return _blas().limit(limits=1, user_api="blas")  # type: ignore[no-any-return]


def parse(text: str, sentences: Iterable[tuple[Sentence, Sequence[Mention]]], *, nlp: Language) -> Iterator[ParsedSentence]:
    """Make Docs of sentences and run the components of `nlp` over them together, on one thread.

    Parameters
    ----------
    text
        The text of the article.
    sentences
        Each with the mentions inside it.
    nlp
        Supplies tokenizer and components.

    Returns
    -------
        The parsed sentences, in order.
    """
    given = [(sentence, tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.kind)))) for sentence, mentions in sentences]
    docs = [tokenised(text[s.start : s.end], offset=s.start, mentions=mentions, nlp=nlp) for s, mentions in given]
    with one_thread():  # given back before the first sentence is handed out
        for _, component in nlp.pipeline:
            docs = list(component.pipe(docs, batch_size=_BATCH) if hasattr(component, "pipe") else map(component, docs))
    for (sentence, mentions), doc in zip(given, docs, strict=True):
        yield ParsedSentence(sentence=sentence, doc=doc, mentions=mentions)


def tokenised(words: str, *, offset: int, mentions: Iterable[Mention], nlp: Language) -> Doc:
    """Tokenise one sentence.

    Tokens of the tokenizer are split further at the edges of mentions, and at hyphens and slashes outside of them, so that
    `fluoxetine-treated` shows its parts.

    Parameters
    ----------
    words
        The sentence.
    offset
        Where it starts in the text that the mentions point into.
    mentions
        Names that must start and end at the edge of a token.
    nlp
        Supplies the tokenizer.
    """
    inside = list(mentions)
    doc = nlp.make_doc(words)
    edges = {edge for token in doc for edge in (token.idx, token.idx + len(token))} | {edge - offset for m in inside for edge in (m.start, m.end)}
    covered = {i for m in inside for i in range(m.start - offset + 1, m.end - offset)}
    edges |= {edge for hyphen in _HYPHEN.finditer(words) for edge in hyphen.span() if hyphen.start() not in covered and hyphen.end() not in covered}
    return _doc(words, sorted(edge for edge in edges if 0 <= edge <= len(words)), nlp)


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
