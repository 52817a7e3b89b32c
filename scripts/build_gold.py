"""Build the gold set of Table 1: printed cells, then claims; or check that what is committed is what these files give.

    python scripts/build_gold.py --review REVIEW.txt     cells from the text, claims from the cells
    python scripts/build_gold.py                         claims from the committed cells
    python scripts/build_gold.py --check                 write nothing; exit status 1 where a committed file differs

In: the review as text (optional), gold/{columns,rows,references,corrections,qualifiers,source_check}.tsv, the lexicons.
Out: gold/table1_cells.tsv, gold/table1_claims.tsv. gold/README.md is the codebook.
"""

from __future__ import annotations

import sys
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer
from extractor.errors import DataError
from extractor.terms import Terms, load_terms

from gold_rows import ColumnRow, GoldClaimRow, LabelRow, placed_rows, read_claims, read_sources, to_tsv
from table1_claims import build_claims
from table1_parse import CellRow, parse_table

GOLD = Path(__file__).resolve().parents[1] / "gold"


def build(gold: Path, *, terms: Terms, review: Path | None = None) -> dict[Path, str]:
    """Make the text of both built files.

    Parameters
    ----------
    gold
        The folder of the tables.
    terms
        The lexicons.
    review
        The review as text; without it the committed cells are taken as they are.

    Returns
    -------
        Path and text, the cells only where a review is given.

    Raises
    ------
    DataError
        The review does not parse, a table is broken, or the claims are unsound.
    """
    cells = parse_review(review, gold) if review else None
    placed = [(f"{gold / 'table1_cells.tsv'}:{line}", cell) for line, cell in enumerate(cells, 2)] if cells else None
    claims = build_claims(read_sources(gold, placed), terms, place=str(gold / "table1_claims.tsv"))
    files = {gold / "table1_cells.tsv": to_tsv(cells, CellRow)} if cells else {}
    return {**files, gold / "table1_claims.tsv": to_tsv(claims, GoldClaimRow)}


def parse_review(review: Path, gold: Path) -> list[CellRow]:
    """Read the printed cells out of the review. Raises `DataError` where they do not parse or the row labels are not those of rows.tsv."""
    columns = [(row.column, row.head) for _, row in placed_rows(gold / "columns.tsv", ColumnRow)]
    labels, cells = parse_table(review.read_text("utf-8"), columns, place=str(review))
    expected = [row.row for _, row in placed_rows(gold / "rows.tsv", LabelRow)]
    if labels != expected:
        wrong = next((found, want) for found, want in zip_longest(labels, expected) if found != want)
        raise DataError(f"row label {wrong[0]!r}", place=str(review), expected=f"{wrong[1]!r} as in rows.tsv")
    return cells


def difference(path: Path, text: str) -> str:
    """Say where a file differs from the text it should hold; empty where it does not."""
    found = path.read_text("utf-8").split("\n") if path.is_file() else []
    for number, (old, new) in enumerate(zip_longest(found, text.split("\n")), 1):
        if old != new:
            return f"{path}:{number}: {old!r}; expected {new!r}; run python scripts/build_gold.py"
    return ""


def main(
    review: Annotated[Path | None, typer.Option(help="The review as text; without it the committed cells stand.")] = None,
    out: Annotated[Path, typer.Option(help="The folder of the gold tables.")] = GOLD,
    check: Annotated[bool, typer.Option(help="Write nothing; exit 1 where a committed file differs.")] = False,
) -> None:
    """Build gold/table1_cells.tsv and gold/table1_claims.tsv. Example: python scripts/build_gold.py --check"""
    try:
        terms = load_terms()
        files = build(out, terms=terms, review=review)
        if check:
            read_claims(out / "table1_claims.tsv", terms)
    except DataError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    if check:
        differences = [text for text in (difference(path, text) for path, text in files.items()) if text]
        typer.echo("\n".join(differences) or f"{len(files)} files as built")
        sys.exit(1 if differences else 0)
    for path, text in files.items():
        path.write_text(text, "utf-8")
        typer.echo(f"{path}: {text.count(chr(10)) - 1} rows")


if __name__ == "__main__":
    typer.run(main)
