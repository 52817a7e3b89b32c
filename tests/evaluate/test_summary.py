import json

import pytest
from extractor.evaluate.compare import compare
from extractor.evaluate.funnel import losses
from extractor.evaluate.metrics import METRICS
from extractor.evaluate.scores import score
from extractor.evaluate.statements import GoldArticle, statement
from extractor.evaluate.summary import confusion, summary


@pytest.fixture
def scores(record):
    gold = [GoldArticle(id="a1", claims=tuple(statement(record(molecule=one)) for one in ("BDNF", "mTOR", "IL-6"))), GoldArticle(id="a2", claims=())]
    return score({"a1": [record(molecule="BDNF"), record(molecule="mTOR", direction="decrease"), record(molecule="GFAP")]}, gold, resamples=20)


def test_all_that_scores_json_holds(scores):
    data = summary(scores, losses(scores.alignments))
    assert data["articles"] == {"gold": 2, "read": 1, "not_read": ["a2"], "without_gold": 0}
    assert data["claims"]["gold"] == 3
    assert data["claims"]["paired"] == {"exact": 1, "lenient": 1, "full": 1, "aligned": 2}
    assert set(data["figures"]) == set(METRICS)
    assert data["figures"]["exact.recall"]["value"] == 0.333333
    assert data["closed_world_precision"] is False
    assert data["funnel"]["no trace"] == 2
    assert data["differences"] == {"direction": 1, "no claim about this molecule": 1}
    assert data["slices"]["direction"][0] == {"value": "increase", "gold": 3, "found": 1, "predicted": 2, "right": 1, "recall": 0.333333, "precision": 0.5}
    assert data["rules"][0]["rule"] == "up.1"
    assert "comparison" not in data
    assert json.loads(json.dumps(data)) == data


def test_confusion_with_missed_and_extra(scores):
    table = confusion(scores)
    assert table["increase"] == {"increase": 1, "decrease": 1, "no_change": 0, "missed": 1}
    assert table["extra"] == {"increase": 1, "decrease": 0, "no_change": 0, "missed": 0}
    assert sum(confusion(score({}, [], resamples=0))["increase"].values()) == 0


def test_a_comparison_is_written_with_its_changes(scores):
    data = summary(scores, (), comparison=compare(scores, scores, resamples=5))
    assert data["comparison"]["changes"] == []
    assert data["comparison"]["differences"]["exact.f1"]["difference"] == {"value": 0, "low": 0, "high": 0}
