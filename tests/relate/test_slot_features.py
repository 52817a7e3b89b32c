"""What the slot models see of an option."""

from collections.abc import Callable

from extractor.pipeline import Pipeline
from extractor.records import Article
from extractor.relate.options import options_of
from extractor.relate.pairs import Pair
from extractor.relate.places import Ladder
from extractor.relate.slot_features import NOTHING, WORDS, Option, option_features, own_features, rung_features, setting_features
from extractor.relate.view import SentenceView

Make = Callable[..., Article]
Last = Callable[[Article], tuple[SentenceView, Pair, Ladder]]


def seen(last: Last, pipeline: Pipeline, article: Article, kind: str) -> list[tuple[Option, set[str]]]:
    view, pair, ladder = last(article)
    options = options_of(view, pair, kind=kind, ladder=ladder)  # type: ignore[arg-type]
    tell = {"kind": kind, "options": options, "ladder": ladder, "terms": pipeline.terms}
    return [(o, set(option_features(view, pair, o, **tell))) for o in options]  # type: ignore[arg-type]


def test_a_place_of_the_sentence(last: Last, pipeline: Pipeline, make_article: Make) -> None:
    article = make_article("The striatum was cut. Ketamine increased BDNF in the hippocampus.")
    (_, here), (_, before), _ = seen(last, pipeline, article, "region")
    assert {"rung=sentence", "in clause=True", "tie rank=0", "sentence:options here=1", "of=BDNF|hippocampus"} <= here
    assert {"rung=before", "last said=False|0", "before:steps=-1"} <= before
    assert not any(f.startswith("tie rank") for f in before)


def test_that_nothing_is_stated_is_weighed_against_the_best_place(last: Last, pipeline: Pipeline, make_article: Make) -> None:
    article = make_article("The striatum was cut. Ketamine increased BDNF in the hippocampus.")
    option, found = seen(last, pipeline, article, "region")[-1]
    assert option.key == ""
    assert {"bias none", "none:options here=1", "none:word=in", "rival:name=hippocampus"} <= found
    assert "rival:name=striatum" not in found


def test_without_a_place_in_the_sentence_the_nearest_other_is_the_rival(last: Last, pipeline: Pipeline, make_article: Make) -> None:
    found = seen(last, pipeline, make_article("The striatum was cut. Ketamine increased BDNF."), "region")[-1][1]
    assert {"none:best tie=-1", "rival:name=striatum"} <= found


def test_a_species_has_no_rival(last: Last, pipeline: Pipeline, make_article: Make) -> None:
    found = seen(last, pipeline, make_article("Ketamine increased BDNF in mice."), "species")[-1][1]
    assert "bias none" in found
    assert not any(f.startswith("rival:") for f in found)


def test_a_place_held_by_the_molecule_needs_no_way_to_it(last: Last, pipeline: Pipeline, make_article: Make) -> None:
    option, found = seen(last, pipeline, make_article("Ketamine increased serum folate."), "region")[0]
    assert option.place is not None
    assert "held by the molecule" in found
    assert not any(f.startswith("to molecule=") for f in found)


def test_the_key_tells_options_apart() -> None:
    assert Option().key == ""
    assert Option(span=(1, 3)).key == "words (1, 3)"


def test_an_option_has_the_features_of_its_rung_and_its_own(last: Last, pipeline: Pipeline, make_article: Make) -> None:
    article = make_article("The striatum was cut. A long walk in the woods increased BDNF in the hippocampus of rats.")
    view, pair, ladder = last(article)
    rungs: set[str] = set()
    for kind in ("region", "species", "agent"):
        options = options_of(view, pair, kind=kind, ladder=ladder)  # type: ignore[arg-type]
        setting = setting_features(view, pair, kind=kind, options=options, ladder=ladder)  # type: ignore[arg-type]
        for option in options:
            tell = {"kind": kind, "options": options, "ladder": ladder, "terms": pipeline.terms}
            head, tail = own_features(view, pair, option, **tell)  # type: ignore[arg-type]
            rungs.add(option.rung)
            assert [*head, *rung_features(view, option.rung, setting), *tail] == option_features(view, pair, option, **tell)  # type: ignore[arg-type]
    assert rungs == {"sentence", "before", NOTHING, WORDS}


def test_options_of_one_rung_share_the_setting(last: Last, make_article: Make) -> None:
    view, _, _ = last(make_article("Ketamine increased BDNF in the hippocampus."))
    assert rung_features(view, "before", ["first=True"]) == ["before:first=True"]
    assert {"none:first=True", "none:word=in"} <= set(rung_features(view, NOTHING, ["first=True"]))
    assert rung_features(view, WORDS, ["first=True"]) == []
