"""Everything that may fill a slot of one claim."""

from collections.abc import Callable

from extractor.records import Article, Distance
from extractor.relate.options import options_of
from extractor.relate.pairs import Pair
from extractor.relate.places import Ladder
from extractor.relate.view import SentenceView

Make = Callable[..., Article]
Last = Callable[[Article], tuple[SentenceView, Pair, Ladder]]


def offered(last: Last, article: Article, kind: str) -> list[tuple[str, str]]:
    view, pair, ladder = last(article)
    options = options_of(view, pair, kind=kind, ladder=ladder)  # type: ignore[arg-type]
    return [(o.place.mention.text, o.place.where) if o.place else ("", "words" if o.span else "none") for o in options]


def test_things_of_the_sentence_come_first_and_nothing_last(last: Last, make_article: Make) -> None:
    article = make_article("The striatum was cut. Ketamine increased BDNF in the hippocampus.")
    assert offered(last, article, "region") == [("hippocampus", "sentence"), ("striatum", "before"), ("", "none")]


def test_a_thing_of_the_sentence_is_not_offered_again(last: Last, make_article: Make) -> None:
    article = make_article("The hippocampus was cut. Ketamine increased BDNF in the hippocampus.")
    assert offered(last, article, "region") == [("hippocampus", "sentence"), ("", "none")]


def test_a_place_in_the_name_of_the_molecule_is_offered_at_the_molecule(last: Last, make_article: Make) -> None:
    view, pair, ladder = last(make_article("Ketamine increased serum folate."))
    options = options_of(view, pair, kind="region", ladder=ladder)
    assert [(o.place.mention.text, o.place.distance, o.position) for o in options if o.place] == [("serum", Distance.SENTENCE, pair.molecule)]


def test_the_species_of_the_paragraph(last: Last, make_article: Make) -> None:
    article = make_article("The mice were young. Ketamine increased BDNF.")
    assert offered(last, article, "species") == [("mice", "before"), ("", "none")]


def test_the_measured_molecule_is_no_agent_of_itself(last: Last, make_article: Make) -> None:
    names = [text for text, _ in offered(last, make_article("Ketamine increased BDNF."), "agent")]
    assert names[0] == "Ketamine"
    assert "BDNF" not in names
