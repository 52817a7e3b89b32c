"""The characters of a PDF page as pdfium gives them in, runs of them on one baseline out, with their boxes."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

WIDE_GAP = 1.4  # font sizes; a wider blank inside a baseline parts columns or cells; own choice, justified lines stay below 1
RAISED = 0.85  # of the size of the line; a smaller digit above its baseline is a superscript; own choice
_BREAKS = "\r\n"
_RAISED_CHARACTERS = frozenset("0123456789,–-— ")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `[start, end)` of the page text, without a break or a wide gap. Coordinates are points from the lower left."""

    start: int
    end: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    raised: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Character:
    index: int
    left: float
    right: float
    bottom: float
    top: float


def page_runs(textpage: Any) -> tuple[str, list[Run]]:
    """Return the text of a page, one character for each that pdfium counts, and its runs in the order of the file."""
    handle = textpage.raw
    count = pdfium.FPDFText_CountChars(handle)
    text = "".join(_character(pdfium.FPDFText_GetUnicode(handle, index)) for index in range(count))
    runs: list[Run] = []
    waiting: list[_Character] = []
    begin = 0
    for index, character in enumerate(text):
        if character in _BREAKS:
            _finish(handle, text, waiting, begin=begin, end=index, runs=runs)
            waiting, begin = [], index
        elif character.isprintable() and character != " " and character != "\ufffe":
            box = _box(handle, index)
            if waiting and _apart(waiting[-1], box, size=_size(handle, waiting[-1].index)):
                _finish(handle, text, waiting, begin=begin, end=index, runs=runs)
                waiting, begin = [], index
            waiting.append(box)
    _finish(handle, text, waiting, begin=begin, end=count, runs=runs)
    return text, _covering(runs, count)


def _character(code: int) -> str:
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _box(handle: Any, index: int) -> _Character:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
    return _Character(index, left.value, right.value, bottom.value, top.value)


def _size(handle: Any, index: int) -> float:
    return float(pdfium.FPDFText_GetFontSize(handle, index)) or 10.0


def _apart(before: _Character, after: _Character, *, size: float) -> bool:
    return after.left - before.right > WIDE_GAP * size or after.right < before.left - size


def _finish(handle: Any, text: str, waiting: list[_Character], *, begin: int, end: int, runs: list[Run]) -> None:
    if not waiting:
        return
    sizes = [_height(handle, character.index) for character in waiting]
    size = median(sizes)
    letters = [character for character, own in zip(waiting, sizes, strict=True) if own > RAISED * size] or waiting
    base = median(character.bottom for character in letters)
    raised = [
        character.index
        for character, own in zip(waiting, sizes, strict=True)
        if own <= RAISED * size and character.bottom > base + 0.15 * size and text[character.index] in _RAISED_CHARACTERS
    ]
    weights = [pdfium.FPDFText_GetFontWeight(handle, character.index) for character in waiting[:: max(1, len(waiting) // 4)]]
    names = _font_name(handle, waiting[0].index)
    runs.append(
        Run(
            start=begin,
            end=end,
            left=min(character.left for character in waiting),
            right=max(character.right for character in waiting),
            bottom=min(character.bottom for character in letters),
            top=max(character.top for character in letters),
            size=size,
            bold=min(weights) >= 600 or "bold" in names.lower(),
            raised=_spans(raised),
        )
    )


def _height(handle: Any, index: int) -> float:
    """Return the size at which a character is drawn: the font's size times the scale of the text."""
    matrix = pdfium.FS_MATRIX()
    size = _size(handle, index)
    if pdfium.FPDFText_GetMatrix(handle, index, matrix):
        size *= abs(matrix.d) or abs(matrix.b) or 1.0
    return round(size, 1)


def _font_name(handle: Any, index: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    return buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace")


def _spans(indices: list[int]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for index in indices:
        if spans and spans[-1][1] == index:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return tuple(spans)


def _covering(runs: list[Run], count: int) -> list[Run]:
    """Stretch the runs so that every character of the page, breaks and blanks too, is in one."""
    ends = [*(run.start for run in runs[1:]), count] if runs else []
    starts = [0, *ends[:-1]] if runs else []
    return [replace(run, start=start, end=end) for run, start, end in zip(runs, starts, ends, strict=True)]
