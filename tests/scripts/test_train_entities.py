"""The trainer: counts by hand, the same model from the same seed, and a toy task that it must learn."""

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
from train_entities import MENTIONS, Counts, Task, counted, score, train, unchanged  # noqa: E402


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


def test_counts_of_one_sentence() -> None:
    assert counted([(0, 4), (10, 14)], [(0, 4), (12, 20), (30, 31)]) == Counts(exact=1, gold_met=2, found_met=2, gold=2, found=3)


def test_counts_add_and_read_as_scores() -> None:
    total = Counts(exact=1, gold_met=2, found_met=2, gold=2, found=3) + Counts(gold=2, found=1)
    assert str(total) == "exact P 0.250 R 0.250 F 0.250  lenient P 0.500 R 0.500 F 0.500  gold 4 found 4"


def test_nothing_of_nothing_is_no_score() -> None:
    assert str(Counts(gold=3)).startswith("exact n/a")


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
    learnt.to_disk(tmp_path / "region", exclude=["tokenizer", "vocab"])
    files = sorted(p.relative_to(tmp_path / "region").as_posix() for p in (tmp_path / "region").rglob("*") if p.is_file())
    assert files == ["config.cfg", "meta.json", "ner/cfg", "ner/model", "ner/moves"]
    assert load_entities(["region"], folder=tmp_path).kinds == ("region",)


def test_the_annotated_mentions_are_spans_without_text() -> None:
    rows = [json.loads(line) for line in MENTIONS.read_text(encoding="utf-8").splitlines()]
    assert len({row["record_id"] for row in rows}) == 40
    assert all(set(row) == {"record_id", "start", "end", "label"} and row["start"] < row["end"] for row in rows)
    assert {row["label"] for row in rows} == {"molecule", "optional"}
