"""Features of a pair: each family says what it should of a clear sentence, and nothing names a molecule or an agent."""

from collections.abc import Callable

import pytest
from extractor.relate.features import FAMILIES, bucket, cue_features, features_of, pair_features
from extractor.relate.pairs import Pair
from extractor.relate.view import SentenceView

MakeView = Callable[..., SentenceView]
Look = Callable[..., set[str]]
SENTENCE = "[Ketamine](agent) [increased](cue) the level of [BDNF](molecule) in the [hippocampus](region)."


def pair_of(view: SentenceView, cue: str, molecule: str) -> Pair:
    items = view.units.items
    return next(p for p in view.pairs if (items[p.cue].lower, items[p.molecule].lower) == (cue, molecule) and p.link.denied is None)


@pytest.fixture(scope="session")
def look(make_view: MakeView) -> Look:
    """`look(marked, family, cue, molecule)`: what a family says of a pair."""

    def features(marked: str, family: str, cue: str = "increased", molecule: str = "bdnf", *, syntax: bool = True) -> set[str]:
        view = make_view(marked, syntax=syntax)
        return set(FAMILIES[family](view, pair_of(view, cue, molecule)))

    return features


@pytest.mark.parametrize(
    ("family", "wanted"),
    [
        ("cue", {"lemma=increase", "direction=increase|False", "near-1=AGENT", "word1=the"}),
        ("rule", {"rule=d.object", "outer=none", "reads=increase|True"}),
        ("path", {"path length=3", "path first=dobj>", "path last=pobj>", "passes word=level", "cue has=dobj"}),
        ("gap", {"side=right", "distance=right|4", "gap=right|DET FORM OF", "cues between=right|0", "clause=True"}),
        ("molecule", {"label=", "grounded=True", "molecule word-1=of"}),
        ("place", {"section=results|paragraph", "statistics=False", "question=False"}),
        ("rivals", {"cue rank=0", "cues=1", "molecules=1"}),
        ("agent", {"agents=1", "agent by=a.subject", "agent side=left|1", "agent in clause=True"}),
    ],
)
def test_each_family_tells_of_a_clear_sentence(family: str, wanted: set[str], look: Look) -> None:
    assert wanted - look(SENTENCE, family) == set()


@pytest.mark.parametrize(
    ("family", "feature", "marked", "other"),
    [
        ("cue", "direction=increase|True", "It had not [increased](cue) [BDNF](molecule).", "It had [increased](cue) [BDNF](molecule)."),
        ("cue", "behind hyphen|increase", "The drug-[increased](cue) [BDNF](molecule) was high.", "The drug [increased](cue) [BDNF](molecule)."),
        ("rule", "aim", "To test whether the drug [increased](cue) [BDNF](molecule), we met.", "The drug [increased](cue) [BDNF](molecule)."),
        ("rule", "dependence", "It [increased](cue) [BDNF](molecule), which correlated with sleep.", "It [increased](cue) [BDNF](molecule)."),
        ("molecule", "qualifies", "It [increased](cue) [BDNF](molecule) neurons.", "It [increased](cue) [BDNF](molecule)."),
        ("molecule", "molecule in brackets", "It [increased](cue) all (or [BDNF](molecule)).", "It [increased](cue) all [BDNF](molecule)."),
        ("place", "statistics=True", "It [increased](cue) [BDNF](molecule) (p < 0.05).", "It [increased](cue) [BDNF](molecule)."),
        ("place", "question=True", "Has it [increased](cue) [BDNF](molecule)?", "It [increased](cue) [BDNF](molecule)."),
        ("agent", "agents=0", "It [increased](cue) [BDNF](molecule).", "[Ketamine](agent) [increased](cue) [BDNF](molecule)."),
    ],
)
def test_a_feature_is_there_only_where_it_holds(family: str, feature: str, marked: str, other: str, look: Look) -> None:
    assert feature in look(marked, family)
    assert feature not in look(other, family)


def test_a_pair_under_an_outer_cue_tells_of_both(look: Look) -> None:
    marked = "The drug [reversed](cue) the [decrease](cue) in the level of [BDNF](molecule)."
    assert {"nest=reverse|None|decrease|False", "reads=increase"} <= look(marked, "rule", "reversed")
    assert "under=reverse|None" in look(marked, "rule", "decrease")


def test_rivals_tell_which_cue_is_nearer_and_tied(look: Look) -> None:
    marked = "The drug [increased](cue) the level of [BDNF](molecule) and [reduced](cue) the level of [NGF](molecule)."
    assert {"molecule tied elsewhere=False|True", "cue tied elsewhere=False|True"} <= look(marked, "rivals")
    assert {"molecule tied elsewhere=True|False", "cue tied elsewhere=True|False"} <= look(marked, "rivals", "reduced")


def test_without_a_parse_the_way_says_nothing(look: Look) -> None:
    assert look(SENTENCE, "path", syntax=False) == set()


def test_no_feature_names_the_molecule_or_the_agent(make_view: MakeView) -> None:
    view = make_view(SENTENCE)
    features = features_of(view, pair_of(view, "increased", "bdnf"))
    assert [f for f in features if "bdnf" in f.lower() or "ketamine" in f.lower() or "hippocampus" in f.lower()] == []
    assert {f.partition(":")[0] for f in features} == set(FAMILIES)


@pytest.mark.parametrize(("number", "name"), [(0, "0"), (1, "1"), (5, "4"), (29, "20"), (400, "30")])
def test_numbers_fall_into_rising_buckets(number: int, name: str) -> None:
    assert bucket(number) == name


SEVERAL = "[Ketamine](agent) [increased](cue) [BDNF](molecule) and [NGF](molecule), but [reduced](cue) [TNF](molecule), in the [striatum](region)."


def test_the_features_of_a_cue_hold_for_all_of_its_pairs(make_view: MakeView) -> None:
    view = make_view(SEVERAL)
    cues = {pair.cue for pair in view.pairs}
    assert len(cues) == 2
    for cue in cues:
        said = [cue_features(view, pair) for pair in view.pairs if pair.cue == cue]
        assert len(said) > 2
        assert all(one == said[0] for one in said)


def test_a_pair_has_the_features_of_its_cue_and_its_own(make_view: MakeView) -> None:
    view = make_view(SEVERAL)
    for pair in view.pairs:
        assert sorted([*cue_features(view, pair), *pair_features(view, pair)]) == sorted(features_of(view, pair))
