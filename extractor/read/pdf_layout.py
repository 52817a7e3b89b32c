"""The runs of a document's pages in, blocks in reading order out: columns one after the other, page furniture set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extractor.read.blocks import ENDS_SENTENCE, Block, Line, is_marked
from extractor.read.pdf_pages import Run
from extractor.read.reference_lines import starts_item

MARGIN = 0.09  # of the page's height, at its top and bottom; running heads and page numbers stand there; own choice
REPEATS = 2  # pages; what stands in the margin of so many is furniture
HEADING_SIZE = 1.08  # of the body's size; own choice
CROSSING = 0.12  # share of the runs that may cross a gutter (titles, wide figures) before there is none; own choice
LINE_GAP = 1.7  # of a line's size between baselines; more parts paragraphs; own choice
INDENT = 0.7  # of a line's size; own choice
_GRID = 24  # places tried for a gutter


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points, its text, where that begins in the document's text, and its runs."""

    width: float
    height: float
    text: str
    start: int
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class Placed:
    """A baseline of one column: its runs from left to right."""

    page: Page
    runs: tuple[Run, ...]
    new_column: bool = False

    @property
    def first(self) -> Run:
        """The leftmost run."""
        return self.runs[0]

    def lines(self) -> tuple[Line, ...]:
        """The runs as lines of the source."""
        return tuple(_line(self.page, run) for run in self.runs)


def layout(pages: Sequence[Page]) -> tuple[list[Block], list[Line]]:
    """Return the blocks of prose, captions and rows in reading order, and the lines that are page furniture."""
    furniture = _furniture(pages)
    placed = [line for page in pages for line in _ordered(page, [run for run in page.runs if (page.start, run.start) not in furniture])]
    sizes = [run.size for line in placed for run in line.runs for _ in range(run.end - run.start)]
    body = median(sizes) if sizes else 10.0
    left_out = [_line(page, run) for page in pages for run in page.runs if (page.start, run.start) in furniture]
    return list(_blocks(placed, body=body)), left_out


def _line(page: Page, run: Run) -> Line:
    return Line(page.text[run.start : run.end], page.start + run.start, tuple((start - run.start, end - run.start) for start, end in run.raised))


def _furniture(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Return (page start, run start) of running heads and page numbers: in the margin, and repeated, numbers aside, or a bare number."""
    found = [(page, run, re.sub(r"\d+", "#", page.text[run.start : run.end].strip())) for page in pages for run in page.runs if _in_margin(page, run)]
    counts = Counter(words for words in (set_words for _, _, set_words in found))
    return {
        (page.start, run.start)
        for page, run, words in found
        if counts[words] >= REPEATS or re.fullmatch(r"\W*(?:page\s)?#(?:\s*(?:of|/)\s*#)?\W*", words, re.I)
    }


def _in_margin(page: Page, run: Run) -> bool:
    return run.bottom > page.height * (1 - MARGIN) or run.top < page.height * MARGIN


def _ordered(page: Page, runs: Sequence[Run]) -> Iterator[Placed]:
    """Yield the baselines of a page in reading order: bands between full-width lines, in each the left column, then the right one."""
    gutter = _gutter(runs)
    band: list[Run] = []
    for baseline in _baselines(runs):
        if gutter is not None and any(run.left < gutter < run.right for run in baseline):
            yield from _columns(page, band, gutter)
            band = []
            yield Placed(page, tuple(baseline))
        else:
            band.extend(baseline)
    yield from _columns(page, band, gutter)


def _columns(page: Page, runs: Sequence[Run], gutter: float | None) -> Iterator[Placed]:
    sides = [runs] if gutter is None else [[run for run in runs if run.left < gutter], [run for run in runs if run.left >= gutter]]
    for side in sides:
        for number, baseline in enumerate(_baselines(side)):
            yield Placed(page, tuple(baseline), new_column=number == 0)


def _baselines(runs: Sequence[Run]) -> list[list[Run]]:
    """Group runs by baseline, from the top down; in each from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.bottom):
        middle = (run.bottom + run.top) / 2
        if lines and lines[-1][0].bottom <= middle <= lines[-1][0].top + 0.2 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.left) for line in lines]


def _gutter(runs: Sequence[Run]) -> float | None:
    """Return the place of the blank strip between two columns, or None for a page of one column."""
    if len(runs) < 6:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    places = [left + (right - left) * (0.35 + 0.3 * step / _GRID) for step in range(_GRID + 1)]
    crossing = [sum(run.left < place < run.right for run in runs) for place in places]
    fewest = min(crossing)
    clear = [place for place, number in zip(places, crossing, strict=True) if number == fewest]
    gutter = clear[len(clear) // 2]
    sides = sum(run.right <= gutter for run in runs), sum(run.left >= gutter for run in runs)
    long_lines = sum(run.right - run.left > 0.3 * (right - left) for run in runs)
    few = fewest > max(2, CROSSING * len(runs)) or min(sides) < 4 or long_lines < len(runs) / 3
    return None if few else gutter


def _blocks(placed: Sequence[Placed], *, body: float) -> Iterator[Block]:
    waiting: list[Placed] = []
    for number, line in enumerate(placed):
        before = placed[number - 1] if number else None
        if _is_row(line, placed, number):
            if waiting:
                yield _block(waiting, body=body)
            waiting = []
            yield _row(line)
        elif waiting and before is not None and not _parts(waiting, line):
            waiting.append(line)
        else:
            if waiting:
                yield _block(waiting, body=body)
            waiting = [line]
    if waiting:
        yield _block(waiting, body=body)


def _is_row(line: Placed, placed: Sequence[Placed], number: int) -> bool:
    """Say whether a baseline is a row of a table: it has cells, and so has the one above or below."""
    near = placed[max(0, number - 1) : number + 2]
    return len(line.runs) > 1 and sum(len(other.runs) > 1 for other in near) > 1


def _row(line: Placed) -> Block:
    return Block(line.lines(), rows=True, separator="\ufdd0")


def _parts(waiting: Sequence[Placed], line: Placed) -> bool:
    """Say whether a baseline begins a new block after those that wait."""
    last = waiting[-1]
    first, own = last.first, line.first
    if line.new_column or line.page is not last.page or abs(own.size - first.size) > 0.08 * first.size or own.bold != first.bold:
        return True
    if first.bottom - own.bottom > LINE_GAP * first.size or own.bottom > first.top:
        return True
    if starts_item(line.page.text[own.start : own.end]) and (own.left < first.left - 1 or len(waiting) == 1 or own.left <= waiting[0].first.left + 1):
        return True
    edge = max(placed.runs[-1].right for placed in waiting)
    words = last.page.text[last.runs[-1].start : last.runs[-1].end].strip()
    short = last.runs[-1].right < edge - 2 * first.size and ENDS_SENTENCE.search(words) is not None
    indented = own.left > min(placed.first.left for placed in waiting[-2:]) + INDENT * own.size and len(waiting) > 1
    return short or indented or is_marked(words)


def _block(waiting: Sequence[Placed], *, body: float) -> Block:
    lines = tuple(line for placed in waiting for line in placed.lines())
    size, bold = waiting[0].first.size, waiting[0].first.bold
    text = " ".join(line.text for line in lines).strip()
    level = None
    if len(waiting) <= 3 and len(text) <= 200 and not starts_item(text):
        if size > 1.35 * body:
            level = 1 if waiting[0].page.start == 0 else 2
        elif (size > HEADING_SIZE * body or bold) and not text.endswith((".", ",")):
            level = 2
    return Block(lines, level=level, flows=waiting[0].new_column)
