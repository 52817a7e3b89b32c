"""How a thing stands in the sentence to cue and molecule."""

from collections.abc import Callable

from extractor.records import Article
from extractor.relate.inside_features import UNTIED, inside_features, tie_cost
from extractor.relate.pairs import Pair
from extractor.relate.places import Ladder
from extractor.relate.view import SentenceView

Make = Callable[..., Article]
Last = Callable[[Article], tuple[SentenceView, Pair, Ladder]]


def features(last: Last, article: Article, word: str) -> set[str]:
    view, pair, _ = last(article)
    place = next(i for i, unit in enumerate(view.units.items) if unit.lower == word)
    return set(inside_features(view, pair, place, kind="region"))


def test_a_tied_place_says_which_rule_ties_it(last: Last, make_article: Make) -> None:
    view, pair, _ = last(make_article("Ketamine increased BDNF in the hippocampus."))
    place = view.units.where("REGION")[0]
    assert tie_cost(view.units, pair, place, kind="region") < UNTIED
    assert "tie=none" not in set(inside_features(view, pair, place, kind="region"))


def test_the_way_to_the_molecule_and_the_cue(last: Last, make_article: Make) -> None:
    found = features(last, make_article("Ketamine increased BDNF in the hippocampus."), "hippocampus")
    assert {"to molecule=right|3", "gap to molecule=right|IN DET", "in clause=True", "word-1=the", "rank from molecule=0"} <= found
    assert any(f.startswith("path to cue=") for f in found)


def test_a_place_where_a_drug_was_put(last: Last, make_article: Make) -> None:
    found = features(last, make_article("Infusion into the amygdala of ketamine increased BDNF in the hippocampus."), "amygdala")
    assert "acted on" in found


def test_respectively_pairs_the_lists(last: Last, make_article: Make) -> None:
    article = make_article("Ketamine increased BDNF and VEGF in the hippocampus and the striatum, respectively.")
    assert any(f.startswith("pairs=") for f in features(last, article, "striatum"))
