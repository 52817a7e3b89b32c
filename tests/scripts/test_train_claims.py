"""What the training of the models of claims prints: every figure for every source and mode."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from extractor.evaluate.match import Alignment, align
from extractor.evaluate.metrics import METRICS
from extractor.evaluate.names import Name
from extractor.evaluate.statements import GoldArticle, Statement
from extractor.learn.crossval import Read
from extractor.records import Direction
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import typer  # noqa: E402

import train_claims  # noqa: E402

THRESHOLDS = {"balanced": 0.5, "complete": 0.0}


def name(text: str, *wider: str) -> Name:
    return Name(shown=text, key=text, spellings=frozenset({text}), wider=frozenset(wider))


def said(molecule: str, direction: str = "increase", *, region: Name | None = None, confidence: float = 1.0) -> Statement:
    place = region or name("CA1", "hippocampus")
    return Statement(place="", molecule=name(molecule), region=place, direction=Direction(direction), species=name("rat"), confidence=confidence)


GOLD = {
    "a": GoldArticle(id="a", claims=(said("BDNF"), said("mTOR", "no_change"))),
    "e": GoldArticle(id="e", claims=(said("TrkB", "decrease"),)),
}
FOUND = {
    "a": (said("BDNF", confidence=0.9), said("mTOR", "no_change", region=name("hippocampus"), confidence=0.6), said("IL6", confidence=0.2)),
    "e": (said("TrkB", "decrease", confidence=0.3),),
}
SOURCES = {"a": "abstracts", "e": "elife"}


def reads() -> list[Read]:
    made: list[Any] = [SimpleNamespace(example=SimpleNamespace(key=key, source=source, corpus="")) for key, source in SOURCES.items()]
    found: Any = FOUND
    return [Read(studied=one, claims=found[one.example.key], fold=0) for one in made]


def aligned(read: Read, gold: GoldArticle) -> Alignment:
    found: Any = read.claims
    return align(gold, found)


@pytest.fixture
def material(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two articles of hand-made claims in place of the texts, of training and of what is saved."""
    given: Any = SimpleNamespace(studied=(), gold=GOLD)
    trained = SimpleNamespace(trained=SimpleNamespace(models=lambda **_: None), calibration="calibration", weigher="weigher", reads=tuple(reads()))
    monkeypatch.setattr(train_claims, "load", lambda _: given)
    monkeypatch.setattr(train_claims, "nested", lambda *_, **__: reads())
    monkeypatch.setattr(train_claims, "final", lambda *_, **__: trained)
    monkeypatch.setattr(train_claims, "align_read", aligned)
    monkeypatch.setattr(train_claims, "choose_thresholds", lambda *_, **__: THRESHOLDS)
    monkeypatch.setattr(train_claims, "save", lambda *_, **__: None)


def run(*arguments: str) -> str:
    app = typer.Typer()
    app.command()(train_claims.main)
    result = CliRunner().invoke(app, ["--data", "nowhere", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.usefixtures("material")
@pytest.mark.parametrize("arguments", [(), ("--nested",)])
def test_every_source_and_mode_has_every_figure(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "figures.json"
    printed = run(*arguments, "--report", str(file)).splitlines()
    found = json.loads(file.read_text("utf-8"))
    assert list(found) == [f"{corpus} {mode}" for corpus in train_claims.CORPORA for mode in THRESHOLDS]
    names = list(found["abstracts balanced"])
    assert all(list(one) == names for one in found.values())
    assert set(train_claims.SHOWN) < set(names)
    for line, (key, values) in zip(printed[1 : len(found) + 1], found.items(), strict=True):
        assert line == f"{key}: " + ", ".join(f"{one} {'n/a' if value is None else format(value, '.3f')}" for one, value in values.items())


@pytest.mark.usefixtures("material")
def test_figures_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    run("--nested", "--report", str(file))
    found = json.loads(file.read_text("utf-8"))
    shown, everything, none = found["abstracts balanced"], found["abstracts complete"], found["elife balanced"]
    assert (shown["aligned.region"], shown["aligned.region.lenient"], shown["aligned.species.lenient"]) == (0.5, 1, 1)
    assert (shown["exact.increase.f1"], everything["exact.increase.f1"], everything["exact.increase.precision"]) == (1, 0.667, 0.5)
    assert (shown["exact.no_change.recall"], shown["direction.no_change.f1_given_match"]) == (0, 1)
    assert (shown["confident.half.precision"], everything["confident.half.precision"], everything["confident.tenth.precision"]) == (1, 0.5, 1)
    assert (none["exact.decrease.recall"], none["exact.decrease.f1"]) == (0, 0)
    for missing in ("exact.decrease.precision", "exact.increase.f1", "aligned.region.lenient", "direction.decrease.f1_given_match", "confident.half.precision"):
        assert none[missing] is None, missing


def test_what_is_shown_is_a_metric() -> None:
    assert set(train_claims.SHOWN) <= set(METRICS)
    assert len(set(train_claims.SHOWN)) == len(train_claims.SHOWN)
