"""The sources of the PDF samples in (`corpus/sources/*.txt`), the PDFs out (`corpus/samples/*.pdf`), byte for byte the same every time.

A source has a `# title`, `@ lines under it`, `## headings`, `### subheadings` and paragraphs, one a line. The layout puts in what makes
real PDFs hard to read: running heads, page numbers, hyphenated words at line ends and, for `TWO_COLUMNS`, columns.

    python scripts/build_samples.py [--out DIR]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
TWO_COLUMNS = ("sample11",)

# All lengths in points.
MARGIN = 62.0
GUTTER = 20.0
HEAD = A4[1] - 36.0
FOOT = 30.0
WORD = re.compile(r"[A-Za-z]{8,}")
SYLLABLE = re.compile(r"(?<=[aeiouy])(?=[bcdfghjklmnpqrstvwxz][aeiouy])")


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of paragraph is set: font, size, and the space before it, in points."""

    font: str
    size: float
    before: float
    justified: bool = False

    @property
    def leading(self) -> float:
        """The distance from line to line, in points."""
        return self.size * 1.25


TITLE = Style("Times-Bold", 15, 0)
UNDER_TITLE = Style("Times-Italic", 9, 4)
HEADING = Style("Helvetica-Bold", 11, 9)
SUBHEADING = Style("Helvetica-Oblique", 10, 6)
CAPTION = Style("Helvetica", 8, 7)
BODY = Style("Times-Roman", 11, 4, justified=True)
MARKS = {"# ": TITLE, "@ ": UNDER_TITLE, "## ": HEADING, "### ": SUBHEADING}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the source with its style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Line:
    """A set line; `stretch` is the extra space for each blank, in points."""

    text: str
    stretch: float = 0.0


def read_blocks(source: str) -> list[Block]:
    """Split a source into blocks."""
    return [_block(line.strip()) for line in source.split("\n") if line.strip()]


def _block(line: str) -> Block:
    for mark, style in MARKS.items():
        if line.startswith(mark):
            return Block(line.removeprefix(mark), style)
    return Block(line, CAPTION if line.startswith("Figure ") else BODY)


def break_lines(block: Block, width: float) -> list[Line]:
    """Fill lines of a width in points, words hyphenated between syllables where a line of body text would be left short."""
    style, lines, words = block.style, list[Line](), block.text.split(" ")
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, style.font, style.size) <= width:
            line = longer
            continue
        head, tail = _hyphenate(line, word, style=style, width=width) if style.justified else ("", word)
        full = f"{line} {head}" if head else line
        lines.append(Line(full, _stretch(full, style=style, width=width)))
        line = tail
    return [*lines, Line(line)]


def _hyphenate(line: str, word: str, *, style: Style, width: float) -> tuple[str, str]:
    """Split a word so that its first part, with a hyphen, still fits the line; ("", word) where it cannot be split."""
    core = WORD.fullmatch(word.rstrip(".,;:"))
    cuts = [spot.start() for spot in SYLLABLE.finditer(core[0]) if 3 <= spot.start() <= len(core[0]) - 3] if core else []
    for cut in reversed(cuts):
        if stringWidth(f"{line} {word[:cut]}-", style.font, style.size) <= width:
            return f"{word[:cut]}-", word[cut:]
    return "", word


def _stretch(line: str, *, style: Style, width: float) -> float:
    blanks = line.count(" ")
    return (width - stringWidth(line, style.font, style.size)) / blanks if style.justified and blanks else 0.0


class Sheet:
    """A canvas filled column by column, with a running head and a page number on every page.

    Parameters
    ----------
    path
        The PDF to write.
    head
        The running head.
    columns
        Columns below the title, 1 or 2.
    """

    def __init__(self, path: Path, head: str, *, columns: int) -> None:
        self._canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self._canvas.setTitle(head)
        self._canvas.setAuthor("Sample Author")
        self._canvas.setSubject("Synthetic sample article")
        self._canvas.setKeywords("synthetic, modelled sample, not a report of real experiments")
        self._head = head
        self._count = columns
        self._width = (A4[0] - 2 * MARGIN - GUTTER * (columns - 1)) / columns
        self._column = 0
        self._top = A4[1] - MARGIN
        self._y = self._top
        self._furniture()

    def _furniture(self) -> None:
        self._canvas.setFont("Helvetica", 8)
        self._canvas.drawString(MARGIN, HEAD, f"Synthetic Sample Articles / {self._head}")
        self._canvas.drawCentredString(A4[0] / 2, FOOT, str(self._canvas.getPageNumber()))

    def add_wide(self, block: Block) -> None:
        """Set a block over all columns, above what comes next."""
        self._put(break_lines(block, A4[0] - 2 * MARGIN), style=block.style)
        self._top = self._y - 10

    def add(self, block: Block) -> None:
        """Set a block in the columns."""
        if self._y > self._top:
            self._y = self._top
        self._put(break_lines(block, self._width), style=block.style)

    def _put(self, lines: list[Line], *, style: Style) -> None:
        self._y -= style.before
        for line in lines:
            if self._y - style.leading < MARGIN:
                self._next_column()
            self._y -= style.leading
            text = self._canvas.beginText(MARGIN + self._column * (self._width + GUTTER), self._y)
            text.setFont(style.font, style.size)
            text.setWordSpace(line.stretch)
            text.textOut(line.text)
            self._canvas.drawText(text)

    def _next_column(self) -> None:
        self._column += 1
        if self._column == self._count:
            self._canvas.showPage()
            self._column, self._top = 0, A4[1] - MARGIN
            self._furniture()
        self._y = self._top

    def save(self) -> None:
        """Write the file."""
        self._canvas.save()


def build_pdf(source: Path, target: Path) -> None:
    """Set one source as a PDF."""
    title, *rest = read_blocks(source.read_text("utf-8"))
    sheet = Sheet(target, _short(title.text), columns=2 if source.stem in TWO_COLUMNS else 1)
    sheet.add_wide(title)
    for block in rest:
        if block.style is UNDER_TITLE:
            sheet.add_wide(block)
        else:
            sheet.add(block)
    sheet.save()


def _short(title: str) -> str:
    return title.split(":")[0]


def build_all(out: Path) -> Iterator[Path]:
    """Build the PDF of every source, and give their paths."""
    for source in sorted((CORPUS / "sources").glob("*.txt")):
        target = out / f"{source.stem}.pdf"
        build_pdf(source, target)
        yield target


def main() -> None:
    """Write all PDFs and name them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=CORPUS / "samples", help="the folder to write to (default: %(default)s)")
    for path in build_all(parser.parse_args().out):
        print(path)


if __name__ == "__main__":
    main()
