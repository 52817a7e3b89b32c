"""Own findings and background, by citation, wording and section."""

from collections.abc import Callable

import pytest
from extractor.records import Article, Citation, Scan, Section, Sentence
from extractor.relate.attribution import AttributionRow, Attributor
from extractor.scan.sentences import sentences
from extractor.tables import LEXICONS, read_rows

MakeArticle = Callable[..., Article]


def attributor_of(article: Article) -> tuple[Attributor, tuple[Sentence, ...]]:
    spans = tuple(sentences(article, longest=2_000))
    return Attributor(article, Scan(sentences=spans, selected=spans, mentions=(), cues=(), abbreviations={})), spans


@pytest.mark.parametrize(
    ("text", "section", "whose"),
    [
        ("We found that ketamine raised BDNF.", Section.RESULTS, "own"),
        ("Ketamine raised BDNF.", Section.RESULTS, "own"),
        ("It has been shown that ketamine raises BDNF.", Section.DISCUSSION, "background"),
        ("Previous studies saw that ketamine raises BDNF.", Section.ABSTRACT, "background"),
        ("Ketamine raises BDNF.", Section.INTRODUCTION, "background"),
        ("Here we show that ketamine raises BDNF.", Section.INTRODUCTION, "own"),
        ("Ketamine raised BDNF.", Section.ABSTRACT, "own"),
    ],
)
def test_wording_and_section_tell_whose_finding_it_is(text: str, section: Section, whose: str, make_article: MakeArticle) -> None:
    attributor, (sentence,) = attributor_of(make_article(text, sections=(section,)))
    assert attributor.attribution(sentence) == whose


def test_an_abstract_opens_with_what_is_known(make_article: MakeArticle) -> None:
    article = make_article("Ketamine increases BDNF. We gave ketamine to rats. Ketamine increases TrkB.", sections=(Section.ABSTRACT,))
    attributor, spans = attributor_of(article)
    assert [attributor.attribution(one) for one in spans] == ["background", "own", "own"]


def test_what_is_cited_is_background_unless_it_speaks_of_this_study(make_article: MakeArticle) -> None:
    text = "Ketamine raised BDNF [1]. As before [2,3], we saw that it rose."
    article = make_article(text, citations=(Citation(21, 24, ("b1",)), Citation(36, 41, ("b2", "b3", "b2"))))
    attributor, spans = attributor_of(article)
    assert [attributor.attribution(one) for one in spans] == ["background", "own"]
    assert [attributor.citations(one) for one in spans] == [("b1",), ("b2", "b3")]


def test_the_table_tells_both_kinds() -> None:
    rows = read_rows(LEXICONS / "attribution.tsv", AttributionRow)
    assert {row.whose for row in rows} == {"own", "background"}
    assert all(word == word.lower() for row in rows for word in row.words)
