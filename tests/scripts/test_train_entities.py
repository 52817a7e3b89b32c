"""The trainer: the same model from the same seed, and a toy task that it must learn."""

import gzip
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
from entity_pretraining import plain  # noqa: E402
from entity_samples import Sample  # noqa: E402
from entity_scores import Counts, score  # noqa: E402
from train_entities import MENTIONS, NO_CELL, SIZES, Size, Task, cell_task, region_task, save, species_task, train, unchanged  # noqa: E402


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


def test_plain_text_comes_first_and_changes_the_model(learnt: Language, tokenizer: Language, capsys: pytest.CaptureFixture[str]) -> None:
    rows = plain(toy(3, 400), nlp=tokenizer)
    again = train(Task(("REGION",), toy(1, 400), {}, unchanged, plain=lambda: rows), epochs=4, nlp=tokenizer)
    assert capsys.readouterr().out.startswith("plain text, 2 batches")
    assert not all(numpy.array_equal(a, b) for a, b in zip(weights(learnt), weights(again), strict=True))
    assert score(again, toy(2, 50), label="REGION", nlp=tokenizer)["model"].exact == 50


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


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_regions_are_split_by_abstract_and_plain_text_has_no_annotated_and_no_held_one(tmp_path: Path, tokenizer: Language, terms: Terms) -> None:
    data = tmp_path / "corpora"
    abstracts = "".join(
        f"<PubmedArticle><PMID>{no}</PMID><AbstractText>Site{no} lies in the <R>red nucleus</R>.</AbstractText></PubmedArticle>" for no in range(10)
    )
    write(data / "whitetext" / "whitetext_dev.xml", f"<Set>{abstracts}</Set>")
    for name in ("free", "annotated"):
        write(data / "elife_neuro_jats" / f"{name}.xml", f"<article><p>The {name} one recorded for a long time from the hippocampus.</p></article>")
        write(tmp_path / "gold" / ("elife_dev.jsonl" if name == "annotated" else "abstracts_dev.jsonl"), json.dumps({"record_id": name}) + "\n")
    write(data / "depression" / "abstracts.jsonl", json.dumps({"record_id": "free", "title": "", "abstract": "Our own words on the hippocampus."}) + "\n")
    task = region_task(data, Scanner(terms, nlp=tokenizer, settings=Settings()))
    assert (len(task.learn), len(task.held["whitetext"])) == (8, 2)
    assert task.plain is not None
    plain = [" ".join(row.words) for row in task.plain()]
    assert [line.split()[1] for line in plain if "hippocampus" in line] == ["free"]
    held = {s.text.split()[0] for s in task.held["whitetext"]}
    assert sorted(line.split()[0] for line in plain if line.startswith("Site")) == sorted(2 * [s.text.split()[0] for s in task.learn])
    assert held.isdisjoint(line.split()[0] for line in plain)


def test_words_that_only_one_corpus_marks_are_unknown_in_the_other(tmp_path: Path, tokenizer: Language, terms: Terms) -> None:
    rows = "Women\tB-Species\nran\tO\n.\tO\n\nOld\tO\nwomen\tB-Species\nsat\tO\n"
    for part in ("train", "devel"):
        write(tmp_path / "linnaeus" / f"{part}.tsv", rows)
    for part in ("train", "dev"):
        record = {"pmid": "1", "text": "Mice ran past women.", "spans": [[[[0, 4]], "NCBITaxon:10088"]]}
        write(tmp_path / "craft" / f"concepts_{part}.jsonl", json.dumps(record) + "\n")
    (tmp_path / "lexicons").mkdir()
    with gzip.open(tmp_path / "lexicons" / "reach_Species.tsv.gz", "wt", encoding="utf-8") as table:
        table.write("Danio rerio\t7955\n")
    task = species_task(tmp_path, Scanner(terms, nlp=tokenizer, settings=Settings()))
    assert {(s.text[a:b]) for s in task.learn for a, b in s.unknown} == {"women"}
    assert all(not s.unknown for held in task.held.values() for s in held)
    assert sorted(s.text for s in task.learn) == ["Mice ran past women.", "Old women sat", "Old women sat", "Women ran.", "Women ran."]


def test_the_annotated_mentions_are_spans_without_text() -> None:
    rows = [json.loads(line) for line in MENTIONS.read_text(encoding="utf-8").splitlines()]
    assert len({row["record_id"] for row in rows}) == 40
    assert all(set(row) == {"record_id", "start", "end", "label"} and row["start"] < row["end"] for row in rows)
    assert {row["label"] for row in rows} == {"molecule", "optional"}
