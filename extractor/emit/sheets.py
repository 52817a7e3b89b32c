"""Rows of text to CSV, TSV and XLSX and back, safe to open in a spreadsheet program.

A cell that a spreadsheet would take for a formula is guarded: by an apostrophe in CSV and TSV, by the type of the cell in XLSX.
Control characters become blanks; a cell longer than a spreadsheet can hold is cut and says so.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

from extractor.emit.atomic import whole
from extractor.errors import DataError, UsageError

Row = Mapping[str, str]

CELL_LIMIT = 32_767  # characters; Excel specifications and limits
ROW_LIMIT = 1_048_576  # rows of a sheet with the header; Excel specifications and limits
CUT = " … [cut: longer than a spreadsheet cell can hold]"
GUARD = "'"
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－﹣＠]")  # OWASP, CSV Injection; with the full-width forms that spreadsheets also take
_GUARDED = re.compile(GUARD + _FORMULA.pattern)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_LIST_LIMIT = 255  # characters of a validation list in a cell; Excel


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its name, its width in characters, whether its cells are wrapped, and what may be chosen in it."""

    name: str
    width: int = 14
    wrap: bool = False
    choices: tuple[str, ...] = ()


def clean(value: str) -> str:
    """Return the value as one printable line that fits a cell."""
    line = _UNPRINTABLE.sub(" ", value)
    return line if len(line) <= CELL_LIMIT else line[: CELL_LIMIT - len(CUT)] + CUT


def guard(value: str) -> str:
    """Return the value so that no spreadsheet takes it for a formula.

    >>> guard("=1+1"), guard("BDNF")
    ("'=1+1", 'BDNF')
    """
    line = clean(value)
    return clean(GUARD + line) if _FORMULA.match(line) else line


def unguard(value: str) -> str:
    """Take the apostrophe of `guard` away."""
    return value[1:] if _GUARDED.match(value) else value


def write_csv(rows: Iterable[Row], path: Path, *, columns: Sequence[Column]) -> int:
    """Write comma-separated rows, in UTF-8 with a mark by which Excel knows it; return how many."""
    return _write_separated(rows, path, columns=columns, delimiter=",")


def write_tab_separated(rows: Iterable[Row], path: Path, *, columns: Sequence[Column]) -> int:
    """Write tab-separated rows; return how many."""
    return _write_separated(rows, path, columns=columns, delimiter="\t")


def _write_separated(rows: Iterable[Row], path: Path, *, columns: Sequence[Column], delimiter: str) -> int:
    count = 0
    with whole(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file, delimiter=delimiter)
        sheet.writerow([column.name for column in columns])
        for row in rows:
            sheet.writerow([guard(row.get(column.name, "")) for column in columns])
            count += 1
    return count


def write_xlsx(rows: Iterable[Row], path: Path, *, columns: Sequence[Column]) -> int:
    """Write a workbook of one sheet: header frozen, long cells wrapped, choices as drop-down lists; return how many rows.

    Raises
    ------
    UsageError
        There are more rows than a sheet can hold.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("claims")
    _lay_out(sheet, columns)
    count = 0
    try:
        for count, row in enumerate(rows, 1):
            if count >= ROW_LIMIT:
                raise UsageError(
                    f"more than {ROW_LIMIT - 1} claims", place=path, expected="what fits a sheet", repair="write .csv or .tsv, or split the claims"
                )
            sheet.append([_cell(sheet, clean(row.get(column.name, "")), wrap=column.wrap) for column in columns])
    finally:
        sheet.close()
    with whole(path) as draft:
        book.save(draft)
    return count


def _lay_out(sheet: Any, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        listed = ",".join(column.choices)
        if listed and len(listed) <= _LIST_LIMIT:
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True, errorTitle=column.name)
            choice.error = f"One of: {listed}"
            choice.add(f"{letter}2:{letter}{ROW_LIMIT}")
            sheet.data_validations.append(choice)
    header = [_cell(sheet, column.name, wrap=False) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)


def _cell(sheet: Any, value: str, *, wrap: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet, value=value or None)
    if value:
        cell.data_type = "s"
    if _FORMULA.match(value):
        cell.quotePrefix = True
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    return cell


def read_csv(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Read comma-separated rows back, each with its line."""
    return _read_separated(path, delimiter=",")


def read_tab_separated(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Read tab-separated rows back, each with its line."""
    return _read_separated(path, delimiter="\t")


def _read_separated(path: Path, *, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sheet = csv.reader(file, delimiter=delimiter)
            header = next(sheet, [])
            for cells in sheet:
                yield sheet.line_num, {name: unguard(cell) for name, cell in zip(header, cells, strict=False)}
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"not readable as a table: {error}", place=path, expected="UTF-8 text as `extractor records` writes it") from error


def read_xlsx(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the first sheet of a workbook back, each row with its number."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True)
    except (InvalidFileException, BadZipFile, KeyError, OSError) as error:
        raise DataError(f"not readable as a workbook: {error}", place=path, expected="an .xlsx file as `extractor records` writes it") from error
    rows = book.worksheets[0].iter_rows(values_only=True)
    header = [str(value or "") for value in next(rows, ())]
    for number, cells in enumerate(rows, 2):
        yield number, {name: "" if cell is None else str(cell) for name, cell in zip(header, cells, strict=False)}
    book.close()


class SheetWriter(Protocol):
    """Writes rows to a file and returns how many."""

    def __call__(self, rows: Iterable[Row], path: Path, *, columns: Sequence[Column]) -> int: ...


SheetReader = Callable[[Path], Iterator[tuple[int, dict[str, str]]]]

SHEETS: Mapping[str, tuple[SheetWriter, SheetReader]] = {
    ".csv": (write_csv, read_csv),
    ".tsv": (write_tab_separated, read_tab_separated),
    ".xlsx": (write_xlsx, read_xlsx),
}


def sheet_kind(path: Path) -> tuple[SheetWriter, SheetReader]:
    """Return how a sheet of this name is written and read. Raises `UsageError` for a name with another ending."""
    kind = SHEETS.get(path.suffix.lower())
    if kind is None:
        raise UsageError(
            f"a sheet that ends in {path.suffix or 'nothing'}", place=path, expected=f"one of {', '.join(SHEETS)}", repair="give the file one of these endings"
        )
    return kind
