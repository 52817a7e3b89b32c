"""A whole run: inputs in, a folder of outputs out. One bad article never stops it; a killed run goes on where it ended."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from extractor.crew import Crew, FileEnd, Work
from extractor.emit import WRITERS
from extractor.emit.atomic import whole
from extractor.emit.jsonl import write_jsonl
from extractor.emit.parquet import check_parquet
from extractor.errors import InputError, UsageError
from extractor.ledger import WORK, Ledger, Results
from extractor.manifest import Provenance, provenance
from extractor.processes import Done, Runner
from extractor.progress import Silent, State, Watcher
from extractor.records import Article
from extractor.schema import SCHEMA_VERSION, RunRecord, TotalsRecord
from extractor.settings import Settings

FORMATS = ("jsonl", "tsv")
TIMEOUT = 300.0  # seconds an article; own choice: a hundred times what a long paper takes

RECEIPTS, FAILURES, TRACE, MANIFEST = "receipts.jsonl", "failures.jsonl", "trace.jsonl", "run.json"
ALL_READ, NOTHING_DONE, SOME_FAILED = 0, 1, 3


def _find_inputs(inputs: Sequence[str]) -> list[Path]:
    from extractor.read import find_inputs

    return find_inputs(inputs)


def _read(path: Path) -> Iterator[Article | InputError]:
    from extractor.read import read

    return read(path)


def _make_runner(settings: Settings, *, model: str | None, claim_models: Path | None = None) -> Runner:
    from extractor.terms import collector_paused

    with collector_paused():  # what is imported and loaded stays
        from extractor.pipeline import Pipeline

        return Pipeline(settings, model=model, models=claim_models)


@dataclass(frozen=True, slots=True)
class Stages:
    """What a run is made of; imported when first needed."""

    find_inputs: Callable[[Sequence[str]], list[Path]] = _find_inputs
    read: Callable[[Path], Iterator[Article | InputError]] = _read
    make_runner: Callable[..., Runner] = _make_runner


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for.

    `formats` are keys of `emit.WRITERS`; `workers` is the number of processes, None for one a processor; `timeout` is in seconds an
    article; `resume` goes on with an unfinished run in `out`; `model` is an installed spaCy model and `claim_models` a folder of trained models of
    claims, None for the package's own.
    """

    inputs: tuple[str, ...]
    out: Path
    settings: Settings = Settings()
    formats: tuple[str, ...] = FORMATS
    workers: int | None = None
    timeout: float = TIMEOUT
    resume: bool = True
    model: str | None = None
    claim_models: Path | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: the sums, and the files it wrote."""

    totals: TotalsRecord
    seconds: float
    files: tuple[Path, ...]

    @property
    def exit_code(self) -> int:
        """0 where all was read, 3 where some articles failed, 1 where nothing could be done."""
        if not self.totals.articles:
            return NOTHING_DONE
        return SOME_FAILED if self.totals.failed else ALL_READ

    def summary(self) -> str:
        """Say it in a line or two."""
        totals = self.totals
        resumed = f", {totals.resumed} of them taken over" if totals.resumed else ""
        line = f"{totals.claims} claims in {totals.articles} articles of {totals.files} files{resumed}; {self.seconds:.1f} s; {self.files[-1].parent}"
        return f"{line}\n{totals.failed} failed: see {self.files[-1].parent / FAILURES}" if totals.failed else line


def extract(request: Request, watcher: Watcher | None = None, *, stages: Stages | None = None) -> RunReport:
    """Read all inputs and write the outputs to a folder.

    Parameters
    ----------
    request
        What to read, where to write, and how.
    watcher
        Who is told how it goes.
    stages
        What to read and run with, for tests.

    Raises
    ------
    UsageError
        An input does not exist, a format is unknown, another run writes to the folder.
    DataError
        A data file of the package is broken.
    KeyboardInterrupt
        The user stopped the run; what was done is kept for the next one.
    """
    watcher, stages = watcher or Silent(), stages or Stages()
    _check(request)
    started = datetime.now(UTC)
    paths = _inputs(request, watcher=watcher, stages=stages)
    origin = provenance(request.settings, model=request.model, claim_models=request.claim_models)
    _make_folder(request.out)
    with Ledger(request.out, key=origin.key, settings_digest=request.settings.digest(), resume=request.resume) as ledger:
        if ledger.note:
            watcher.say(ledger.note)
        added = _run(request, paths, ledger=ledger, watcher=watcher, stages=stages)
        results = ledger.results(paths)
        written = _write(request, results)
        totals, counts = _sums(results, files=len(paths), added=added)
        seconds = (datetime.now(UTC) - started).total_seconds()
        record = _manifest(request, origin, started=started, seconds=seconds, totals=totals, counts=counts)
        manifest = _write_manifest(record, request.out)
        ledger.remove()
    return RunReport(totals=totals, seconds=seconds, files=(*written, manifest))


def _check(request: Request) -> None:
    unknown = [name for name in request.formats if name not in WRITERS]
    if unknown or not request.formats:
        raise UsageError(f"format {', '.join(unknown) or 'none'}", expected=f"some of {', '.join(WRITERS)}", repair="mend --format")
    if "parquet" in request.formats:
        check_parquet()
    if request.timeout <= 0:
        raise UsageError(f"a time-out of {request.timeout:g} s", expected="more than 0", repair="mend --timeout")
    if request.workers is not None and request.workers < 1:
        raise UsageError(f"{request.workers} workers", expected="at least 1", repair="mend --workers")


def _inputs(request: Request, *, watcher: Watcher, stages: Stages) -> list[str]:
    """The files to read; outputs of an earlier run in a folder that is read are none."""
    found, out = stages.find_inputs(request.inputs), request.out.resolve()
    outputs = {out / name for name in (*(f"claims.{name}" for name in WRITERS), RECEIPTS, FAILURES, TRACE)}
    paths = [str(path) for path in found if path.resolve() not in outputs and out / WORK not in path.resolve().parents]
    if len(paths) < len(found):
        watcher.say(f"{len(found) - len(paths)} files in {request.out} are not read: they are outputs of an earlier run")
    return paths


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"no folder can be made here: {error.strerror}", place=out, repair="give another --out") from error


def worker_count(asked: int | None) -> int:
    """Return how many workers to use: as asked, or one for each processor that this process may use."""
    return asked or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _run(request: Request, paths: Sequence[str], *, ledger: Ledger, watcher: Watcher, stages: Stages) -> int:
    """Run what is not known yet; return how many articles and failures came new."""
    make_runner = partial(stages.make_runner, request.settings, model=request.model, claim_models=request.claim_models)
    work = Work(read=stages.read, make_runner=make_runner)
    crew = Crew(work, workers=worker_count(request.workers), timeout=request.timeout, spool=ledger.folder)
    read = articles = failed = claims = 0
    for outcome in crew.outcomes(ledger.known(path) for path in paths):
        ledger.add(outcome)
        if isinstance(outcome, FileEnd):
            read += 1
        elif isinstance(outcome, Done):
            articles, claims = articles + 1, claims + len(outcome.claims)
        else:
            failed += 1
            watcher.say(f"set aside: {outcome.path} [{outcome.article_id or outcome.index}]: {outcome.type}: {outcome.message}")
        watcher.update(State(files=len(paths), files_read=read, articles=articles, failed=failed, claims=claims))
    return articles + failed


def _write(request: Request, results: Results) -> tuple[Path, ...]:
    out, written = request.out, []
    for draft in out.glob(".*.draft"):
        draft.unlink()
    for name, write in WRITERS.items():
        path = out / f"claims.{name}"
        if name in request.formats:
            write(results.claims(), path)
            written.append(path)
        else:
            path.unlink(missing_ok=True)  # of an earlier run: it would not agree with this one
    write_jsonl(results.receipts(), out / RECEIPTS)
    write_jsonl(results.failures(), out / FAILURES)
    written += [out / RECEIPTS, out / FAILURES]
    return (*written, *_write_traces(request, results))


def _write_traces(request: Request, results: Results) -> tuple[Path, ...]:
    path = request.out / TRACE
    if not request.settings.trace:
        path.unlink(missing_ok=True)
        return ()
    with whole(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(json.dumps(trace, ensure_ascii=False) + "\n" for trace in results.traces())
    return (path,)


def _sums(results: Results, *, files: int, added: int) -> tuple[TotalsRecord, dict[str, int]]:
    counts: Counter[str] = Counter()
    articles = claims = read = skipped = 0
    for receipt in results.receipts():
        counts.update(receipt.counts)
        articles, claims, read = articles + 1, claims + receipt.claims, read + receipt.characters_read
        skipped += sum(skip.characters for skip in receipt.skipped)
    failed = sum(1 for _ in results.failures())
    totals = TotalsRecord(
        files=files,
        articles=articles,
        failed=failed,
        resumed=max(0, articles + failed - added),
        claims=claims,
        characters_read=read,
        characters_skipped=skipped,
    )
    return totals, dict(counts)


def _manifest(request: Request, origin: Provenance, *, started: datetime, seconds: float, totals: TotalsRecord, counts: dict[str, int]) -> RunRecord:
    return RunRecord(
        schema_version=SCHEMA_VERSION,
        version=origin.version,
        python=origin.python,
        platform=origin.platform,
        packages=origin.packages,
        settings=request.settings.model_dump(mode="json"),
        settings_digest=request.settings.digest(),
        model=request.model,
        claim_models=str(request.claim_models) if request.claim_models is not None else None,
        lexicons=origin.lexicons,
        models=origin.models,
        code=origin.code,
        run_key=origin.key,
        inputs=request.inputs,
        formats=request.formats,
        workers=worker_count(request.workers),
        timeout=request.timeout,
        started=started.isoformat(timespec="seconds"),
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(seconds, 2),
        totals=totals,
        counts=counts,
    )


def _write_manifest(record: RunRecord, out: Path) -> Path:
    path = out / MANIFEST
    with whole(path) as draft:
        draft.write_text(record.model_dump_json(indent=2) + "\n", "utf-8")
    return path
