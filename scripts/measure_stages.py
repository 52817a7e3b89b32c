"""The stages of the package, loaded once a process, and articles made of bare text: what the workers of the scoreboard share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from extractor.errors import DataError, InputError
from extractor.evaluate.statements import Statement, statement
from extractor.parse.language import build_language
from extractor.pipeline import Pipeline
from extractor.read import read
from extractor.records import Article, Claim, Passage, Receipt, Section
from extractor.scan import Scanner
from extractor.schema import claim_record
from extractor.settings import Settings
from extractor.terms import load_terms

JOINT = "\n\n"


@lru_cache(maxsize=1)
def pipeline() -> Pipeline:
    """All stages with default settings, once a process."""
    return Pipeline(Settings())


@lru_cache(maxsize=1)
def rules_pipeline() -> Pipeline:
    """All stages with the rules alone, once a process: for texts that the models were trained on."""
    return Pipeline(Settings(rules_only=True))


@lru_cache(maxsize=1)
def scanner() -> Scanner:
    """The scan alone, once a process."""
    return Scanner(load_terms(), nlp=build_language(), settings=Settings())


def articles(path: Path) -> Iterator[Article]:
    """Read a file all of whose articles must be readable. Raises the reader's `InputError`."""
    for article in read(path):
        if isinstance(article, InputError):
            raise article
        yield article


def first_article(path: Path) -> Article:
    """Read a file of one article. Raises `DataError` where it holds none."""
    article = next(articles(path), None)
    if article is None:
        raise DataError("no article", place=path, expected="a file of one article")
    return article


def statements(claims: tuple[Claim, ...], article: Article) -> list[Statement]:
    """The claims of an article in the shape that the evaluation compares."""
    return [statement(claim_record(claim, article)) for claim in claims]


def plain_article(identifier: str, *parts: tuple[str, Section]) -> Article:
    """Make an article of bare texts, each one passage."""
    given = [(text, section) for text, section in parts if text]
    text = JOINT.join(part for part, _ in given)
    starts = accumulate((len(part) + len(JOINT) for part, _ in given), initial=0)
    passages = tuple(
        Passage(start=start, end=start + len(part), kind="title" if section is Section.TITLE else "paragraph", section=section)
        for start, (part, section) in zip(starts, given, strict=False)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=identifier, text=text, passages=passages, title="", source=identifier, sha256=digest, receipt=Receipt(read=len(text)))
