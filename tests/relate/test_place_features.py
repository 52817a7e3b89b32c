"""What a thing is and where the article names it."""

from collections.abc import Callable

from extractor.pipeline import Pipeline
from extractor.records import Article, Distance, Mention
from extractor.relate.pairs import Pair
from extractor.relate.place_features import nature, source, standing, with_molecule
from extractor.relate.places import Ladder, Place
from extractor.relate.view import SentenceView

Make = Callable[..., Article]
Last = Callable[[Article], tuple[SentenceView, Pair, Ladder]]


TEXT = "Primary hippocampal neurons were grown. BDNF was read in the brain and in plasma. Ketamine increased BDNF."


def molecule_of(view: SentenceView, pair: Pair) -> Mention:
    found = view.units.items[pair.molecule].mention("molecule")
    assert found is not None
    return found


def place_of(ladder: Ladder, view: SentenceView, text: str) -> Place:
    return next(p for p in ladder.outside("region", view.parsed.sentence) if p.mention.text == text)


def test_how_near_and_how_often(last: Last, make_article: Make) -> None:
    view, _, ladder = last(make_article(TEXT))
    found = set(standing(place_of(ladder, view, "plasma"), kind="region", ladder=ladder, order=7))
    assert {"steps=-1", "order=5", "named=1"} <= found


def test_how_a_molecule_and_a_place_go_together(last: Last, make_article: Make) -> None:
    view, pair, ladder = last(make_article(TEXT))
    molecule, place = molecule_of(view, pair), place_of(ladder, view, "plasma")
    found = set(with_molecule(place, molecule, kind="region", ladder=ladder))
    assert {"beside molecule=True", "joined=1", "of=BDNF|fluid", "of=BDNF|plasma"} <= found
    assert not any(f.startswith("of=") for f in with_molecule(place, molecule, kind="agent", ladder=ladder))


def test_how_the_other_sentence_tells_of_a_place(last: Last, make_article: Make) -> None:
    view, pair, ladder = last(make_article(TEXT))
    found = list(source(place_of(ladder, view, "plasma"), molecule_of(view, pair), kind="region", ladder=ladder, sentence=view.parsed.sentence))
    assert found == [
        "before=in", "behind=.", "told there=own", "told there=own|own", "stands=between", "says=was", "says=read", "says=in", "says=the", "says=and",
        "same agents=0|1|0", "crowd=2", "measured=1", "last said=True|2",
    ]  # fmt: skip


def test_a_wider_place_and_a_kindred_one(last: Last, pipeline: Pipeline, make_article: Make) -> None:
    article = make_article(TEXT.replace("BDNF.", "BDNF in the hippocampus.", 1))
    view, _, ladder = last(article)
    here = view.units.items[view.units.where("REGION")[0]].mention("region")
    assert here is not None
    inside = Place(mention=here, key=ladder.key(here), distance=Distance.SENTENCE, where="sentence", steps=0)
    brain = set(nature(place_of(ladder, view, "brain"), [inside], kind="region", terms=pipeline.terms))
    assert {"wider than another", "wider than one here", "name=brain"} <= brain
    grown = set(nature(place_of(ladder, view, "Primary hippocampal neurons"), [inside], kind="region", terms=pipeline.terms))
    assert "kin here=brain" in grown
