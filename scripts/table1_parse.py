"""The printed Table 1 of the review, read from its text conversion: text in, one `CellRow` for each arrow in each cell out.

A cell prints groups such as `p ↓ (57) ↑ (76, 149)`: an arrow, words before or after it, and the references it rests on. What a
column or row means is not decided here; the cells stand as printed, under the column head that stands above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from extractor.errors import DataError
from extractor.tables import Row
from pydantic import BeforeValidator

Arrow = Literal["↑", "↓", "–"]
FIELDS = 16  # the row label and fifteen cells; the conversion keeps the count in every row, though not always the place

_NOTE = r"(?:[^()↑↓–]|(?<=\d)–(?=\d))*?"  # words beside an arrow; a dash between digits is a range, not an arrow
_GROUP = re.compile(rf"\s*,?\s*(?P<before>{_NOTE})\s*(?P<arrow>[↑↓]|(?<!\d)–)\s*(?P<after>{_NOTE})\s*(?P<refs>\([\d\s,–]+\)(?:\s*,?\s*\([\d\s,–]+\))*)")
_REFERENCE = re.compile(r"(\d+)(?:\s*–\s*(\d+))?")
_TITLE = "TABLE 1 |"


def _numbers(value: object) -> object:
    return tuple(part for part in value.split("|") if part) if isinstance(value, str) else value


class CellRow(Row):
    """One arrow of one printed cell. `order` counts the rows of the table from 1, printed empty ones too."""

    order: int
    row: str
    cell: str
    arrow: Arrow
    modifier: str = ""
    refs: Annotated[tuple[int, ...], BeforeValidator(_numbers)]


@dataclass(frozen=True, slots=True)
class Group:
    """One arrow with the words beside it and the references behind it."""

    arrow: str
    modifier: str
    refs: tuple[int, ...]


def parse_cell(text: str, *, place: str = "") -> list[Group]:
    """Read the groups of one cell.

    Parameters
    ----------
    text
        The cell as printed.
    place
        File and line, for messages.

    Returns
    -------
        The groups in printed order; none for an empty cell.

    Raises
    ------
    DataError
        Something in the cell belongs to no group.

    >>> parse_cell("p ↓ (57) ↑ (76, 149)")
    [Group(arrow='↓', modifier='p', refs=(57,)), Group(arrow='↑', modifier='', refs=(76, 149))]
    """
    groups, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _GROUP.match(text, at)
        if match is None:
            raise DataError(f"cell {text!r}: {text[at:]!r} is not read", place=place, expected="an arrow and references in brackets", repair="mend the cell")
        note = " ".join(part for part in (match["before"].strip(), match["after"].strip()) if part)
        groups.append(Group(arrow=match["arrow"], modifier=note, refs=tuple(expand_references(match["refs"], place=place))))
        at = match.end()
    return groups


def expand_references(text: str, *, place: str = "") -> Iterator[int]:
    """Give every reference number of a bracket, ranges written out. Raises `DataError` for a range that falls.

    >>> list(expand_references("(68–70), (154)"))
    [68, 69, 70, 154]
    """
    for first, last in _REFERENCE.findall(text):
        numbers = range(int(first), int(last or first) + 1)
        if not numbers:
            raise DataError(f"reference range {first}–{last}", place=place, expected="a rising range")
        yield from numbers


def parse_table(text: str, columns: Sequence[tuple[str, str]], *, place: str = "") -> tuple[list[str], list[CellRow]]:
    """Read all rows of the table.

    Parameters
    ----------
    text
        The whole review as text, cells separated by tabs.
    columns
        The grid from left to right, as (column, head): the head is what the table prints, the column a name that is unique.
    place
        The file, for messages.

    Returns
    -------
        The labels of all rows in order, and the arrows of all cells.

    Raises
    ------
    DataError
        The table is missing, a head is not the grid's, a row has more or fewer fields, a cell does not parse or has no head above it.
    """
    labels: list[str] = []
    cells: list[CellRow] = []
    heads: dict[int, str] | None = None
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{place}:{number}"
        inside = line.startswith(_TITLE) or (inside and (not line.strip() or "\t" in line))
        fields = line.split("\t")
        if not inside or len(fields) == 1:
            continue
        if fields[0].strip():
            labels.append(fields[0].strip())
            cells += _row(fields, heads=heads, order=len(labels), place=where)
        elif len(found := [field.strip() for field in fields if field.strip()]) >= len(columns) - 1:
            heads = _heads(fields, columns, place=where, found=found)
    if not labels:
        raise DataError("no table", place=place, expected=f"a line that starts with {_TITLE!r}, and rows with tabs")
    return labels, cells


def _heads(fields: Sequence[str], columns: Sequence[tuple[str, str]], *, place: str, found: Sequence[str]) -> dict[int, str]:
    """Pair the places of a head line with columns. The first column has its head on a line above, and a place only if the conversion left it one."""
    expected = [head for _, head in columns[1:]]
    if list(found) != expected:
        raise DataError(f"column heads {list(found)}", place=place, expected=f"{expected}", repair="mend gold/columns.tsv")
    places = [index for index, field in enumerate(fields) if field.strip()]
    heads = dict(zip(places, (column for column, _ in columns[1:]), strict=True))
    return heads if places[0] == 1 else {places[0] - 1: columns[0][0], **heads}


def _row(fields: Sequence[str], *, heads: dict[int, str] | None, order: int, place: str) -> Iterator[CellRow]:
    if heads is None or len(fields) != FIELDS:
        raise DataError(f"row {fields[0]!r} with {len(fields)} fields", place=place, expected=f"{FIELDS} below a line of column heads", repair="check the tabs")
    for index, field in enumerate(fields[1:], 1):
        for group in parse_cell(field, place=place):
            if index not in heads:
                raise DataError(f"row {fields[0]!r} has {field!r} in field {index}", place=place, expected="a column head above it")
            entry = {"order": order, "row": fields[0].strip(), "cell": heads[index], "arrow": group.arrow, "modifier": group.modifier, "refs": group.refs}
            yield CellRow.model_validate(entry)
