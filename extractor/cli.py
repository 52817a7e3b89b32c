"""The command line: parse the arguments, call one function, set the exit code.

Exit codes: 0 all read; 1 nothing could be done; 2 the request makes no sense; 3 some articles failed; 130 stopped by the user.
Imports that take long are made where they are needed, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.errors import ExtractorError, UsageError

if TYPE_CHECKING:
    from extractor.batch import Request, RunReport

NOTHING_DONE, USAGE, STOPPED = 1, 2, 130
DEMO_ROWS = 60  # of the table that the demo prints; own choice: two screens

app = typer.Typer(
    name="extractor",
    help="Reads biomedical papers and pulls out who-changed-what claims: molecule, region, direction, species, with the evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


ClaimModelsOption = Annotated[
    Path | None, typer.Option("--claim-models", metavar="DIR", help="Models of claims that `extractor train` wrote, instead of the package's own.")
]


class Mode(StrEnum):
    """Which claims are shown."""

    PRECISE = "precise"
    BALANCED = "balanced"
    COMPLETE = "complete"


def main() -> None:
    """Run the command line. Its memory goes back to the system when it ends, so nothing is looked through for garbage first."""
    try:
        app()
    finally:
        gc.freeze()


@contextmanager
def reported() -> Iterator[None]:
    """Turn an error of the package into one message and an exit code."""
    try:
        yield
    except ExtractorError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE if isinstance(error, UsageError) else NOTHING_DONE) from error
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if logging.getLogger().isEnabledFor(logging.INFO):
            raise
        typer.secho(f"error: {type(error).__name__}: {error}; run `extractor --verbose ...` to see where it comes from", fg="red", err=True)
        raise typer.Exit(NOTHING_DONE) from error


def _version(asked: bool) -> None:
    if asked:
        from extractor.manifest import package_version

        typer.echo(f"extractor {package_version()}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False,  # noqa: ARG001 - its callback answers
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what the libraries log.")] = False,
) -> None:
    """Set up what all verbs share."""
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")


@app.command(epilog="Example: extractor extract papers/ --out results --agent ketamine --workers 4 --format jsonl,parquet")
def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders or quoted patterns: JATS or PubMed XML, PDF, text, JSON lines.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the outputs; made where it is missing.")],
    agent: Annotated[
        list[str] | None, typer.Option("--agent", metavar="NAME", help="Keep only claims of this agent (name, synonym or identifier); repeatable.")
    ] = None,
    workers: Annotated[int | None, typer.Option("--workers", "-w", min=1, help="Processes; one for each processor where not given.")] = None,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", help="Set an article aside that takes longer.")] = 300.0,
    formats: Annotated[str, typer.Option("--format", metavar="LIST", help="Any of jsonl, tsv, parquet, joined by commas.")] = "jsonl,tsv",
    resume: Annotated[bool, typer.Option("--resume/--fresh", help="Go on with an unfinished run in DIR, or start over.")] = True,
    minimum_confidence: Annotated[
        float, typer.Option("--minimum-confidence", metavar="P", min=0, max=1, help="Leave out claims below this probability.")
    ] = 0.0,
    mode: Annotated[Mode, typer.Option("--mode", help="Show only sure claims, a balance, or all that were found.")] = Mode.BALANCED,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Let the rules decide, without the trained models.")] = False,
    trace: Annotated[bool, typer.Option("--trace", help="Write trace.jsonl: what each stage saw.")] = False,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help="An installed spaCy model for the syntax, such as en_core_sci_md.")] = None,
    claim_models: ClaimModelsOption = None,
) -> None:
    """Read papers and write their claims to DIR.

    DIR gets claims.jsonl, claims.tsv, receipts.jsonl, failures.jsonl and run.json. Exit code 0: all read; 3: some articles failed;
    2: usage; 1: nothing could be done; 130: stopped, run the same command again to go on.
    """
    with reported():
        from extractor.batch import Request
        from extractor.settings import Settings

        settings = Settings(agents=tuple(agent or ()), minimum_confidence=minimum_confidence, mode=mode.value, rules_only=rules_only, trace=trace)
        chosen = tuple(part.strip() for part in formats.split(",") if part.strip())
        request = Request(tuple(inputs), out, settings, formats=chosen, workers=workers, timeout=timeout, resume=resume, model=model, claim_models=claim_models)
        raise typer.Exit(_run(request).exit_code)


def _run(request: Request) -> RunReport:
    from rich.console import Console

    from extractor.batch import extract as run
    from extractor.progress import Reporter

    try:
        with Reporter(Console(stderr=True)) as reporter:
            report = run(request, reporter)
    except KeyboardInterrupt:
        typer.secho("stopped; run the same command again to go on where it stopped, or with --fresh to start over", fg="yellow", err=True)
        raise typer.Exit(STOPPED) from None
    typer.echo(report.summary())
    return report


@app.command(epilog="Example: extractor records results/claims.jsonl --out sheet.xlsx --decisions last_sheet.xlsx")
def records(
    claims: Annotated[Path, typer.Argument(metavar="CLAIMS", help="A claims.jsonl.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The sheet; it ends in .csv, .tsv or .xlsx.")],
    decisions: Annotated[Path | None, typer.Option("--decisions", metavar="OLD_SHEET", help="A sheet whose decisions are carried over.")] = None,
) -> None:
    """Write claims as a sheet for curators, with columns for decision, reason and corrections."""
    with reported():
        from extractor.emit.curation import write_sheet
        from extractor.schema import read_claims

        typer.echo(write_sheet(list(read_claims(claims)), out, decisions=decisions).summary(out))


@app.command(epilog="Example: extractor show paper.xml; or: extractor show results/claims.jsonl --article PMC123")
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A paper, or a claims.jsonl.")],
    article: Annotated[str | None, typer.Option("--article", metavar="ID", help="Which article, where the file holds several.")] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help="An installed spaCy model for the syntax.")] = None,
    claim_models: ClaimModelsOption = None,
) -> None:
    """Print the claims of one article, with the evidence in colour."""
    with reported():
        from rich.console import Console

        from extractor.show import claims_of, print_article

        print_article(claims_of(file, article_id=article, model=model, claim_models=claim_models), Console())


@app.command(epilog="Example: extractor explain 5c1f0f6a --claims results")
def explain(
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM_ID", help="The claim_id, or the beginning of it.")],
    claims: Annotated[Path, typer.Option("--claims", metavar="FILE|DIR", help="The folder of a run, or its claims.jsonl.", show_default=False)],
    source: Annotated[Path | None, typer.Option("--source", metavar="FILE", help="The file of the article, where it is not where the run found it.")] = None,
    claim_models: ClaimModelsOption = None,
) -> None:
    """Say why a claim is there: what the models were sure of, and which features of the sentence spoke for and against it."""
    with reported():
        from rich.console import Console

        from extractor.explain import explained, print_explained

        print_explained(explained(claim_id, claims, source=source, claim_models=claim_models), Console())


@app.command(epilog="Example: extractor train --gold sheet.xlsx --texts papers/ --out models/claims")
def train(
    gold: Annotated[list[Path], typer.Option("--gold", metavar="FILE", help="A sheet with decisions, or a gold .jsonl; repeatable.", show_default=False)],
    texts: Annotated[list[str] | None, typer.Option("--texts", metavar="PATH", help="Files or folders with the articles; repeatable.")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the models.")] = Path("models/claims"),
    dev: Annotated[Path | None, typer.Option("--dev", metavar="GOLD", help="A gold .jsonl to measure on, before and after.")] = None,
) -> None:
    """Train the models of claims again, on your decisions beside what they were trained on."""
    with reported():
        from extractor.learn.retrain import Retraining, described, retrain

        request = Retraining(tuple(gold), tuple(texts or ()), out=out, dev=dev)
        typer.echo(described(retrain(request, say=lambda line: typer.echo(line, err=True))))


@app.command(epilog="Example: extractor demo --out out/demo")
def demo(out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the outputs.")] = Path("out/demo")) -> None:
    """Run `extract` on the sample papers that come with the package, and print the claims as a table."""
    with reported():
        from itertools import islice

        from rich.console import Console

        from extractor.batch import Request
        from extractor.demo import sample_folder
        from extractor.schema import read_claims
        from extractor.show import claims_table

        report = _run(Request((str(sample_folder()),), out, resume=False))
        Console().print(claims_table(islice(read_claims(out / "claims.jsonl"), DEMO_ROWS)))
        typer.echo("\n".join(["the files are:", *(f"  {path}" for path in report.files)]))
        raise typer.Exit(report.exit_code)


@app.command(epilog="Example: extractor schema --out docs/claims.schema.json")
def schema(out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to write it; it is printed where not given.")] = None) -> None:
    """Give the JSON Schema of a line of claims.jsonl."""
    with reported():
        from extractor.emit.atomic import whole
        from extractor.schema import claims_schema

        if out is None:
            typer.echo(claims_schema(), nl=False)
        else:
            with whole(out) as draft:
                draft.write_text(claims_schema(), "utf-8")


@app.command(epilog="Example: extractor evaluate out/ --gold table1 --out out/evaluation")
def evaluate(
    claims: Annotated[Path, typer.Argument(metavar="CLAIMS", help="claims.jsonl, or the folder of a run that holds it.", show_default=False)],
    gold: Annotated[str, typer.Option("--gold", metavar="GOLD", help="A gold .jsonl, or table1 for the claims of the review's Table 1.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for scores.json and report.html.", show_default=False)],
    compare: Annotated[Path | None, typer.Option(metavar="RUN", help="claims.jsonl or folder of another run to compare with.", show_default=False)] = None,
    from_review: Annotated[
        bool, typer.Option("--from-review", help="The claims come from the review and count for the papers that they cite (with --gold table1).")
    ] = False,
    trace: Annotated[Path | None, typer.Option(metavar="FILE", help="trace.jsonl of the run; by default the one beside CLAIMS.", show_default=False)] = None,
    split: Annotated[
        str | None, typer.Option(metavar="K/N", help="Only the K-th of N parts of the gold articles, drawn by their identifiers.", show_default=False)
    ] = None,
    agent: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Score only claims of this agent, gold and predicted; may be given again.", show_default=False)
    ] = None,
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap draws of articles; 0 leaves the intervals out.")] = 1000,
) -> None:
    """Score claims against a gold standard; write scores.json and report.html."""
    with reported():
        from extractor.evaluate.console import print_report
        from extractor.evaluate.report import evaluate as score

        print_report(
            score(
                claims, gold, out=out, compare_with=compare, from_review=from_review, trace=trace, split=split, agents=tuple(agent or ()), resamples=resamples
            )
        )
