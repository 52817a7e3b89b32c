"""Passages in, the one text of an article out, with the source map and the count of what was read and skipped.

Blanks are normalised here and nowhere else: a run of them inside a passage becomes one blank, those at its ends are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from extractor.records import Citation, Passage, PassageKind, Receipt, Section, Skip, SourceMap

JOINT = "\n\n"
LAYOUT = "layout blanks"
_OWN = -1  # the place of a blank that the reader made itself
_RUN = re.compile(r"\s+|\S+(?: \S+)*")


@dataclass(frozen=True, slots=True)
class Built:
    """What a `TextBuilder` made: the parts of an `Article` that depend on the text."""

    text: str
    passages: tuple[Passage, ...]
    citations: tuple[Citation, ...]
    source_map: SourceMap
    receipt: Receipt


class TextBuilder:
    """Collects the passages of one article in reading order.

    Every character of the source goes in once, by `add` or by `skip`; `build` then gives a receipt that adds up. In the source map a
    character of the text equals the source character it points to, except that any blank may stand for any other, and that what the
    reader decoded (an entity reference, an escape of JSON, a ligature, a letter of TeX) points to the place where its source begins.

    Examples
    --------
    >>> builder = TextBuilder()
    >>> builder.open("paragraph", section=Section.RESULTS)
    >>> builder.add("BDNF  rose.", 40)
    >>> builder.close()
    >>> built = builder.build()
    >>> built.text, built.source_map.runs
    ('BDNF rose.', ((0, 5, 40), (5, 10, 46)))
    """

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int]] = []
        self._passages: list[Passage] = []
        self._citations: list[Citation] = []
        self._skipped: Counter[str] = Counter()
        self._read = 0
        self._open: tuple[PassageKind, Section, tuple[str, ...]] | None = None
        self._start: int | None = None
        self._blank: int | None = None

    def open(self, kind: PassageKind, *, section: Section, path: tuple[str, ...] = ()) -> None:
        """Begin a passage; one that is open is closed first."""
        self.close()
        self._open = (kind, section, path)

    def close(self) -> None:
        """End the open passage. One without a character that is no blank leaves no trace in the text."""
        if self._blank is not None and self._blank != _OWN:
            self._skipped[LAYOUT] += 1
        self._blank = None
        if self._open is not None and self._start is not None:
            kind, section, path = self._open
            self._passages.append(Passage(self._start, self.length, kind, section, path))
        self._open = self._start = None

    def add(self, text: str, source: int, *, consumed: int | None = None) -> None:
        """Append source text to the open passage; text outside any passage is counted as skipped.

        Parameters
        ----------
        text
            The characters to append.
        source
            Where they begin in the source.
        consumed
            How many characters of the source they stand for, where that is not their own number (a ligature).
        """
        if self._open is None:
            self.skip(LAYOUT if text.isspace() else "text between passages", len(text))
            return
        for run in _RUN.finditer(text):
            piece = run.group()
            if piece[0].isspace():
                self._add_blank(source + run.start(), len(piece))
            else:
                self._add_words(piece, source + run.start())
                self._read += len(piece)
        if consumed is not None and not text.isspace():
            self._read += consumed - len(text)

    def blank(self) -> None:
        """Keep what follows apart from what went before, where the source has a break but no blank."""
        if self._start is not None and self._blank is None:
            self._blank = _OWN

    def part_words(self) -> None:
        """Keep what follows apart from a letter or digit before it, where two elements are words of their own."""
        if self._parts and self._parts[-1][-1].isalnum():
            self.blank()

    def skip(self, reason: str, characters: int) -> None:
        """Count characters of the source that are not read."""
        if characters:
            self._skipped[reason] += characters

    def cite(self, start: int, keys: tuple[str, ...]) -> None:
        """Record that the text from `start` (a former `length`) to here cites the references `keys`."""
        if keys and self.length > start:
            self._citations.append(Citation(start, self.length, keys))

    def build(self, *, notes: tuple[str, ...] = ()) -> Built:
        """Return the text with all that points into it."""
        self.close()
        text = "".join(self._parts)
        skips = tuple(Skip(reason, number) for reason, number in sorted(self._skipped.items()) if number)
        citations = tuple(trimmed for citation in self._citations if (trimmed := _trim(citation, text)))
        return Built(text, tuple(self._passages), citations, SourceMap(tuple(self._runs)), Receipt(self._read, skips, notes))

    def _add_blank(self, source: int, characters: int) -> None:
        if self._start is None or self._blank not in (None, _OWN):
            self._skipped[LAYOUT] += characters
            return
        self._blank = source
        self._skipped[LAYOUT] += characters - 1

    def _add_words(self, piece: str, source: int) -> None:
        if self._start is None:
            if self._passages:
                self._append(JOINT)
            self._start = self.length
        elif self._blank is not None:
            if self._blank != _OWN:
                self._map(1, self._blank)
                self._read += 1
            self._append(" ")
        self._blank = None
        self._map(len(piece), source)
        self._append(piece)

    def _append(self, piece: str) -> None:
        self._parts.append(piece)
        self.length += len(piece)

    def _map(self, characters: int, source: int) -> None:
        if self._runs:
            start, end, first = self._runs[-1]
            if end == self.length and first + end - start == source:
                self._runs[-1] = (start, end + characters, first)
                return
        self._runs.append((self.length, self.length + characters, source))


def _trim(citation: Citation, text: str) -> Citation | None:
    words = text[citation.start : citation.end]
    start = citation.start + len(words) - len(words.lstrip())
    end = citation.end - len(words) + len(words.rstrip())
    return Citation(start, end, citation.keys) if start < end else None
