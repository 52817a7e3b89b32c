import re

import pytest
from extractor.evaluate import charts
from extractor.evaluate.calibration import Bin, Point
from extractor.evaluate.intervals import Difference, Interval
from lxml import etree

FIGURES = {f"{level}.{part}": Interval(0.5, 0.4, 0.6) for level in ("exact", "lenient", "full") for part in ("precision", "recall", "f1")} | {
    "aligned.direction": Interval(0.93, 0.9, 0.95),
    "aligned.agent_type": Interval(None),
    "aligned.region.lenient": Interval(0.87, 0.85, 0.9),
}
CONFUSION = {row: dict.fromkeys(("increase", "decrease", "no_change", "missed"), 3) for row in ("increase", "decrease", "no_change", "extra")}
DRAWN = {
    "overview": lambda: charts.overview(FIGURES),
    "slots": lambda: charts.slots(FIGURES),
    "confusion": lambda: charts.confusion_chart(CONFUSION),
    "reliability": lambda: charts.reliability_chart([Bin(0.9, 1, 7, 0.95, 0.9), Bin(0.8, 0.9, 0, None, None)]),
    "curve": lambda: charts.curve_chart({"exact": [Point(0.9, 1, 0.2), Point(0.1, 0.5, 0.6)], "lenient": []}),
    "funnel": lambda: charts.funnel_chart(5, {"not read": 2, "scope": 3, "context": 0}),
    "difference": lambda: charts.difference_chart({"a": Difference(0.1, 0.2, Interval(0.1, 0.05, 0.2), 0), "b": Difference(None, None, Interval(None), None)}),
}


@pytest.fixture(scope="module")
def drawn():
    return {name: draw() for name, draw in DRAWN.items()}


def words(svg):
    return ["".join(text.itertext()).strip() for text in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_is_one_named_svg_element(drawn, name):
    root = etree.fromstring(drawn[name].encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", drawn[name])


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_figures_give_the_same_bytes(drawn, name):
    assert DRAWN[name]() == drawn[name]


def test_identifiers_are_of_one_chart_only_and_references_lead_to_them(drawn):
    seen = {}
    for name, svg in drawn.items():
        ids = set(re.findall(r'\bid="([^"]+)"', svg))
        assert ids.isdisjoint(seen)
        seen.update(dict.fromkeys(ids, name))
        assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg)) <= ids


def test_text_stays_text_and_says_the_figures(drawn):
    assert {"exact tuple", "precision", "F1", "0.50"} <= set(words(drawn["overview"]))
    assert {"direction", "agent type", "region, lenient", "0.93", "n/a"} <= set(words(drawn["slots"]))
    assert {"no change", "missed", "extra"} <= set(words(drawn["confusion"]))
    assert {"not read", "−2", "scope", "−3", "found (exact)", "5"} <= set(words(drawn["funnel"]))
    assert "context" not in words(drawn["funnel"])
    assert "b" not in words(drawn["difference"])


def test_less_is_better_for_errors():
    worse = charts.difference_chart({"ece": Difference(0.1, 0.2, Interval(0.1, 0.05, 0.2), 0)}, errors=["ece"])
    assert charts.RED in worse
    assert charts.TEAL not in worse


def test_nothing_to_draw_draws_an_empty_chart():
    assert "svg" in charts.reliability_chart([])
    assert "svg" in charts.curve_chart({"exact": []})
    assert "svg" in charts.funnel_chart(0, {})
    assert "svg" in charts.difference_chart({})
