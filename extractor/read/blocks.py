"""Lines and the blocks they form: what the plain-text and the PDF reader hand to `prose`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.read.section_kinds import section_of

ENDS_SENTENCE = re.compile(r"[.!?:][\"'”’)\]*}\d,–^{]{0,12}\s*$")
UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{3,})\s*")
LONGEST_HEADING = 150  # characters; own choice: the longest heading of 40 journals tried takes two lines
_NUMBERING = re.compile(r"\d+(?:\.\d+)*[.)]?\s+")
_CONTINUES = re.compile(r"[a-z(\[,;)]|\d+ [a-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source with the end-of-line characters, and where it begins. `raised` are spans in it, set as superscript."""

    text: str
    start: int
    raised: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together.

    `level` is the rank of a heading that the source marks as one (1 is the title). `rows` says that the cells of the lines are parted
    by `separator`. `flows` says that the block stands at the top of a column or page, where a sentence may go on.
    """

    lines: tuple[Line, ...]
    level: int | None = None
    rows: bool = False
    separator: str = "\t"
    flows: bool = False

    @property
    def text(self) -> str:
        """All words, blanks made one; the line that underlines a heading is no part of it."""
        lines = self.lines[:-1] if self.level is not None and UNDERLINE.fullmatch(self.lines[-1].text) else self.lines
        return " ".join(" ".join(line.text for line in lines).split())

    @property
    def characters(self) -> int:
        """How many characters of the source the block takes."""
        return sum(len(line.text) for line in self.lines)


def continues(previous: str, block: Block) -> bool:
    """Say whether a block goes on with a sentence that `previous` left open at the end of a page or column."""
    if not previous or ENDS_SENTENCE.search(previous) or block.level is not None or block.rows:
        return False
    return bool(_CONTINUES.match(block.text)) or (block.flows and len(previous) > LONGEST_HEADING)


def is_heading(block: Block, *, after: Sequence[Block]) -> bool:
    """Say whether a block is a heading: marked as one, a known heading word, in capitals, or short and followed by longer prose."""
    text = block.text
    if block.level is not None:
        return True
    if block.rows or len(text) > LONGEST_HEADING or not text[:1].isalnum() and not text.startswith(("*", "“")):
        return False
    if is_marked(text):
        return True
    follows = next((other for other in after if other.text), None)
    if ENDS_SENTENCE.search(text) or text.endswith((",", ";")) or follows is None or follows.rows or not _NUMBERING.sub("", text)[:1].isupper():
        return False
    prose = follows.text
    return (
        len(block.lines) <= 2
        and len(prose) > max(80, len(text))
        and prose[0].isupper()
        and (len(prose) > 2 * LONGEST_HEADING or ENDS_SENTENCE.search(prose) is not None)
    )


def is_marked(text: str) -> bool:
    """Say whether a line is a heading by its own words: known ones, or all in capitals."""
    letters = [character for character in text if character.isalpha()]
    shouting = len(letters) >= 4 and text.upper() == text and any(len(word) >= 4 and word.isalpha() for word in text.split())
    return section_of(text) is not None or (shouting and not text.endswith((".", ",")) and len(text) < 100)
