"""The journal of a run: what became of each article, one line each, kept in DIR/.work until the run is finished.

It outlives a kill at any moment, since a torn last line is dropped; a run with the same key goes on where it ended. The outputs are
made from it in an order that depends on the articles alone.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from extractor.crew import FileEnd, Outcome
from extractor.errors import UsageError
from extractor.processes import Done, FileTask
from extractor.schema import ClaimRecord, FailureRecord, ReceiptRecord

WORK = ".work"
SAME_ID = "the same article id also in "


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the outcome of an article stands in the journal."""

    path: str
    index: int
    sha256: str | None
    article_id: str
    failed: bool
    offset: int


class Ledger:
    """The journal of the run that writes to a folder. Use it as a context: it is locked against a second run.

    `note` says why an earlier journal could not be used, or how much of it is; it is empty for a new run.
    """

    def __init__(self, out: Path, *, key: str, settings_digest: str, resume: bool) -> None:
        self.folder = out / WORK
        self.note = ""
        self._head = {"kind": "run", "key": key, "settings": settings_digest}
        self._entries: dict[str, dict[int, Entry]] = {}
        self._ends: dict[str, FileEnd] = {}
        self._lock = _locked(self.folder / "lock", out)
        self._path = self.folder / "journal.jsonl"
        if self._path.is_file():
            self._take_over(resume=resume)
        if not self._path.is_file():
            self._path.write_text(json.dumps(self._head) + "\n", "utf-8")
        self._file: IO[bytes] = self._path.open("r+b")
        self._end = self._file.seek(0, 2)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
        self._lock.close()

    def _take_over(self, *, resume: bool) -> None:
        head = next((line for _, _, line in _whole_lines(self._path)), {})
        if resume and head == self._head:
            self._replay()
            return
        if not resume:
            self.note = "an unfinished run was here: its results are thrown away (--fresh)"
        elif head.get("settings") != self._head["settings"]:
            self.note = "an unfinished run with other settings was here: every article is read anew"
        else:
            self.note = "an unfinished run with other lexicons, models or program was here: every article is read anew"
        self._path.unlink()

    def _replay(self) -> None:
        whole = 0
        for start, end, line in _whole_lines(self._path):
            self._enter(_outcome(line), offset=start)
            whole = end
        with self._path.open("r+b") as file:
            file.truncate(whole)
        if through := sum(len(entries) for entries in self._entries.values()):
            self.note = f"going on with an unfinished run: {through} articles are through already"

    def known(self, path: str) -> FileTask:
        """Return a file as a task for the readers, with what is known of it."""
        entries, end = self._entries.get(path, {}), self._ends.get(path)
        sha256 = next((entry.sha256 for entry in reversed(entries.values())), None)
        done = frozenset(index for index, entry in entries.items() if entry.sha256 == sha256)
        complete = end is not None and end.sha256 == sha256 and done.issuperset(range(end.items))
        return FileTask(path, sha256, done, complete)

    def add(self, outcome: Outcome) -> None:
        """Write an outcome down, at once."""
        line = (json.dumps(_line(outcome), ensure_ascii=False) + "\n").encode()
        self._file.write(line)
        self._file.flush()
        self._enter(outcome, offset=self._end)
        self._end += len(line)

    def _enter(self, outcome: Outcome | None, *, offset: int) -> None:
        if isinstance(outcome, FileEnd):
            entries = self._entries.get(outcome.path, {})
            self._entries[outcome.path] = {index: entry for index, entry in entries.items() if entry.sha256 == outcome.sha256}
            self._ends[outcome.path] = outcome
        elif isinstance(outcome, Done):
            place = outcome.receipt
            self._put(Entry(place.path, place.index, place.sha256, place.article_id, failed=False, offset=offset))
        elif outcome is not None:
            self._put(Entry(outcome.path, outcome.index, outcome.sha256, outcome.article_id or "", failed=True, offset=offset))

    def _put(self, entry: Entry) -> None:
        entries = self._entries.setdefault(entry.path, {})
        entries.pop(entry.index, None)
        entries[entry.index] = entry

    def results(self, paths: Iterable[str]) -> Results:
        """Return what was found in these files, and no others, in an order that depends on the articles alone."""
        entries = [entry for path in dict.fromkeys(paths) for _, entry in sorted(self._entries.get(path, {}).items())]
        return Results(self._path, entries)

    def remove(self) -> None:
        """Throw the journal away: the run is finished."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Results:
    """What a journal holds of the files of a run."""

    def __init__(self, journal: Path, entries: Iterable[Entry]) -> None:
        self._journal = journal
        self._entries = tuple(entries)

    def claims(self) -> Iterator[ClaimRecord]:
        """Give all claims, by article id, then place of the first evidence, then claim id."""
        done = sorted((entry for entry in self._entries if not entry.failed), key=lambda entry: entry.article_id)
        for _, same in groupby(done, key=lambda entry: entry.article_id):
            records = [ClaimRecord.model_validate_json(line) for found in self._done(same) for line in found.claims]
            yield from sorted(records, key=lambda record: (record.evidence[0].start, record.claim_id))

    def receipts(self) -> Iterator[ReceiptRecord]:
        """Give the receipts in the order of the inputs; articles with the same id are told of each other."""
        paths: dict[str, list[str]] = defaultdict(list)
        for entry in self._entries:
            if not entry.failed:
                paths[entry.article_id].append(entry.path)
        for found in self._done(entry for entry in self._entries if not entry.failed):
            receipt, here = found.receipt, list(paths[found.receipt.article_id])
            here.remove(receipt.path)
            notes = tuple(f"{SAME_ID}{other}: both are kept" for other in dict.fromkeys(here))
            yield receipt.model_copy(update={"notes": (*receipt.notes, *notes)}) if notes else receipt

    def traces(self) -> Iterator[Mapping[str, object]]:
        """Give the traces in the order of the inputs."""
        done = self._done(entry for entry in self._entries if not entry.failed)
        return (found.trace for found in done if found.trace is not None)

    def failures(self) -> Iterator[FailureRecord]:
        """Give the failures in the order of the inputs."""
        return (outcome for outcome in self._outcomes(entry for entry in self._entries if entry.failed) if isinstance(outcome, FailureRecord))

    def _done(self, entries: Iterable[Entry]) -> Iterator[Done]:
        return (outcome for outcome in self._outcomes(entries) if isinstance(outcome, Done))

    def _outcomes(self, entries: Iterable[Entry]) -> Iterator[Outcome | None]:
        with self._journal.open("rb") as file:
            for entry in entries:
                file.seek(entry.offset)
                yield _outcome(json.loads(file.readline()))


def _locked(path: Path, out: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("ab")
    except OSError as error:
        raise UsageError(f"no journal can be kept here: {error.strerror}", place=out, repair="give another --out") from error
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # a record lock: a forked process does not hold it
    except OSError as error:
        lock.close()
        raise UsageError("another run is writing here", place=out, expected="one run at a time", repair="wait for it, or give another --out") from error
    return lock


def _whole_lines(path: Path) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Give start, end and content of the lines before the first torn one."""
    start = 0
    with path.open("rb") as file:
        for line in file:
            try:
                content = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                content = None
            if not isinstance(content, dict):
                return
            yield start, start + len(line), content
            start += len(line)


def _line(outcome: Outcome) -> dict[str, object]:
    if isinstance(outcome, Done):
        return {"kind": "done", "receipt": outcome.receipt.model_dump(mode="json"), "claims": outcome.claims, "trace": outcome.trace}
    if isinstance(outcome, FileEnd):
        return {"kind": "end", "path": outcome.path, "sha256": outcome.sha256, "items": outcome.items}
    return {"kind": "failed", "failure": outcome.model_dump(mode="json")}


def _outcome(line: Mapping[str, Any]) -> Outcome | None:
    if line["kind"] == "done":
        return Done(receipt=ReceiptRecord.model_validate(line["receipt"]), claims=tuple(line["claims"]), trace=line["trace"])
    if line["kind"] == "end":
        return FileEnd(line["path"], line["sha256"], line["items"])
    return FailureRecord.model_validate(line["failure"]) if line["kind"] == "failed" else None
