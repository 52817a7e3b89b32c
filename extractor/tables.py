"""Tab-separated data files in, validated rows out. A broken row stops the run and names file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from extractor.errors import DataError


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("|") if part.strip())
    return value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class Row(BaseModel):
    """A row of a table: strings stripped, unknown columns refused, empty cells left to the field's default."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class TermRow(Row):
    """A named thing of molecules.tsv, regions.tsv, species.tsv or agents.tsv.

    `id` is a lower-case Bioregistry CURIE or empty. `name` is unique in its file. `synonyms` match whatever their case, with the
    variants of `extractor.variants`; `exact` ones (acronyms, ambiguous words) only as written. `adjectives` match whatever their
    case and mean the term when they qualify something ("hippocampal"). `parents` are names in the same file, nearest first.
    `xrefs` are further CURIEs. `source` says where the facts of the row come from (a key of lexicons/README.md).
    """

    id: str = ""
    name: str
    label: str
    synonyms: Words = ()
    exact: Words = ()
    adjectives: Words = ()
    parents: Words = ()
    xrefs: Words = ()
    source: str = ""


AnyRow = TypeVar("AnyRow", bound=Row)

LEXICONS: Traversable = files("extractor") / "lexicons"


def read_rows(path: Path | Traversable, row_type: type[AnyRow]) -> list[AnyRow]:
    """Read a TSV file whose header names fields of `row_type`.

    Lines that start with `#` are comments. Cells hold no quotes or escapes; `|` separates the members of a list.

    Parameters
    ----------
    path
        A UTF-8 file.
    row_type
        The model of one row.

    Returns
    -------
        The rows in file order.

    Raises
    ------
    DataError
        The file is missing or empty, the header has an unknown, missing or repeated column, or a row does not fit.
    """
    return [row for _, row in numbered_rows(path, row_type)]


def numbered_rows(path: Path | Traversable, row_type: type[AnyRow]) -> Iterator[tuple[int, AnyRow]]:
    """Like `read_rows`, with the line number of each row, for messages about it. Raises the same errors."""
    if not path.is_file():
        raise DataError("no such file", place=str(path), expected="a tab-separated table")
    lines = path.read_text("utf-8").split("\n")
    numbered = [(no, line) for no, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise DataError("the table is empty", place=str(path), expected="a header line and rows")
    (head_no, head), *body = numbered
    header = head.rstrip("\r").split("\t")
    _check_header(header, row_type=row_type, place=f"{path}:{head_no}")
    for no, cells in zip((no for no, _ in body), csv.reader((line for _, line in body), delimiter="\t", quoting=csv.QUOTE_NONE), strict=True):
        yield no, _row(dict_of(header, cells, place=f"{path}:{no}"), row_type=row_type, place=f"{path}:{no}")


def words_by_kind(rows: Iterable[tuple[int, str, tuple[str, ...]]], *, kinds: Iterable[str], table: str) -> dict[str, tuple[str, ...]]:
    """Join the rows of a table that has one row for each kind of words.

    Parameters
    ----------
    rows
        Line number, kind and words of each.
    kinds
        The kinds that must be there.
    table
        The name of the file, for messages.

    Raises
    ------
    DataError
        One of the kinds has no row or two.
    """
    found: dict[str, tuple[str, ...]] = {}
    for no, kind, words in rows:
        if kind in found:
            raise DataError(f"kind {kind!r} a second time", place=f"{table}:{no}", expected="one row a kind", repair="merge the rows")
        found[kind] = words
    missing = sorted(set(kinds) - set(found))
    if missing:
        raise DataError(f"no row of kind {', '.join(missing)}", place=table, expected="one row a kind", repair="add the row")
    return found


def dict_of(header: list[str], cells: list[str], *, place: str) -> dict[str, str]:
    """Pair a header with the cells of a line, empty cells left out. Raises `DataError` where their counts differ."""
    if len(cells) != len(header):
        raise DataError(f"{len(cells)} cells", place=place, expected=f"{len(header)}: {', '.join(header)}", repair="check the tabs of the line")
    return {name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()}


def _check_header(header: list[str], *, row_type: type[Row], place: str) -> None:
    legal = list(row_type.model_fields)
    unknown = [name for name in header if name not in legal]
    missing = [name for name, field in row_type.model_fields.items() if field.is_required() and name not in header]
    repeated = sorted({name for name in header if header.count(name) > 1})
    if unknown or missing or repeated:
        raise DataError(f"header with unknown {unknown}, missing {missing}, repeated {repeated}", place=place, expected=f"columns from {legal}")


def _row(cells: dict[str, str], *, row_type: type[AnyRow], place: str) -> AnyRow:
    try:
        return row_type.model_validate(cells)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DataError(f"column {where}: {first['msg']}", place=place, expected=f"a row of {row_type.__name__}") from error
