"""A finished evaluation in, its tables on the terminal out."""

from __future__ import annotations

from rich.console import Console

from extractor.evaluate.funnel import difference_counts, stage_counts
from extractor.evaluate.report import Report
from extractor.evaluate.terminal import comparison_table, funnel_table, print_tables, score_table


def print_report(report: Report) -> None:
    """Print all tables of an evaluation and the files that it wrote."""
    console = Console()
    tables = [score_table(report.scores), funnel_table(stage_counts(report.losses), difference_counts(report.losses))]
    if report.comparison is not None:
        tables.append(comparison_table(report.comparison))
    print_tables(console, *tables)
    for file in report.files:
        console.print(f"written: {file}", markup=False, highlight=False, soft_wrap=True)
