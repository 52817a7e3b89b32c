"""One pass over the text of an article that finds every known name: text in, mentions with offsets out.

Aho-Corasick over the folded text, so that the cost does not grow with the lexicons. Case-sensitive spellings are checked against
the text afterwards. Within a kind the longest mention wins; a span may be a mention of two kinds (corticosterone is measured and given).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import ahocorasick

from extractor.records import Mention
from extractor.terms import Spelling, Terms, collector_paused
from extractor.variants import fold, fold_keep_case

_SHORTEST = 2


@lru_cache(maxsize=1)
def folded(text: str) -> str:
    """`fold`, with the last text kept: several searches of a scan, one after the other, fold the same article."""
    return fold(text)


class Dictionary:
    """An automaton over all spellings of a terminology. Immutable once built; safe to share."""

    def __init__(self, terms: Terms) -> None:
        self._automaton = ahocorasick.Automaton()
        with collector_paused():
            for key, spellings in _by_folded(terms).items():
                self._automaton.add_word(key, (len(key), tuple(spellings)))
            self._automaton.make_automaton()

    def find(self, text: str) -> list[Mention]:
        """Find all mentions in a text.

        Parameters
        ----------
        text
            Any text; offsets of the result are into it.

        Returns
        -------
            Mentions by start; of one kind none overlap.
        """
        return longest(_mention(text, start, spelling) for start, spelling in self._hits(text))

    def _hits(self, text: str) -> Iterator[tuple[int, Spelling]]:
        lower = folded(text)
        for last, (length, spellings) in self._automaton.iter(lower):
            start, end = last - length + 1, last + 1
            if not _whole(lower, start, end):
                continue
            plain = fold_keep_case(text[start:end])
            seen: set[str] = set()
            for spelling in spellings:
                if (spelling.exact is None or plain == spelling.exact) and spelling.term.kind not in seen:
                    seen.add(spelling.term.kind)
                    yield start, spelling


def _by_folded(terms: Terms) -> dict[str, list[Spelling]]:
    entries: dict[str, list[Spelling]] = {}
    for spelling in terms.spellings():
        if len(spelling.folded) >= _SHORTEST or spelling.exact:
            entries.setdefault(spelling.folded, []).append(spelling)
    return entries


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep of overlapping mentions of one kind the longest, of equally long ones the first; sorted by start."""
    kept: list[Mention] = []
    covered: dict[str, set[int]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.kind)):
        taken = covered.setdefault(mention.kind, set())
        if mention.start not in taken and mention.end - 1 not in taken:  # what is kept is no shorter, so that it holds an end of what it overlaps
            taken.update(range(mention.start, mention.end))
            kept.append(mention)
    return sorted(kept, key=lambda m: (m.start, m.end, m.kind))


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the span starts and ends at the edge of a word."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def _mention(text: str, start: int, spelling: Spelling) -> Mention:
    end = start + len(spelling.folded)
    term = spelling.term
    return Mention(start=start, end=end, text=text[start:end], kind=term.kind, id=term.id, name=term.name, label=term.label, rule=f"lexicon.{spelling.style}")
