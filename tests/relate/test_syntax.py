"""Ways through a dependency parse, on trees drawn by hand."""

import pytest
from extractor.relate.syntax import Syntax, syntax_of
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

VOCAB = English().vocab

#                0 Stress  1 lowered  2 BDNF  3 and  4 TrkB  5 in  6 rats
WORDS = ["Stress", "lowered", "BDNF", "and", "TrkB", "in", "rats"]
HEADS = [1, 1, 1, 2, 2, 1, 5]
LABELS = ["nsubj", "ROOT", "dobj", "cc", "conj", "prep", "pobj"]
TAGS = ["NN", "VBD", "NN", "CC", "NN", "IN", "NNS"]


@pytest.fixture(scope="module")
def syntax() -> Syntax:
    found = syntax_of(Doc(VOCAB, words=WORDS, heads=HEADS, deps=LABELS, tags=TAGS))
    assert found is not None
    return found


def test_a_doc_without_a_parse_has_no_syntax() -> None:
    assert syntax_of(Doc(VOCAB, words=WORDS)) is None


def test_prepositions_and_by_carry_their_word() -> None:
    doc = Doc(VOCAB, words=["raised", "By", "it"], heads=[0, 0, 1], deps=["ROOT", "agent", "pobj"], tags=["VBN", "IN", "PRP"])
    found = syntax_of(doc)
    assert found is not None
    assert found.labels == ("ROOT", "agent:by", "pobj")


def test_heads_labels_and_tags_are_those_of_the_doc(syntax: Syntax) -> None:
    assert syntax.heads == tuple(HEADS)
    assert syntax.labels == ("nsubj", "ROOT", "dobj", "cc", "conj", "prep:in", "pobj")
    assert syntax.tags == tuple(TAGS)


@pytest.mark.parametrize(
    ("start", "end", "way", "passed"),
    [
        (1, 2, "dobj> ", ()),
        (2, 1, "dobj< ", ()),
        (1, 4, "dobj> conj> ", (2,)),
        (0, 2, "nsubj< dobj> ", (1,)),
        (4, 6, "conj< dobj< prep:in> pobj> ", (2, 1, 5)),
        (3, 3, "", ()),
    ],
)
def test_a_way_goes_up_to_the_common_ancestor_and_down(start: int, end: int, way: str, passed: tuple[int, ...], syntax: Syntax) -> None:
    assert syntax.way(start, end) == (way, passed)


def test_two_trees_are_not_joined() -> None:
    assert Syntax(heads=(0, 1), labels=("ROOT", "ROOT"), tags=("NN", "NN")).way(0, 1) == ("", ())


def test_coordinated_words_stand_as_the_first_of_them(syntax: Syntax) -> None:
    assert syntax.role(4) == syntax.role(2) == ("dobj", 1)
    assert syntax.role(1) == ("ROOT", 1)


def test_children_are_the_words_that_depend_on_one(syntax: Syntax) -> None:
    assert syntax.children(1) == [0, 2, 5]
    assert syntax.children(6) == []


def test_the_root_of_a_span_is_its_word_whose_head_is_outside(syntax: Syntax) -> None:
    assert syntax.root_of(2, 5) == 2
    assert syntax.root_of(3, 5) == 3
    assert syntax.root_of(5, 7) == 5
    assert syntax.root_of(0, 7) == 1


@st.composite
def trees(draw: st.DrawFn) -> Syntax:
    size = draw(st.integers(1, 12))
    heads = [0, *(draw(st.integers(0, i - 1)) for i in range(1, size))]
    labels = tuple("ROOT" if i == 0 else draw(st.sampled_from(["dobj", "nsubj", "conj", "amod"])) for i in range(size))
    return Syntax(heads=tuple(heads), labels=labels, tags=("NN",) * size)


@given(trees(), st.data())
def test_the_way_back_is_the_way_turned_round(syntax: Syntax, data: st.DataObject) -> None:
    start, end = (data.draw(st.integers(0, len(syntax.heads) - 1)) for _ in range(2))
    there, passed = syntax.way(start, end)
    back, passed_back = syntax.way(end, start)
    turn = {"<": ">", ">": "<"}
    assert [step[:-1] + turn[step[-1]] for step in reversed(there.split())] == back.split()
    assert passed == passed_back[::-1]
    assert len(there.split()) == (len(passed) + 1 if start != end else 0)
