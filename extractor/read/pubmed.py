"""A `PubmedArticle` or `PubmedBookArticle` in, an `Article` out: title, abstract with its sections, keywords, references."""

from __future__ import annotations

from extractor.errors import InputError
from extractor.read.jats import Origin
from extractor.read.jats_body import BodyReader, Place
from extractor.read.markup import Node, Text
from extractor.read.offsets import LAYOUT, TextBuilder
from extractor.records import Article, Reference, Section

SKIPPED = {
    "AuthorList": "contributors",
    "InvestigatorList": "contributors",
    "MeshHeadingList": "keywords",
    "KeywordList": "keywords",
    "ChemicalList": "keywords",
    "ReferenceList": "references",
    "OtherAbstract": "other abstracts",
    "VernacularTitle": "other titles",
    "CopyrightInformation": "permissions",
}
_WALKED = frozenset({"PubmedArticle", "PubmedBookArticle", "MedlineCitation", "BookDocument", "Article", "Abstract", "PubmedData", "PubmedBookData"})


def pubmed_article(root: Node, *, origin: Origin, place: str) -> Article:
    """Read one record of a PubMed set. MeSH headings join the keywords.

    Raises
    ------
    InputError
        The record has no PubMed id, or neither a title nor an abstract.
    """
    builder = TextBuilder()
    _walk(root, BodyReader(builder))
    built = builder.build()
    pmid = _pmid(root)
    if not pmid or not built.passages:
        found = "no title and no abstract" if pmid else "no PMID"
        raise InputError(found, place=f"{place} (PMID {pmid})" if pmid else place, expected="a PubMed record with text", repair="fetch the record again")
    identifiers = {node.attributes.get("IdType", ""): node.text() for node in _own_identifiers(root)}
    location = next((node.text() for node in root.descendants("ELocationID") if node.attributes.get("EIdType") == "doi"), None)
    return Article(
        id=pmid,
        text=built.text,
        passages=built.passages,
        title=next((built.text[p.start : p.end] for p in built.passages if p.kind == "title"), ""),
        source=origin.source,
        sha256=origin.sha256,
        receipt=built.receipt,
        doi=identifiers.get("doi") or location,
        pmid=pmid,
        pmcid=identifiers.get("pmc"),
        references=_references(root),
        keywords=tuple(dict.fromkeys(node.text() for node in root.descendants("Keyword", "DescriptorName") if node.text())),
        source_map=built.source_map,
    )


def _walk(node: Node, body: BodyReader) -> None:
    for child in node.children:
        if isinstance(child, Text):
            body.builder.skip(LAYOUT if child.value.isspace() else "article metadata", len(child.value))
        elif child.tag == "ArticleTitle":
            body.flat(child, Place(Section.TITLE, kind="title"))
        elif child.tag == "AbstractText":
            body.flat(child, Place(Section.ABSTRACT, _abstract_path(child), locked=True))
        elif child.tag in _WALKED:
            _walk(child, body)
        else:
            body.builder.skip(SKIPPED.get(child.tag, "article metadata"), child.characters())


def _abstract_path(node: Node) -> tuple[str, ...]:
    label = node.attributes.get("Label", "").strip(" :")
    if not label or label == "UNLABELLED":
        return ("Abstract",)
    return ("Abstract", label.capitalize() if label.isupper() else label)


def _pmid(root: Node) -> str | None:
    citation = root.find("MedlineCitation", "BookDocument")
    node = citation.find("PMID") if citation else None
    return node.text() or None if node else None


def _own_identifiers(root: Node) -> list[Node]:
    """Return the identifiers of the record itself, not those of the works that it cites."""
    parts = (root.find("PubmedData", "PubmedBookData"), root.find("BookDocument"))
    lists = [part.find("ArticleIdList") for part in parts if part]
    return [node for found in lists if found for node in found.nodes()]


def _references(root: Node) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for number, node in enumerate(root.descendants("Reference"), 1):
        identifiers = {entry.attributes.get("IdType"): entry.text() for entry in node.descendants("ArticleId")}
        citation = node.find("Citation")
        title = citation.text() if citation else None
        found.append(Reference(str(number), number, doi=identifiers.get("doi"), pmid=identifiers.get("pubmed"), title=title))
    return tuple(found)
