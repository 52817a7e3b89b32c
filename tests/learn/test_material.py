"""Training material in a file: what comes back, what is left out, and what is wrong with a broken file."""

from pathlib import Path

import numpy as np
import pytest
from extractor.errors import DataError
from extractor.learn.dataset import Instance
from extractor.learn.material import INSTANCES, LEAST_SEEN, read_articles, read_instances, write_instances
from extractor.learn.train import train
from extractor.relate.models import TASKS
from hypothesis import given
from hypothesis import strategies as st

NAMES = ["path=dobj>", "word=α", "near-1=edge", "lemma=rise|base", "zzz"]


def material(weighted):
    return {task: list(weighted) for task in TASKS}


def kept(weighted):
    """What should come back: features that are seen often enough, each once, by name."""
    counts = {name: sum(name in instance.features for instance, _ in weighted) for name in NAMES}
    return [(Instance(features=tuple(sorted({f for f in one.features if counts[f] >= LEAST_SEEN})), label=one.label), weight) for one, weight in weighted]


INSTANCE = st.builds(Instance, features=st.lists(st.sampled_from(NAMES)).map(tuple), label=st.sampled_from(["yes", "no", "none"]))


@given(weighted=st.lists(st.tuples(INSTANCE, st.sampled_from([0.5, 1.0, 2.0])), max_size=30))
def test_what_was_written_comes_back_without_rare_features(weighted, tmp_path_factory):
    path = tmp_path_factory.mktemp("material") / INSTANCES
    write_instances(material(weighted), path, articles=["b", "a", "b"])
    assert read_instances(path) == material(kept(weighted))
    assert read_articles(path) == {"a", "b"}


def test_equal_material_gives_equal_bytes(tmp_path):
    weighted = material([(Instance(features=("a", "b"), label="yes"), 1.0)] * LEAST_SEEN)
    write_instances(weighted, tmp_path / "one.npz")
    write_instances(weighted, tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert read_articles(tmp_path / "one.npz") == frozenset()


def test_training_again_on_the_file_gives_the_same_models(tiny_models):
    again = train(read_instances(tiny_models / INSTANCES)).models().tasks
    with np.load(tiny_models / "weights.npz") as table:
        for task in TASKS:
            assert bytes(table[f"{task}.names"]).decode().split("\n") == list(again[task].weights)
            assert np.allclose(table[f"{task}.weights"], np.array(list(again[task].weights.values())), atol=1e-6)


def test_the_material_of_the_package_is_small_and_holds_every_task():
    from extractor.relate.artefact import FOLDER

    path = FOLDER / INSTANCES
    assert path.stat().st_size < 12_000_000
    assert all(len(instances) > 1000 for instances in read_instances(path).values())
    assert len(read_articles(path)) > 300


def test_a_missing_or_broken_file_is_named(tmp_path: Path):
    with pytest.raises(DataError, match=r"instances.npz: no training material; expected the instances"):
        read_instances(tmp_path / INSTANCES)
    (tmp_path / INSTANCES).write_bytes(b"no archive")
    with pytest.raises(DataError, match=r"instances.npz: broken: .*; expected what training writes"):
        read_articles(tmp_path / INSTANCES)
    np.savez_compressed(tmp_path / INSTANCES, articles=np.zeros(0, dtype=np.uint8))
    with pytest.raises(DataError, match=r"instances.npz: broken: "):
        read_instances(tmp_path / INSTANCES)
