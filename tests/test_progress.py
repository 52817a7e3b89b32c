"""A bar on a terminal, plain lines elsewhere."""

import io
import threading

from extractor import progress
from extractor.progress import Reporter, State
from rich.console import Console

STATE = State(files=4, files_read=1, articles=3, failed=1, claims=12)


def test_elsewhere_a_plain_line_now_and_then(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(progress, "PLAIN_SECONDS", -1.0)
    with Reporter(Console(file=out, width=20)) as reporter:
        reporter.say("a note with [brackets] that is longer than the console")
        reporter.update(STATE)
    assert out.getvalue() == "a note with [brackets] that is longer than the console\n1 of 4 files read, 3 articles, 12 claims, 1 failed\n"


def test_lines_do_not_flood_a_log():
    out = io.StringIO()
    with Reporter(Console(file=out)) as reporter:
        for _ in range(100):
            reporter.update(STATE)
    assert out.getvalue() == ""


def test_on_a_terminal_a_bar_without_a_thread(monkeypatch):
    out = io.StringIO()
    before = threading.active_count()
    clock = iter(range(100))
    monkeypatch.setattr("extractor.progress.time.monotonic", lambda: float(next(clock)))
    with Reporter(Console(file=out, force_terminal=True, width=120)) as reporter:
        assert threading.active_count() == before
        reporter.update(STATE)
    assert "1/4" in out.getvalue()
    assert "3 articles, 12 claims, 1 failed" in out.getvalue()
