"""What parsing hands to relate."""

import dataclasses

import pytest
from extractor.annotations import ParsedSentence
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
