"""The trainer: the same model from the same seed, and a toy task that it must learn."""

import json
import random
import sys
from pathlib import Path

import numpy
import pytest
from extractor.parse.entities import load_entities
from extractor.parse.language import blank_language
from extractor.scan import Scanner
from extractor.settings import Settings
from extractor.terms import Terms
from spacy.language import Language

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from entity_samples import Sample  # noqa: E402
from entity_scores import Counts, score  # noqa: E402
from train_entities import MENTIONS, NO_CELL, SIZES, Size, Task, cell_task, save, train, unchanged  # noqa: E402


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


def test_the_size_of_a_network_is_what_was_asked_for(tokenizer: Language) -> None:
    wide, narrow = (
        train(Task(("REGION",), toy(1, 20), {}, unchanged), epochs=1, nlp=tokenizer, size=size) for size in (SIZES["region"], Size(16, 1, (100,) * 5))
    )
    assert {array.shape[-1] for array in weights(narrow) if array.shape[0] == 100} == {16}
    assert sum(array.size for array in weights(narrow)) < sum(array.size for array in weights(wide)) / 10


@pytest.mark.parametrize(
    ("words", "expected"), [("cells", True), ("Cell", True), ("cellular", True), ("neuronal", True), ("mast cells", False), ("neurons", False)]
)
def test_a_bare_word_for_cells_is_no_name(words: str, expected: bool) -> None:
    assert bool(NO_CELL.fullmatch(words)) is expected


def test_cells_are_split_by_article_and_bare_words_told_apart(tmp_path: Path, tokenizer: Language, terms: Terms) -> None:
    folder = tmp_path / "anatem" / "train"
    folder.mkdir(parents=True)
    for no in range(20):
        (folder / f"PMC-{no // 2}-sec-{no}.txt").write_text("BDNF rose in mast cells.\nThe cells grew.\n", encoding="utf-8")
        (folder / f"PMC-{no // 2}-sec-{no}.ann").write_text("T1\tCell 13 23\tmast cells\nT2\tCell 29 34\tcells\n", encoding="utf-8")
    task = cell_task(tmp_path, Scanner(terms, nlp=tokenizer, settings=Settings()))
    held = task.held["anatem"]
    assert (len(task.learn), len(held)) == (32, 8)
    assert {s.document for s in task.learn}.isdisjoint(s.document for s in held)
    assert {(s.text[a:b], label) for s in held for a, b, label in s.spans} == {("mast cells", "REGION"), ("cells", "CELL")}


def test_the_annotated_mentions_are_spans_without_text() -> None:
    rows = [json.loads(line) for line in MENTIONS.read_text(encoding="utf-8").splitlines()]
    assert len({row["record_id"] for row in rows}) == 40
    assert all(set(row) == {"record_id", "start", "end", "label"} and row["start"] < row["end"] for row in rows)
    assert {row["label"] for row in rows} == {"molecule", "optional"}
