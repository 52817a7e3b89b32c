"""Noun phrases beside the words that make agents of them: lexicons/agent_words.tsv and agent_frames.tsv in, sets, frames and phrases out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from extractor.errors import DataError
from extractor.records import AgentType
from extractor.tables import LEXICONS, Row, Words, numbered_rows, words_by_kind
from extractor.variants import fold

WORDS, FRAMES = "agent_words.tsv", "agent_frames.tsv"
Kind = Literal["skip", "stop", "generic", "barred", "tail", "base", "suffix", "plain", "adjective", "verb", "modifier", "procedure", "stress", "disease"]
Side = Literal["right", "left", "joined left", "whole right", "whole left"]
Grade = Literal["given", "seen", "looks", "named", "chemical", "measured", "acting"]

_TOKEN = re.compile(r"\S+")
_REACH = 120  # characters beside a frame that are read; a name and what is skipped before it fit. Own choice
_MOST_WORDS = 4  # of a name right of its frame; own choice: longer ones have run into the next phrase
_MOST_BEFORE = 3  # of a name left of its frame
_CODE = re.compile(r"(?=.*[A-Za-z])(?:.*[A-Z].*[A-Z0-9]|.*[a-z][A-Z]|.*\d)")
_PROSE = re.compile(r"[a-z]+(?:-[a-z]+)?(?:ed|ing|ly|ates|izes|ises|uces|ases|ibits|ents|-led)")
_UNIT = re.compile(
    r"(?:[mµμunpk]|milli|micro)?(?:g|mol|m?l|i?u|hz)(?:[/·].*)?|(?:kg|m?l|min|h|litre|liter|mol|cm)[-−]1|[~≥≤]?\d[\d.,]*[-–‐]?(?:h|hr|min|s|d|days?|wk|weeks?|months?|years?|fold|hz|ma|mg|portions?)"
)
_NUMBER = re.compile(r"[~<>=≤≥±+]*\d[\d.,/x×–-]*%?")


class WordRow(Row):
    """The words of one kind. `example` shows what they do."""

    kind: Kind
    words: Words
    example: str


class FrameRow(Row):
    """One frame: trigger words, and a regular expression for what must follow the trigger.

    `side` says where the name stands, and with `whole` that the trigger belongs to the mention. `grade`: a `given` name is an agent
    wherever the article writes it, a `seen` one only here, one that `looks` like the name of a substance or is measured elsewhere, a `named`
    one only if it looks like a name and is no molecule, a `chemical` one only by its ending, a `measured` one only if it is a known molecule, an `acting` one only where it acts on something.
    """

    frame_id: str
    label: AgentType
    side: Side
    grade: Grade
    words: Words = ()
    link: str
    examples: Words
    counters: Words


@dataclass(frozen=True, slots=True)
class Frame:
    """A compiled row."""

    row: FrameRow
    link: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase `[start, end)` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AgentWords:
    """The table of words, ready for use."""

    sets: dict[str, frozenset[str]]
    suffixes: tuple[str, ...]
    adjectives: tuple[str, ...]

    def names(self, written: str) -> bool:
        """Whether a name looks like a substance: capitals or digits inside, or the ending of a chemical."""
        last = written.rsplit(" ", 1)[-1]
        lower = last.lower()
        if lower in self.sets["plain"] or lower in self.sets["generic"]:
            return False
        return bool(_CODE.match(last)) or lower in self.sets["base"] or (len(lower) > 5 and lower.endswith(self.suffixes))

    def chemical(self, written: str) -> bool:
        """Whether a name ends like that of a chemical."""
        last = written.rsplit(" ", 1)[-1].lower()
        return len(last) > 6 and last not in self.sets["plain"] and last.endswith(self.suffixes)

    def label(self, written: str, default: AgentType) -> AgentType:
        """The type of agent by the words of a name, else the frame's."""
        for word in reversed(re.split(r"[ -]", written.lower())):
            for kind in (AgentType.STRESS, AgentType.DISEASE, AgentType.PROCEDURE):
                if word in self.sets[_KIND_OF[kind]]:
                    return kind
        return default

    def usable(self, written: str, *, adjective: bool = False) -> bool:
        """Whether a phrase can be an agent: something named, nothing generic; an adjective only where its noun is in the frame."""
        lower = fold(written)
        pieces = re.split(r"[ \-/]", lower)
        last = lower.rsplit(" ", 1)[-1]
        if (
            self.sets["barred"].intersection(pieces)
            or (lower == last and last in self.sets["base"])
            or {last, pieces[-1]} & self.sets["generic"]
            or (not adjective and self._describes(last))
        ):
            return False
        return len(written) > 1 and any(c.isalpha() for c in written)

    def _describes(self, last: str) -> bool:
        """Whether a last word is an adjective: what it describes is no name."""
        known = any(last in self.sets[kind] for kind in ("procedure", "stress", "disease", "base"))
        return not known and len(last) > 4 and last.endswith(self.adjectives) and not last.endswith(self.suffixes)

    def ends(self, lower: str) -> bool:
        """Whether a word cannot be part of a name."""
        if _UNIT.fullmatch(lower):
            return True
        return lower in self.sets["stop"] or lower in self.sets["verb"] or (bool(_PROSE.fullmatch(lower)) and lower not in self.sets["modifier"])


