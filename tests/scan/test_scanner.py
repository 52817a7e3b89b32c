"""One pass over an article: names, cues, sentences, abbreviations, and what is true of them for any text."""

from collections.abc import Callable

import pytest
from extractor.records import Article, Mention, Section
from extractor.scan import Scanner
from extractor.settings import Settings
from extractor.terms import Terms
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

MakeArticle = Callable[..., Article]


def of_kind(mentions: tuple[Mention, ...], kind: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.name) for m in mentions if m.kind == kind]


def test_a_plain_sentence_gives_a_name_of_every_kind_and_a_cue(scanner: Scanner, make_article: MakeArticle) -> None:
    scan = scanner.scan(make_article("Ketamine raised BDNF in the hippocampus of rats. They slept well."))
    assert of_kind(scan.mentions, "molecule") == [("BDNF", "BDNF")]
    assert of_kind(scan.mentions, "region") == [("hippocampus", "hippocampus")]
    assert of_kind(scan.mentions, "species") == [("rats", "rat")]
    assert ("Ketamine", "ketamine") in of_kind(scan.mentions, "agent")
    assert [cue.text for cue in scan.cues] == ["raised"]
    assert len(scan.sentences) == 2
    assert scan.selected == scan.sentences[:1]


def test_an_empty_article_gives_an_empty_scan(scanner: Scanner, make_article: MakeArticle) -> None:
    scan = scanner.scan(make_article(""))
    assert (scan.sentences, scan.selected, scan.mentions, scan.cues, dict(scan.abbreviations)) == ((), (), (), (), {})


def test_an_abbreviation_of_the_article_is_known_where_it_is_used_later(scanner: Scanner, make_article: MakeArticle) -> None:
    scan = scanner.scan(make_article("The bed nucleus of the stria terminalis (BDNST) was cut.\n\nBDNF rose in the BDNST."))
    assert scan.abbreviations["BDNST"] == "bed nucleus of the stria terminalis"
    late = [m for m in scan.mentions if m.text == "BDNST" and m.start > 60]
    long = next(m for m in scan.mentions if m.text.startswith("bed nucleus"))
    assert [(m.kind, m.id, m.rule) for m in late] == [("region", long.id, "abbreviation")]


def test_the_article_overrules_the_lexicon_on_an_acronym(scanner: Scanner, make_article: MakeArticle) -> None:
    plain = scanner.scan(make_article("CORT was higher in rats."))
    own = scanner.scan(make_article("Chronic open running therapy (CORT) was given. CORT was long."))
    assert ("CORT", "corticosterone") in of_kind(plain.mentions, "molecule")
    assert not [m for m in own.mentions if m.text == "CORT" and m.name == "corticosterone"]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Ketamine-induced activation of mTOR increased BDNF in rats.", "activation of mTOR"),
        ("Inhibition of mTOR decreased BDNF in rats.", "Inhibition of mTOR"),
        ("After activation of mTOR, BDNF rose in rats.", "activation of mTOR"),
        ("In rats mTOR inhibition decreased BDNF.", "mTOR inhibition"),
    ],
)
def test_what_an_agent_does_something_to_stays_a_molecule(scanner: Scanner, make_article: MakeArticle, text: str, agent: str) -> None:
    mentions = scanner.scan(make_article(text)).mentions
    assert agent in {m.text for m in mentions if m.kind == "agent"}
    assert any(m.text in agent for m in mentions if m.kind == "molecule")


def test_the_molecule_of_a_knock_out_is_none(scanner: Scanner, make_article: MakeArticle) -> None:
    mentions = scanner.scan(make_article("Dopamine was lower in the absence of TrkB in mice.")).mentions
    assert of_kind(mentions, "molecule") == [("Dopamine", "dopamine")]
    assert ("absence of TrkB", None) in of_kind(mentions, "agent")


def test_passages_beyond_the_limit_are_not_searched_for_abbreviations(terms: Terms, nlp: Language, make_article: MakeArticle) -> None:
    text = "The medial prefrontal cortex (mPFC) was cut."
    short = Scanner(terms, nlp=nlp, settings=Settings(abbreviation_passage_characters=20)).scan(make_article(text))
    assert dict(short.abbreviations) == {}


def test_no_sentence_is_longer_than_the_settings_say(terms: Terms, nlp: Language, make_article: MakeArticle) -> None:
    article = make_article("BDNF rose and fell and " * 20)
    scan = Scanner(terms, nlp=nlp, settings=Settings(maximum_sentence_characters=50)).scan(article)
    assert scan.sentences
    assert max(s.end - s.start for s in scan.sentences) <= 50


def test_methods_are_scanned_but_not_selected(scanner: Scanner, make_article: MakeArticle) -> None:
    scan = scanner.scan(make_article("BDNF rose in rats.", sections=(Section.METHODS,)))
    assert of_kind(scan.mentions, "species") == [("rats", "rat")]
    assert scan.selected == ()


def test_a_scan_depends_on_its_article_alone(scanner: Scanner, make_article: MakeArticle) -> None:
    one = make_article("The medial prefrontal cortex (mPFC) was cut and BDNF rose in the mPFC.")
    other = make_article("The most pleasant fresh cake (mPFC) was eaten. BDNF fell in the mPFC.")
    first = scanner.scan(one)
    scanner.scan(other)
    assert scanner.scan(one) == first


WORDS = st.sampled_from(
    [
        "Ketamine", "BDNF", "raised", "reduced", "the", "hippocampus", "of", "rats", "medial", "prefrontal cortex", "(mPFC)", "mPFC", "and", "knock-out mice", "corticosterone",
        "stress-induced", "5-HT(1A) receptors", "tyrosine hydroxylase", "serotonin neurons", "cultured", "human", "miR-124", "İ", "TNF‑α", ".", ",", "\n\n", "\n", "(", ")",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30).map(" ".join))
@settings(max_examples=60)
def test_what_is_true_of_every_scan(scanner: Scanner, make_article: MakeArticle, text: str) -> None:
    article = make_article(text)
    scan = scanner.scan(article)
    assert all(text[m.start : m.end] == m.text and m.text.strip() == m.text != "" for m in scan.mentions)
    assert all(text[c.start : c.end] == c.text for c in scan.cues)
    for found in (scan.sentences, scan.selected, scan.mentions, scan.cues):
        assert [one.start for one in found] == sorted(one.start for one in found)
    assert set(scan.selected) <= set(scan.sentences)
    assert all(article.passages[s.passage].start <= s.start < s.end <= article.passages[s.passage].end for s in scan.sentences)
    for kind in ("molecule", "region", "species", "agent"):
        own = [m for m in scan.mentions if m.kind == kind]
        overlapping = [(one, other) for one, other in zip(own, own[1:], strict=False) if one.end > other.start]
        assert not overlapping, f"two mentions of one kind overlap: {overlapping}"


@pytest.mark.parametrize("text", ["BDNF (BDNF) BDNF", "((((", "BDNF" * 200, "\u2028BDNF\u2028 rose", "İİİ BDNF rose."])
def test_odd_texts_are_scanned(text: str, scanner: Scanner, make_article: MakeArticle) -> None:
    assert all(text[m.start : m.end] == m.text for m in scanner.scan(make_article(text)).mentions)
