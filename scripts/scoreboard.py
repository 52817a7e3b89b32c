"""Run every measurement on the corpora beside the checkout, print one table, and append it to docs/scoreboard.tsv with the commit.

    nice python scripts/scoreboard.py                          all of it
    nice python scripts/scoreboard.py --only abstracts --only rct --dry-run

In: ../shared, the package. Out: a line a figure in docs/scoreboard.tsv. docs/benchmarks.md says what each measurement counts.
Exit status 1 where a measurement failed; its figures are then not written, those of the others are.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from measure_claims import ABSTRACTS, ELIFE, REVIEW
from measure_directions import BEL, RCT
from measure_figures import Figure, Measurement
from measure_mentions import CRAFT, ORGANISMS, WHITETEXT

ROOT = Path(__file__).resolve().parents[1]
HEADER = ("date", "commit", "measurement", "figure", "value", "low", "high", "n")
DIGITS = 4
MEASUREMENTS: dict[str, Measurement] = {one.name: one for one in (ORGANISMS, RCT, ELIFE, REVIEW, ABSTRACTS, WHITETEXT, CRAFT, BEL)}
"""A new measurement is one row. The order is that of the work, the longest first."""


class MeasurementError(Exception):
    """A piece of a measurement could not be worked on."""


def commit_of(root: Path) -> str:
    """The short hash of the checked-out commit, with `+` where files of the tree differ from it; `unknown` outside of a checkout."""
    head = _git(root, "rev-parse", "--short", "HEAD")
    return f"{head}+" if head and _git(root, "status", "--porcelain") else head or "unknown"


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def measure(chosen: Sequence[Measurement], *, shared: Path, workers: int, console: Console) -> tuple[dict[str, list[Figure]], dict[str, str]]:
    """Run measurements, all their pieces in one pool.

    Parameters
    ----------
    chosen
        What to run.
    shared
        The folder of the corpora.
    workers
        Processes.
    console
        Gets a line when a measurement is done.

    Returns
    -------
        The figures by measurement, and for those that failed the first error.
    """
    figures: dict[str, list[Figure]] = {}
    errors: dict[str, str] = {}
    start = time.monotonic()
    pieces = {one.name: one.items(shared) for one in chosen}
    with ProcessPoolExecutor(max_workers=workers) as pool:
        waiting = {one.name: [pool.submit(one.work, item) for item in pieces[one.name]] for one in chosen}
        owner = {future: name for name, futures in waiting.items() for future in futures}
        left = {name: len(futures) for name, futures in waiting.items()}
        for future in as_completed(owner):
            name = owner[future]
            left[name] -= 1
            if left[name] == 0:
                try:
                    figures[name] = next(one for one in chosen if one.name == name).figures(shared, _results(waiting[name]))
                except MeasurementError as error:
                    errors[name] = str(error)
                state = "failed" if name in errors else f"{len(figures[name])} figures"
                console.print(f"{time.monotonic() - start:5.0f} s  {name}: {state} ({len(waiting[name])} pieces)", highlight=False)
    return figures, errors


def _results(futures: Iterable[Future[Any]]) -> list[Any]:
    made: list[Any] = []
    for no, future in enumerate(futures):
        error = future.exception()
        if error is not None:
            raise MeasurementError(f"piece {no}: {type(error).__name__}: {error}") from error
        made.append(future.result())
    return made


def table_of(figures: dict[str, list[Figure]]) -> Table:
    """Everything measured, one row a figure."""
    table = Table("measurement", "figure", title="Scoreboard")
    for column in ("value", "95 % interval", "n"):
        table.add_column(column, justify="right")
    for name, rows in figures.items():
        for no, one in enumerate(rows):
            ends = f"{one.low:.3f} to {one.high:.3f}" if one.low is not None and one.high is not None else ""
            table.add_row(name if no == 0 else "", one.name, "n/a" if one.value is None else f"{one.value:.3f}", ends, str(one.n))
        table.add_section()
    return table


def lines_of(figures: dict[str, list[Figure]], *, date: str, commit: str) -> list[str]:
    """The lines of docs/scoreboard.tsv; an empty cell is n/a."""
    rows = [(date, commit, name, one.name, _cell(one.value), _cell(one.low), _cell(one.high), str(one.n)) for name, made in figures.items() for one in made]
    return ["\t".join(row) for row in rows]


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.{DIGITS}f}"


def append(path: Path, lines: Sequence[str]) -> None:
    """Add lines to the board; a new board gets the header."""
    new = not path.is_file() or path.stat().st_size == 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as board:
        board.write("".join(f"{line}\n" for line in (["\t".join(HEADER)] if new else []) + list(lines)))


def main(
    only: Annotated[list[str] | None, typer.Option("--only", help=f"run this one; may be given again: {', '.join(MEASUREMENTS)}", metavar="NAME")] = None,
    shared: Annotated[Path, typer.Option("--shared", help="folder of the corpora")] = ROOT.parent / "shared",
    board: Annotated[Path, typer.Option("--board", help="the table that is appended to")] = ROOT / "docs" / "scoreboard.tsv",
    workers: Annotated[int, typer.Option("--workers", min=1, help="processes")] = 2,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="print only, append nothing")] = False,
) -> None:
    """Measure the package on the development corpora."""
    unknown = sorted(set(only or ()) - set(MEASUREMENTS))
    if unknown:
        raise typer.BadParameter(f"no measurement {unknown}; there are {', '.join(MEASUREMENTS)}")
    if not (shared / "README.md").is_file():
        raise typer.BadParameter(f"no corpora at {shared}")
    console = Console(width=None if sys.stdout.isatty() else 120)
    commit = commit_of(ROOT)
    chosen = [one for name, one in MEASUREMENTS.items() if not only or name in only]
    found, errors = measure(chosen, shared=shared, workers=workers, console=console)
    figures = {one.name: found[one.name] for one in chosen if one.name in found}
    console.print(table_of(figures))
    if not dry_run and figures:
        append(board, lines_of(figures, date=datetime.now(UTC).strftime("%Y-%m-%d"), commit=commit))
    for name, error in errors.items():
        console.print(f"{name} failed: {error}", style="red", markup=False, highlight=False)
    if errors:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
