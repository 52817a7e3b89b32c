"""Folds by article, and claims by models that never saw their article."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest
from extractor.evaluate.names import resolve
from extractor.evaluate.statements import GoldArticle, Statement
from extractor.learn import crossval
from extractor.learn.calibrate import Judged
from extractor.learn.crossval import FOLDS, HELD_OUT, Read, align_read, claims_of, fold_of, judge, nested, out_of_fold
from extractor.learn.dataset import Studied, study
from extractor.learn.sentences import from_sentences
from extractor.pipeline import Pipeline
from extractor.records import Direction
from extractor.relate.artefact import load_models
from extractor.relate.models import Calibration

TEXT = "Ketamine increased the level of BDNF in the hippocampus of rats."
Some = SimpleNamespace


def standing_for(article: str, source: str = "abstracts") -> Some:
    """All that the folds ask of a studied example."""
    return Some(example=Some(article=Some(id=article), source=source))


def test_the_fold_of_an_article_never_changes() -> None:
    # the SHA-256 of the identifier, as a number, modulo the folds
    assert [fold_of(standing_for(name)) for name in ("PMC1", "PMC2", "10.1101/2020.01.01")] == [1, 2, 0]
    assert fold_of(standing_for("PMC1"), folds=1) == 0


def test_what_is_written_for_training_is_in_no_fold() -> None:
    assert fold_of(standing_for("some:3", "sentences")) is None
    assert fold_of(standing_for("some", "decisions")) is None
    assert {"abstracts", "elife", "paragraphs"} == HELD_OUT


def test_the_parts_of_an_article_share_a_fold_whatever_their_source() -> None:
    for name in (f"PMC{i}" for i in range(50)):
        assert len({fold_of(standing_for(name, source)) for source in HELD_OUT}) == 1


def test_articles_are_spread_over_all_folds() -> None:
    counts = [0] * FOLDS
    for i in range(1000):
        fold = fold_of(standing_for(f"article {i}"))
        assert fold is not None
        counts[fold] += 1
    assert min(counts) > 150


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The articles of each training; a model is the list of what it has seen, and what it reads is what it has seen of the article."""
    seen: list[list[str]] = []

    def weighted(studied: Iterable[Some]) -> list[str]:
        seen.append([one.example.article.id for one in studied])
        return seen[-1]

    def claims_of(one: Some, models: Some) -> tuple[str, ...]:
        return tuple(name for name in models.seen if name == one.example.article.id)

    monkeypatch.setattr(crossval, "weighted", weighted)
    monkeypatch.setattr(crossval, "train", lambda names: Some(models=lambda: Some(seen=names)))
    monkeypatch.setattr(crossval, "claims_of", claims_of)
    return seen


EXAMPLES = [standing_for(f"PMC{i // 2}", source) for i, source in zip(range(40), ["abstracts", "paragraphs"] * 20, strict=True)]
WRITTEN = [standing_for("some:1", "sentences"), standing_for("some:2", "decisions")]


def test_no_article_is_read_by_a_model_that_has_seen_it(trainings: list[list[str]]) -> None:
    reads = list(out_of_fold([*EXAMPLES, *WRITTEN], tested=HELD_OUT))  # type: ignore[list-item]
    assert len(reads) == len(EXAMPLES), "each example once"
    assert {one.claims for one in reads} == {()}, "no model has seen a part of the article that it reads"
    assert len(trainings) == FOLDS
    assert all({"some:1", "some:2"} <= set(names) for names in trainings)
    assert {name for names in trainings for name in names} == {one.example.article.id for one in (*EXAMPLES, *WRITTEN)}


@pytest.mark.usefixtures("trainings")
def test_only_the_tested_sources_are_read() -> None:
    reads = list(out_of_fold([*EXAMPLES, *WRITTEN], tested=frozenset({"abstracts"})))  # type: ignore[list-item]
    assert len(reads) == 20
    assert {one.studied.example.source for one in reads} == {"abstracts"}
    assert all(one.fold == fold_of(one.studied) for one in reads)


def test_calibration_and_weigher_of_a_fold_have_not_seen_its_articles_either(trainings: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated: list[set[str]] = []

    weighed: list[set[str]] = []

    def articles(reads: Iterable[Read]) -> set[str]:
        return {one.studied.example.article.id for one in reads}

    def keep(reads: Iterable[Read], _: object) -> Calibration:
        calibrated.append(articles(reads))
        return Calibration(weights=(), intercept=0.0)

    def weigh(reads: Iterable[Read], _: object) -> Some:
        weighed.append(articles(reads))
        return Some(arrays=lambda: None)

    monkeypatch.setattr(crossval, "calibrated", keep)
    monkeypatch.setattr(crossval, "weigher", weigh)
    monkeypatch.setattr(crossval, "replace", lambda models, **_: models)
    reads = list(nested(EXAMPLES, tested=HELD_OUT, gold={}))  # type: ignore[arg-type]
    assert len(reads) == len(EXAMPLES)
    assert {one.claims for one in reads} == {()}
    for one in reads:
        assert one.studied.example.article.id not in calibrated[one.fold] | weighed[one.fold]
    assert len(trainings) == FOLDS * (FOLDS + 1)


@pytest.fixture
def studied(tmp_path: Path, rules_pipeline: Pipeline) -> Studied:
    (tmp_path / "some.txt").write_text(f"## some\n{TEXT}\n= Ketamine | drug | BDNF | level | hippocampus | increase | rats | increased", "utf-8")
    (example,) = from_sentences(tmp_path)
    return study(example, rules_pipeline)


@pytest.fixture
def gold(studied: Studied) -> Callable[..., GoldArticle]:
    """`gold(direction, region)`: the article with one claim."""

    def make(direction: Direction = Direction.INCREASE, region: str = "hippocampus") -> GoldArticle:
        molecule, place, species = resolve("molecule", "BDNF"), resolve("region", region), resolve("species", "rat")
        assert molecule is not None
        one = Statement(place="gold", molecule=molecule, region=place, direction=direction, species=species, evidence=(TEXT,), cue="increased")
        return GoldArticle(id=studied.example.article.id, claims=(one,))

    return make


def test_the_claims_of_an_example_are_those_of_the_models(studied: Studied) -> None:
    (claim,) = claims_of(studied, load_models())
    assert (claim.molecule.name, claim.direction, claim.region and claim.region.text) == ("BDNF", "increase", "hippocampus")


@pytest.mark.parametrize(
    ("direction", "region", "right"),
    [(Direction.INCREASE, "hippocampus", True), (Direction.DECREASE, "hippocampus", False), (Direction.INCREASE, "pons", False)],
)
def test_a_claim_is_right_where_all_of_it_is(studied: Studied, gold: Callable[..., GoldArticle], direction: Direction, region: str, right: bool) -> None:
    read = Read(studied, claims_of(studied, load_models()), 0)
    probabilities = read.claims[0].probabilities
    expected = Judged(parts=(probabilities["claim"], probabilities["region"], probabilities["species"]), right=right)
    assert judge(read, gold(direction, region)) == [expected]
    assert len(align_read(read, gold(direction, region)).predicted) == 1
