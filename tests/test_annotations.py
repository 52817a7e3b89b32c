"""What parsing hands to relate."""

import dataclasses

import pytest
from extractor.annotations import ParsedSentence, get_mentions, put_mentions, span_of
from extractor.records import Mention, Sentence
from spacy.tokens import Doc
from spacy.vocab import Vocab


def test_a_token_stands_in_the_article_at_the_start_of_its_sentence_plus_its_own() -> None:
    text = "Rats slept. BDNF rose."
    doc = Doc(Vocab(), words=["BDNF", "rose", "."], spaces=[True, False, False])
    parsed = ParsedSentence(sentence=Sentence(start=12, end=22, passage=0), doc=doc, mentions=(Mention(start=12, end=16, text="BDNF", kind="molecule"),))
    places = [(parsed.sentence.start + token.idx, token.text) for token in parsed.doc]
    assert all(text[start : start + len(word)] == word for start, word in places)
    assert parsed.mentions[0].start == places[0][0]


def test_a_parsed_sentence_is_frozen() -> None:
    parsed = ParsedSentence(sentence=Sentence(0, 1, 0), doc=Doc(Vocab(), words=["a"]), mentions=())
    with pytest.raises(dataclasses.FrozenInstanceError):
        parsed.mentions = ()  # type: ignore[misc]


def test_mentions_on_a_doc_come_back_as_they_were_and_are_spans() -> None:
    doc = Doc(Vocab(), words=["BDNF", "rose", "in", "rat-hippocampus"], spaces=[True, True, True, False])
    given = [
        Mention(0, 4, "BDNF", "molecule", id="hgnc:1033", name="BDNF", label="protein", rule="lexicon.exact"),
        Mention(17, 28, "hippocampus", "region", rule="model.region"),
    ]
    put_mentions(doc, "names", given)
    assert get_mentions(doc, "names") == given
    spans = [(s.text, s.label_, s.kb_id_, s.id_) for s in doc.spans["names"]]
    assert spans == [("BDNF", "MOLECULE", "hgnc:1033", "lexicon.exact"), ("rat-hippocampus", "REGION", "", "model.region")]
    assert get_mentions(Doc(doc.vocab).from_bytes(doc.to_bytes()), "names") == given


def test_a_doc_without_the_group_has_no_mentions() -> None:
    assert get_mentions(Doc(Vocab(), words=["a"]), "names") == []


def test_a_mention_outside_of_the_text_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="no tokens at 5:9 of a text of 2 characters"):
        span_of(Doc(Vocab(), words=["a"]), Mention(5, 9, "BDNF", "molecule"))
