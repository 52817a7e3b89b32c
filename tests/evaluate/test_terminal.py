import io

import pytest
from extractor.evaluate.compare import compare
from extractor.evaluate.intervals import Interval
from extractor.evaluate.scores import score
from extractor.evaluate.statements import GoldArticle, statement
from extractor.evaluate.terminal import comparison_table, ends, figure, funnel_table, headline, print_tables, remarks, score_table
from rich.console import Console


@pytest.fixture
def scores(record):
    gold = [GoldArticle(id="a1", claims=(statement(record()),), complete=False, restatements=2), GoldArticle(id="a2", claims=(statement(record()),))]
    return score({"a1": [record(), record(molecule="mTOR")]}, gold, resamples=50)


def printed(*tables):
    console = Console(file=io.StringIO(), width=160)
    print_tables(console, *tables)
    return console.file.getvalue()


def test_figures_have_three_digits_and_nothing_over_nothing_is_said():
    assert (figure(0.12345), figure(None)) == ("0.123", "n/a")
    assert (ends(Interval(0.5, 0.4, 0.61)), ends(Interval(None))) == ("0.400 – 0.610", "")


def test_what_a_reader_must_know_is_said_plainly(scores):
    assert headline(scores) == "2 gold claims in 2 articles (1 read), 1 predicted claims judged"
    partial, unread, unjudged, joined = remarks(scores)
    assert partial == "the gold is partial: precision counts only predictions about the molecules that it covers in a paper (closed world)"
    assert unread == "gold articles that are not in the run: 1; all their claims count as missed"
    assert unjudged == "predicted claims outside of what the gold covers, not judged: 1"
    assert joined == "restatements in the gold, joined with the claim that they repeat: 2"


def test_the_table_holds_every_figure_with_its_interval(scores):
    text = printed(score_table(scores))
    assert "exact.recall" in text
    assert "0.500" in text
    assert "confidence.ece" in text
    assert "closed world" in text


def test_the_funnel_and_what_differs_stand_side_by_side():
    text = printed(funnel_table({"not read": 3, "scope": 1}, {"region": 2}))
    assert all(one in text for one in ("not read", "scope", "region"))


def test_two_runs_side_by_side(scores):
    text = printed(comparison_table(compare(scores, scores, resamples=10)))
    assert "0 claims changed" in text
    assert "+0.000" in text
    assert "100.0%" in text
