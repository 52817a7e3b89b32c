"""The sentences worth parsing: with a molecule and a cue, where findings are told."""

import pytest
from extractor.records import Article, CueMention, Direction, Mention, PassageKind, Section, Sentence
from extractor.scan.select import select

TEXT = "BDNF rose."
MOLECULE = Mention(start=0, end=4, text="BDNF", kind="molecule")
CUE = CueMention(start=5, end=9, text="rose", lemma="rise", kind="change", direction=Direction.INCREASE, forms=("past",))
SENTENCE = Sentence(0, 10, 0)


def chosen(article: Article, *, mentions: tuple[Mention, ...] = (MOLECULE,), cues: tuple[CueMention, ...] = (CUE,)) -> tuple[Sentence, ...]:
    return select(article, [SENTENCE], mentions=mentions, cues=cues)


@pytest.mark.parametrize("section", [s for s in Section if s not in (Section.METHODS, Section.TABLE)])
def test_a_sentence_with_a_molecule_and_a_cue_is_kept(section: Section, make_article) -> None:
    assert chosen(make_article(TEXT, sections=(section,))) == (SENTENCE,)


@pytest.mark.parametrize("section", [Section.METHODS, Section.TABLE])
def test_methods_and_tables_are_left_out(section: Section, make_article) -> None:
    assert chosen(make_article(TEXT, sections=(section,))) == ()


@pytest.mark.parametrize(("kind", "kept"), [("title", True), ("paragraph", True), ("caption", True), ("heading", True), ("cell", False)])
def test_only_cells_are_left_out(kind: PassageKind, kept: bool, make_article) -> None:
    assert bool(chosen(make_article(TEXT, kinds=(kind,)))) is kept


def test_without_a_molecule_or_a_cue_nothing_is_kept(make_article) -> None:
    article = make_article(TEXT)
    region = Mention(start=0, end=4, text="BDNF", kind="region")
    assert chosen(article, mentions=()) == chosen(article, mentions=(region,)) == chosen(article, cues=()) == ()


def test_what_stands_in_another_sentence_does_not_count(make_article) -> None:
    article = make_article("BDNF slept. Rats rose.")
    cue = CueMention(start=17, end=21, text="rose", lemma="rise", kind="change", direction=Direction.INCREASE, forms=("past",))
    assert select(article, [Sentence(0, 11, 0), Sentence(12, 22, 0)], mentions=[MOLECULE], cues=[cue]) == ()
