"""The processes of a run. A reader process turns files into articles, a worker process turns articles into the lines that are written.

Each answers one request at a time over a pipe, so that the crew (extractor/crew.py) can tell which article a process is on when it
has to be killed or dies. On Linux they are forks of the parent, which share its lexicons and models; elsewhere they start afresh.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing as mp
import os
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from pathlib import Path
from typing import Literal, Protocol

from extractor.errors import DataError, ExtractorError, InputError
from extractor.records import Article, Claim
from extractor.schema import FailureRecord, ReceiptRecord, SkipRecord, claim_record

OUT_OF_MEMORY = 77  # exit status by which a worker says that memory ran out; own choice: free of a meaning elsewhere
FORKS = sys.platform == "linux"
NEW_OBJECTS = 50_000  # made before the collector looks at them; by Python 700, which takes up to 6 % of the time of an article
MESSAGE_LIMIT = 2_000  # characters of an exception's message that are kept; own choice


class Result(Protocol):
    """What a pipeline says about an article."""

    @property
    def claims(self) -> Sequence[Claim]: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def trace(self) -> Mapping[str, object] | None: ...


class Runner(Protocol):
    """A pipeline: one article in, its claims out."""

    def run(self, article: Article) -> Result: ...


Read = Callable[[Path], Iterator[Article | InputError]]
MakeRunner = Callable[[], Runner]


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to read. `done` are the places of its articles that are known from an earlier run, if its bytes are still `sha256`."""

    path: str
    sha256: str | None = None
    done: frozenset[int] = frozenset()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """What a reader says about one place in a file: an article follows, or was known, or could not be read, or the file ends here."""

    kind: Literal["article", "known", "failed", "end"]
    path: str
    index: int
    sha256: str | None
    article_id: str | None = None
    failure: FailureRecord | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """An article that went through: its receipt, and its claims (and trace) as lines of JSON."""

    receipt: ReceiptRecord
    claims: tuple[str, ...]
    trace: Mapping[str, object] | None


class Child:
    """The parent's handle of a process. It is busy from a request until the reply; `deadline` is when the reply is overdue."""

    def __init__(self, main: Callable[..., None], argument: object, *, others: Sequence[Child]) -> None:
        context: ForkContext | SpawnContext = mp.get_context("fork") if FORKS else mp.get_context("spawn")
        self.connection, theirs = context.Pipe()
        inherited = [self.connection, *(other.connection for other in others)] if FORKS else []
        self.process = context.Process(target=_run_child, args=(main, argument, theirs, inherited, os.getpid()), daemon=True)
        with warnings.catch_warnings():  # Python 3.12 warns of threads in the parent (those of BLAS), which no child uses
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        theirs.close()
        self.ready, self.busy, self.deadline = False, True, float("inf")  # busy until it has said that it is ready

    def ask(self, *messages: object, timeout: float) -> None:
        """Send a request; `bytes` are taken for messages that are pickled already."""
        self.busy, self.deadline = True, time.monotonic() + timeout
        for message in messages:
            try:
                if isinstance(message, bytes):
                    self.connection.send_bytes(message)
                else:
                    self.connection.send(message)
            except OSError:  # it is dead: the reply will be the end of the pipe
                return

    def reply(self) -> object:
        """Take the reply. Raises `EOFError` where the process is dead."""
        try:
            answer: object = self.connection.recv()
        except OSError as error:
            raise EOFError from error
        self.ready, self.busy = True, False
        return answer

    def stop(self) -> str:
        """Kill the process, dead or alive, and say how it ended."""
        self.busy = False
        self.process.kill()
        self.process.join()
        self.connection.close()
        code = self.process.exitcode or 0
        if code == OUT_OF_MEMORY:
            return "memory ran out"
        return f"killed by signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"


