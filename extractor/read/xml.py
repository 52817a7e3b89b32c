"""An XML file of either kind in, its articles out: JATS and PubMed are told apart by their elements, not by the file's name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import InputError
from extractor.read.jats import Origin, jats_article
from extractor.read.markup import parse
from extractor.read.pubmed import pubmed_article
from extractor.read.xml_source import Cut, cuts
from extractor.records import Article


def read_xml(path: Path) -> Iterator[Article | InputError]:
    """Yield the articles of a JATS or PubMed file, and an `InputError` for each that cannot be read.

    `sha256` is of the article's own characters in UTF-8, which are the bytes of the file where it holds one article and is in UTF-8.
    """
    try:
        for cut in cuts(path):
            yield cut.error or _article(cut, path)
    except InputError as error:
        yield error


def _article(cut: Cut, path: Path) -> Article | InputError:
    fragment = cut.fragment
    digest = hashlib.sha256(fragment.source.encode("utf-8", "surrogatepass")).hexdigest()
    stem = path.name.partition(".")[0]
    origin = Origin(path.name, stem if fragment.start == 0 else f"{stem}@{fragment.start}", digest)
    try:
        root = parse(fragment)
        reader = jats_article if cut.kind == "article" else pubmed_article
        return reader(root, origin=origin, place=fragment.at(1))
    except InputError as error:
        return error
