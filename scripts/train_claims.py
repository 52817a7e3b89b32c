#!/usr/bin/env python3
"""Train the models of claims: annotated texts in, extractor/models/claims and its cross-validated figures out.

    python scripts/train_claims.py --data ../shared            train on everything, calibrate, save; prints the figures out of fold
    python scripts/train_claims.py --data ../shared --nested   the figures by nested cross-validation as well; saves nothing

The folder of --data is laid out as ../shared. Fixed seeds: the same texts and code give the same models.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from extractor.evaluate.calibration import confident_precision, outcomes
from extractor.evaluate.match import Alignment
from extractor.evaluate.metrics import DIRECTIONS
from extractor.evaluate.scores import figures
from extractor.evaluate.slices import direction_figures
from extractor.evaluate.terminal import figure
from extractor.learn.calibrate import choose_thresholds
from extractor.learn.crossval import Read, align_read, final, nested
from extractor.learn.train import save
from extractor.relate.artefact import FOLDER

from claim_examples import CORPORA, TESTED, Material, load

SHOWN = (
    *(f"{level}.{score}" for level in ("exact", "lenient", "full") for score in ("precision", "recall", "f1", "article_f1")), "found.recall",
    *(f"aligned.{slot}" for slot in ("direction", "region", "species", "form", "agent", "agent_type", "certainty", "attribution")),
    "aligned.region.lenient", "aligned.species.lenient", *(f"direction.{one}.f1_given_match" for one in DIRECTIONS), "confidence.ece",
)  # fmt: skip
CONFIDENT = {"half": 2, "tenth": 10}
"""The more confident part of the claims whose precision is shown: into how many parts they are divided."""


def main(
    data: Annotated[Path, typer.Option(help="A folder laid out as ../shared.")],
    out: Annotated[Path, typer.Option(help="Where the models go.")] = FOLDER,
    nested_figures: Annotated[bool, typer.Option("--nested", help="Nested cross-validation instead of training.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write the figures to this JSON file.")] = None,
) -> None:
    """Train, calibrate and save the models of claims, or measure them."""
    material = load(data)
    trained = None if nested_figures else final(material.studied, tested=TESTED, gold=material.gold)
    reads = trained.reads if trained is not None else tuple(nested(material.studied, tested=TESTED, gold=material.gold))
    thresholds = choose_thresholds([o for one in reads for o in outcomes(_aligned(one, material))], gold=sum(len(g.claims) for g in material.gold.values()))
    typer.echo(f"thresholds {json.dumps(thresholds)}")
    found = {f"{source} {mode}": _figures(reads, material, source, thresholds[mode]) for source in CORPORA for mode in thresholds}
    for name, values in found.items():
        typer.echo(f"{name}: " + ", ".join(f"{key} {figure(value)}" for key, value in values.items()))
    if report is not None:
        report.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if trained is not None:
        articles = {one.example.article.id for one in material.studied}
        models = trained.trained.models(calibration=trained.calibration, thresholds=thresholds)
        save(trained.trained, models, out, articles=articles, weigher=trained.weigher)
        typer.echo(f"saved to {out}")


def _aligned(read: Read, material: Material) -> Alignment:
    return align_read(read, material.gold[read.studied.example.key])


def _figures(reads: Sequence[Read], material: Material, source: str, threshold: float) -> dict[str, float | None]:
    read = [one for one in reads if source in (one.studied.example.source, one.studied.example.corpus)]
    kept = [replace(one, claims=tuple(c for c in one.claims if c.confidence >= threshold)) for one in read]
    aligned = [_aligned(one, material) for one in kept]
    metrics = figures(aligned, resamples=0)
    found = {name: metrics[name].value for name in SHOWN} | direction_figures(aligned)
    found |= {f"confident.{name}.precision": confident_precision(aligned, parts=parts) for name, parts in CONFIDENT.items()}
    return {name: None if value is None else round(value, 3) for name, value in found.items()}


if __name__ == "__main__":
    typer.run(main)
