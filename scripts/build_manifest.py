"""The reference list and Table 1 of the review in, `corpus/manifest.tsv` out: one line for each reference, for later fetching.

The review is Kang, Hawken and Vazquez 2022 (10.3389/fpsyt.2022.860882), as a conversion of the PDF to text. Only facts are kept: number,
DOI as printed, first author, year, and whether a cell of Table 1 cites the reference. Remarks on misprints come from a table of their own.

    python scripts/build_manifest.py --review PATH
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import DataError
from extractor.tables import Row, read_rows

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
COLUMNS = ("number", "doi", "first_author", "year", "table1", "note")
REFERENCE_COUNT = 193  # as printed
NO_DOI = "no DOI printed"

_NUMBERED = re.compile(r"\s*(\d{1,3})\.\s+(.*)")
_BULLET = re.compile(r"\s*-\s+(.*)")
_CITED = re.compile(r"\((\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\)")
_DOI = re.compile(r"doi:\s*(10\.\d{4,9}/\S+)")
_YEAR = re.compile(r"\(((?:19|20)\d\d)\)")
_AUTHOR = re.compile(r"(?P<body>[^\[,]+) \[\w+\]\.|(?P<person>[^,.]+)[,.]")


class NoteRow(Row):
    """A remark on a reference whose printed entry has a fault."""

    number: int
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference as printed."""

    number: int
    doi: str
    first_author: str
    year: str


def numbered_references(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Give number and text of every entry, wrapped lines joined.

    The conversion left the first entries as bullets without their numbers; a bullet after a numbered entry is its second line.
    """
    number, parts, bullets = 0, list[str](), True
    for line in lines:
        numbered, bullet = _NUMBERED.fullmatch(line), _BULLET.fullmatch(line)
        if numbered or (bullet and bullets):
            if parts:
                yield number, " ".join(parts)
            bullets = not numbered
            number, parts = (int(numbered[1]), [numbered[2]]) if numbered else (number + 1, [bullet[1] if bullet else ""])
        elif bullet:
            parts.append(bullet[1])
    yield number, " ".join(parts)


def read_entry(number: int, text: str) -> Entry:
    """Take DOI, first author and year out of the text of one entry."""
    doi, year, author = _DOI.search(text), _YEAR.search(text), _AUTHOR.match(text)
    if year is None or author is None:
        raise DataError(f"no year or author in {text[:60]!r}", place=f"reference {number}", expected="a name and a year in brackets")
    name = (author["body"] or author["person"]).strip()
    return Entry(number=number, doi=doi[1].rstrip(".") if doi else "", first_author=name, year=year[1])


def cited_numbers(table: str) -> set[int]:
    """Return the reference numbers that stand in brackets in a table, ranges expanded."""
    found: set[int] = set()
    for group in _CITED.finditer(table):
        for part in group[1].split(","):
            first, _, last = part.replace("–", "-").partition("-")
            found.update(range(int(first), int(last or first) + 1))
    return found


def build(review: str, notes: dict[int, str]) -> str:
    """Return the manifest as TSV text.

    Raises
    ------
    DataError
        A reference is missing, comes twice, or has neither author nor year.
    """
    lines = review.split("\n")
    head = next(no for no, line in enumerate(lines) if line.startswith("TABLE 1 |"))
    foot = next(no for no, line in enumerate(lines) if line.startswith("↑ Indicates"))
    start, end = lines.index("REFERENCES"), next(no for no, line in enumerate(lines) if line.startswith("Conflict of Interest"))
    entries = [read_entry(number, text) for number, text in numbered_references(lines[start + 1 : end])]
    if [entry.number for entry in entries] != list(range(1, REFERENCE_COUNT + 1)):
        raise DataError(f"{len(entries)} references", place="reference list", expected=f"1 to {REFERENCE_COUNT}, each once, in order")
    cited = cited_numbers("\n".join(lines[head:foot]))
    rows = ((str(e.number), e.doi, e.first_author, e.year, "yes" if e.number in cited else "no", notes.get(e.number, "" if e.doi else NO_DOI)) for e in entries)
    return "\n".join("\t".join(row) for row in (COLUMNS, *rows)) + "\n"


def main() -> None:
    """Write the manifest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--review", type=Path, required=True, help="the text of the review")
    parser.add_argument("--out", type=Path, default=CORPUS / "manifest.tsv", help="where to write (default: %(default)s)")
    arguments = parser.parse_args()
    notes = {row.number: row.note for row in read_rows(CORPUS / "manifest_notes.tsv", NoteRow)}
    arguments.out.write_text(build(arguments.review.read_text("utf-8"), notes), "utf-8")


if __name__ == "__main__":
    main()
