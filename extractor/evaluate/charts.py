"""Figures in, charts as inline SVG out. Drawn by matplotlib without its global state; the same figures give the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from extractor.evaluate.calibration import Bin, Point
from extractor.evaluate.intervals import Difference, Interval

INK, SOFT, RULE = "#1f2a37", "#5b6675", "#dde2e8"
TEAL, MINT, RED, AMBER, BLUE = "#14746f", "#b9ddd6", "#c8553d", "#c58a1d", "#2f5d8a"
_STYLE: Any = {
    "svg.fonttype": "none",
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": SOFT,
    "axes.edgecolor": RULE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
}


def _chart(name: str, label: str, draw: Callable[[Axes], None], *, width: float = 4.0, height: float = 2.9) -> str:
    """Draw one chart and return its SVG element, named for those who cannot see it, with identifiers that no other chart has.

    Sizes are in inches; the page scales the drawing.
    """
    buffer = io.StringIO()
    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.add_subplot())
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(buffer, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", text)
    text = re.sub(r"'DejaVu Sans'(, [^;\"]*)?", "var(--sans)", text)
    return text.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def overview(figures: Mapping[str, Interval]) -> str:
    """Precision, recall and F1 of the three levels with their intervals."""
    levels, parts = ("exact", "lenient", "full"), (("precision", BLUE, "s"), ("recall", AMBER, "D"), ("f1", TEAL, "o"))

    def draw(axes: Axes) -> None:
        for shift, (part, colour, marker) in zip((0.22, 0, -0.22), parts, strict=True):
            for no, level in enumerate(levels):
                _whisker(axes, figures[f"{level}.{part}"], y=2 - no + shift, colour=colour, marker=marker)
            axes.plot([], [], marker, color=colour, label=part.replace("f1", "F1"))
        axes.set(yticks=[2, 1, 0], yticklabels=[f"{level} tuple" for level in levels], ylim=(-0.5, 2.5), xlim=(0, 1))
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.14), ncols=3, frameon=False)

    return _chart("overview", "Precision, recall and F1 with 95 % intervals", draw)


def slots(figures: Mapping[str, Interval]) -> str:
    """Share of slots that are right, given a claim about the same molecule in the same statement."""
    names = [name for name in figures if name.startswith("aligned.")]

    def draw(axes: Axes) -> None:
        for no, name in enumerate(names):
            axes.barh(-no, figures[name].value or 0, color=MINT, height=0.62)
            _whisker(axes, figures[name], y=-no, colour=TEAL, marker="o")
        labels = [name.removeprefix("aligned.").replace(".", ", ").replace("_", " ") for name in names]
        axes.set(yticks=range(0, -len(names), -1), yticklabels=labels, xlim=(0, 1))
        axes.grid(visible=False, axis="y")

    return _chart("slots", "Slots right, given a match", draw)


def _whisker(axes: Axes, interval: Interval, *, y: float, colour: str, marker: str) -> None:
    if interval.value is None:
        axes.text(0.01, y, "n/a", color=SOFT, va="center", fontsize=8)
        return
    if interval.low is not None and interval.high is not None:
        axes.plot([interval.low, interval.high], [y, y], color=colour, linewidth=1.6, solid_capstyle="round")
    axes.plot(interval.value, y, marker, color=colour, markersize=5, clip_on=False)
    axes.text(1.02, y, f"{interval.value:.2f}", color=INK, va="center", fontsize=8)


def confusion_chart(confusion: Mapping[str, Mapping[str, int]]) -> str:
    """Gold direction by predicted direction, claims without a partner in the last row and column."""
    rows, columns = list(confusion), list(next(iter(confusion.values())))
    shares = [[confusion[row][column] / max(1, sum(confusion[row].values())) for column in columns] for row in rows]

    def draw(axes: Axes) -> None:
        axes.pcolormesh(shares, cmap=LinearSegmentedColormap.from_list("teal", ["#ffffff", TEAL]), vmin=0, vmax=1, edgecolors="white", linewidth=1.5)
        for r, row in enumerate(rows):
            for c, column in enumerate(columns):
                if (row, column) != ("extra", "missed"):
                    axes.text(c + 0.5, r + 0.5, str(confusion[row][column]), ha="center", va="center", color="white" if shares[r][c] > 0.55 else INK)
        axes.set(xticks=[c + 0.5 for c in range(len(columns))], xticklabels=[name.replace("_", " ") for name in columns], xlabel="predicted")
        axes.set(yticks=[r + 0.5 for r in range(len(rows))], yticklabels=[name.replace("_", " ") for name in rows], ylabel="gold")
        axes.invert_yaxis()
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)

    return _chart("confusion", "Confusion matrix of direction", draw)


def reliability_chart(bins: Sequence[Bin]) -> str:
    """Precision by confidence against the diagonal of perfect calibration; circles grow with the predictions of the bin."""
    points = [(one.confidence, one.precision, one.predictions) for one in bins if one.confidence is not None and one.precision is not None]
    most = max((number for _, _, number in points), default=1)

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color=SOFT, linewidth=0.9, linestyle=(0, (4, 3)))
        xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
        axes.plot(xs, ys, color=TEAL, linewidth=1.2)
        axes.scatter(xs, ys, clip_on=False, zorder=3, s=[18 + 170 * number / most for _, _, number in points], color=TEAL, alpha=0.85, linewidths=0)
        axes.set(xlim=(0, 1), ylim=(0, 1.03), xlabel="confidence", ylabel="share that is right (exact)")

    return _chart("reliability", "Reliability diagram", draw)


def curve_chart(curves: Mapping[str, Sequence[Point]]) -> str:
    """Precision over recall as the confidence asked for goes down."""

    def draw(axes: Axes) -> None:
        for (name, points), colour in zip(curves.items(), (TEAL, BLUE, AMBER), strict=False):
            axes.step([point.recall for point in points], [point.precision for point in points], where="pre", color=colour, linewidth=1.5, label=name)
        axes.set(xlim=(0, 1), ylim=(0, 1.03), xlabel="recall", ylabel="precision")
        axes.legend(frameon=False, loc="lower left")

    return _chart("curve", "Precision and recall over confidence", draw)


def funnel_chart(found: int, stages: Mapping[str, int]) -> str:
    """Gold claims in reading order: what each stage lost, and what is found in the end."""
    names = [name for name in stages if stages[name]] if sum(stages.values()) else []
    left = found + sum(stages.values())
    rows: list[tuple[str, int, int]] = []
    for name in names:
        left -= stages[name]
        rows.append((name, left, stages[name]))

    def draw(axes: Axes) -> None:
        for no, (_, start, lost) in enumerate(rows):
            axes.barh(-no, start, color=MINT, height=0.66)
            axes.barh(-no, lost, left=start, color=RED, height=0.66)
            axes.text(start + lost, -no, f" −{lost}", va="center", color=INK, fontsize=8)
        axes.barh(-len(rows), found, color=TEAL, height=0.66)
        axes.text(found, -len(rows), f" {found}", va="center", color=INK, fontsize=8)
        axes.set(yticks=range(0, -len(rows) - 1, -1), yticklabels=[*(name for name, _, _ in rows), "found (exact)"], xlabel="gold claims")
        axes.set_xlim(0, max(1, found + sum(stages.values())) * 1.1)
        axes.grid(visible=False, axis="y")

    return _chart("funnel", "Where gold claims were lost", draw, height=0.7 + 0.27 * (len(rows) + 1), width=4.8)


def difference_chart(differences: Mapping[str, Difference], *, errors: Collection[str] = ()) -> str:
    """How this run differs from the compared one, with 95 % intervals of the difference. Of `errors` less is better."""
    known = [(name, gap.difference.value, gap.difference.low, gap.difference.high) for name, gap in differences.items()]
    rows = [(name, value, low, high) for name, value, low, high in known if value is not None and low is not None and high is not None]

    def draw(axes: Axes) -> None:
        axes.axvline(0, color=SOFT, linewidth=0.9)
        for no, (name, value, low, high) in enumerate(rows):
            up, down = (RED, TEAL) if name in errors else (TEAL, RED)
            colour = up if low > 0 else down if high < 0 else SOFT
            axes.plot([low, high], [-no, -no], color=colour, linewidth=1.6)
            axes.plot(value, -no, "o", color=colour, markersize=4.5)
        axes.set(yticks=range(0, -len(rows), -1), yticklabels=[row[0] for row in rows], xlabel="this run minus the compared run")

    return _chart("difference", "Difference between two runs", draw, height=0.8 + 0.22 * max(1, len(rows)), width=6.0)
