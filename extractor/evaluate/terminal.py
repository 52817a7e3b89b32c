"""Scores in, tables for the terminal out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from extractor.evaluate.compare import Comparison
from extractor.evaluate.intervals import Interval
from extractor.evaluate.metrics import METRICS
from extractor.evaluate.scores import Scores

NOT_AVAILABLE = "n/a"


def figure(value: float | None) -> str:
    """A figure with three digits, or n/a."""
    return NOT_AVAILABLE if value is None else f"{value:.3f}"


def ends(interval: Interval) -> str:
    """The 95 % interval of a figure, empty where there is none."""
    return "" if interval.low is None or interval.high is None else f"{interval.low:.3f} – {interval.high:.3f}"


def score_table(scores: Scores) -> Table:
    """Every figure with its interval and its meaning."""
    table = Table(title=headline(scores), title_justify="left", caption="; ".join(remarks(scores)) or None, caption_justify="left")
    for name, style in (("figure", "bold"), ("value", "cyan"), ("95 % interval", ""), ("meaning", "dim")):
        table.add_column(name, style=style, justify="right" if name == "value" else "left")
    group = ""
    for name, interval in scores.figures.items():
        if group and group != name.split(".")[0]:
            table.add_section()
        group = name.split(".")[0]
        table.add_row(name, figure(interval.value), ends(interval), METRICS[name].meaning)
    return table


def headline(scores: Scores) -> str:
    """What was scored, in one line."""
    gold = sum(len(one.gold) for one in scores.alignments)
    predicted = sum(len(one.covered["exact"]) for one in scores.alignments)
    read = len(scores.alignments) - len(scores.unread)
    return f"{gold} gold claims in {len(scores.alignments)} articles ({read} read), {predicted} predicted claims judged"


def remarks(scores: Scores) -> list[str]:
    """What a reader of the figures must know."""
    notes = []
    if scores.partial:
        notes.append("the gold is partial: precision counts only predictions about the molecules that it covers in a paper (closed world)")
    if scores.unread:
        notes.append(f"gold articles that are not in the run: {len(scores.unread)}; all their claims count as missed")
    if scores.unjudged:
        notes.append(f"predicted claims outside of what the gold covers, not judged: {scores.unjudged}")
    if scores.restatements:
        notes.append(f"restatements in the gold, joined with the claim that they repeat: {scores.restatements}")
    return notes


def funnel_table(stages: Mapping[str, int], differences: Mapping[str, int]) -> Table:
    """Where the missed gold claims were lost, and what differs from the nearest prediction."""
    table = Table(title="missed gold claims (exact)", title_justify="left")
    for name in ("lost at", "claims", "differs from the nearest prediction in", "claims"):
        table.add_column(name, justify="right" if name == "claims" else "left")
    left, right = list(stages.items()), list(differences.items())[:12]
    for no in range(max(len(left), len(right))):
        table.add_row(*_cells(left, no), *_cells(right, no))
    return table


def _cells(rows: Sequence[tuple[str, int]], no: int) -> tuple[str, str]:
    return (rows[no][0], str(rows[no][1])) if no < len(rows) else ("", "")


def comparison_table(comparison: Comparison) -> Table:
    """Both runs, their difference with its interval, and the share of draws in which this run is not higher."""
    table = Table(title=f"against the compared run: {len(comparison.changes)} claims changed", title_justify="left")
    for name in ("figure", "compared", "this run", "difference", "95 % interval", "not higher in"):
        table.add_column(name, justify="left" if name == "figure" else "right")
    for name, gap in comparison.differences.items():
        difference = NOT_AVAILABLE if gap.difference.value is None else f"{gap.difference.value:+.3f}"
        share = "" if gap.not_higher is None else f"{gap.not_higher:.1%}"
        table.add_row(name, figure(gap.first), figure(gap.second), difference, ends(gap.difference), share)
    return table


def print_tables(console: Console, *tables: Table) -> None:
    """Print tables below one another."""
    for table in tables:
        console.print(table)
