"""Trial reports are read by models that learned nothing from them."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from extractor.learn.crossval import FOLDS, fold_of_article

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import measure_unseen

REPORTS = [f"PMC{number}" for number in range(12)]


def test_no_report_is_read_by_models_of_its_own_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    studied: Any = [SimpleNamespace(example=SimpleNamespace(source="paragraphs", article=SimpleNamespace(id=name))) for name in REPORTS]
    material: Any = SimpleNamespace(studied=studied, gold={})
    shipped = SimpleNamespace(calibration="calibration", thresholds="thresholds", proposing="proposing")

    def trained(taught: list[str]) -> SimpleNamespace:
        return SimpleNamespace(models=lambda **given: SimpleNamespace(taught=taught, given=given))

    def weighed(reads: list[Any], _: object) -> SimpleNamespace:
        return SimpleNamespace(arrays=lambda: [read.studied.example.article.id for read in reads])

    monkeypatch.setattr(measure_unseen, "load_models", lambda: shipped)
    monkeypatch.setattr(measure_unseen, "weighted", lambda some: [one.example.article.id for one in some])
    monkeypatch.setattr(measure_unseen, "train", trained)
    monkeypatch.setattr(measure_unseen, "claims_of", lambda *_: ())
    monkeypatch.setattr(measure_unseen, "weigher", weighed)
    monkeypatch.setattr(measure_unseen, "replace", lambda models, weigher: (models.taught, models.given, weigher))
    monkeypatch.setattr(measure_unseen, "Pipeline", lambda _, models: models)
    monkeypatch.setattr(measure_unseen, "rct_items", lambda _: [(Path(f"{name}.nxml"), ("label",)) for name in REPORTS])
    monkeypatch.setattr(measure_unseen, "first_article", lambda path: SimpleNamespace(id=path.stem))
    monkeypatch.setattr(measure_unseen, "rct_answers", lambda labels, article, by, unit: (labels, article.id, by, unit))
    answers: Any = list(measure_unseen.answers(material, Path()))
    assert sorted(unit for _, _, _, unit in answers) == sorted(REPORTS), "each report once"
    for labels, name, (taught, given, weigher), unit in answers:
        assert (labels, name) == (("label",), unit)
        assert taught == [other for other in REPORTS if fold_of_article(other) != fold_of_article(name)]
        assert sorted(weigher) == sorted(taught), "the trees have not seen its claims either"
        assert given == {"calibration": "calibration", "thresholds": "thresholds", "proposing": "proposing"}
    assert len({fold_of_article(name) for name in REPORTS}) > 1
    assert all(0 <= fold_of_article(name) < FOLDS for name in REPORTS)
