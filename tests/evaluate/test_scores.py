import pytest
from extractor.evaluate.gold import load_gold
from extractor.evaluate.metrics import METRICS
from extractor.evaluate.scores import article_keys, index_articles, score
from extractor.evaluate.statements import GoldArticle, statement


@pytest.fixture
def gold(record):
    return [
        GoldArticle(id="a1", claims=(statement(record(molecule="BDNF")), statement(record(molecule="mTOR")))),
        GoldArticle(id="a2", claims=(statement(record(molecule="BDNF")),)),
    ]


def test_figures_with_and_without_intervals(record, gold):
    claims = {"a1": [record(molecule="BDNF")], "a2": [record("a2", molecule="BDNF")]}
    plain = score(claims, gold, resamples=0)
    assert set(plain.figures) == set(METRICS)
    assert (plain.figures["exact.recall"].value, plain.figures["exact.recall"].low) == (pytest.approx(2 / 3), None)
    assert score(claims, gold, resamples=200).figures["exact.recall"].low == pytest.approx(1 / 2)
    assert score(claims, gold, resamples=200) == score(claims, gold, resamples=200)


def test_articles_that_were_not_read_stay_in_the_denominator(record, gold):
    scores = score({"a1": [record(molecule="BDNF"), record(molecule="mTOR")]}, gold, resamples=0)
    assert scores.unread == ("a2",)
    assert scores.figures["exact.recall"].value == pytest.approx(2 / 3)
    assert scores.figures_read["exact.recall"].value == 1


def test_articles_that_were_read_and_gave_nothing_are_read(gold):
    scores = score({"a1": [], "a2": []}, gold, resamples=0)
    assert scores.unread == ()
    assert scores.figures["exact.recall"].value == 0
    assert scores.figures["exact.precision"].value is None


def test_claims_in_articles_without_gold_are_counted_and_not_judged(record, gold):
    scores = score({"a1": [], "b": [record("b")]}, gold, resamples=0)
    assert scores.extra_articles == ("b",)
    assert scores.unjudged == 1
    assert scores.figures["exact.precision"].value is None


def test_articles_are_found_by_identifier_doi_stem_and_alias(record):
    claims = {"k": [record("PMC7", doi="10.1000/ABC")], "empty": []}
    index = index_articles(claims, {"Elife00001": "empty"})
    for name in ("k", "pmc7", "10.1000/abc"):
        assert index[name] == ("k",)
    assert article_keys(GoldArticle(id="elife00001", claims=()), index) == ("empty",)
    assert article_keys(GoldArticle(id="reference 3", claims=(), aliases=("10.1000/abc", "k")), index) == ("k",)
    assert article_keys(GoldArticle(id="z", claims=()), index) == ()


@pytest.mark.shared
def test_a_run_without_claims_misses_all_of_a_real_gold(shared):
    gold = load_gold(shared / "gold" / "elife_dev.jsonl")
    scores = score({article.id: [] for article in gold}, gold, resamples=0)
    assert scores.figures["exact.recall"].value == 0
    assert scores.unread == ()
