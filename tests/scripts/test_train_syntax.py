"""The training command on a treebank of our own: the cut into runs, a short training from files to a loadable folder, and what it says of missing data."""

import json
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import spacy
from extractor.errors import UsageError
from spacy.strings import hash_string
from spacy.vectors import Vectors
from thinc.api import get_current_ops, set_current_ops

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from craft_treebank import Tree  # noqa: E402
from train_syntax import Shape, run, runs, training_language  # noqa: E402

SENTENCE = "{det}\tx\tX\tDT\t_\t2\tdet\t_\t_\n2\t{noun}\tx\tX\tNN\t_\t3\tnsubj\t_\t_\n3\t{verb}\tx\tX\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\tx\tX\t.\t_\t3\tpunct\t_\t_\n"


def tree(word: str) -> Tree:
    return Tree((word,), (False,), ("NN",), (0,), ("ROOT",))


def treebank(articles: int, *, seed: int) -> str:
    rng, lines = random.Random(seed), []
    for article in range(articles):
        lines.append(f"# newdoc id = {article}")
        for paragraph in range(20):
            lines.append(f"# newpar id = {article}-p{paragraph}")
            for _ in range(5):
                words = {"det": rng.choice(["1\tThe", "1\tA"]), "noun": rng.choice(["level", "rat", "drug"]), "verb": rng.choice(["rose", "fell"])}
                lines.append(SENTENCE.format(**words))
    return "\n".join(lines) + "\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for split, articles in (("train", 3), ("dev", 1)):
        (tmp_path / f"treebank_{split}.conllu").write_text(treebank(articles, seed=articles), "utf-8")
        (tmp_path / f"concepts_{split}.jsonl").write_text("", "utf-8")
    vectors = Vectors(data=np.eye(3, dtype="f"), keys=[hash_string(word) for word in ("level", "rat", "rose")], attr="LOWER")
    vectors.to_disk(tmp_path / "vectors")
    return tmp_path


def test_runs_hold_every_sentence_once_and_end_with_the_paragraph() -> None:
    sentences = [(f"p{i // 7}", tree(str(i))) for i in range(700)]
    cut = list(runs(sentences, random.Random(0)))
    assert [t for each in cut for t in each] == [t for _, t in sentences]
    assert all(len({int(t.words[0]) // 7 for t in each}) == 1 for each in cut)
    assert Counter(len(each) for each in cut)[1] > 100
    assert max(len(each) for each in cut) == 7


def test_runs_differ_from_call_to_call() -> None:
    sentences, rng = [("p", tree(str(i))) for i in range(300)], random.Random(0)
    assert [len(each) for each in runs(sentences, rng)] != [len(each) for each in runs(sentences, rng)]


def test_the_shape_reaches_the_network() -> None:
    nlp = training_language(Shape(width=32, rows=2, hidden=48))
    model = nlp.config["components"]["tok2vec"]["model"]
    assert (model["embed"]["width"], model["embed"]["rows"], model["encode"]["width"]) == (32, [10000, 2000, 5000, 5000], 32)
    assert not model["embed"]["include_static_vectors"]
    assert nlp.config["components"]["parser"]["model"]["hidden_width"] == 48


def test_a_short_training_gives_a_model_that_loads_and_has_learnt(data: Path, tmp_path: Path) -> None:
    ops = get_current_ops()
    try:
        metrics = run(data, tmp_path / "model", shape=Shape(width=32, depth=1, vectors=data / "vectors"), steps=30, seed=0, time_stock=False)
    finally:
        set_current_ops(ops)
    assert metrics["dev"]["sentences"]["tags"] > 99
    assert metrics["dev"]["sentences"]["LAS"] > 95
    assert metrics["articles"] == {"train": 3, "dev": 1}
    assert json.loads((tmp_path / "model" / "metrics.json").read_text("utf-8")) == metrics
    assert spacy.load(tmp_path / "model").vocab.vectors.shape == (3, 3)
    assert "level" not in json.loads((tmp_path / "model" / "vocab" / "strings.json").read_text("utf-8"))
    doc = spacy.load(tmp_path / "model")("The drug rose.")
    assert [(t.tag_, t.dep_) for t in doc][:3] == [("DT", "det"), ("NN", "nsubj"), ("VBD", "ROOT")]
    assert not list(tmp_path.glob("model.*"))


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no file .*treebank_train\.conllu; expected treebank_\*\.conllu and concepts_\*\.jsonl.*--data"):
        run(tmp_path, tmp_path / "model", shape=Shape(), steps=10, seed=0)
