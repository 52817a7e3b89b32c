"""A scored run in, one self-contained page out: no file, script or font from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from extractor.evaluate import charts
from extractor.evaluate.calibration import curve, reliability
from extractor.evaluate.cards import STATUSES, Card, cards
from extractor.evaluate.compare import Comparison
from extractor.evaluate.funnel import Loss, difference_counts, stage_counts
from extractor.evaluate.grid import grid
from extractor.evaluate.metrics import METRICS
from extractor.evaluate.scores import Scores
from extractor.evaluate.slices import all_slices, rule_table
from extractor.evaluate.summary import confusion
from extractor.evaluate.terminal import ends, figure, headline, remarks

MOST_SLICE_ROWS = 12
MOST_RULES = 60
"""Rows that the page shows of a slice and of the rules; own choice. scores.json holds all."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the page says about where its figures come from."""

    claims: str
    gold: str
    compared: str = ""


def page(scores: Scores, lost: Sequence[Loss], *, labels: Labels, comparison: Comparison | None = None) -> str:
    """Render the report.

    Parameters
    ----------
    scores
        The scored run.
    lost
        Its missed gold claims.
    labels
        Names of the run, the gold and the compared run.
    comparison
        Against another run, where there is one.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(figure=figure, ends=ends, share=_share)
    template = environment.from_string((files("extractor.evaluate") / "report.html.jinja").read_text("utf-8"))
    made = cards(scores.alignments, lost)
    return template.render(
        labels=labels,
        scores=scores,
        headline=headline(scores),
        remarks=remarks(scores),
        metrics=METRICS,
        statuses=STATUSES,
        grid=grid(made),
        cards=made,
        by_status=_by_status(made),
        differences=difference_counts(lost),
        slices={name: rows[:MOST_SLICE_ROWS] for name, rows in all_slices(scores.alignments).items() if rows},
        rules=rule_table(scores.alignments)[:MOST_RULES],
        comparison=comparison,
        charts={name: Markup(svg) for name, svg in _charts(scores, lost, comparison).items()},
    )


def _charts(scores: Scores, lost: Sequence[Loss], comparison: Comparison | None) -> Mapping[str, str]:
    found = sum(len(one.pairs["exact"]) for one in scores.alignments)
    drawn = {
        "overview": charts.overview(scores.figures),
        "slots": charts.slots(scores.figures),
        "confusion": charts.confusion_chart(confusion(scores)),
        "reliability": charts.reliability_chart(reliability(scores.alignments)),
        "curve": charts.curve_chart({"exact": curve(scores.alignments), "lenient": curve(scores.alignments, level="lenient")}),
        "funnel": charts.funnel_chart(found, stage_counts(lost)),
    }
    return (
        drawn
        if comparison is None
        else {**drawn, "difference": charts.difference_chart(comparison.differences, errors=[name for name, metric in METRICS.items() if metric.error])}
    )


def _by_status(made: Sequence[Card]) -> dict[str, list[Card]]:
    return {status: [card for card in made if card.status == status] for status in STATUSES}


def _share(value: float | None) -> str:
    """A share as the width of a bar."""
    return "0" if value is None else f"{100 * value:.1f}"
