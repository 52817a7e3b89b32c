"""Whole runs over made-up files with a made-up pipeline: isolation, time-outs, deaths, resume, order, exit codes.

A file is one article a line, `id<TAB>text`. What the text says happens: hang, die, memory, boom, slow; every BDNF is a claim.
Run as a script, this file is a run that a test can kill: `test_batch.py INPUT OUT WORKERS`.
"""

import faulthandler
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from extractor.batch import Request, Stages, extract, worker_count
from extractor.emit import WRITERS
from extractor.errors import DataError, InputError, UsageError
from extractor.progress import Silent
from extractor.records import AgentType, Article, Claim, Cue, Direction, Distance, Evidence, Form, Passage, Receipt, Section, Skip, Slot
from extractor.schema import FailureRecord, ReceiptRecord, RunRecord, read_claims, read_records
from extractor.settings import Settings


def read(path):
    for line in path.read_text("utf-8").splitlines():
        name, _, text = line.partition("\t")
        if text.startswith("unreadable"):
            yield InputError("nothing but noise", place=path)
        elif text.startswith("reader dies"):
            faulthandler.disable()
            os.kill(os.getpid(), signal.SIGSEGV)
        elif text.startswith("reader hangs"):
            time.sleep(60)
        elif text.startswith("reader breaks"):
            raise RuntimeError("a bug of the reader")
        else:
            yield Article(
                id=name, text=text, passages=(Passage(0, len(text), "paragraph", Section.RESULTS),), title=name.title(), source=path.name,
                sha256="0" * 64, receipt=Receipt(read=len(text), skipped=(Skip("references", 7),)),
            )  # fmt: skip


class Result:
    def __init__(self, claims, text):
        self.claims, self.counts, self.trace = claims, {"words": len(text.split()), "claims": len(claims)}, {"text": text}


class Runner:
    def __init__(self, settings):
        self.settings = settings

    def run(self, article):
        text = article.text
        if "hang" in text:
            time.sleep(60)
        if "die" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "memory" in text:
            raise MemoryError
        if "lexicon" in text:
            raise DataError("a torn row", place="molecules.tsv:3")
        if "boom" in text:
            raise ValueError("no such thing")
        if "slow" in text:
            time.sleep(0.02)
        return Result([claim(article, found.start()) for found in re.finditer("BDNF", text)][::-1], text)


def claim(article, at):
    molecule = Slot("BDNF", at, at + 4, "hgnc:1033", "BDNF")
    return Claim(
        claim_id=f"{article.id}-{at}-{hash_of(article)}", loose_id=article.id, agents=(Slot("x", 0, 1, None, None, Distance.SENTENCE),), agent_type=AgentType.DRUG,
        molecule=molecule, form=Form.LEVEL, region=None, direction=Direction.INCREASE, cue=Cue("rose", 0, 4), species=None, certainty="asserted",
        presupposed=False, attribution="own", citations=(), qualifiers={"time": "1 h", "dose": "5 µg"}, confidence=1 / 3,
        evidence=(Evidence(at, at + 4, "BDNF", Section.RESULTS, (), ("r1",)),),
    )  # fmt: skip


def hash_of(article):
    return len(article.text)


def make_runner(settings, *, model, claim_models):
    assert model in {None, "another"}
    assert claim_models is None or claim_models.is_dir()
    return Runner(settings)


def find(inputs):
    return sorted(path for given in inputs for path in ([Path(given)] if Path(given).is_file() else Path(given).glob("*.txt")))


STAGES = Stages(find_inputs=find, read=read, make_runner=make_runner)


class Listener(Silent):
    def __init__(self):
        self.said = []
        self.states = []

    def say(self, message):
        self.said.append(message)

    def update(self, state):
        self.states.append(state)


def run(source, out, **options):
    listener = Listener()
    report = extract(Request((str(source),), out, **{"workers": 2, "timeout": 20.0, **options}), listener, stages=STAGES)
    return report, listener


def failures(out):
    return list(read_records(out / "failures.jsonl", FailureRecord))


def receipts(out):
    return list(read_records(out / "receipts.jsonl", ReceiptRecord))


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"p{number}\tBDNF rose and then BDNF fell, µ {number}\n", "utf-8")
    return folder


