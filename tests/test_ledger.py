"""The journal: what it knows after a restart, and the order in which it gives it back."""

import json

import pytest
from extractor.crew import FileEnd
from extractor.errors import UsageError
from extractor.ledger import Ledger
from extractor.processes import Done, FileTask
from extractor.schema import FailureRecord, ReceiptRecord

CLAIM = {
    "schema_version": 1, "claim_id": "", "loose_id": "l", "article": {"id": "", "doi": None, "pmid": None, "title": "", "source": "", "sha256": ""},
    "agent": [], "agent_type": None, "molecule": {"text": "BDNF", "id": None, "name": None, "start": 0, "end": 4}, "form": "level", "region": None,
    "direction": "increase", "cue": {"text": "rose", "start": 5, "end": 9}, "species": None, "certainty": "asserted", "presupposed": False,
    "attribution": "own", "citations": [], "qualifiers": {}, "confidence": 0.5, "evidence": [],
}  # fmt: skip


def claim(name, *, start=0, article="A"):
    evidence = [{"start": start, "end": start + 1, "text": "x", "section": "results", "section_path": [], "rules": []}]
    return json.dumps({**CLAIM, "claim_id": name, "evidence": evidence, "article": {**CLAIM["article"], "id": article}})


def done(path, index, *claims, article="A", sha256="s1"):
    receipt = ReceiptRecord(
        article_id=article,
        path=path,
        index=index,
        source=path,
        sha256=sha256,
        title="",
        characters_read=1,
        skipped=(),
        notes=("note",),
        claims=len(claims),
        counts={},
    )
    return Done(receipt, claims, {"at": index})


def failed(path, index, sha256="s1"):
    return FailureRecord(path=path, index=index, sha256=sha256, article_id=None, stage="read", type="InputError", message="torn", attempts=1)


def ledger(out, *, key="k", settings="d", resume=True):
    return Ledger(out, key=key, settings_digest=settings, resume=resume)


def test_a_new_folder_knows_nothing(tmp_path):
    with ledger(tmp_path / "new") as journal:
        assert journal.note == ""
        assert journal.known("a") == FileTask("a")
        assert list(journal.results(["a"]).claims()) == []


def test_what_was_written_is_known_after_a_restart(tmp_path):
    with ledger(tmp_path) as journal:
        for outcome in (done("a", 0), failed("a", 1), FileEnd("a", "s1", 2), done("b", 0)):
            journal.add(outcome)
    with ledger(tmp_path) as journal:
        assert journal.note == "going on with an unfinished run: 3 articles are through already"
        assert journal.known("a") == FileTask("a", "s1", frozenset({0, 1}), complete=True)
        assert journal.known("b") == FileTask("b", "s1", frozenset({0}), complete=False)


def test_a_file_with_an_article_still_at_work_is_not_complete(tmp_path):
    with ledger(tmp_path) as journal:
        journal.add(done("a", 1))
        journal.add(FileEnd("a", "s1", 2))
    with ledger(tmp_path) as journal:
        assert journal.known("a") == FileTask("a", "s1", frozenset({1}), complete=False)


@pytest.mark.parametrize("torn", [b'{"kind": "done", "rec', b"\xff\xfe", b'{"kind": "done"}'[:-1] + b"\n", b"[]\n"])
def test_a_torn_end_is_dropped_and_written_over(tmp_path, torn):
    with ledger(tmp_path) as journal:
        journal.add(done("a", 0, claim("c1")))
    with (tmp_path / ".work" / "journal.jsonl").open("ab") as file:
        file.write(torn)
    with ledger(tmp_path) as journal:
        journal.add(done("a", 1, claim("c2", start=1)))
        assert [one.claim_id for one in journal.results(["a"]).claims()] == ["c1", "c2"]
    with ledger(tmp_path) as journal:
        assert journal.known("a").done == {0, 1}


@pytest.mark.parametrize(
    ("again", "note"),
    [
        ({"key": "other", "settings": "other"}, "an unfinished run with other settings was here: every article is read anew"),
        ({"key": "other"}, "an unfinished run with other lexicons, models or program was here: every article is read anew"),
        ({"resume": False}, "an unfinished run was here: its results are thrown away (--fresh)"),
    ],
)
def test_a_journal_that_does_not_fit_is_thrown_away_aloud(tmp_path, again, note):
    with ledger(tmp_path) as journal:
        journal.add(done("a", 0))
    with ledger(tmp_path, **again) as journal:
        assert journal.note == note
        assert journal.known("a") == FileTask("a")


def test_outcomes_from_other_bytes_of_a_file_are_dropped_when_it_ends(tmp_path):
    with ledger(tmp_path) as journal:
        for outcome in (done("a", 0), done("a", 1), done("a", 0, claim("new"), sha256="s2"), FileEnd("a", "s2", 1)):
            journal.add(outcome)
        assert [receipt.sha256 for receipt in journal.results(["a"]).receipts()] == ["s2"]


def test_claims_come_by_article_then_place_then_claim_and_only_from_the_files_of_the_run(tmp_path):
    with ledger(tmp_path) as journal:
        journal.add(done("b", 0, claim("z", start=1, article="B"), claim("y", start=9, article="B"), article="B"))
        journal.add(done("c", 0, claim("other", article="C"), article="C"))
        journal.add(done("b", 1, claim("q", start=5), claim("p", start=5)))
        journal.add(done("a", 0, claim("r", start=2)))
        results = journal.results(["a", "b"])
        assert [one.claim_id for one in results.claims()] == ["r", "p", "q", "z", "y"]
        assert [(one.path, one.index) for one in results.receipts()] == [("a", 0), ("b", 0), ("b", 1)]
        assert list(results.traces()) == [{"at": 0}, {"at": 0}, {"at": 1}]


def test_articles_with_the_same_id_are_told_of_each_other(tmp_path):
    with ledger(tmp_path) as journal:
        for outcome in (done("a", 0), done("b", 0), done("b", 1), done("b", 2, article="B"), failed("a", 1)):
            journal.add(outcome)
        results = journal.results(["a", "b"])
        first, second, third, alone = (receipt.notes for receipt in results.receipts())
        assert first == ("note", "the same article id also in b: both are kept")
        assert second == third == ("note", "the same article id also in a: both are kept", "the same article id also in b: both are kept")
        assert alone == ("note",)
        assert [failure.index for failure in results.failures()] == [1]


def test_the_journal_is_removed_at_the_end(tmp_path):
    with ledger(tmp_path) as journal:
        journal.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_usage_error(tmp_path):
    (tmp_path / ".work").write_text("in the way", "utf-8")
    with pytest.raises(UsageError, match="no journal can be kept here"):
        ledger(tmp_path)
