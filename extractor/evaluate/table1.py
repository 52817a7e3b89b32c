"""The claims of the review's Table 1 as a gold standard: one article for each cited paper, partial by nature.

A cited paper is found in a run by its DOI, by its number in the bibliography, or, for the articles written for this project,
through corpus/samples.tsv, which says on which paper each is modelled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from extractor.errors import DataError
from extractor.evaluate.names import NOT_STATED, known_species, resolve, with_key
from extractor.evaluate.statements import Cell, GoldArticle, Statement
from extractor.records import Direction, Form
from extractor.schema import ClaimRecord
from extractor.tables import Row, numbered_rows, read_rows

TABLE1 = "table1"
SUPPORTED = "table1:supported"
PROSE = "table1:prose"
CONTRADICTED = "contradicts"
AGENT = "ketamine"
_ROOTS = (Path(__file__).resolve().parents[2], Path.cwd())
_REFERENCE = "reference "
_NUMBER = re.compile(r"(\d+)$")


class Table1Row(Row):
    """A printed value of Table 1: one cell, one cited paper, one direction."""

    ref: int
    row: str
    cell: str
    doi: str = ""
    molecule: str
    molecule_id: str = ""
    form: Form
    region: str = NOT_STATED
    region_id: str = ""
    direction: Direction
    species: str = NOT_STATED
    species_id: str = ""
    model: str = ""
    qualifiers: str = ""
    confidence: str = ""
    source_check: str = ""
    status: str = ""


class ProseRow(Row):
    """Whether the prose of the review tells a printed value, and which region and species it gives there; the first columns are those of the value."""

    ref: int
    row: str
    cell: str
    molecule: str
    form: Form
    direction: Direction
    qualifiers: str = ""
    told: Literal["yes", "no"]
    region: str = NOT_STATED
    species: str = NOT_STATED


class ColumnRow(Row):
    """A column of Table 1; the file's order is the printed one."""

    column: str
    head: str = ""
    model: str = ""
    region: str = ""


class SampleRow(Row):
    """An article written for this project and the paper it is modelled on."""

    id: str
    file: str = ""
    format: str = ""
    modelled_on_doi: str = ""
    table1_reference: str = ""
    words: str = ""
    difficulties: str = ""


def table1_path() -> Path:
    """Find gold/table1_claims.tsv in the checkout or below the working directory. Raises `DataError` where it is in neither."""
    places = [root / "gold" / "table1_claims.tsv" for root in _ROOTS]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise DataError("no such file", place=places[0], expected="the claims of Table 1", repair="run in a checkout, or name the TSV with --gold")
    return found


def load_table1(path: Path, *, which: str = TABLE1) -> list[GoldArticle]:
    """Read the TSV of Table 1 into one partial gold article for each cited paper.

    Parameters
    ----------
    path
        The TSV; columns.tsv beside it gives the order of the columns, ../corpus/samples.tsv the articles modelled on the papers.
    which
        `table1` for all values; `table1:supported` without what the cited paper itself contradicts; `table1:prose` for the values that the review's prose
        tells as well, with the region and species that it gives there (table1_prose.tsv beside the TSV).

    Raises
    ------
    DataError
        A row does not parse, names an unknown species, or stands twice; or a value is missing in table1_prose.tsv.
    """
    prose = _prose(path.with_name("table1_prose.tsv")) if which == PROSE else None
    by_ref: dict[int, list[Statement]] = defaultdict(list)
    dois: dict[int, str] = {}
    columns = _column_order(path.with_name("columns.tsv"))
    for no, printed in _rows(path):
        row = printed if prose is None else _as_told(printed, prose, place=f"{path}:{no}")
        if row is not None and not (which == SUPPORTED and row.source_check == CONTRADICTED):
            cell = Cell(row=row.row, column=row.cell, row_order=no, column_order=columns.setdefault(row.cell, len(columns)))
            by_ref[row.ref].append(_statement(row, place=f"{path}:{no}", cell=cell))
            dois[row.ref] = row.doi
    samples = _samples(path.resolve().parents[1] / "corpus" / "samples.tsv")
    return [
        GoldArticle(id=article_id(ref), claims=tuple(claims), complete=False, aliases=tuple(filter(None, (dois[ref].lower(), *samples.get(ref, ())))))
        for ref, claims in sorted(by_ref.items())
    ]


