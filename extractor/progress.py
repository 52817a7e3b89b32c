"""What a long run says while it goes on: a bar on a terminal, plain lines now and then elsewhere."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PLAIN_SECONDS = 10.0  # between two plain lines; own choice: readable in a log


@dataclass(frozen=True, slots=True)
class State:
    """How far a run is."""

    files: int
    files_read: int
    articles: int
    failed: int
    claims: int

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.articles} articles, {self.claims} claims{failed}"


class Watcher(Protocol):
    """Whoever is told of a run."""

    def say(self, message: str) -> None:
        """Take a message for the user."""

    def update(self, state: State) -> None:
        """Take note of how far the run is."""


class Silent:
    """Says nothing."""

    def say(self, message: str) -> None:
        """Drop the message."""

    def update(self, state: State) -> None:
        """Drop the state."""


class Reporter:
    """Draws a bar where the console is a terminal, and prints a line every ten seconds where it is not. Use it as a context."""

    def __init__(self, console: Console) -> None:
        self._console = console
        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("files · {task.description}"), TimeElapsedColumn())
        # No refresh by a thread: the run forks, and a fork must not meet a lock that a thread holds.
        self._bar = Progress(*columns, console=console, auto_refresh=False, transient=True) if console.is_terminal else None
        self._task = self._bar.add_task("", total=None) if self._bar else None
        self._last = time.monotonic()

    def __enter__(self) -> Reporter:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, message: str) -> None:
        """Print a message above the bar."""
        self._console.print(message, highlight=False, markup=False, soft_wrap=True)

    def update(self, state: State) -> None:
        """Move the bar, or print a line where the last one is long ago."""
        now = time.monotonic()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=state.files_read, total=state.files, description=str(state))
            if now - self._last > 0.1:
                self._last = now
                self._bar.refresh()
        elif now - self._last > PLAIN_SECONDS:
            self._last = now
            self.say(f"{state.files_read} of {state.files} files read, {state}")
