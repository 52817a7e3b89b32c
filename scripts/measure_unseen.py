#!/usr/bin/env python3
"""The directions of the labelled trial reports, each read by models of claims that learned nothing from it: figures of five folds out.

    python scripts/measure_unseen.py --data ../shared

The shipped models learn from paragraphs of nearly all of these reports, so that `scoreboard.py --only rct` tells how well they fit and this script how well they read.
Its claims are weighed by trees that were fitted to claims of the other folds. Calibration and thresholds are the shipped ones: eight numbers, chosen on claims of
articles that their models had not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from extractor.learn.crossval import FOLDS, Read, claims_of, fold_of, fold_of_article, weigher
from extractor.learn.train import train, weighted
from extractor.pipeline import Pipeline
from extractor.relate.artefact import load_models
from extractor.settings import Settings

from claim_examples import Material, load
from measure_directions import Answer, rct_answers, rct_figures, rct_items
from measure_stages import first_article


def answers(material: Material, data: Path) -> Iterator[list[Answer]]:
    """Answer the labels of every report, fold by fold."""
    shipped = load_models()
    reports = [(path, labels, first_article(path)) for path, labels in rct_items(data)]
    learned = [train(weighted(one for one in material.studied if fold_of(one) != fold)) for fold in range(FOLDS)]
    unweighed = [one.models(calibration=shipped.calibration, thresholds=shipped.thresholds, proposing=shipped.proposing) for one in learned]
    reads = [Read(one, claims_of(one, unweighed[fold]), fold) for one in material.studied if (fold := fold_of(one)) is not None]
    for fold, models in enumerate(unweighed):
        trees = weigher([read for read in reads if read.fold != fold], material.gold).arrays()
        reader = Pipeline(Settings(), models=replace(models, weigher=trees))
        for path, labels, article in reports:
            if fold_of_article(article.id) == fold:
                yield rct_answers(labels, article, by=reader, unit=path.stem)


def main(data: Annotated[Path, typer.Option(help="A folder laid out as ../shared.")]) -> None:
    """Print the figures."""
    for figure in rct_figures(data, list(answers(load(data), data))):
        if not figure.name.startswith("unseen."):
            typer.echo(f"{figure.name}\t{figure.value}\t{figure.low}\t{figure.high}\t{figure.n}")


if __name__ == "__main__":
    typer.run(main)
