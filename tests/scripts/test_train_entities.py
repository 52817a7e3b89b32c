"""The trainer: the same model from the same seed, and a toy task that it must learn."""

import json
import random
import sys
from pathlib import Path

import numpy
import pytest
from extractor.parse.entities import load_entities
from extractor.parse.language import blank_language
from spacy.language import Language

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from entity_samples import Sample  # noqa: E402
from entity_scores import Counts, score  # noqa: E402
from train_entities import MENTIONS, Task, save, train, unchanged  # noqa: E402


def toy(seed: int, count: int) -> list[Sample]:
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        name = f"nucleus {rng.choice(['alpha', 'beta', 'gamma'])}"
        text = f"{rng.choice(['Cells', 'Fibres', 'Slices'])} of the {name} {rng.choice(['fired', 'rested', 'grew'])}"
        made.append(Sample("d", text, (), ((text.index(name), text.index(name) + len(name), "REGION"),)))
    return made


def weights(model: Language) -> list[numpy.ndarray]:
    return [node.get_param(name) for node in model.get_pipe("ner").model.walk() for name in node.param_names]


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    return blank_language()


@pytest.fixture(scope="module")
def learnt(tokenizer: Language) -> Language:
    return train(Task(("REGION",), toy(1, 400), {}, unchanged), epochs=4, nlp=tokenizer)


def test_a_pattern_of_words_is_learnt(learnt: Language, tokenizer: Language) -> None:
    counts = score(learnt, toy(2, 50), label="REGION", nlp=tokenizer)
    assert counts["lexicons"].found == 0
    assert counts["model"] == counts["joined"] == Counts(exact=50, gold_met=50, found_met=50, gold=50, found=50)


def test_the_same_seed_gives_the_same_weights(learnt: Language, tokenizer: Language) -> None:
    again = train(Task(("REGION",), toy(1, 400), {}, unchanged), epochs=4, nlp=tokenizer)
    first, second = weights(learnt), weights(again)
    assert len(first) > 20
    assert all(numpy.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_the_saved_model_holds_no_training_text_and_no_pickle(learnt: Language, tmp_path: Path) -> None:
    (tmp_path / "region").mkdir()
    (tmp_path / "region" / "old").touch()
    save(learnt, tmp_path / "region", metrics={"toy": 1})
    files = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert files == [f"region/{name}" for name in ("config.cfg", "meta.json", "metrics.json", "ner/cfg", "ner/model", "ner/moves")]
    assert json.loads((tmp_path / "region" / "metrics.json").read_text(encoding="utf-8")) == {"toy": 1}
    assert load_entities(["region"], folder=tmp_path).kinds == ("region",)


def test_the_annotated_mentions_are_spans_without_text() -> None:
    rows = [json.loads(line) for line in MENTIONS.read_text(encoding="utf-8").splitlines()]
    assert len({row["record_id"] for row in rows}) == 40
    assert all(set(row) == {"record_id", "start", "end", "label"} and row["start"] < row["end"] for row in rows)
    assert {row["label"] for row in rows} == {"molecule", "optional"}
