"""The folder of models: what is written is read, weights are those of the scikit-learn models, a folder that does not fit is refused."""

import hashlib
import json
import logging
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from extractor.errors import DataError
from extractor.relate import artefact
from extractor.relate.artefact import CARD, FOLDER, PARTS, VERSION, WEIGHTS, lexicon_hash, load_models, read_card, write_models
from extractor.relate.features import FAMILIES
from extractor.relate.models import TASKS, Calibration, ClaimModels, LinearModel, Task
from skops.io import load

DRAWS = 20
MODES = {"precise", "balanced", "complete"}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the card and the weights of the package."""
    folder = tmp_path / "claims"
    folder.mkdir()
    for name in (CARD, WEIGHTS):
        shutil.copy(FOLDER / name, folder / name)
    return folder


def small_models() -> ClaimModels:
    """Models whose weights a 32-bit float holds exactly."""
    tasks = {task: LinearModel(classes=("no", "yes"), weights={f"{task}=β": (0.0, 0.5), "x y": (0.25, -1.0)}, intercept=(0.0, -0.125)) for task in TASKS}
    thresholds = {"precise": 0.7, "balanced": 0.3, "complete": 0.0}
    return ClaimModels(tasks=tasks, calibration=Calibration(weights=(0.5, 0.25, 2.0), intercept=-1.5), thresholds=thresholds, proposing=0.2)  # type: ignore[arg-type]


def changed(folder: Path, **fields: object) -> Path:
    """The folder with other fields on its card."""
    card = json.loads((folder / CARD).read_text("utf-8"))
    (folder / CARD).write_text(json.dumps({**card, **fields}), "utf-8")
    return folder


def test_what_is_written_is_read(tmp_path: Path) -> None:
    models = small_models()
    write_models(models, tmp_path / "new" / "claims", skops=dict.fromkeys(TASKS, "0" * 64))
    assert load_models(tmp_path / "new" / "claims") == models


def test_the_shipped_models_have_all_tasks_and_modes() -> None:
    models = load_models()
    assert set(models.tasks) == set(TASKS)
    assert set(models.thresholds) == MODES
    assert models.thresholds["complete"] <= models.thresholds["balanced"] <= models.thresholds["precise"] < 1
    assert models.tasks["claim"].classes == ("decrease", "increase", "no_change", "none")
    assert {models.tasks[task].classes for task in ("region", "species", "agent")} == {("no", "yes")}
    assert len(models.calibration.weights) == len(PARTS)


@pytest.mark.parametrize("task", TASKS)
def test_the_weights_give_the_probabilities_of_the_scikit_learn_model(task: Task) -> None:
    stored = load(FOLDER / f"{task}.skops", trusted=[])
    regression, names = stored["regression"], [str(name) for name in stored["features"]]
    draw = random.Random(task)
    drawn = [draw.sample(range(len(names)), min(len(names), 40)) for _ in range(DRAWS)]
    matrix = np.zeros((DRAWS, len(names)))
    for row, places in enumerate(drawn):
        matrix[row, places] = 1
    expected = regression.predict_proba(matrix)
    model = load_models().tasks[task]
    found = [model.probabilities(names[place] for place in places) for places in drawn]
    assert model.classes == tuple(regression.classes_)
    assert [list(one.values()) for one in found] == [pytest.approx(list(row), abs=1e-5) for row in expected]


@pytest.mark.parametrize("task", TASKS)
def test_the_card_knows_the_scikit_learn_files(task: Task) -> None:
    assert read_card(FOLDER).tasks[task].skops == hashlib.sha256((FOLDER / f"{task}.skops").read_bytes()).hexdigest()


@pytest.mark.parametrize("missing", [CARD, WEIGHTS])
def test_a_folder_without_models_is_refused(copied: Path, missing: str) -> None:
    (copied / missing).unlink()
    with pytest.raises(DataError) as error:
        load_models(copied)
    assert str(error.value) == f"{copied}: no models of claims; expected models.json and weights.npz; train them with scripts/train_claims.py"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere: no models of claims"):
        load_models(tmp_path / "nowhere")


def test_models_of_other_features_are_refused(copied: Path) -> None:
    with pytest.raises(DataError) as error:
        load_models(changed(copied, version=VERSION + 1))
    now = ", ".join(FAMILIES)
    assert (
        str(error.value)
        == f"{copied / CARD}: models of features {VERSION + 1} ({now}); expected features {VERSION} ({now}); train them again with scripts/train_claims.py"
    )


def test_models_of_other_families_of_features_are_refused(copied: Path) -> None:
    with pytest.raises(DataError, match=rf"models of features {VERSION} \(cue, moon\); expected features {VERSION} \(cue, "):
        load_models(changed(copied, families=["cue", "moon"]))


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"proposing": "often"}, "valid number"), ({"moon": 1}, "Extra inputs"), ({"thresholds": {"bold": 0.5}}, "'precise', 'balanced' or 'complete'")],
)
def test_a_broken_card_says_what_is_wrong(copied: Path, fields: dict[str, object], message: str) -> None:
    with pytest.raises(DataError, match=f"models.json: broken: .*{message}.*; expected what scripts/train_claims.py writes; train again"):
        load_models(changed(copied, **fields))


def test_a_card_that_is_no_json_is_broken(copied: Path) -> None:
    (copied / CARD).write_text("{", "utf-8")
    with pytest.raises(DataError, match="broken: Invalid JSON"):
        read_card(copied)


def test_models_of_other_lexicons_are_used_and_it_is_said(copied: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        load_models(changed(copied, lexicons="0" * 64))
    assert [record.getMessage() for record in caplog.records] == [
        "the lexicons have changed since the models of claims were trained; `scripts/train_claims.py` trains them again"
    ]


@pytest.fixture
def lexicons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """`lexicons(**files)`: the hash of a folder that holds these files, `__` for the dot."""

    def make(**files: str) -> str:
        folder = tmp_path / "lexicons"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, text in files.items():
            (folder / name.replace("__", ".")).write_text(text, "utf-8")
        monkeypatch.setattr(artefact, "LEXICONS", folder)
        return lexicon_hash()

    return make


def test_the_hash_of_the_lexicons_follows_names_and_contents_of_tables(lexicons: Callable[..., str]) -> None:
    plain = lexicons(a__tsv="1", b__jsonl="2")
    assert len(plain) == 64
    assert lexicons(b__jsonl="2", a__tsv="1") == plain
    assert lexicons(a__tsv="1", b__jsonl="2", README__md="words") == plain
    assert len({plain, lexicons(a__tsv="2", b__jsonl="2"), lexicons(c__tsv="1", b__jsonl="2"), lexicons(a__tsv="1")}) == 4
