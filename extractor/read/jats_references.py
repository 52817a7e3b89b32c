"""The reference lists of a JATS article in, `Reference` records out."""

from __future__ import annotations

import re

from extractor.read.markup import Node
from extractor.records import Reference

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation", "citation-alternatives")
_LINK = "{http://www.w3.org/1999/xlink}href"


def references_of(article: Node) -> tuple[Reference, ...]:
    """Return the bibliography in the order of the source.

    Parameters
    ----------
    article
        The `article` element. Lists of sub-articles are not read.

    Returns
    -------
        One record a `ref`, its key the `id`. `number` is the printed label; where no entry of the list has one, the place in the list.
    """
    back = article.find("back")
    entries = [entry for part in (article.find("body"), back) if part for entry in part.descendants("ref")]
    labelled = any(_label(entry) for entry in entries)
    return tuple(_reference(entry, place=place, labelled=labelled) for place, entry in enumerate(entries, 1))


def _label(entry: Node) -> int | None:
    label = entry.find("label") or next(entry.descendants("label"), None)
    digits = re.fullmatch(r"\W*(\d{1,5})\W*", label.text()) if label else None
    return int(digits.group(1)) if digits else None


def _reference(entry: Node, *, place: int, labelled: bool) -> Reference:
    citation = entry.find(*_CITATIONS) or entry
    number = _label(entry) if labelled else place
    return Reference(
        key=entry.attributes.get("id") or str(number or place),
        number=number,
        doi=_doi(citation),
        pmid=_identifier(citation, "pmid"),
        title=_first(citation, "article-title", "chapter-title", "data-title", "source"),
        first_author=_first(citation, "surname", "collab", "string-name", "name"),
        year=_year(citation),
    )


def _first(citation: Node, *tags: str) -> str | None:
    for tag in tags:
        found = next(citation.descendants(tag), None)
        if found and (text := found.text()):
            return text
    return None


def _identifier(citation: Node, kind: str) -> str | None:
    return next((node.text() for node in citation.descendants("pub-id") if node.attributes.get("pub-id-type") == kind and node.text()), None)


def _doi(citation: Node) -> str | None:
    given = _identifier(citation, "doi")
    links = (node.attributes.get(_LINK, "") for node in citation.descendants("ext-link", "uri"))
    found = _DOI.search(given or "") or next((doi for link in links if "doi" in link and (doi := _DOI.search(link))), None) or _DOI.search(citation.text())
    return found.group().rstrip(".,;)") if found else None


def _year(citation: Node) -> int | None:
    node = next(citation.descendants("year"), None)
    found = _YEAR.search(node.text() if node else citation.text())
    return int(found.group()) if found else None
