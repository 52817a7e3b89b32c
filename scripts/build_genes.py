"""Build extractor/lexicons/genes.tsv: a flat list of gene names and curated statements in, rows of safe gene symbols out.

The name list holds human gene and protein names without identifiers, one a line; the statements name HGNC symbols as `p(HGNC:BDNF)`.
Symbols are matched as written only, in the human (RPL19) and the rodent (Rpl19) way. What molecules.tsv knows is left to it.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from extractor.tables import LEXICONS, Row, TermRow, numbered_rows, read_rows
from extractor.terms import Terms

STOP = Path(__file__).with_name("gene_stop.tsv")
HEADER = "id\tname\tlabel\tsynonyms\texact\tadjectives\tparents\txrefs\tsource"
COMMENT = "# Gene symbols and one-word protein names, built by scripts/build_genes.py; do not edit by hand. See README.md, section molecules."

SERIES = 8  # symbols that share their letters (RPL3 ... RPL41): in shorter series nicknames and clone names outnumber official symbols
SHORTEST_LETTERS = 4  # three-letter symbols without a digit are acronyms of something else more often than genes

_SYMBOL = re.compile(r"(?P<letters>[A-Z]{3,7})\d{1,2}(?:[A-Z]{1,2}\d{0,2})?")
_ANTIGEN = re.compile(r"CD\d{1,3}[A-Z]?")
_ATTESTED = re.compile(r"\bHGNC:\"?([A-Z][A-Z0-9]+)")
_PROTEIN = re.compile(r"[A-Z][a-z]{5,}(?:in|poietin|kine|ectin|globin)")


class StopRow(Row):
    """A spelling that is not to be read as a gene, and why; `KIAA*` stops all that start with it and go on in digits."""

    spelling: str
    reason: str


def stopped(stop: Iterable[str]) -> re.Pattern[str]:
    """Make the pattern of all spellings that a stop table holds."""
    return re.compile("|".join(re.escape(word[:-1]) + r"\d\w*" if word.endswith("*") else re.escape(word) for word in sorted(stop)))


def gene_names(path: Path) -> list[str]:
    """Read the names of a gzipped list, one a line, comments and doubles left out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})


def attested_symbols(path: Path) -> frozenset[str]:
    """Find the HGNC symbols that curated statements use."""
    return frozenset(_ATTESTED.findall(path.read_text("utf-8").replace('\\"', '"')))


def safe_symbols(names: Iterable[str], *, attested: frozenset[str]) -> Iterator[str]:
    """Choose the symbols that a text hardly uses for anything but a gene.

    Parameters
    ----------
    names
        Gene and protein names of any kind.
    attested
        Symbols known to be official.

    Yields
    ------
        Upper-case symbols: attested ones with a digit or of four letters; others that are letters with a number, in a long series
        or in one with an attested member.
    """
    shaped = {name: match["letters"] for name in {*names, *attested} if (match := _SYMBOL.fullmatch(name))}
    series = Counter(shaped.values())
    families = {shaped[name] for name in attested if name in shaped} | {letters for letters, count in series.items() if count >= SERIES}
    for name in sorted({*names, *attested}):
        if name in attested:
            if len(name) >= SHORTEST_LETTERS or (len(name) > 2 and not name.isalpha()):
                yield name
        elif _ANTIGEN.fullmatch(name) or shaped.get(name) in families:
            yield name


def gene_row(symbol: str, *, names: frozenset[str], attested: frozenset[str]) -> TermRow:
    """Make the row of a symbol, with the rodent and the dashed way to write it."""
    rodent = symbol.capitalize()
    dashed = re.sub(r"(?<=[a-z])(?=\d)", "-", rodent)
    exact = [symbol, *([rodent] if not symbol.isalpha() or len(symbol) > SHORTEST_LETTERS else []), *([dashed] if dashed in names and dashed != rodent else [])]
    identifier = f"hgnc.symbol:{symbol}" if symbol in attested else ""
    return TermRow(id=identifier, name=symbol, label="gene", exact=tuple(exact), source="bel" if identifier else "reach")


def protein_row(name: str) -> TermRow:
    """Make the row of a protein that has a word of its own."""
    return TermRow(name=name.lower(), label="protein", source="reach")


def build_rows(names: list[str], *, attested: frozenset[str], known: Terms, stop: re.Pattern[str]) -> list[TermRow]:
    """List the rows of all genes and proteins that neither the known terms nor the stop table hold, sorted by name."""
    all_names = frozenset(names)
    genes = [gene_row(symbol, names=all_names, attested=attested) for symbol in safe_symbols(names, attested=attested)]
    proteins = [protein_row(name) for name in names if _PROTEIN.fullmatch(name)]
    rows = {row.name: row for row in [*genes, *proteins] if not stop.fullmatch(row.name) and known.find(row.name, "molecule") is None}
    return sorted(rows.values(), key=lambda row: row.name)


def table_line(row: TermRow) -> str:
    """Write a row as a line of the table."""
    return "\t".join((row.id, row.name, row.label, "|".join(row.synonyms), "|".join(row.exact), "", "", "", row.source))


def main(
    names: Annotated[Path, typer.Option(help="gzipped list of gene and protein names")],
    statements: Annotated[Path, typer.Option(help="curated statements with HGNC symbols")],
    out: Annotated[Path, typer.Option(help="the table to write")] = Path("extractor/lexicons/genes.tsv"),
) -> None:
    """Build the table. Example: build_genes.py --names genes.tsv.gz --statements bel.jsonl"""
    known = Terms({"molecule": tuple((f"molecules.tsv:{no}", row) for no, row in numbered_rows(LEXICONS / "molecules.tsv", TermRow))})
    stop = stopped(row.spelling for row in read_rows(STOP, StopRow))
    rows = build_rows(gene_names(names), attested=attested_symbols(statements), known=known, stop=stop)
    out.write_text("\n".join([COMMENT, HEADER, *map(table_line, rows)]) + "\n", "utf-8")
    typer.echo(f"{len(rows)} rows, {sum(bool(row.id) for row in rows)} with an identifier")


if __name__ == "__main__":
    typer.run(main)