def _rows(path: Path) -> Iterator[tuple[int, Table1Row]]:
    seen: dict[tuple[str, ...], str] = {}
    for no, row in numbered_rows(path, Table1Row):
        place = f"{path}:{no}"
        value = _value(row)
        if value in seen:
            raise DataError(
                f"reference {row.ref} in {row.row!r}, {row.cell!r} a second time", place=place, expected="each value once", repair=f"see {seen[value]}"
            )
        seen[value] = place
        yield no, row


def _value(row: Table1Row | ProseRow) -> tuple[str, ...]:
    """What tells a printed value from all others."""
    return (str(row.ref), row.row, row.cell, row.molecule, row.form, row.direction, row.qualifiers)


def _prose(path: Path) -> Mapping[tuple[str, ...], ProseRow]:
    return {_value(row): row for row in read_rows(path, ProseRow)}


def _as_told(row: Table1Row, prose: Mapping[tuple[str, ...], ProseRow], *, place: str) -> Table1Row | None:
    """A printed value with the region and species of the prose; None where the prose does not tell it."""
    told = prose.get(_value(row))
    if told is None:
        raise DataError(f"reference {row.ref} in {row.row!r}, {row.cell!r}", place=place, expected="a line in table1_prose.tsv", repair="add it there")
    if told.told == "no":
        return None
    return row.model_copy(update={"region": told.region or NOT_STATED, "region_id": "", "species": told.species or NOT_STATED, "species_id": ""})


def _column_order(path: Path) -> dict[str, int]:
    rows = read_rows(path, ColumnRow) if path.is_file() else []
    return {row.column: no for no, row in enumerate(rows)}


def _statement(row: Table1Row, *, place: str, cell: Cell) -> Statement:
    molecule = with_key(resolve("molecule", row.molecule_id, row.molecule), row.molecule_id)
    agent = resolve("agent", AGENT)
    if molecule is None or agent is None:
        raise DataError(f"molecule {row.molecule!r}", place=place, expected="the name of a molecule")
    return Statement(
        place=place,
        molecule=molecule,
        region=with_key(resolve("region", row.region_id, row.region), row.region_id),
        direction=row.direction,
        species=known_species(row.species, place=place),
        form=str(row.form),
        agents=(agent,),
        agent_type="drug",
        qualifiers="; ".join(filter(None, (*row.qualifiers.split("|"), row.model.replace("_", " ")))),
        cell=cell,
    )


def _samples(path: Path) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    if path.is_file():
        for _, row in numbered_rows(path, SampleRow):
            for number in re.findall(r"\d+", row.table1_reference):
                found[int(number)] = (*found.get(int(number), ()), row.id)
    return found


def by_citation(claims: Iterable[ClaimRecord]) -> dict[str, list[ClaimRecord]]:
    """Sort the claims of a review by the papers they cite, as if each cited paper had made them.

    Parameters
    ----------
    claims
        Claims extracted from the review's prose. A claim that cites several papers counts for each.

    Returns
    -------
        Claims by gold article. Claims without a citation belong to no cell and are left out.
    """
    cited: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        for number in reference_numbers(claim.citations):
            cited[article_id(number)].append(claim)
    return dict(cited)


def article_id(number: int | str) -> str:
    """The identifier of the gold article for an entry of the review's bibliography."""
    return f"{_REFERENCE}{number}"


def is_reference(article: str) -> bool:
    """Whether a gold article stands for an entry of the review's bibliography."""
    return article.startswith(_REFERENCE)


def reference_numbers(keys: Sequence[str]) -> tuple[str, ...]:
    """The numbers at the end of reference keys, each once.

    >>> reference_numbers(["bib12", "B7", "12"])
    ('12', '7')
    """
    return tuple(dict.fromkeys(str(int(match[1])) for key in keys if (match := _NUMBER.search(key))))