def test_outputs_and_manifest_of_a_good_run(papers, tmp_path):
    out = tmp_path / "out"
    report, listener = run(papers, out, formats=("jsonl", "tsv", "parquet"))
    assert report.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["claims.jsonl", "claims.parquet", "claims.tsv", "failures.jsonl", "receipts.jsonl", "run.json"]
    claims = list(read_claims(out / "claims.jsonl"))
    assert [(one.article.id, one.evidence[0].start) for one in claims] == [(f"p{n}", at) for n in range(6) for at in (0, 19)]
    assert claims[0].confidence == 0.3333
    assert "µ" in (out / "claims.jsonl").read_text("utf-8")
    manifest = RunRecord.model_validate_json((out / "run.json").read_text("utf-8"))
    assert manifest.totals.model_dump() == {
        "files": 6, "articles": 6, "failed": 0, "resumed": 0, "claims": 12, "characters_read": 6 * 33, "characters_skipped": 42
    }  # fmt: skip
    assert manifest.counts == {"words": 48, "claims": 12}
    assert manifest.settings == Settings().model_dump(mode="json")
    assert [one.article_id for one in receipts(out)] == [f"p{n}" for n in range(6)]
    assert listener.states[-1].files_read == 6
    assert listener.said == []


def test_one_articles_exception_is_recorded_and_the_others_are_unharmed(papers, tmp_path):
    (papers / "2.txt").write_text("p2\tboom\n", "utf-8")
    report, listener = run(papers, tmp_path / "out")
    assert report.exit_code == 3
    assert report.totals.claims == 10
    (failure,) = failures(tmp_path / "out")
    assert (failure.article_id, failure.stage, failure.type, failure.attempts) == ("p2", "pipeline", "ValueError", 1)
    assert failure.message.startswith("no such thing (test_batch.py:")
    assert "set aside" in listener.said[0]
    assert "p2" in listener.said[0]


def test_a_stuck_article_is_killed_and_the_others_are_unharmed(papers, tmp_path):
    (papers / "0.txt").write_text("p0\thang\n", "utf-8")
    started = time.monotonic()
    report, _ = run(papers, tmp_path / "out", timeout=1.0)
    assert time.monotonic() - started < 10
    assert report.exit_code == 3
    (failure,) = failures(tmp_path / "out")
    assert (failure.article_id, failure.type) == ("p0", "TimeLimitError")
    assert failure.message == "took longer than 1 s; raise --timeout and run again to give it more time"
    assert report.totals.articles == 5


@pytest.mark.parametrize(("word", "end"), [("die", "killed by signal SIGKILL"), ("memory", "memory ran out")])
def test_an_article_whose_process_dies_is_tried_again_alone_and_then_set_aside(papers, tmp_path, word, end):
    (papers / "3.txt").write_text(f"p3\t{word}\n", "utf-8")
    report, _ = run(papers, tmp_path / "out")
    (failure,) = failures(tmp_path / "out")
    assert (failure.article_id, failure.type, failure.attempts) == ("p3", "WorkerDied", 2)
    assert end in failure.message
    assert report.totals.articles == 5


def test_bad_places_of_a_file_cost_only_themselves(tmp_path):
    source = tmp_path / "many.txt"
    source.write_text("a\tBDNF\nb\tunreadable\nc\tboom\nd\tBDNF\n", "utf-8")
    report, _ = run(source, tmp_path / "out")
    assert [(one.index, one.stage, one.type) for one in failures(tmp_path / "out")] == [(1, "read", "InputError"), (2, "pipeline", "ValueError")]
    assert [one.index for one in receipts(tmp_path / "out")] == [0, 3]
    assert report.totals.claims == 2


@pytest.mark.parametrize(
    ("text", "kind", "attempts", "message"),
    [
        ("reader dies", "WorkerDied", 2, "SIGSEGV"),
        ("reader hangs", "TimeLimitError", 1, "took longer than 1 s"),
        ("reader breaks", "RuntimeError", 1, "a bug of the reader"),
    ],
)
def test_a_file_that_breaks_its_reader_keeps_what_was_read_before(tmp_path, text, kind, attempts, message):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.txt").write_text(f"a\tBDNF\nb\t{text}\nc\tBDNF\n", "utf-8")
    (folder / "2.txt").write_text("d\tBDNF\n", "utf-8")
    report, _ = run(folder, tmp_path / "out", timeout=1.0)
    (failure,) = failures(tmp_path / "out")
    assert (failure.index, failure.stage, failure.type, failure.attempts) == (1, "read", kind, attempts)
    assert message in failure.message
    assert [one.article_id for one in receipts(tmp_path / "out")] == ["a", "d"]
    assert report.exit_code == 3


def test_a_file_that_cannot_be_opened_is_a_failure_and_nothing_done_is_exit_code_1(tmp_path):
    stages = Stages(find_inputs=lambda inputs: [Path(one) for one in inputs], read=read, make_runner=make_runner)
    report = extract(Request((str(tmp_path / "gone.txt"),), tmp_path / "out", workers=1), stages=stages)
    assert report.exit_code == 1
    (failure,) = failures(tmp_path / "out")
    assert (failure.type, failure.stage, failure.sha256) == ("FileNotFoundError", "read", None)


