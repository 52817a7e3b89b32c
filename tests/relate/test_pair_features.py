"""Features that join cue and way, and what stands above a cue: there where they hold, and without names."""

from collections.abc import Callable

import pytest
from extractor.relate.pair_features import above_family, join_family
from extractor.relate.view import SentenceView

MakeView = Callable[..., SentenceView]
PLAIN = "[Ketamine](agent) [increased](cue) the level of [BDNF](molecule) in the [hippocampus](region)."
TWO = "The drug [increased](cue) the level of [BDNF](molecule) and [reduced](cue) the level of [NGF](molecule)."


def joined(view: SentenceView, cue: str, molecule: str) -> set[str]:
    items = view.units.items
    (pair,) = (p for p in view.pairs if (items[p.cue].lower, items[p.molecule].lower) == (cue, molecule))
    return set(join_family(view, pair))


def test_lemma_and_kind_are_joined_with_rule_and_way(make_view: MakeView) -> None:
    found = joined(make_view(PLAIN), "increased", "bdnf")
    assert {"lemma=increase|d.object", "kind=change|d.object|increase", "path=dobj> prep> pobj>|increase"} <= found
    assert "cues on path=0|change|True" in found


def test_a_cue_farther_away_in_the_parse_has_a_lower_rank(make_view: MakeView) -> None:
    view = make_view(TWO)
    assert "path rank=0|True" in joined(view, "increased", "bdnf")
    assert "path rank=1|False" in joined(view, "reduced", "bdnf")
    assert "cues on path=1|change|False" in joined(view, "increased", "ngf")


@pytest.mark.parametrize(
    ("feature", "marked", "other"),
    [
        ("above=tested", "We tested whether it [increased](cue) [BDNF](molecule).", "It [increased](cue) [BDNF](molecule)."),
        ("above=known", "It is known to [increase](cue) [BDNF](molecule).", "We saw it [increase](cue) [BDNF](molecule)."),
        ("root=showed", "Rats showed [increased](cue) [BDNF](molecule).", "Rats had [increased](cue) [BDNF](molecule)."),
    ],
)
def test_what_stands_above_a_cue_is_told(feature: str, marked: str, other: str, make_view: MakeView) -> None:
    views_ = [make_view(text) for text in (marked, other)]
    assert [feature in set(above_family(view, view.pairs[0])) for view in views_] == [True, False]


def test_without_a_parse_only_the_rule_is_joined(make_view: MakeView) -> None:
    view = make_view(PLAIN, syntax=False)
    assert [f for f in join_family(view, view.pairs[0]) if f.startswith("path")] == []
    assert list(above_family(view, view.pairs[0])) == []


def test_no_feature_holds_a_name(make_view: MakeView) -> None:
    view = make_view(PLAIN)
    features = [f.lower() for family in (join_family, above_family) for f in family(view, view.pairs[0])]
    assert [f for f in features if "bdnf" in f or "ketamine" in f] == []
