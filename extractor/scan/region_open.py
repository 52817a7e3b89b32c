"""Places that no list holds, by the way they are written: `paratrigeminal nucleus`, `nucleus reticularis lateralis`, `areas 9 and 46`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor.records import Mention
from extractor.scan.region_words import RegionNames, RegionWords, word_after, words_before

_MOST_WORDS = 4  # before a head noun; own choice: longer names are rare and the dictionary has them


def open_regions(text: str, mentions: Sequence[Mention], *, words: RegionWords, names: RegionNames) -> Iterator[Mention]:
    """Give the open places of a text.

    Parameters
    ----------
    text
        The text into which the offsets point.
    mentions
        The region mentions known so far, by start. A head noun inside one of them is left to it; one that stands after the head's
        adjectives gives the open place its identifier (`thalamic X nucleus` is in the thalamus).
    words
        The words of region_modifiers.tsv.
    names
        The spellings of the terminology, for open names that are terms after all.

    Returns
    -------
        Mentions that may overlap the known ones; the longer is meant.
    """
    starts = [m.start for m in mentions]
    for match in words.heads.finditer(text):
        within = bisect_right(starts, match.start()) - 1
        if within >= 0 and mentions[within].end > match.start():
            continue
        start, end = _left(text, match.start(), words=words), _right(text, match.end(), head=match[0], words=words)
        if (start, end) != match.span():
            yield _mention(text, start, end=end, inside=_inside(mentions, starts, start=start, end=end), names=names)
    for match in words.numbers.finditer(text):
        yield _mention(text, match.start(), end=match.end(), inside=_inside(mentions, starts, start=match.start(), end=match.end()), names=names)


def _left(text: str, start: int, *, words: RegionWords) -> int:
    for count, (first, _, word) in enumerate(words_before(text, start)):
        if count == _MOST_WORDS or not words.anatomical(word):
            break
        start = first
    return start


def _right(text: str, end: int, *, head: str, words: RegionWords) -> int:
    """The end of the Latin adjectives after `nucleus`."""
    while head == "nucleus" and (after := word_after(text, end)) is not None and _latin(after[1]) and after[1] not in words.stop:
        end = after[0]
    return end


def _latin(word: str) -> bool:
    return len(word) > 5 and word.endswith(("us", "is", "ae", "ii", "orum"))


def _inside(mentions: Sequence[Mention], starts: Sequence[int], *, start: int, end: int) -> Mention | None:
    """The last known mention that begins inside a span."""
    last = bisect_right(starts, end - 1) - 1
    return mentions[last] if last >= 0 and mentions[last].start >= start and mentions[last].end <= end else None


def _mention(text: str, start: int, *, end: int, inside: Mention | None, names: RegionNames) -> Mention:
    written = text[start:end]
    term = names.find(written)
    if term is not None:
        return Mention(start, end, written, "region", term.id, term.name, term.label, "region.open")
    if inside is not None:
        return Mention(start, end, written, "region", inside.id, inside.name, inside.label, "region.open")
    return Mention(start, end, written, "region", label="brain", rule="region.open")
