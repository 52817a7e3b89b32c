"""A JATS article (also NLM 2 and 3, eLife, PMC) in, an `Article` out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.errors import InputError
from extractor.read.citations import join_ranges
from extractor.read.jats_body import BodyReader, Place
from extractor.read.jats_references import references_of
from extractor.read.markup import Node, Text
from extractor.read.offsets import LAYOUT, TextBuilder
from extractor.read.section_kinds import section_of
from extractor.records import Article, Section

METADATA = {
    "journal-meta": "journal metadata",
    "contrib-group": "contributors",
    "aff": "contributors",
    "aff-alternatives": "contributors",
    "author-notes": "contributors",
    "kwd-group": "keywords",
    "permissions": "permissions",
    "trans-abstract": "translations",
}
_SHORT_NAME = re.compile(r"[A-Za-z]{2,12}")
_SHORT_NUMBER = re.compile(r"[0-9]{3,9}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the markup came from: the file's name, its stem, and the digest of the article's bytes."""

    source: str
    stem: str
    sha256: str


def jats_article(root: Node, *, origin: Origin, place: str) -> Article:
    """Read an `article` element.

    Raises
    ------
    InputError
        The article has neither a title, an abstract nor a body.
    """
    builder = TextBuilder()
    body = BodyReader(builder)
    for part in _children(root, builder):
        _part(part, body)
    built = builder.build()
    if not built.passages:
        raise InputError("no title, abstract or body", place=place, expected="an article with text", repair="check that the file is the full article")
    references = references_of(root)
    meta = _meta(root)
    groups = [(group.attributes.get("kwd-group-type"), [kwd.text() for kwd in group.descendants("kwd")]) for group in meta.descendants("kwd-group")]
    return Article(
        id=_identity(root, meta, origin.stem),
        text=built.text,
        passages=built.passages,
        title=next((built.text[p.start : p.end] for p in built.passages if p.kind == "title"), ""),
        source=origin.source,
        sha256=origin.sha256,
        receipt=built.receipt,
        doi=_article_id(meta, "doi"),
        pmid=_article_id(meta, "pmid"),
        pmcid=_pmcid(meta),
        citations=join_ranges(built.text, built.citations, references),
        references=references,
        keywords=tuple(word for _, words in groups for word in words if word),
        organisms=tuple(word for kind, words in groups if kind == "research-organism" for word in words if word),
        source_map=built.source_map,
    )


def _children(node: Node, builder: TextBuilder) -> Iterator[Node]:
    """Yield the child elements; text between them is layout."""
    for child in node.children:
        if isinstance(child, Text):
            builder.skip(LAYOUT if child.value.isspace() else "text between elements", len(child.value))
        else:
            yield child


def _part(part: Node, body: BodyReader) -> None:
    if part.tag in ("front", "front-stub"):
        for group in _children(part, body.builder):
            _front(group, body)
    elif part.tag == "body":
        sectioned = part.find("sec") is not None
        body.block(part, Place(Section.INTRODUCTION if sectioned else Section.OTHER, top=True))
    elif part.tag == "back":
        for child in _children(part, body.builder):
            body.block(child, Place(Section.OTHER, locked=child.tag != "sec"))
    elif part.tag in ("floats-group", "floats-wrap"):
        body.block(part, Place(Section.OTHER))
    elif part.tag in ("sub-article", "response"):
        reason = part.attributes.get("article-type") or part.attributes.get("response-type") or "other"
        body.builder.skip(f"sub-article ({reason})", part.characters())
    else:
        body.builder.skip("article metadata", part.characters())


def _front(group: Node, body: BodyReader) -> None:
    if group.tag != "article-meta":
        body.builder.skip(METADATA.get(group.tag, "article metadata"), group.characters())
        return
    for child in _children(group, body.builder):
        if child.tag == "title-group":
            _title(child, body)
        elif child.tag == "abstract":
            body.block(child, _abstract(child))
        else:
            body.builder.skip(METADATA.get(child.tag, "article metadata"), child.characters())


def _title(group: Node, body: BodyReader) -> None:
    for child in _children(group, body.builder):
        if child.tag in ("article-title", "subtitle"):
            notes = [note for note in child.nodes() if note.tag == "fn"]
            body.flat(Node(child.tag, {}, [part for part in child.children if part not in notes]), Place(Section.TITLE, kind="title"))
            body.builder.skip("title notes", sum(note.characters() for note in notes))
        else:
            body.builder.skip("other titles", child.characters())


def _abstract(node: Node) -> Place:
    """Return where an abstract belongs: a digest, a summary for lay readers or a list of highlights is no abstract."""
    kind = node.attributes.get("abstract-type")
    title = node.find("title")
    other = kind is not None and section_of(kind) is not Section.ABSTRACT
    if title and section_of(title.text()) is Section.OTHER:
        other = True
    path = () if title and title.text() else ((kind or "abstract").capitalize(),)
    return Place(Section.OTHER if other else Section.ABSTRACT, path, locked=True)


def _meta(root: Node) -> Node:
    front = root.find("front", "front-stub")
    return (front.find("article-meta") if front else None) or front or root


def _article_id(meta: Node, *kinds: str) -> str | None:
    return next((node.text() for node in meta.nodes() if node.tag == "article-id" and node.attributes.get("pub-id-type") in kinds and node.text()), None)


def _pmcid(meta: Node) -> str | None:
    found = _article_id(meta, "pmc", "pmcid", "pmcaid")
    return f"PMC{found.upper().removeprefix('PMC')}" if found else None


def _identity(root: Node, meta: Node, stem: str) -> str:
    """Return the PMC id, the PubMed id, the publisher's journal and number (`elife09656`), the DOI or the file's stem: the first there is."""
    journal = next((node.text() for node in root.descendants("journal-id") if node.attributes.get("journal-id-type") == "publisher-id"), "")
    number = _article_id(meta, "publisher-id") or ""
    published = f"{journal}{number}".lower() if _SHORT_NAME.fullmatch(journal) and _SHORT_NUMBER.fullmatch(number) else None
    return _pmcid(meta) or _article_id(meta, "pmid") or published or _article_id(meta, "doi") or stem
