"""What a reader says about a file and a worker about an article, without any process."""

import gc
from types import SimpleNamespace

import pytest
from extractor.errors import DataError, InputError
from extractor.processes import NEW_OBJECTS, Done, FileTask, Item, failure_of, items, process, settle_collector
from extractor.records import Article, Receipt, Skip
from extractor.schema import FailureRecord
from extractor.variants import fold


def article(name):
    return Article(
        id=name, text="text", passages=(), title="", source="a.txt", sha256="", receipt=Receipt(read=4, skipped=(Skip("references", 2),), notes=("n",))
    )


def reading(*found):
    def read(_path):
        for one in found:
            if isinstance(one, RuntimeError):
                raise one
            yield one

    return read


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("abc", "utf-8")
    return str(file)


ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def said(task, read):
    return [(item.kind, item.index, found.id if found else None) for item, found in items(task, read)]


def test_each_place_of_a_file_is_an_item_and_its_end_counts_them(path):
    found = list(items(FileTask(path), reading(article("x"), InputError("torn", place="a.txt:2"), article("y"))))
    assert [(item.kind, item.index) for item, _ in found] == [("article", 0), ("failed", 1), ("article", 2), ("end", 3)]
    assert {item.sha256 for item, _ in found} == {ABC}
    failure = found[1][0].failure
    assert (failure.stage, failure.type, failure.message) == ("read", "InputError", "a.txt:2: torn")


def test_a_reader_that_raises_costs_the_rest_of_the_file(path):
    assert said(FileTask(path), reading(article("x"), RuntimeError("bug"), article("y"))) == [("article", 0, "x"), ("failed", 1, None), ("end", 2, None)]


def test_places_known_from_the_same_bytes_are_not_given_again(path):
    read = reading(article("x"), article("y"))
    assert said(FileTask(path, ABC, frozenset({0})), read) == [("known", 0, None), ("article", 1, "y"), ("end", 2, None)]
    assert said(FileTask(path, "other", frozenset({0}), complete=True), read) == [("article", 0, "x"), ("article", 1, "y"), ("end", 2, None)]
    assert said(FileTask(path, ABC, frozenset({0, 1}), complete=True), reading(RuntimeError("not read at all"))) == [("end", 2, None)]


def run(runner):
    return process(Item("article", "a.txt", 3, ABC, article_id="x"), article("x"), runner=SimpleNamespace(run=runner))


def test_an_article_that_goes_through_has_a_receipt():
    outcome = run(lambda _: SimpleNamespace(claims=(), counts={"sentences": 2}, trace={"a": 1}))
    assert isinstance(outcome, Done)
    assert (outcome.receipt.index, outcome.receipt.characters_read, outcome.receipt.notes, outcome.receipt.counts) == (3, 4, ("n",), {"sentences": 2})
    assert outcome.receipt.skipped[0].reason == "references"
    assert (outcome.claims, outcome.trace) == ((), {"a": 1})


def test_a_claim_that_does_not_fit_the_record_is_a_failure_of_emit():
    outcome = run(lambda _: SimpleNamespace(claims=(SimpleNamespace(),), counts={}, trace=None))
    assert isinstance(outcome, FailureRecord)
    assert (outcome.stage, outcome.type) == ("emit", "AttributeError")


@pytest.mark.parametrize("error", [DataError("a torn row"), MemoryError()])
def test_what_would_hit_every_article_is_raised(error):
    def runner(_):
        raise error

    with pytest.raises(type(error)):
        run(runner)


def test_the_stage_of_a_failure_is_taken_from_the_traceback():
    from extractor.emit import sheets

    try:
        sheets.clean(None)
    except TypeError as error:
        failure = failure_of(error, path="a", index=0, sha256=None, stage=None)
    assert (failure.stage, failure.type) == ("emit", "TypeError")
    assert "(sheets.py:" in failure.message
    try:
        fold(None)
    except AttributeError as error:
        failure = failure_of(error, path="a", index=0, sha256=None, stage=None)
    assert failure.stage == "pipeline"


def test_long_messages_are_cut():
    failure = failure_of(ValueError("x" * 10_000), path="a", index=0, sha256=None, stage="scan")
    assert len(failure.message) == 2_000


def test_what_is_loaded_is_no_longer_looked_through_for_garbage() -> None:
    before = gc.get_threshold()
    try:
        settle_collector()
        assert gc.get_freeze_count() > 1_000
        assert gc.get_threshold()[0] == NEW_OBJECTS
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
