"""What the models of form, agent type, attribution and certainty are told of a sentence."""

from collections.abc import Callable

import pytest
from extractor.pipeline import Pipeline
from extractor.records import Article, Section
from extractor.relate.options import options_of
from extractor.relate.places import Ladder
from extractor.relate.slot_features import Option
from extractor.relate.view import SentenceView
from extractor.relate.word_features import agent_type_features, certainty_features, form_features, telling_features

View = Callable[..., SentenceView]


@pytest.fixture
def view(rules_pipeline: Pipeline, make_article: Callable[..., Article]) -> View:
    """`view(text, **fields of the article)`: the only sentence of a text."""

    def make(text: str, **changes: object) -> SentenceView:
        (one,) = rules_pipeline.views(make_article(text, **changes))[1]
        return one

    return make


@pytest.fixture
def agents(rules_pipeline: Pipeline, make_article: Callable[..., Article]) -> Callable[[str], tuple[SentenceView, list[Option]]]:
    """`agents(text)`: the only sentence of a text with what may be the agent of its first pair."""

    def make(text: str) -> tuple[SentenceView, list[Option]]:
        article = make_article(text)
        scan, (one,) = rules_pipeline.views(article)
        return one, options_of(one, one.pairs[0], kind="agent", ladder=Ladder(article, scan, rules_pipeline.terms))

    return make


def test_the_form_is_told_by_the_reading_the_name_and_the_words_around(view: View) -> None:
    one = view("Ketamine increased BDNF mRNA expression in rats.")
    found = form_features(one, one.pairs[0])
    assert {
        "reads=mRNA",
        "name=BDNF",
        "in name=bdnf",
        "shape=A",
        "word1=mrna",
        "word behind=mrna",
        "word2=expression",
        "cue=increase",
        "cue=increase|mRNA",
    } <= set(found)
    assert "word before=ketamine" not in found, "names are told by their kind"
    assert "measure here=mRNA" in found
    assert "measure behind 1=mRNA" in found


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Ketamine increased p-ERK in rats.", "phospho"),
        ("Ketamine increased the release of dopamine in rats.", "release"),
        ("Ketamine increased the mRNA and protein of BDNF in rats.", "mRNA+level"),
        ("Ketamine increased BDNF in rats.", "level"),
    ],
)
def test_the_rules_reading_of_the_form_is_a_feature(view: View, text: str, reading: str) -> None:
    one = view(text)
    assert f"reads={reading}" in form_features(one, one.pairs[0])


def test_the_shape_keeps_capitals_digits_and_marks(view: View) -> None:
    one = view("Ketamine increased GluA1 in rats.")
    assert [f for f in form_features(one, one.pairs[0]) if f.startswith("shape=")] == ["shape=AaA0"]


def test_an_agent_is_told_by_its_class_its_words_and_its_neighbours(agents: Callable[[str], tuple[SentenceView, list[Option]]]) -> None:
    one, options = agents("Chronic treatment with fluoxetine increased BDNF in rats.")
    found = agent_type_features(one, next(o for o in options if o.place is not None and o.place.mention.text == "fluoxetine"))
    assert {"label=drug", "name=fluoxetine", "last=fluoxetine", "near-1=with", "near-2=treatment", "near1=increased"} <= set(found)
    assert not [f for f in found if f.startswith(("near2=bdnf", "near2=BDNF"))], "a name beside it is no word"


def test_that_nothing_is_stated_has_one_feature(agents: Callable[[str], tuple[SentenceView, list[Option]]]) -> None:
    one, _ = agents("Ketamine increased BDNF in rats.")
    assert agent_type_features(one, Option()) == ["label=none"]


def test_words_of_the_authors_own_are_told_as_such(agents: Callable[[str], tuple[SentenceView, list[Option]]]) -> None:
    one, _ = agents("Ketamine increased BDNF in rats.")
    found = agent_type_features(one, Option(span=(0, 2)))
    assert {"label=words", "last=increased"} <= set(found)
    assert "label=none" not in found


def test_telling_knows_section_citation_and_place(view: View) -> None:
    one = view("Ketamine increased BDNF in rats.", sections=(Section.INTRODUCTION,))
    found = set(telling_features(one))
    assert {"section=introduction", "cited=False", "cited=False|introduction", "first=True", "place=0|introduction", "word=increased", "tag=VBD"} <= found
    assert not found & {"word=ketamine", "word=bdnf", "word=rats"}


def test_certainty_sees_the_words_of_the_clause_up_to_the_claim(view: View) -> None:
    one = view("Ketamine may increase BDNF in rats, and they slept.")
    found = certainty_features(one, one.pairs[0])
    assert {"reads=hedged", "section=results", "clause=may", "before=may"} <= set(found)
    assert not {"clause=slept", "clause=in"} & set(found)
    plain = view("Ketamine increased BDNF in rats.")
    assert "reads=asserted" in certainty_features(plain, plain.pairs[0])
