"""Kinds of cells that no list holds, by the way they are written: `RMG interneurons`, `NSC-34 cells`, `iPS-derived neurons`, `dopaminergic PAM neurons`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import digits

from extractor.records import Mention
from extractor.scan.region_words import RegionNames, RegionWords
from extractor.terms import Terms

_MOST_WORDS = 3  # before the head noun; own choice: `type II PAM neurons` is the longest kind
_WINDOW = 60  # characters before the head noun in which they must stand; own choice: longer words are chemicals
_NAME = re.compile(r"[A-Za-z][A-Za-z]{0,2}-?[A-Z0-9][\w/.-]*|[A-Z][\w/.-]*[A-Z0-9]\w*")
"""An acronym or code: with a capital or a digit after its first letter."""
_PROPER = re.compile(r"[A-Z][^\W\d_]{2,}(?:-[A-Z][^\W\d_]{2,})?")
"""A name such as that of an anatomist."""
_WORD = re.compile(r"[\w/.-]*\w")
_COUNTED = re.compile(r"([A-Z])\d{1,2}")
_TYPE = re.compile(r"\b[Tt]ypes? \Z|\b[Cc]lass \Z|\b[Ll]ayer \Z")
_NUMERAL = re.compile(r"[IVX]{1,4}|\d[a-z]?|[AB]")
_SHORT = re.compile(r"[A-Z]{2,4}\d?|[A-Z]\d{1,2}")
"""An acronym that may stand alone."""
_OFTEN = 2  # uses with the noun before an acronym may stand alone; own choice: one use may be a slip or somebody else's name
_SHORTEST = 3  # characters of a word that may carry a number (`DIV14`) and still tell a state; own choice: `P1` and `R7` are names
_SERIES = 3  # different numbers of one letter (`P7`, `P14`, `P21`) that make it a count of days or the like; own choice
_OPENERS = "([\"'"
_SENTENCE_ENDS = ".:;!?\n"


def open_cells(text: str, *, words: RegionWords, names: RegionNames, terms: Terms) -> Iterator[Mention]:
    """Give the kinds of cells that a text names by an acronym, a proper name or an origin.

    Parameters
    ----------
    text
        The text into which the offsets point.
    words
        The words of region_modifiers.tsv.
    names
        The spellings of the terminology, for names of places, which are left to others, and for kinds that are terms after all.
    terms
        The terminology, for names of molecules and species, which make no kind of cell.

    Returns
    -------
        Mentions that may overlap others; the longer is meant. Their label is `cell`; those that no term names have no identifier.
    """
    known: dict[str, bool] = {}
    used: Counter[str] = Counter()
    for match in words.cells.finditer(text):
        start = _start(text, match.start(), words=words, names=names, terms=terms, known=known)
        if start is not None:
            written = text[start : match.end()]
            term = names.find(written)
            plain = Mention(start, match.end(), written, "region", label="cell", rule="region.open_cells")
            yield plain if term is None else replace(plain, id=term.id, name=term.name, label=term.label)
            used[written.split(" ", 1)[0]] += match[0] in words.neurons
    yield from _alone(text, [name for name, times in used.items() if times >= _OFTEN and _SHORT.fullmatch(name)])


def _alone(text: str, called: Sequence[str]) -> Iterator[Mention]:
    """Give the acronyms that stand for a kind of neuron where they stand without its noun, but for those that the text defines as something."""
    names = [name for name in called if re.search(rf"\({name}s?[),;]", text) is None]
    if names:
        for match in re.finditer(rf"(?<![\w:./+-])(?:{'|'.join(names)})(?![\w:+-]|\.\w)", text):
            yield Mention(match.start(), match.end(), match[0], "region", label="cell", rule="region.open_cells")


def _start(text: str, head: int, *, words: RegionWords, names: RegionNames, terms: Terms, known: dict[str, bool]) -> int | None:
    """Where the kind begins; None where the words before the head noun name none."""
    start, named = head, False
    for _ in range(_MOST_WORDS):
        word = _word_before(text, start)
        if word is None:
            break
        first = start - 1 - len(word)
        if word.lower() in words.cell_words:
            start = first
        elif named:
            break
        elif (typed := _TYPE.search(text, max(0, first - 8), first)) is not None and _NUMERAL.fullmatch(word):
            start, named = typed.start(), True
        elif _shaped(text, first, word=word, words=words) and _kind(word, text, words=words, names=names, terms=terms, known=known):
            start, named = first, True
        else:
            break
    return start if named else None


def _word_before(text: str, start: int) -> str | None:
    if start < 2 or text[start - 1] not in " \xa0":
        return None
    parts = text[max(0, start - _WINDOW) : start - 1].split()
    word = parts[-1].lstrip(_OPENERS) if parts else ""
    return word if _WORD.fullmatch(word) and text.startswith(word, start - 1 - len(word)) else None


def _shaped(text: str, first: int, *, word: str, words: RegionWords) -> bool:
    """Whether a word looks like a name: an acronym, an origin (`iPS-derived`), or a capitalised word inside a sentence."""
    if word.lower().endswith(words.cell_suffixes):
        return True
    if not any(letter.isupper() for letter in word):
        return False
    return _NAME.fullmatch(word) is not None or (_PROPER.fullmatch(word) is not None and _amid(text, first))


def _amid(text: str, first: int) -> bool:
    """Whether the word before is one in lower case: then a capital is not that of a sentence or a heading."""
    end = first - 1
    return end > 0 and text[end] == " " and text[end - 1] not in _SENTENCE_ENDS and text[text.rfind(" ", 0, end) + 1].islower()


def _kind(word: str, text: str, *, words: RegionWords, names: RegionNames, terms: Terms, known: dict[str, bool]) -> bool:
    """Whether a name may be that of a kind of cell: no place, molecule or species, and no part of it a word that tells a state."""
    if word not in known:
        parts = (word, *re.split(r"[-/]", word))
        stated = any(part in words.cell_stop or (len(part) > _SHORTEST and part.rstrip(digits) in words.cell_stop) for part in map(str.lower, parts))
        other = any(terms.find(word, kind) is not None for kind in ("molecule", "agent")) or names.find(word) is not None
        known[word] = not stated and not _counts(word, text, words=words) and not other and terms.find(word, "species") is None
    return known[word]


def _counts(word: str, text: str, *, words: RegionWords) -> bool:
    """Whether a letter with a number is one of a series that tells ages or stages."""
    match = _COUNTED.fullmatch(word)
    if match is None or match[1].lower() not in words.cell_stop:
        return False
    return len(set(re.findall(rf"(?<!\w){match[1]}(\d{{1,2}})(?!\w)", text))) >= _SERIES
