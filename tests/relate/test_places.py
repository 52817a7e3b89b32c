"""The ladder of an article: what is offered outside of a sentence, and what is known of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from extractor.records import Article, Distance, Section
from extractor.relate.pairs import Pair
from extractor.relate.places import Ladder
from extractor.relate.view import SentenceView

Make = Callable[..., Article]
Last = Callable[[Article], tuple[SentenceView, Pair, Ladder]]


TEXT = "We cut the striatum of the rats. BDNF was read in the hippocampus and the amygdala. Ketamine increased BDNF. The cerebellum was kept."


def test_the_rungs_of_a_paragraph_go_back_first_then_forward(last: Last, make_article: Make) -> None:
    view, _, ladder = last(make_article(TEXT))
    found = [(p.key if p.mention.name is None else p.mention.name, p.where, p.steps) for p in ladder.outside("region", view.parsed.sentence)]
    assert found[:4] == [("amygdala", "before", -1), ("hippocampus", "before", -1), ("striatum", "before", -2), ("cerebellum", "behind", 1)]


def test_each_thing_is_offered_once_on_its_nearest_rung(last: Last, make_article: Make) -> None:
    text = "The hippocampus in rats\n\nThe hippocampus was cut out. Ketamine increased BDNF."
    view, _, ladder = last(make_article(text, sections=(Section.TITLE, Section.ABSTRACT)))
    assert [(p.where, p.distance) for p in ladder.outside("region", view.parsed.sentence)] == [("before", Distance.PARAGRAPH)]


@pytest.mark.parametrize(("shown", "wanted"), [("(Figure 2A)", ["figure"]), ("(Fig. 2)", ["figure"]), ("(Figure 3)", ["most named"])])
def test_the_caption_of_a_shown_figure_is_a_rung(shown: str, wanted: list[str], last: Last, make_article: Make) -> None:
    article = make_article(f"Ketamine increased BDNF {shown}.\n\nLevels in the hippocampus.", kinds=("paragraph", "caption"))
    caption = replace(article.passages[1], section=Section.CAPTION, section_path=("Results", "Figure 2"))
    view, _, ladder = last(replace(article, passages=(article.passages[0], caption)))
    assert [p.where for p in ladder.outside("region", view.parsed.sentence)] == wanted


def test_a_place_inside_the_name_of_a_molecule_is_a_place(last: Last, make_article: Make) -> None:
    text = "Serum folate was read. Ketamine increased BDNF."
    view, _, ladder = last(make_article(text))
    assert [p.mention.text for p in ladder.outside("region", view.parsed.sentence)] == ["Serum"]


def test_what_the_other_sentence_tells(last: Last, make_article: Make) -> None:
    view, pair, ladder = last(make_article(TEXT))
    amygdala, hippocampus, striatum = (p.mention for p in ladder.outside("region", view.parsed.sentence)[:3])
    molecule = view.units.items[pair.molecule].mention("molecule")
    assert molecule is not None
    assert ladder.beside(hippocampus) == ("the", "and")
    assert (ladder.crowd("region", amygdala), ladder.crowd("region", striatum)) == (2, 1)
    assert (ladder.measured(amygdala), ladder.measured(striatum)) == (1, 0)
    assert ladder.last_said("region", view.parsed.sentence, molecule) == {ladder.key(amygdala), ladder.key(hippocampus)}
    assert ladder.joined("region", molecule)[ladder.key(amygdala)] == 1
    assert ladder.stands_beside(amygdala, molecule)
    assert not ladder.stands_beside(striatum, molecule)


def test_how_often_an_article_names_a_thing(last: Last, make_article: Make) -> None:
    text = "The hippocampus in rats\n\nThe hippocampus and the striatum were cut out. Ketamine increased BDNF."
    _, _, ladder = last(make_article(text, sections=(Section.TITLE, Section.ABSTRACT)))
    first = ladder.between("region", 0, 20)[0]
    naming = ladder.naming("region", ladder.key(first))
    assert (naming.count, naming.rank, naming.titled, naming.abstract, naming.methods) == (2, 0, True, True, False)
    assert ladder.naming("region", "nowhere").count == 0
    assert ladder.kinds_named("region") == 2


def test_the_things_beside_a_molecule_wherever_the_article_joins_them(last: Last, make_article: Make) -> None:
    text = "BDNF in serum was read. BDNF in the liver was read. BDNF in serum rose.\n\nThe striatum was cut. Ketamine increased BDNF."
    view, pair, ladder = last(make_article(text))
    molecule = view.units.items[pair.molecule].mention("molecule")
    assert molecule is not None
    assert [(p.mention.text, p.where) for p in ladder.beside_molecule("region", molecule)] == [("serum", "joined"), ("liver", "joined")]