def test_a_broken_lexicon_stops_the_run(papers, tmp_path):
    (papers / "1.txt").write_text("p1\tlexicon\n", "utf-8")
    with pytest.raises(DataError, match="molecules.tsv:3: a torn row"):
        run(papers, tmp_path / "out")


def test_outputs_are_the_same_whatever_the_number_of_workers(papers, tmp_path):
    (papers / "many.txt").write_text("".join(f"q{n}\tBDNF {'slow' if n % 3 else ''} {n}\n" for n in range(40)) + "z\tboom\n", "utf-8")
    (papers / "many2.txt").write_text("q7\tBDNF in another file\n", "utf-8")
    for workers in (1, 2, 9):
        run(papers, tmp_path / str(workers), workers=workers, formats=tuple(WRITERS))
    for name in ("claims.jsonl", "claims.tsv", "claims.parquet", "receipts.jsonl", "failures.jsonl"):
        one, two, nine = ((tmp_path / workers / name).read_bytes() for workers in ("1", "2", "9"))
        assert one == two == nine, name


def test_articles_with_the_same_id_are_both_kept_and_told_of_each_other(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.txt").write_text("same\tBDNF one\n", "utf-8")
    (folder / "2.txt").write_text("same\tBDNF\nother\tBDNF\n", "utf-8")
    report, _ = run(folder, tmp_path / "out")
    assert report.totals.claims == 3
    notes = [one.notes for one in receipts(tmp_path / "out")]
    assert notes == [
        (f"the same article id also in {folder / '2.txt'}: both are kept",),
        (f"the same article id also in {folder / '1.txt'}: both are kept",),
        (),
    ]


def many(tmp_path, count=60):
    source = tmp_path / "many.txt"
    source.write_text("".join(f"m{n:03}\tslow BDNF {n} {'boom' if n == 5 else ''}\n" for n in range(count)), "utf-8")
    return source


def start(source, out):
    return subprocess.Popen([sys.executable, __file__, str(source), str(out), "2"], stderr=subprocess.PIPE, text=True)


def journal_lines(out):
    journal = out / ".work" / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.is_file() else 0


def kill_half_way(source, out, *, after):
    process = start(source, out)
    deadline = time.monotonic() + 30
    while journal_lines(out) < after and time.monotonic() < deadline:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    assert not (out / "claims.jsonl").exists()


def test_a_killed_run_goes_on_and_gives_the_same_bytes(tmp_path):
    source = many(tmp_path)
    run(source, tmp_path / "whole")
    out = tmp_path / "killed"
    kill_half_way(source, out, after=10)
    kill_half_way(source, out, after=25)
    through = journal_lines(out) - 1
    assert 20 <= through < 60
    with (out / ".work" / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"kind": "done", "receipt": {"torn')
    report, listener = run(source, out)
    assert listener.said[0] == f"going on with an unfinished run: {through} articles are through already"
    assert report.totals.resumed == through
    for name in ("claims.jsonl", "claims.tsv", "receipts.jsonl", "failures.jsonl"):
        assert (out / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name
    assert not (out / ".work").exists()


def test_changed_inputs_are_read_anew_on_resume(tmp_path):
    source = many(tmp_path)
    out = tmp_path / "out"
    kill_half_way(source, out, after=10)
    source.write_text("n1\tBDNF and BDNF\n", "utf-8")
    report, _ = run(source, out)
    assert [one.article_id for one in receipts(out)] == ["n1"]
    assert report.totals.claims == 2
    assert report.totals.resumed == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"settings": Settings(minimum_confidence=0.1)}, "an unfinished run with other settings was here: every article is read anew"),
        ({"model": "another"}, "an unfinished run with other lexicons, models or program was here: every article is read anew"),
        ({"resume": False}, "an unfinished run was here: its results are thrown away (--fresh)"),
    ],
)
def test_an_unfinished_run_that_does_not_fit_is_said_and_done_anew(tmp_path, options, said):
    source = many(tmp_path, count=20)
    out = tmp_path / "out"
    kill_half_way(source, out, after=5)
    report, listener = run(source, out, **options)
    assert listener.said[0] == said
    assert (report.totals.resumed, report.totals.articles) == (0, 19)


def test_interrupt_stops_cleanly_and_keeps_what_was_done(tmp_path):
    source, out = many(tmp_path, count=200), tmp_path / "out"
    process = start(source, out)
    while journal_lines(out) < 8 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in process.communicate(timeout=20)[1]
    report, _ = run(source, out)
    assert report.totals.resumed >= 7
    assert report.totals.articles == 199


