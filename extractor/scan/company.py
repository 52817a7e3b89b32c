"""Acronyms that mean a molecule beside others of its class: text in, mentions of all their uses out. The rows are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from extractor.errors import DataError
from extractor.records import Mention
from extractor.tables import LEXICONS, Row, Words, numbered_rows
from extractor.terms import Term, Terms

_JOINT = r"(?:,? (?:and|or|nor) |, |/| ?\+ ?)"


class CompanyRow(Row):
    """An acronym, the preferred name of its molecule, and the words beside which it means that."""

    short: str
    molecule: str
    beside: Words
    example: str
    counter: str


def in_company(text: str, *, defined: Mapping[str, str], terms: Terms) -> Iterator[Mention]:
    """Find the acronyms of a text that stand in a list with one of their company, all uses of each.

    Parameters
    ----------
    text
        The text of an article.
    defined
        Its abbreviations; what it defines has its own meaning.
    terms
        Where the molecules stand.

    Raises
    ------
    DataError
        A row names a molecule that the lexicons do not have.
    """
    for short, listed, use, name in _rows():
        if short in text and short not in defined and listed.search(text):
            term = terms.named(name, "molecule")
            if term is None:
                raise DataError(f"unknown molecule {name!r} of {short!r}", place="beside.tsv", expected="a preferred name of molecules.tsv")
            yield from (_mention(found, term) for found in use.finditer(text))


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], str], ...]:
    return tuple(_compile(row) for _, row in numbered_rows(LEXICONS / "beside.tsv", CompanyRow))


def _compile(row: CompanyRow) -> tuple[str, re.Pattern[str], re.Pattern[str], str]:
    short, beside = re.escape(row.short), "|".join(map(re.escape, row.beside))
    edge, end = r"(?<![\w-])", r"(?![\w-])"
    listed = re.compile(f"{edge}(?:{short}{_JOINT}(?:{beside})|(?:{beside}){_JOINT}{short}){end}")
    return row.short, listed, re.compile(rf"(?<![\w-]){short}(?!\w)(?!-\d)(?! ?[\d=])"), row.molecule


def _mention(found: re.Match[str], term: Term) -> Mention:
    start, end = found.span()
    return Mention(start=start, end=end, text=found[0], kind="molecule", id=term.id, name=term.name, label=term.label, rule="beside")
