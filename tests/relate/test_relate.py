"""All parsed sentences of an article into candidates, in reading order, each sentence with its own cues."""

from collections.abc import Callable

import pytest
from extractor.parse.language import parse
from extractor.records import Article, Candidate, Scan
from extractor.relate import relate
from extractor.scan import Scanner
from extractor.terms import Terms
from spacy.language import Language

TEXT = "Stress reduced the level of BDNF in the cortex of rats. The rats slept. Ketamine increased the level of serotonin in the cortex."


@pytest.fixture(scope="module")
def article(make_article: Callable[..., Article]) -> Article:
    return make_article(TEXT)


@pytest.fixture(scope="module")
def scan(article: Article, scanner: Scanner) -> Scan:
    return scanner.scan(article)


def candidates(article: Article, scan: Scan, nlp: Language, terms: Terms) -> list[Candidate]:
    inside = [(s, [m for m in scan.mentions if s.start <= m.start and m.end <= s.end]) for s in scan.selected]
    return relate(article, scan, parse(article.text, inside, nlp=nlp), terms=terms)


def test_each_sentence_tells_its_own_finding(article: Article, scan: Scan, nlp: Language, terms: Terms) -> None:
    found = candidates(article, scan, nlp, terms)
    assert [(c.molecule.text, str(c.direction)) for c in found] == [("BDNF", "decrease"), ("serotonin", "increase")]
    assert [c.evidence.start for c in found] == sorted(c.evidence.start for c in found)
    assert all(c.evidence.start <= c.cue.start and c.cue.end <= c.evidence.end for c in found)


def test_without_sentences_there_is_nothing(article: Article, scan: Scan, terms: Terms) -> None:
    assert relate(article, scan, [], terms=terms) == []


def test_relating_twice_gives_the_same(article: Article, scan: Scan, nlp: Language, terms: Terms) -> None:
    assert candidates(article, scan, nlp, terms) == candidates(article, scan, nlp, terms)
