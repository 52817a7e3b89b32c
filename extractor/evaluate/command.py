"""The verb `extractor evaluate`: arguments in, one call, an exit code out. `cli.py` attaches it with `app.command("evaluate")`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from extractor.errors import ExtractorError, UsageError
from extractor.evaluate.funnel import difference_counts, stage_counts
from extractor.evaluate.intervals import RESAMPLES
from extractor.evaluate.report import Report, evaluate
from extractor.evaluate.terminal import comparison_table, funnel_table, print_tables, score_table

CLAIMS = typer.Argument(help="claims.jsonl, or the folder of a run that holds it", metavar="CLAIMS", show_default=False)
GOLD = typer.Option("--gold", help="a gold .jsonl, or table1 for the claims of the review's Table 1", metavar="GOLD", show_default=False)
OUT = typer.Option("--out", help="folder for scores.json and report.html", metavar="DIR", show_default=False)
COMPARE = typer.Option("--compare", help="claims.jsonl or folder of another run to compare with", metavar="RUN", show_default=False)
FROM_REVIEW = typer.Option("--from-review", help="the claims come from the review and count for the papers that they cite (with --gold table1)")
TRACE = typer.Option("--trace", help="trace.jsonl of the run; by default the one beside CLAIMS", metavar="FILE", show_default=False)
SPLIT = typer.Option("--split", help="K/N: only the K-th of N parts of the gold articles, drawn by their identifiers", metavar="K/N", show_default=False)
AGENT = typer.Option(
    "--agent", help="score only claims of this agent, gold and predicted, such as ketamine for table1; may be given again", metavar="NAME", show_default=False
)
DRAWS = typer.Option("--resamples", help="bootstrap draws of articles; 0 leaves the intervals out", min=0)


def evaluate_command(
    claims: Annotated[Path, CLAIMS],
    gold: Annotated[str, GOLD],
    out: Annotated[Path, OUT],
    compare: Annotated[Path | None, COMPARE] = None,
    from_review: Annotated[bool, FROM_REVIEW] = False,
    trace: Annotated[Path | None, TRACE] = None,
    split: Annotated[str | None, SPLIT] = None,
    agent: Annotated[list[str] | None, AGENT] = None,
    resamples: Annotated[int, DRAWS] = RESAMPLES,
) -> None:
    """Score claims against a gold standard; write scores.json and report.html.

    Example: extractor evaluate out/ --gold table1 --out out/evaluation
    """
    try:
        report = evaluate(
            claims, gold, out=out, compare_with=compare, from_review=from_review, trace=trace, split=split, agents=tuple(agent or ()), resamples=resamples
        )
    except ExtractorError as error:
        Console(stderr=True, soft_wrap=True).print(str(error), style="red", markup=False, highlight=False)
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from error
    _print(report)


def _print(report: Report) -> None:
    console = Console()
    tables = [score_table(report.scores), funnel_table(stage_counts(report.losses), difference_counts(report.losses))]
    if report.comparison is not None:
        tables.append(comparison_table(report.comparison))
    print_tables(console, *tables)
    for file in report.files:
        console.print(f"written: {file}", markup=False, highlight=False, soft_wrap=True)
