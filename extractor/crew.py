"""Files in, outcomes out: the articles of many files, read and run in several processes, none of which can take the run down.

Readers are asked for the next article only when few are waiting, so that memory is bounded however large a file is. An article that
takes too long loses its process and is set aside; one whose process dies is tried once more when all others are through.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from extractor.errors import DataError, ExtractorError, TimeLimitError
from extractor.processes import FORKS, Child, Done, FileTask, Item, MakeRunner, Read, reader_main, worker_main
from extractor.schema import FailureRecord

WORKERS_PER_READER = 8  # own choice: reading an article takes less than a tenth of the time of running it
LOADING = 600.0  # seconds in which a process must have loaded lexicons and models; own choice: cold network disks


@dataclass(frozen=True, slots=True)
class Work:
    """What the processes do. Functions of modules (or partials of them), since other systems than Linux pickle them."""

    read: Read
    make_runner: MakeRunner


@dataclass(frozen=True, slots=True)
class FileEnd:
    """A file is read: it has `items` articles and failures. Outcomes of this path from other bytes are out of date."""

    path: str
    sha256: str | None
    items: int


Outcome = Done | FailureRecord | FileEnd


class Post:
    """A place at which a process works; a killed or dead one is replaced by the next request."""

    def __init__(self) -> None:
        self.child: Child | None = None
        self.file: FileTask | None = None
        self.sha256: str | None = None
        self.reached = 0
        self.deaths = 0
        self.job: tuple[Item, bytes] | None = None

    @property
    def busy(self) -> bool:
        """Whether a reply is awaited."""
        return self.child is not None and self.child.busy


class Crew:
    """Readers and workers. `outcomes` runs them and leaves no process behind."""

    def __init__(self, work: Work, *, workers: int, timeout: float, spool: Path) -> None:
        self._work, self._timeout, self._spool = work, timeout, spool
        self._make_runner: MakeRunner | None = None
        self._readers = [Post() for _ in range(1 + (workers - 1) // WORKERS_PER_READER)]
        self._workers = [Post() for _ in range(workers)]
        self._waiting: deque[tuple[Item, bytes]] = deque()
        self._again: list[tuple[Item, Path]] = []

    def outcomes(self, files: Iterable[FileTask]) -> Iterator[Outcome]:
        """Give what becomes of every article, in the order in which they are through.

        Parameters
        ----------
        files
            Taken one by one, as the readers get to them.

        Raises
        ------
        DataError
            A data file of the package is broken, or the processes die while they load.
        """
        try:
            tasks = iter(files)
            yield from self._rounds(tasks, self._workers)
            for item, spooled in self._again:
                self._waiting.append((item, spooled.read_bytes()))
                yield from self._rounds(tasks, self._workers[:1], attempts=2)
                spooled.unlink()
        finally:
            for post in (*self._readers, *self._workers):
                if post.child is not None:
                    post.child.stop()
                    post.child = None

    def _rounds(self, tasks: Iterator[FileTask], workers: list[Post], *, attempts: int = 1) -> Iterator[Outcome]:
        while True:
            for post in workers:
                if not post.busy and self._waiting:
                    self._run(post)
            for post in self._readers:
                if not post.busy and len(self._waiting) <= len(workers):
                    self._read_on(post, tasks)
            busy = [post for post in (*self._readers, *workers) if post.busy]
            if not busy:
                return
            yield from self._await(busy, attempts=attempts)

    def _await(self, busy: list[Post], *, attempts: int) -> Iterator[Outcome]:
        children = {post: post.child for post in busy if post.child is not None}
        patience = min(child.deadline for child in children.values()) - time.monotonic()
        ready = wait([child.connection for child in children.values()], timeout=max(0.0, patience))
        for post, child in children.items():
            reading = post in self._readers
            if child.connection in ready:
                yield from self._listen(post, child, reading=reading, attempts=attempts)
            elif time.monotonic() >= child.deadline:
                child.stop()
                post.child = None
                _check_loaded(child, f"it took longer than {LOADING:g} s")
                yield from self._file_lost(post, self._too_long()) if reading else self._article_lost(post, self._too_long(), attempts=attempts)

    def _listen(self, post: Post, child: Child, *, reading: bool, attempts: int) -> Iterator[Outcome]:
        try:
            answer = child.reply()
            raw = child.connection.recv_bytes() if isinstance(answer, Item) and answer.kind == "article" else b""
        except (EOFError, OSError):
            post.child = None
            end = child.stop()
            _check_loaded(child, end)
            yield from self._reader_died(post, end) if reading else self._worker_died(post, end, attempts=attempts)
            return
        if isinstance(answer, ExtractorError):
            raise answer
        if isinstance(answer, Item):
            yield from self._item(post, answer, raw=raw)
        elif isinstance(answer, Done | FailureRecord):
            post.job = None
            yield answer if isinstance(answer, Done) else answer.model_copy(update={"attempts": attempts})
        else:
            self._begin(post)

    def _begin(self, post: Post) -> None:
        """The process is ready: give it what it was started for."""
        if post.child is not None and post.job is not None:
            item, raw = post.job
            post.child.ask(item, raw, timeout=self._timeout)
        elif post.child is not None and post.file is not None:
            post.child.ask(post.file, timeout=self._timeout)

    def _start(self, post: Post, *, reading: bool) -> None:
        others = [other.child for other in (*self._readers, *self._workers) if other.child is not None]
        if reading:
            post.child = Child(reader_main, self._work.read, others=others)
        else:
            post.child = Child(worker_main, self._runner(), others=others)
        post.child.deadline = time.monotonic() + LOADING

    def _runner(self) -> MakeRunner:
        """Where processes are forks, load once and let them share; else let each load its own."""
        if self._make_runner is None:
            runner = self._work.make_runner() if FORKS else None
            self._make_runner = (lambda: runner) if runner is not None else self._work.make_runner
        return self._make_runner

    def _run(self, post: Post) -> None:
        post.job = self._waiting.popleft()
        if post.child is None:
            self._start(post, reading=False)
        else:
            self._begin(post)

    def _read_on(self, post: Post, tasks: Iterator[FileTask]) -> None:
        if post.file is not None and post.child is not None:
            post.child.ask("next", timeout=self._timeout)
            return
        if post.file is None:
            post.file, post.sha256, post.reached, post.deaths = next(tasks, None), None, 0, 0
        if post.file is not None and post.child is None:
            self._start(post, reading=True)
        elif post.file is not None:
            self._begin(post)

    def _item(self, post: Post, item: Item, *, raw: bytes) -> Iterator[Outcome]:
        post.sha256, post.reached = item.sha256, item.index + 1
        if item.kind == "article":
            self._waiting.append((item, raw))
        elif item.kind == "failed" and item.failure is not None:
            yield item.failure
        elif item.kind == "end":
            post.file = None
            yield FileEnd(item.path, item.sha256, item.index)

    def _reader_died(self, post: Post, end: str) -> Iterator[Outcome]:
        post.deaths += 1
        if post.deaths == 1 and post.file is not None:
            post.file = _rest(post, post.file)
            return
        yield from self._file_lost(post, _dead(end))

    def _file_lost(self, post: Post, loss: Loss) -> Iterator[Outcome]:
        file, post.file = post.file, None
        if file is not None:
            yield _failure(loss, path=file.path, index=post.reached, sha256=post.sha256, stage="read", attempts=max(1, post.deaths))
            yield FileEnd(file.path, post.sha256, post.reached + 1)

    def _worker_died(self, post: Post, end: str, *, attempts: int) -> Iterator[Outcome]:
        if attempts == 1 and post.job is not None:
            (item, raw), post.job = post.job, None
            spooled = self._spool / f"again-{len(self._again)}"
            spooled.write_bytes(raw)
            self._again.append((item, spooled))
            return
        yield from self._article_lost(post, _dead(end), attempts=attempts)

    def _article_lost(self, post: Post, loss: Loss, *, attempts: int) -> Iterator[Outcome]:
        job, post.job = post.job, None
        if job is not None:
            item = job[0]
            yield _failure(loss, path=item.path, index=item.index, sha256=item.sha256, article_id=item.article_id, stage="pipeline", attempts=attempts)

    def _too_long(self) -> Loss:
        error = TimeLimitError(f"took longer than {self._timeout:g} s", repair="raise --timeout and run again to give it more time")
        return Loss(type(error).__name__, str(error))


@dataclass(frozen=True, slots=True)
class Loss:
    """Why an article or file is set aside: the `type` and `message` of its failure."""

    type: str
    message: str


def _dead(end: str) -> Loss:
    return Loss("WorkerDied", f"its process died ({end}); the other articles are unharmed; look at the file itself, or at the memory of the machine")


def _rest(post: Post, file: FileTask) -> FileTask:
    """The file without what was handed over already, for a second try."""
    if post.sha256 is None:
        return file
    known = file.done if file.sha256 == post.sha256 else frozenset()
    return FileTask(file.path, post.sha256, known | frozenset(range(post.reached)))


def _check_loaded(child: Child, end: str) -> None:
    if not child.ready:
        raise DataError(
            f"a process ended before it was ready: {end}", expected="lexicons and models to load", repair="free some memory, or use fewer --workers"
        )


def _failure(loss: Loss, *, path: str, index: int, sha256: str | None, stage: str, attempts: int, article_id: str | None = None) -> FailureRecord:
    return FailureRecord(path=path, index=index, sha256=sha256, article_id=article_id, stage=stage, type=loss.type, message=loss.message, attempts=attempts)