def _run_child(main: Callable[..., None], argument: object, connection: Connection, inherited: Sequence[Connection], parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    for other in inherited:
        other.close()
    _die_with(parent)
    settle_collector()
    try:
        main(connection, argument)
    except (EOFError, BrokenPipeError):
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def settle_collector() -> None:
    """Make Python look for garbage less: never among what is loaded, which after a fork is shared as long as nobody touches it; else rarely."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)


def _die_with(parent: int) -> None:
    """Ask Linux to kill this process when the parent dies, whatever it is busy with; elsewhere the end of the pipe tells it."""
    if sys.platform == "linux":
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def reader_main(connection: Connection, read: Read) -> None:
    """Answer each `FileTask` with its first item and each further request with the next one, until the item of kind `end`."""
    connection.send("ready")
    while True:
        task = connection.recv()
        for item, article in items(task, read):
            connection.send(item)
            if article is not None:
                connection.send(article)
            if item.kind != "end":
                connection.recv()


def items(task: FileTask, read: Read) -> Iterator[tuple[Item, Article | None]]:
    """Say what stands at each place of a file. Never raises for a bad file."""
    index, sha256 = 0, None
    try:
        with Path(task.path).open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        known = task.done if sha256 == task.sha256 else frozenset()
        articles = iter(()) if known and task.complete else read(Path(task.path))
        for index, article in enumerate(articles):
            yield _item(article, path=task.path, index=index, sha256=sha256, known=index in known)
            index += 1
        count = len(known) if known and task.complete else index
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a reader does wrong costs this file only
        failure = failure_of(error, path=task.path, index=index, sha256=sha256, stage="read")
        yield Item("failed", task.path, index, sha256, failure=failure), None
        count = index + 1
    yield Item("end", task.path, count, sha256), None


def _item(article: Article | InputError, *, path: str, index: int, sha256: str, known: bool) -> tuple[Item, Article | None]:
    if known:
        return Item("known", path, index, sha256), None
    if isinstance(article, InputError):
        return Item("failed", path, index, sha256, failure=failure_of(article, path=path, index=index, sha256=sha256, stage="read")), None
    return Item("article", path, index, sha256, article_id=article.id), article


def worker_main(connection: Connection, make_runner: MakeRunner) -> None:
    """Answer each item and article with a `Done` or a `FailureRecord`; with an error of the package where the run has to stop."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    try:
        runner = make_runner()
    except ExtractorError as error:
        connection.send(error)
        return
    connection.send("ready")
    with threadpool_limits(1):  # articles are the grain of the parallel work, and sums stay the same whatever the machine
        while True:
            item, article = connection.recv(), connection.recv()
            try:
                answer: object = process(item, article, runner=runner)
            except DataError as error:
                answer = error
            connection.send(answer)


def process(item: Item, article: Article, *, runner: Runner) -> Done | FailureRecord:
    """Run one article; whatever goes wrong with it is returned as a failure.

    Raises
    ------
    DataError
        A data file of the package is broken: no article would fare better.
    MemoryError
        The process is not to be trusted any more.
    """
    stage = None
    try:
        result = runner.run(article)
        stage = "emit"
        return _done(item, article, result=result)
    except (DataError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - one article's failure is recorded, never fatal
        return failure_of(error, path=item.path, index=item.index, sha256=item.sha256, stage=stage, article_id=article.id)


def _done(item: Item, article: Article, *, result: Result) -> Done:
    records = sorted((claim_record(claim, article) for claim in result.claims), key=lambda record: (record.evidence[0].start, record.claim_id))
    receipt = ReceiptRecord(
        article_id=article.id,
        path=item.path,
        index=item.index,
        source=article.source,
        sha256=item.sha256 or "",
        title=article.title,
        characters_read=article.receipt.read,
        skipped=tuple(SkipRecord(reason=skip.reason, characters=skip.characters) for skip in article.receipt.skipped),
        notes=article.receipt.notes,
        claims=len(records),
        counts=dict(result.counts),
    )
    return Done(receipt=receipt, claims=tuple(record.model_dump_json() for record in records), trace=result.trace)


def failure_of(error: Exception, *, path: str, index: int, sha256: str | None, stage: str | None, article_id: str | None = None) -> FailureRecord:
    """Describe an exception; where `stage` is None it is taken from the traceback."""
    message = str(error) if isinstance(error, ExtractorError) else _with_place(error)
    return FailureRecord(
        path=path,
        index=index,
        sha256=sha256,
        article_id=article_id,
        stage=stage or _stage(error),
        type=type(error).__name__,
        message=message[:MESSAGE_LIMIT],
        attempts=1,
    )


def _stage(error: Exception) -> str:
    """The first stage folder of the package that the traceback passes through."""
    modules = [str(frame.f_globals.get("__name__", "")).split(".") for frame, _ in traceback.walk_tb(error.__traceback__)]
    return next((parts[1] for parts in modules if parts[0] == "extractor" and len(parts) > 2), "pipeline")


def _with_place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{error}{place}" if str(error) else f"no message{place}"
