import pytest
from extractor.errors import UsageError
from extractor.evaluate.compare import compare
from extractor.evaluate.scores import score
from extractor.evaluate.statements import GoldArticle, statement


@pytest.fixture
def run(record):
    gold = [GoldArticle(id=article, claims=(statement(record(molecule="BDNF")), statement(record(molecule="mTOR")))) for article in ("a1", "a2")]

    def make(*molecules, articles=gold):
        return score({"a1": [record(molecule=molecule, claim_id=molecule) for molecule in molecules], "a2": []}, articles, resamples=0)

    return make


def test_figures_and_changed_claims(run):
    comparison = compare(run("BDNF", "IL-6"), run("mTOR", "TrkB", "IL-6"), resamples=100)
    changed = [(change.kind, change.article, change.claim.molecule.shown) for change in comparison.changes]
    assert changed[:2] == [("gained", "a1", "mTOR"), ("lost", "a1", "BDNF")]
    assert [(kind, article) for kind, article, _ in changed[2:]] == [("new error", "a1")]
    gap = comparison.differences["exact.precision"]
    assert (gap.first, gap.second, gap.difference.value) == (1 / 2, 1 / 3, pytest.approx(-1 / 6))
    assert comparison.differences["exact.recall"].difference.value == 0


def test_an_error_that_went_away(run):
    assert [change.kind for change in compare(run("BDNF", "IL-6"), run("BDNF"), resamples=0).changes] == ["error gone"]


def test_a_run_against_itself(run):
    comparison = compare(run("BDNF"), run("BDNF"), resamples=50)
    assert comparison.changes == ()
    assert comparison.differences["exact.f1"].difference.high == 0


def test_runs_over_different_gold_cannot_be_compared(run):
    with pytest.raises(UsageError, match="different articles; expected the same gold"):
        compare(run("BDNF"), run("BDNF", articles=[GoldArticle(id="a1", claims=())]))
