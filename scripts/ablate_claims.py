#!/usr/bin/env python3
"""What each part of the claim models is worth: cross-validated by article, each part left out in turn, beside plain baselines.

    nice python scripts/ablate_claims.py --data ../shared --out docs/ablation.tsv

A line a variant: exact and lenient F1 on abstracts and eLife articles with 95 % intervals (bootstrap over articles), at the threshold of the pair that
is used everywhere in the table, so that the variants differ in nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from extractor.evaluate.intervals import Interval
from extractor.evaluate.scores import figures
from extractor.learn.crossval import FOLDS, Read, align_read, claims_of, fold_of
from extractor.learn.dataset import Instance, Studied
from extractor.learn.train import Weighted, train, weighted
from extractor.records import MentionKind
from extractor.relate.features import FAMILIES
from extractor.relate.learned import Choice, Decider, Verdict
from extractor.relate.models import Task
from extractor.relate.options import options_of
from extractor.relate.pairs import Pair
from extractor.relate.view import SentenceView

from claim_examples import TESTED, Material, load

PROPOSING = 0.4
"""The least probability of a pair in all variants; the best of 0.3, 0.4, 0.5 and 0.6 for the full models."""
SOURCES = ("abstracts", "elife", "paragraphs", "sentences")
HEADER = ("variant", *(f"{source}.{level}.f1{end}" for source in sorted(TESTED) for level in ("exact", "lenient") for end in ("", ".low", ".high")))


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to decide: how instances are changed before training, which examples teach, and who decides."""

    name: str
    change: Callable[[Task, Instance], Instance] = lambda _, instance: instance
    teaches: Callable[[Studied], bool] = lambda _: True
    decider: type[Decider] = Decider


class CoOccurrence(Decider):
    """Every molecule with every cue of its sentence that has a direction of its own; slots filled with what stands nearest."""

    __slots__ = ()

    def judge(self, view: SentenceView) -> list[Verdict]:
        """Take every pair."""
        return [verdict for pair in view.pairs if (verdict := _plain(view, pair)) is not None]

    def rank(self, view: SentenceView, pair: Pair, kind: MentionKind) -> list[Choice]:
        """Take the options by nearness."""
        return [Choice(option=option, probability=0.4 / (no + 1)) for no, option in enumerate(options_of(view, pair, kind=kind, ladder=self.ladder))]


class NearestCue(CoOccurrence):
    """Every molecule with the nearest cue of its sentence."""

    __slots__ = ()

    def judge(self, view: SentenceView) -> list[Verdict]:
        """Take the nearest cue of each molecule."""
        nearest: dict[int, Verdict] = {}
        for pair in sorted(view.pairs, key=lambda p: abs(p.cue - p.molecule)):
            verdict = _plain(view, pair)
            if verdict is not None:
                nearest.setdefault(pair.molecule, verdict)
        return list(nearest.values())


class RulesJudge(Decider):
    """The pairs that a rule ties and gives a direction; slots by the models."""

    __slots__ = ()

    def judge(self, view: SentenceView) -> list[Verdict]:
        """Take what the rules read."""
        return [Verdict(pair=pair, direction=pair.direction, probability=0.5) for pair in view.pairs if pair.tied and pair.direction is not None]


def _plain(view: SentenceView, pair: Pair) -> Verdict | None:
    cue = view.units.items[pair.cue].cue
    return None if cue is None or cue.direction is None else Verdict(pair=pair, direction=cue.direction, probability=0.5)


def _without(*families: str) -> Callable[[Task, Instance], Instance]:
    def change(task: Task, instance: Instance) -> Instance:
        if task != "claim":
            return instance
        return replace(instance, features=tuple(f for f in instance.features if f.partition(":")[0] not in families))

    return change


def variants() -> list[Variant]:
    """All rows of the table."""
    return [
        Variant("co-occurrence", decider=CoOccurrence),
        Variant("nearest cue", decider=NearestCue),
        Variant("rules choose, models fill the slots", decider=RulesJudge),
        Variant("models without what the rules read", _without("rule")),
        Variant("rules and models"),
        *(Variant(f"without the {name} features", _without(name)) for name in FAMILIES if name != "rule"),
        *(Variant(f"without the {source}", teaches=lambda one, source=source: one.example.source != source) for source in SOURCES),
    ]


def cross_validate(material: Material, variant: Variant) -> list[Read]:
    """Read every tested example with models that never saw it."""
    reads: list[Read] = []
    for fold in range(FOLDS):
        teaching = [one for one in material.studied if fold_of(one) != fold and variant.teaches(one)]
        instances: Mapping[Task, Sequence[Weighted]] = {
            task: [(variant.change(task, instance), weight) for instance, weight in found] for task, found in weighted(teaching).items()
        }
        models = train(instances).models(proposing=PROPOSING)
        tested = [one for one in material.studied if fold_of(one) == fold and one.example.source in TESTED]
        reads += [Read(one, claims_of(one, models, by=variant.decider), fold) for one in tested]
    return reads


def row_of(material: Material, variant: Variant, resamples: int) -> list[str]:
    """A line of the table."""
    reads, cells = cross_validate(material, variant), [variant.name]
    for source in sorted(TESTED):
        aligned = [align_read(one, material.gold[one.studied.example.key]) for one in reads if one.studied.example.source == source]
        found = figures(aligned, resamples=resamples)
        cells += [_shown(value) for level in ("exact", "lenient") for value in _ends(found[f"{level}.f1"])]
    return cells


def _ends(interval: Interval) -> tuple[float | None, float | None, float | None]:
    return interval.value, interval.low, interval.high


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def main(
    data: Annotated[Path, typer.Option(help="A folder laid out as ../shared.")],
    out: Annotated[Path, typer.Option(help="The table.")] = Path("docs/ablation.tsv"),
    resamples: Annotated[int, typer.Option(help="Bootstrap draws of articles.")] = 1000,
    only: Annotated[list[str] | None, typer.Option(help="The variants wanted, by name; all if none is named.")] = None,
) -> None:
    """Measure the variants and write the table."""
    unknown = sorted(set(only or ()) - {variant.name for variant in variants()})
    if unknown:
        raise typer.BadParameter(f"no variant {', '.join(unknown)}; there are: {', '.join(variant.name for variant in variants())}", param_hint="--only")
    material = load(data)
    lines = ["\t".join(HEADER)]
    for variant in variants() if not only else (v for v in variants() if v.name in only):
        lines.append("\t".join(row_of(material, variant, resamples)))
        typer.echo(lines[-1])
        out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
