"""The crew: many files through few processes with few articles in hand. What goes wrong with them is in test_batch.py."""

import os
import time

import pytest
from extractor.crew import Crew, FileEnd, Work
from extractor.errors import DataError
from extractor.processes import Done, FileTask
from extractor.records import Article, Receipt


class Result:
    claims = ()
    trace = None

    def __init__(self):
        self.counts = {"process": os.getpid()}


class Runner:
    def run(self, article):
        time.sleep(0.01 if article.id.startswith("slow") else 0)
        return Result()


def read(path):
    for name in path.read_text("utf-8").split():
        yield Article(id=name, text=name, passages=(), title="", source=path.name, sha256="", receipt=Receipt(read=len(name)))


def files(folder, *texts):
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / str(number)).write_text(text, "utf-8")
    return [FileTask(str(folder / str(number))) for number in range(len(texts))]


def crew(tmp_path, *, workers=2, make_runner=Runner):
    return Crew(Work(read=read, make_runner=make_runner), workers=workers, timeout=20.0, spool=tmp_path)


def test_every_article_comes_out_once_and_every_file_ends(tmp_path):
    tasks = files(tmp_path / "in", "a b c", "", "d", "e f")
    outcomes = list(crew(tmp_path, workers=3).outcomes(tasks))
    assert sorted(one.receipt.article_id for one in outcomes if isinstance(one, Done)) == list("abcdef")
    assert sorted((one.path[-1], one.items) for one in outcomes if isinstance(one, FileEnd)) == [("0", 3), ("1", 0), ("2", 1), ("3", 2)]


def test_one_large_file_is_shared_by_all_workers(tmp_path):
    tasks = files(tmp_path / "in", " ".join(f"slow{n}" for n in range(30)))
    outcomes = list(crew(tmp_path, workers=2).outcomes(tasks))
    assert len({one.receipt.counts["process"] for one in outcomes if isinstance(one, Done)}) == 2


def test_a_large_file_is_read_only_as_fast_as_it_is_worked_off(tmp_path):
    gang = crew(tmp_path, workers=1)
    tasks = files(tmp_path / "in", " ".join(f"a{n}" for n in range(50)))
    assert max(len(gang._waiting) for _ in gang.outcomes(tasks)) <= 2


def test_files_are_taken_as_they_are_needed(tmp_path):
    tasks = iter(files(tmp_path / "in", *["a"] * 30))
    outcomes = crew(tmp_path, workers=1).outcomes(tasks)
    next(outcomes)
    assert len(list(tasks)) > 20
    outcomes.close()


def test_the_pipeline_is_not_loaded_where_nothing_is_to_be_run(tmp_path):
    def make_runner():
        raise AssertionError("loaded")

    assert [type(one) for one in crew(tmp_path, make_runner=make_runner).outcomes(files(tmp_path / "in", ""))] == [FileEnd]


def test_a_pipeline_that_does_not_load_stops_the_run(tmp_path):
    def make_runner():
        raise DataError("a torn row", place="molecules.tsv:3")

    with pytest.raises(DataError, match="molecules.tsv:3: a torn row"):
        list(crew(tmp_path, make_runner=make_runner).outcomes(files(tmp_path / "in", "a")))


def test_processes_are_gone_when_the_caller_stops_early(tmp_path):
    gang = crew(tmp_path)
    outcomes = gang.outcomes(files(tmp_path / "in", "a b c d"))
    next(outcomes)
    children = [post.child.process for post in (*gang._readers, *gang._workers) if post.child]
    assert children
    outcomes.close()
    assert all(post.child is None for post in (*gang._readers, *gang._workers))
    assert [child.exitcode for child in children if child.is_alive()] == []