_KIND_OF: dict[AgentType, Kind] = {AgentType.STRESS: "stress", AgentType.DISEASE: "disease", AgentType.PROCEDURE: "procedure"}


@lru_cache(maxsize=1)
def agent_words() -> AgentWords:
    """Read the words, once a process.

    Raises
    ------
    DataError
        The table is broken, or one of the kinds has no row or two.
    """
    rows = ((no, row.kind, row.words) for no, row in numbered_rows(LEXICONS / WORDS, WordRow))
    table = words_by_kind(rows, kinds=get_args(Kind), table=WORDS)
    return AgentWords(sets={kind: frozenset(words) for kind, words in table.items()}, suffixes=table["suffix"], adjectives=table["adjective"])


@lru_cache(maxsize=1)
def frames() -> tuple[Frame, ...]:
    """Compile the frames.

    Raises
    ------
    DataError
        A row is broken or its expression does not compile.
    """
    return tuple(_compile(f"{FRAMES}:{no}", row) for no, row in numbered_rows(LEXICONS / FRAMES, FrameRow))


def _compile(place: str, row: FrameRow) -> Frame:
    try:
        return Frame(row=row, link=re.compile(row.link))
    except re.error as error:
        raise DataError(f"frame {row.frame_id}: {error}", place=place, expected="a regular expression") from error


def phrase_after(text: str, place: int, *, words: AgentWords) -> Phrase | None:
    """Read the noun phrase that begins at a place of a text, without what only says how much or how often."""
    spans: list[tuple[int, int]] = []
    counted = False
    for start, end, closed in _tokens_after(text, place):
        lower = text[start:end].lower()
        if not spans and not closed and (lower in words.sets["skip"] or _NUMBER.fullmatch(lower) or (counted and lower in ("or", "and", "to"))):
            counted = bool(_NUMBER.fullmatch(lower))
            continue
        if start == end or lower in words.sets["skip"] or words.ends(lower) or _NUMBER.fullmatch(lower):
            break
        spans.append((start, end))
        if closed or len(spans) == _MOST_WORDS:
            break
    return _trimmed(text, spans, drop=lambda lower: lower in words.sets["tail"])


def _tokens_after(text: str, place: int) -> Iterator[tuple[int, int, bool]]:
    """The words from a place on, as (start, end, whether punctuation closes the phrase here)."""
    last = place
    for piece in _TOKEN.finditer(text, place, min(len(text), place + _REACH)):
        if "\n\n" in text[last : piece.start()]:
            return
        yield bare(text, piece.start(), end=piece.end())
        last = piece.end()


def bare(text: str, start: int, *, end: int) -> tuple[int, int, bool]:
    """A word without the punctuation around it, and whether any stood behind it. What opens with a bracket that is no part of a name is empty."""
    if text[start] in "([{\"'“" and not re.match(r"\((?:\+/?-?|-|±|R|S|E|Z|\d)\)", text[start:end]):
        return start, start, True
    depth, place = 0, start
    while place < end and depth >= 0:
        depth += (text[place] in "([{") - (text[place] in ")]}")
        place += 1
    last = place - 1 if depth < 0 else end
    while last > start and text[last - 1] in ",;:.?!*\"'”-–":
        last -= 1
    return start, last, last < end


def phrase_before(text: str, place: int, *, words: AgentWords) -> Phrase | None:
    """Read the noun phrase that ends at a place of a text: its last word, and those before that belong to the name."""
    spans: list[tuple[int, int]] = []
    for start, end in _tokens_before(text, place):
        lower = text[start:end].lower()
        if lower in words.sets["skip"] or words.ends(lower) or _NUMBER.fullmatch(lower):
            break
        if spans and not _belongs(text[start:end], text[slice(*spans[0])].lower(), words=words):
            break
        spans.insert(0, (start, end))
        if len(spans) == _MOST_BEFORE:
            break
    return _trimmed(text, spans, drop=lambda lower: lower in words.sets["tail"])


def _tokens_before(text: str, place: int) -> Iterator[tuple[int, int]]:
    """The words left of a place, nearest first, up to punctuation."""
    end = place
    while end > 0:
        start = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
        opening = start
        while opening < end and text[opening] in "([\"'“" and text[opening:end].count("(") != text[opening:end].count(")"):
            opening += 1
        if opening == end or text[end - 1] in ",;:.?!)]" and not _balanced(text[opening:end]):
            return
        yield opening, end
        if opening != start or start == 0 or text[start - 1] == "\n":
            return
        end = start - 1


def _balanced(word: str) -> bool:
    return word[-1] in ")]" and word.count("(") == word.count(")") and word.count("[") == word.count("]") and word[0] not in "(["


def _belongs(word: str, following: str, *, words: AgentWords) -> bool:
    """Whether a word left of a name is part of it: before a class of substances always, else when it looks like a name or an adjective of one."""
    return following in words.sets["base"] or words.names(word) or word.lower() in words.sets["modifier"]


def _trimmed(text: str, spans: list[tuple[int, int]], *, drop: Callable[[str], bool]) -> Phrase | None:
    while spans and drop(text[slice(*spans[-1])].lower()):
        spans.pop()
    return Phrase(start=spans[0][0], end=spans[-1][1]) if spans else None
