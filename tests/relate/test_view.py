"""A sentence as features and slot finders see it: which sentences are shown, and what is looked up in one."""

from collections.abc import Callable

import pytest
from extractor.records import Article, Passage, Receipt, Scan, Section, Sentence
from extractor.relate.view import SentenceView, views

MakeView = Callable[..., SentenceView]


@pytest.fixture(scope="session")
def make_view(make_parsed: Callable[..., tuple[object, tuple[object, ...]]]) -> MakeView:
    """`make_view(marked)`: the view of a marked sentence that is the results of an article."""

    def make(marked: str) -> SentenceView:
        (view,) = shown(make_parsed, marked)
        return view

    return make


def shown(make_parsed: Callable[..., tuple[object, tuple[object, ...]]], marked: str) -> list[SentenceView]:
    parsed, cues = make_parsed(marked)
    text = parsed.doc.text  # type: ignore[attr-defined]
    passage = Passage(start=0, end=len(text), kind="paragraph", section=Section.RESULTS, section_path=())
    article = Article(id="a", text=text, passages=(passage,), title="", source="a", sha256="", receipt=Receipt(read=len(text)))
    sentence = Sentence(0, len(text), 0)
    scan = Scan(sentences=(sentence,), selected=(sentence,), mentions=parsed.mentions, cues=cues, abbreviations={})  # type: ignore[attr-defined, arg-type]
    return list(views(article, scan, [parsed]))  # type: ignore[list-item]


def test_a_sentence_without_a_pair_is_not_shown(make_parsed: Callable[..., tuple[object, tuple[object, ...]]]) -> None:
    assert shown(make_parsed, "The [BDNF](molecule) kit was new.") == []


def test_a_view_says_where_everything_stands(make_view: MakeView) -> None:
    view = make_view("[Ketamine](agent) [increased](cue) the level of [BDNF](molecule) in rats.")
    assert view.text == "Ketamine increased the level of BDNF in rats."
    named = [[view.units.items[i].lower for i in places] for places in (view.agents, view.cues, view.molecules)]
    assert named == [["ketamine"], ["increased"], ["bdnf"]]
    assert (view.passage.section, view.place, view.telling.attribution) == (Section.RESULTS, 0.0, "own")


def test_names_are_words_by_their_class(make_view: MakeView) -> None:
    view = make_view("[Ketamine](agent) [increased](cue) the level of [BDNF](molecule) in rats.")
    token = {unit.lower: unit.token for unit in view.units.items}
    assert [view.word_of(token[word]) for word in ("ketamine", "level", "bdnf")] == ["AGENT", "level", "MOL"]


@pytest.mark.parametrize(
    ("marked", "head"),
    [
        ("The drug [increased](cue) [GABA](molecule) release in rats.", "release"),
        ("The drug [increased](cue) the level of [GABA](molecule) in rats.", "MOL"),
    ],
)
def test_the_head_of_a_molecule_is_what_it_qualifies(marked: str, head: str, make_view: MakeView) -> None:
    view = make_view(marked)
    assert view.head_word(view.units.items[view.molecules[0]].token) == head


def test_tied_and_coordinated_are_what_the_rules_tie(make_view: MakeView) -> None:
    view = make_view("The levels of [BDNF](molecule) and [NGF](molecule) were [reduced](cue) by the drug.")
    (cue,) = view.cues
    one, other = view.molecules
    assert view.tied == {(cue, one), (cue, other)}
    assert view.coordinated == {one: frozenset({one, other}), other: frozenset({one, other})}
