"""The lines of a passage in, its text into the builder: hyphens at line ends, ligatures, inline markup, raised numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.read.blocks import Line
from extractor.read.inline_markup import pieces
from extractor.read.offsets import LAYOUT, TextBuilder

_LIGATURE = re.compile("[\ufb00-\ufb06\u00ad\u0002\ufffe]")
_SOFT = frozenset("\u00ad\u0002\ufffe")  # a hyphen only at a line's end; the last two are pdfium's
_HYPHEN = re.compile(r"(\w{1,40})[-\u00ad\u2010\ufffe\u0002]\s*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class LineReader:
    """Adds lines to a builder. It knows the words of the whole text, to tell a word parted at a line's end from a compound."""

    def __init__(self, builder: TextBuilder, lines: Iterable[Line]) -> None:
        self.builder = builder
        self.counts = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))

    def read(self, lines: Sequence[Line]) -> None:
        """Add the lines of a passage; a word parted at a line's end is joined."""
        for number, line in enumerate(lines):
            follows = lines[number + 1].text if number + 1 < len(lines) else ""
            hyphen = _HYPHEN.search(line.text)
            if hyphen and follows and self._joins(hyphen.group(1), follows):
                cut = hyphen.end(1)
                self._line(Line(line.text[:cut], line.start, line.raised))
                self.builder.skip("line-end hyphens", len(line.text) - cut)
            elif hyphen and follows:
                cut = hyphen.end(1)
                self._line(Line(line.text[:cut], line.start, line.raised))
                self.builder.add("-" if line.text[cut] in _SOFT else line.text[cut], line.start + cut)
                self.builder.skip(LAYOUT, len(line.text) - cut - 1)
            else:
                self._line(line)

    def _joins(self, left: str, follows: str) -> bool:
        """Say whether a hyphen at a line's end goes: not in a compound that the text has elsewhere, nor before a capital or number."""
        right = _WORD.match(follows.lstrip())
        if right is None or not right.group()[0].islower():
            return False
        first, rest = left.lower(), right.group().lower()
        if f"{first}{rest}" in self.counts:
            return True
        return f"{first}-{rest}" not in self.counts and not (min(self.counts[first], self.counts[rest]) > 1 and min(len(first), len(rest)) > 3)

    def _line(self, line: Line) -> None:
        place = 0
        for start, end in line.raised:
            self._marked(line.text[place:start], line.start + place)
            self._raised(line.text[start:end], line.start + start)
            place = end
        self._marked(line.text[place:], line.start + place)

    def _marked(self, text: str, start: int) -> None:
        for piece in pieces(text, start=start):
            if piece.kind == "markup":
                self.builder.skip("markup", piece.consumed)
            elif piece.kind == "raised":
                self._raised(piece.text, piece.start)
            elif len(piece.text) == piece.consumed:
                self.words(piece.text, piece.start)
            else:
                self.builder.add(piece.text, piece.start, consumed=piece.consumed)

    def _raised(self, text: str, start: int) -> None:
        before = self.builder.length
        self.words(text, start)
        self.builder.cite(before, (text.strip(),))

    def words(self, text: str, start: int) -> None:
        """Add text without markup; ligatures become letters."""
        place = 0
        for ligature in _LIGATURE.finditer(text):
            self.builder.add(text[place : ligature.start()], start + place)
            place = ligature.end()
            letters = unicodedata.normalize("NFKC", ligature.group())
            if letters in _SOFT:
                self.builder.skip("soft hyphens", 1)
            else:
                for number, letter in enumerate(letters):
                    self.builder.add(letter, start + ligature.start(), consumed=int(number == 0))
        self.builder.add(text[place:], start + place)
