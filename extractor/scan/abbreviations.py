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

_BRACKET = re.compile(r"\((?=[^()]*[A-Za-zα-ω])(?![^();,]* et al)([^()\s][^();,]{0,29}?)[);,]")
_WINDOW = 140
_SHORT_TOKENS, _LONG_TOKENS = 3, 8  # of the detector: with more tokens the bracket is taken for the long form, with more still for neither


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
        if not _may_define(text, bracket, nlp=nlp):
            continue
        begin = _begin(text, bracket)
        doc = nlp.make_doc(text[begin : bracket.end()])
        inner = doc.char_span(bracket.start(1) - begin, bracket.end(1) - begin, alignment_mode="expand")
        if inner is None:
            continue
        for long, short in filter_matches([(-1, inner.start, inner.end)], doc):
            found_short, found_long = find_abbreviation(long, short)
            if found_long is not None and found_short.text != found_long.text and _closed(found_long.text):
                start = begin + found_long.start_char
                yield Definition(short=found_short.text, long=found_long.text, start=start, end=start + len(found_long.text))


def _may_define(text: str, bracket: re.Match[str], *, nlp: Language) -> bool:
    """Whether the detector has anything to find, by what it asks of a pair: most brackets hold numbers or authors, and tokens of a window are dear.

    Where the bracket is the short form (up to three tokens), all its letters and digits stand before it, in order; where it is the
    long form, it has more tokens. Tokens end at blanks, so that a bracket and the blanks around it have the same ones in any window.
    """
    if _spelled(bracket[1], text[_begin(text, bracket) : bracket.start()]):
        return True
    if len(bracket[1]) <= _SHORT_TOKENS:  # a character is at most one token
        return False
    begin = _word_start(text, bracket.start())
    doc = nlp.make_doc(text[begin : bracket.end()])
    inner = doc.char_span(bracket.start(1) - begin, bracket.end(1) - begin, alignment_mode="expand")
    return inner is None or _SHORT_TOKENS < len(inner) <= _LONG_TOKENS


def _begin(text: str, bracket: re.Match[str]) -> int:
    """Where the text starts that the detector looks at before a bracket.

    It takes at most twice as many tokens as the short form has characters, and at most five more; a word between blanks is at least one token.
    """
    word = _word_start(text, bracket.start())
    characters = bracket.end() - word  # no token of the short form reaches farther
    first = max(0, bracket.start() - _WINDOW)
    words = min(characters + 5, characters * 2) + 1
    farther, *needed = text[first:word].rsplit(maxsplit=words) or [""]
    return first + len(farther) + 1 if len(needed) == words else first


def _word_start(text: str, place: int) -> int:
    while place and not text[place - 1].isspace():
        place -= 1
    return place


def _spelled(short: str, before: str) -> bool:
    """Whether the letters and digits of `short` stand in this order in `before`, whatever their case."""
    lowered = before.lower().replace("ς", "σ")  # a capital sigma becomes either, by its place
    at = len(lowered)
    for character in reversed(short):
        lower = character.lower().replace("ς", "σ")
        if lower.isalnum():
            at = lowered.rfind(lower, 0, at)
            if at < 0:
                return False
    return True


def _closed(long: str) -> bool:
    """Whether no bracket of a long form closes before it opens: such a form begins inside another bracket."""
    close, opening = long.find(")"), long.find("(")
    return close < 0 or 0 <= opening < close


def pooled(found: Iterable[Definition]) -> dict[str, str]:
    """Pool the definitions of an article: short form to long form, the first definition of a short form wins."""
    pool: dict[str, str] = {}
    for definition in found:
        pool.setdefault(definition.short, definition.long)
    return pool
