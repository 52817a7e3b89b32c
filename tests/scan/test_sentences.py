"""Sentences: where a passage is cut, where it is not, and that nothing is lost."""

import pytest
from extractor.records import Article, Sentence
from extractor.scan.sentences import abbreviated_words, sentences, split
from hypothesis import given
from hypothesis import strategies as st


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("BDNF rose. TrkB fell.", ["BDNF rose.", "TrkB fell."]),
        ("Did it rise? It did! (It fell later.) So it was.", ["Did it rise?", "It did!", "(It fell later.)", "So it was."]),
        ("BDNF rose.\nTrkB fell", ["BDNF rose.", "TrkB fell"]),
        ("  BDNF rose.  ", ["BDNF rose."]),
        ("One line\nand another", ["One line", "and another"]),
        ("", []),
        (" \n\t ", []),
        ("...", ["..."]),
    ],
)
def test_a_passage_is_cut_where_sentences_end(text: str, wanted: list[str]) -> None:
    assert pieces(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "BDNF rose by 0.5 ng per ml in rats.",
        "BDNF rose (Fig. 2 and Figs. 3 to 5) in rats.",
        "As Smith et al. Had seen, BDNF rose.",
        "Agents, e.g. Ketamine, raised BDNF vs. Saline.",
        "E. coli and S. Typhi were grown.",
        "it rose. then it fell, all in one breath.",
    ],
)
def test_a_full_stop_that_ends_no_sentence_does_not_cut(text: str) -> None:
    assert pieces(text) == [text]


def test_words_with_a_full_stop_are_lower_case_and_bare() -> None:
    assert {"fig", "al", "e.g"} <= abbreviated_words()
    assert all(word == word.lower() and not word.endswith(".") for word in abbreviated_words())


TEXTS = st.lists(st.sampled_from(["BDNF", " rose", ".", " ", "\n", "Fig.", "?", "(", ")", " The", "e.g.", "\u00a0", "α", "”", "5"]), max_size=30).map("".join)


@given(TEXTS)
def test_sentences_hold_every_character_that_is_no_blank(text: str) -> None:
    check_cover(text)


@given(st.text(max_size=80))
def test_any_text_is_covered(text: str) -> None:
    check_cover(text)


def check_cover(text: str) -> None:
    spans = split(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered for i, letter in enumerate(text) if not letter.isspace())


def test_a_long_sentence_comes_in_pieces_that_join_to_it(make_article) -> None:
    article: Article = make_article("BDNF rose.\n\n" + "a" * 25 + ".")
    found = list(sentences(article, longest=10))
    assert [(s.start, s.end, s.passage) for s in found] == [(0, 10, 0), (12, 22, 1), (22, 32, 1), (32, 38, 1)]


def test_sentences_know_their_passage(make_article) -> None:
    article: Article = make_article("BDNF rose. TrkB fell.\n\nRats slept.")
    assert list(sentences(article, longest=2_000)) == [Sentence(0, 10, 0), Sentence(11, 21, 0), Sentence(23, 34, 1)]
