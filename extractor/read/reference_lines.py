"""The printed entries of a numbered bibliography in, `Reference` records out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.records import Reference

_ITEM = re.compile(r"\s*(?:\[(?P<square>\d{1,4})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,4})[.)](?!\d)|(?P<bullet>[-•*‣])(?=\s))\s*")
LARGEST_STEP = 5  # numbers missing between two entries; where more are, the line goes on with the entry before it; own choice
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_PMID = re.compile(r"\bPMID:?\s*(\d{4,9})", re.IGNORECASE)
_YEAR = re.compile(r"\((1[89]\d\d|20\d\d)[a-z]?\)|\b(1[89]\d\d|20\d\d)\b")
_AUTHOR = re.compile(r"[^,.;(\[]+?(?=\s+[A-Z][A-Z.-]{0,5}(?:[,.\s]|$)|,|\.|;|\s\(|\s\[|$)")
_AFTER_AUTHORS = re.compile(r"(?:et al\.?,?|(?<![A-Z\s])\.|\b[A-Z]{1,4}\.|\)\.?)\s+(?=[^\s(])")
_MARKUP = re.compile(r"\*+|</?\w+>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed entry, its lines joined, and its number in the list."""

    text: str
    number: int = 0


def starts_item(line: str) -> bool:
    """Say whether a line begins an entry: "12. ", "[12]", "12) " or a bullet."""
    return _ITEM.match(line) is not None


def next_number(line: str, entries: Sequence[Entry]) -> int | None:
    """Return the number of the entry that a line begins, or None where it goes on with the one before it.

    A bullet goes on with an entry in which no year was printed yet, which a page has cut; a number that does not follow on the one
    before it is a volume, a page or a year.
    """
    item = _ITEM.match(line)
    last = entries[-1] if entries else None
    if item is None:
        return None if last else 1
    digits = item.group("square") or item.group("round") or item.group("plain")
    if last is None:
        return int(digits) if digits else 1
    if digits:
        return int(digits) if last.number < int(digits) <= last.number + LARGEST_STEP else None
    return last.number + 1 if _YEAR.search(last.text) else None


def references_in(entries: Sequence[Entry]) -> tuple[Reference, ...]:
    """Read the entries of a list in order.

    Examples
    --------
    >>> references_in([Entry("7. Mora AB, Lund C. Stress and glia. Brain. (2004) 3:1-9. doi: 10.1000/xyz7", 7)])[0].first_author
    'Mora'
    """
    found: list[Reference] = []
    for entry in entries:
        item = _ITEM.match(entry.text)
        found.append(_reference(entry.text[item.end() :] if item else entry.text, number=entry.number))
    return tuple(found)


def own_doi(printed: Sequence[str], references: Sequence[Reference]) -> str | None:
    """Return the first DOI printed in the front of a paper that is no DOI of a work it cites."""
    cited = {reference.doi for reference in references}
    return next((doi for raw in printed if (doi := raw.rstrip(".,;)")) not in cited), None)


def _reference(text: str, *, number: int) -> Reference:
    plain = " ".join(_MARKUP.sub("", text).split())
    doi, pmid, year, author = _DOI.search(plain), _PMID.search(plain), _YEAR.search(plain), _AUTHOR.match(plain)
    return Reference(
        key=str(number),
        number=number,
        doi=doi.group().rstrip(".,;") if doi else None,
        pmid=pmid.group(1) if pmid else None,
        title=_title(plain),
        first_author=author.group().strip() if author else None,
        year=int(year.group(1) or year.group(2)) if year else None,
    )


def _title(plain: str) -> str | None:
    start = _AFTER_AUTHORS.search(plain)
    if start is None:
        return None
    rest = plain[start.end() :]
    end = re.search(r"[.?!](?=\s)", rest)
    return rest[: end.start() + (rest[end.start()] in "?!")].strip() if end else None
