"""All parsed sentences of an article into candidates, in reading order, each sentence with its own cues."""

from collections.abc import Callable

import pytest
from extractor.parse.language import parse
from extractor.records import Article, Candidate, Scan
from extractor.relate import relate
from extractor.relate.artefact import load_models
from extractor.relate.models import ClaimModels
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


@pytest.fixture(params=["rules", "models"])
def models(request: pytest.FixtureRequest) -> ClaimModels | None:
    return load_models() if request.param == "models" else None


@pytest.fixture
def related(article: Article, scan: Scan, nlp: Language, terms: Terms, models: ClaimModels | None) -> Callable[[], list[Candidate]]:
    inside = [(s, [m for m in scan.mentions if s.start <= m.start and m.end <= s.end]) for s in scan.selected]
    return lambda: relate(article, scan, parse(article.text, inside, nlp=nlp), terms=terms, models=models)


def test_each_sentence_tells_its_own_finding(related: Callable[[], list[Candidate]]) -> None:
    found = related()
    assert [(c.molecule.text, str(c.direction)) for c in found] == [("BDNF", "decrease"), ("serotonin", "increase")]
    assert [c.evidence.start for c in found] == sorted(c.evidence.start for c in found)
    assert all(c.evidence.start <= c.cue.start and c.cue.end <= c.evidence.end for c in found)


def test_without_sentences_there_is_nothing(article: Article, scan: Scan, terms: Terms, models: ClaimModels | None) -> None:
    assert relate(article, scan, [], terms=terms, models=models) == []


def test_relating_twice_gives_the_same(related: Callable[[], list[Candidate]]) -> None:
    assert related() == related()


def test_only_models_give_the_probabilities_of_the_parts(related: Callable[[], list[Candidate]], models: ClaimModels | None) -> None:
    parts = set() if models is None else {"claim", "region", "species", "agent"}
    assert {frozenset(c.probabilities) for c in related()} == {frozenset(parts)}