def test_a_second_run_in_the_same_folder_is_refused(tmp_path):
    source, out = many(tmp_path, count=200), tmp_path / "out"
    process = start(source, out)
    while journal_lines(out) < 3 and process.poll() is None:
        time.sleep(0.005)
    with pytest.raises(UsageError, match="another run is writing here; expected one run at a time"):
        run(source, out)
    process.kill()
    process.communicate()


def test_outputs_of_an_earlier_run_among_the_inputs_are_not_read(tmp_path):
    (tmp_path / "paper.txt").write_text("p\tBDNF\n", "utf-8")
    stages = Stages(find_inputs=lambda _: sorted(path for path in tmp_path.rglob("*") if path.is_file()), read=read, make_runner=make_runner)
    request, listener = Request((str(tmp_path),), tmp_path, workers=1, formats=("jsonl",)), Listener()
    extract(request, stages=stages)
    (tmp_path / "run.json").unlink()
    report = extract(request, listener, stages=stages)
    assert (report.totals.files, report.totals.articles, report.totals.failed) == (1, 1, 0)
    assert "3 files in" in listener.said[0]


def test_formats_that_are_not_asked_for_do_not_stay_from_an_earlier_run(papers, tmp_path):
    out = tmp_path / "out"
    run(papers, out, formats=("jsonl", "parquet"), settings=Settings(trace=True))
    assert len((out / "trace.jsonl").read_text("utf-8").splitlines()) == 6
    run(papers, out, formats=("jsonl",))
    assert sorted(path.name for path in out.iterdir()) == ["claims.jsonl", "failures.jsonl", "receipts.jsonl", "run.json"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"formats": ("jsonl", "xml")}, "format xml; expected some of jsonl, tsv, parquet; mend --format"),
        ({"formats": ()}, "format none; expected some of jsonl, tsv, parquet; mend --format"),
        ({"timeout": 0}, "a time-out of 0 s; expected more than 0; mend --timeout"),
        ({"workers": 0}, "0 workers; expected at least 1; mend --workers"),
    ],
)
def test_requests_that_make_no_sense(papers, tmp_path, options, message):
    with pytest.raises(UsageError) as caught:
        run(papers, tmp_path / "out", **options)
    assert str(caught.value) == message
    assert not (tmp_path / "out").exists()


def test_other_models_of_claims_are_handed_to_the_pipeline_and_named_in_the_manifest(papers, tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    for name in ("models.json", "weights.npz"):
        (models / name).write_text(name, "utf-8")
    given = []

    def make(settings, *, model, claim_models):
        given.append(claim_models)
        return make_runner(settings, model=model, claim_models=claim_models)

    extract(Request((str(papers),), tmp_path / "out", workers=1, claim_models=models), stages=replace(STAGES, make_runner=make))
    assert given == [models]
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert record["claim_models"] == str(models)
    assert {"claims/models.json", "claims/weights.npz"} <= set(record["models"])


def test_an_out_that_is_a_file_is_a_usage_error(papers, tmp_path):
    (tmp_path / "out").write_text("", "utf-8")
    with pytest.raises(UsageError, match="no folder can be made here"):
        run(papers, tmp_path / "out")


def test_worker_count_is_as_asked_or_that_of_the_processors():
    assert worker_count(3) == 3
    assert worker_count(None) >= 1


def test_processes_that_start_afresh_give_the_same_claims(papers, tmp_path):
    run(papers, tmp_path / "fork")
    environment = {**os.environ, "START_AFRESH": "1"}
    subprocess.run([sys.executable, __file__, str(papers), str(tmp_path / "spawn"), "1"], env=environment, check=True)
    assert (tmp_path / "spawn" / "claims.jsonl").read_bytes() == (tmp_path / "fork" / "claims.jsonl").read_bytes()


def test_a_finished_run_leaves_no_process_behind(papers, tmp_path):
    (papers / "0.txt").write_text("p0\thang\n", "utf-8")
    run(papers, tmp_path / "out", timeout=1.0)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not children.is_file():
        pytest.skip("this system does not list the children of a process")
    assert children.read_text("ascii").split() == []


def as_script():
    if os.environ.get("START_AFRESH"):
        import extractor.crew
        import extractor.processes

        extractor.crew.FORKS = extractor.processes.FORKS = False
    source, out, workers = sys.argv[1:]
    report = extract(Request((source,), Path(out), workers=int(workers), timeout=20.0), stages=STAGES)
    print(json.dumps(report.totals.model_dump()))


if __name__ == "__main__":
    as_script()
