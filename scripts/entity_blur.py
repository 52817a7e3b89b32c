"""Sentences made strange, so that a model learns endings, shapes and neighbours instead of words by heart: a sample in, a sample of the same length out."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from entity_samples import Sample

LETTERS = "abcdefghilmnoprstu"  # that new words are made of; the rarest are left out
ENDING = 3  # last characters of a word, which stay; as many as the network reads of an ending
_LONG = re.compile(r"(?<![\w-])[A-Za-z][a-z]{5,}(?!\w)")
_CODE = re.compile(r"(?<![\w-])(?=\w*[A-Z]\w*[A-Z]|\w*[A-Z]\w*\d|[a-z]+\d)[A-Za-z]{0,5}\d?[A-Za-z]?(?![\w-])")


@dataclass(frozen=True, slots=True)
class Blur:
    """Shares, 0 to 1: of long words and of codes that are changed, and of one kind of the lexicons' mentions that are forgotten."""

    words: float
    codes: float
    mentions: float
    kind: str


def blurred(sample: Sample, rng: random.Random, *, blur: Blur) -> Sample:
    """Change words and codes of a sentence and forget mentions. Offsets stay as they are.

    A long word keeps its first letter and its ending. A code (`VPL`, `V2`) keeps which of its characters are capitals, small letters and
    digits, and is the same wherever the sentence has it.

    Parameters
    ----------
    sample
        A sentence.
    rng
        Chooses.
    blur
        How much.
    """
    text = _LONG.sub(lambda m: _word(m[0], rng) if rng.random() < blur.words else m[0], sample.text)
    codes: dict[str, str] = {}
    for code in _CODE.findall(text):
        if len(code) > 1 and code not in codes:
            codes[code] = "".join(_SAME[_sort(c)](rng) for c in code) if rng.random() < blur.codes else code
    text = _CODE.sub(lambda m: codes.get(m[0], m[0]), text)
    return replace(sample, text=text, mentions=tuple(m for m in sample.mentions if m.kind != blur.kind or rng.random() >= blur.mentions))


def _word(word: str, rng: random.Random) -> str:
    return word[0] + "".join(rng.choices(LETTERS, k=len(word) - 1 - ENDING)) + word[-ENDING:]


def _sort(character: str) -> str:
    return "digit" if character.isdigit() else "capital" if character.isupper() else "small"


_SAME: dict[str, Callable[[random.Random], str]] = {
    "digit": lambda rng: str(rng.randint(1, 9)),
    "capital": lambda rng: rng.choice(LETTERS).upper(),
    "small": lambda rng: rng.choice(LETTERS),
}
