"""The words around names of places, by kind: lexicons/region_modifiers.tsv in, sets and patterns out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from extractor.tables import LEXICONS, Row, Words, numbered_rows, words_by_kind
from extractor.terms import Term, Terms
from extractor.variants import fold, fold_keep_case

TABLE = "region_modifiers.tsv"
Kind = Literal[
    "side", "whole", "position", "culture", "filler", "part", "parts", "tail", "continued", "head", "suffix", "stop", "number",
    "neurons", "cells", "cell word", "cell suffix", "cell stop",
]  # fmt: skip
_NUMERAL = r"(?:[IVX]{1,4}[abc]?|\d{1,2}[a-c]?)"


class ModifierRow(Row):
    """The words of one kind. `example` shows a mention grown by one of them, in square brackets."""

    kind: Kind
    words: Words
    example: str


@dataclass(frozen=True, slots=True)
class RegionWords:
    """The table, ready for use. `before` unites side, whole and position; `heads` finds head nouns, `numbers` numbered areas, `cells` nouns for cells, `neurons` among them."""

    before: frozenset[str]
    position: frozenset[str]
    culture: frozenset[str]
    filler: frozenset[str]
    part: frozenset[str]
    parts: frozenset[str]
    tail: frozenset[str]
    continued: frozenset[str]
    stop: frozenset[str]
    suffixes: tuple[str, ...]
    heads: re.Pattern[str]
    numbers: re.Pattern[str]
    cells: re.Pattern[str]
    neurons: frozenset[str]
    cell_words: frozenset[str]
    cell_suffixes: tuple[str, ...]
    cell_stop: frozenset[str]

    def anatomical(self, word: str) -> bool:
        """Whether a lower-case word can stand before a head noun: a position, or a Latin adjective by its ending."""
        return word in self.position or (len(word) > 4 and word.endswith(self.suffixes) and word not in self.stop)


@lru_cache(maxsize=1)
def region_words() -> RegionWords:
    """Read the table, once a process.

    Raises
    ------
    DataError
        The table is broken, or one of the kinds has no row or two.
    """
    rows = ((no, row.kind, row.words) for no, row in numbered_rows(LEXICONS / TABLE, ModifierRow))
    table = words_by_kind(rows, kinds=get_args(Kind), table=TABLE)
    sets = {kind: frozenset(word.lower() for word in words) for kind, words in table.items()}
    return RegionWords(
        before=sets["side"] | sets["whole"] | sets["position"],
        position=sets["position"],
        culture=sets["culture"],
        filler=sets["filler"],
        part=sets["part"],
        parts=sets["parts"],
        tail=sets["tail"],
        continued=sets["continued"],
        stop=sets["stop"],
        suffixes=table["suffix"],
        heads=re.compile(rf"\b(?:{_either(table['head'])})\b"),
        numbers=re.compile(rf"\b(?:{_either(table['number'])}) {_NUMERAL}(?:(?:, |,? and |,? or | to |[-–/]){_NUMERAL})*(?!\w|\.\d)"),
        cells=re.compile(rf"\b(?:{_either(table['neurons'] + table['cells'])})\b(?!-)"),
        neurons=sets["neurons"],
        cell_words=sets["cell word"],
        cell_suffixes=table["cell suffix"],
        cell_stop=sets["cell stop"],
    )


class RegionNames:
    """All spellings of all regions in one mapping. `Terms.find` derives variants where it finds nothing, too dear for every word of a text."""

    def __init__(self, terms: Terms) -> None:
        self._loose: dict[str, Term] = {}
        self._exact: dict[str, Term] = {}
        for spelling in terms.spellings():
            if spelling.term.kind == "region":
                known: dict[str, Term] = self._loose if spelling.exact is None else self._exact
                known.setdefault(spelling.exact or spelling.folded, spelling.term)

    def find(self, written: str) -> Term | None:
        """Return the term that is written like this, or None."""
        return self._loose.get(fold(written)) or self._exact.get(fold_keep_case(written))


@lru_cache(maxsize=2)
def region_names(terms: Terms) -> RegionNames:
    """Gather the spellings of a terminology, once for each."""
    return RegionNames(terms)


def words_before(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Give the words left of a place, nearest first, as (start, end, lower case), as long as one blank or dash joins them."""
    end = start - 1
    while end > 0 and text[end] in " -\n":
        first = end
        while first and text[first - 1].isalpha():
            first -= 1
        if first == end:
            return
        yield first, end, text[first:end].lower()
        end = first - 1


def word_after(text: str, end: int) -> tuple[int, str] | None:
    """Return the end and the lower case of the word that one blank or dash joins to the right of a place."""
    if end + 1 >= len(text) or text[end] not in " -\n" or not text[end + 1].isalnum():
        return None
    last = end + 1
    while last < len(text) and text[last].isalnum():
        last += 1
    return last, text[end + 1 : last].lower()


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
