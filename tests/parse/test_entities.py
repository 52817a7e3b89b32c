"""The names that models find, and the rule that joins them with what the lexicons found."""

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import spacy
from extractor.annotations import ParsedSentence
from extractor.errors import DataError
from extractor.parse.entities import EntityFinder, combine, lexicon_marked, load_entities, named
from extractor.parse.language import blank_language, tokenised
from extractor.records import Mention, MentionKind, Sentence
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab


class Shouting:
    """Stands for a recogniser: every word in capitals is a molecule."""

    def __init__(self) -> None:
        self.vocab = Vocab()
        self.labels = ("MOLECULE",)

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        assert batch_size > 1
        for doc in stream:
            spans = [doc.char_span(t.idx, t.idx + len(t), label="MOLECULE") for t in doc if t.text.isupper()]
            doc.set_ents(spans)
            yield doc


def mention(text: str, words: str, kind: MentionKind = "region", *, rule: str = "lexicon.name", id: str | None = "x:1") -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), words, kind, id=id, name=words if id else None, label="brain", rule=rule)


def parsed(text: str, *mentions: Mention, start: int = 0) -> ParsedSentence:
    nlp = blank_language()
    sentence = Sentence(start=start, end=start + len(text), passage=0)
    return ParsedSentence(sentence=sentence, doc=tokenised(text, offset=start, mentions=mentions, nlp=nlp), mentions=mentions)


TEXT = "Lesions of the caudal pallial belt and of the thalamus were small"


def test_a_name_that_the_lexicons_lack_is_added_without_an_identifier() -> None:
    known, new = mention(TEXT, "thalamus"), mention(TEXT, "caudal pallial belt", rule="model.region", id=None)
    joined = combine([known], [new])
    assert joined == [new, known]
    assert (joined[0].id, joined[0].name, joined[0].rule) == (None, None, "model.region")


def test_a_wider_name_keeps_the_identifier_and_takes_the_authors_words() -> None:
    known, wider = mention(TEXT, "pallial belt"), mention(TEXT, "caudal pallial belt", rule="model.region", id=None)
    (joined,) = combine([known], [wider])
    assert (joined.text, joined.id, joined.name, joined.rule) == ("caudal pallial belt", "x:1", "pallial belt", "model.region")
    assert TEXT[joined.start : joined.end] == joined.text


@pytest.mark.parametrize("words", ["pallial", "caudal pallial belt", "belt and of the thalamus"])
def test_the_lexicon_is_right_about_a_name_that_is_narrower_equal_or_crosses(words: str) -> None:
    known = mention(TEXT, "caudal pallial belt")
    assert combine([known], [mention(TEXT, words, rule="model.region", id=None)]) == [known]


def test_a_name_over_two_known_ones_is_left_out() -> None:
    known = [mention(TEXT, "pallial belt"), mention(TEXT, "thalamus")]
    assert combine(known, [mention(TEXT, "pallial belt and of the thalamus", rule="model.region", id=None)]) == known


def test_a_name_of_another_kind_over_a_known_one_is_left_out() -> None:
    known = mention(TEXT, "thalamus")
    assert combine([known], [mention(TEXT, "thalamus", "agent", rule="model.agent", id=None)]) == [known]


def test_a_molecule_is_not_widened_to_its_inhibitor() -> None:
    text = "given an adenosine kinase inhibitor"
    known = mention(text, "adenosine kinase", "molecule")
    assert combine([known], [mention(text, "adenosine kinase inhibitor", "molecule", rule="model.molecule", id=None)]) == [known]


@pytest.mark.parametrize(("words", "expected"), [("QR-17", ["QR-17"]), ("F(1,16)=3.2", []), ("NaQ(3", []), ("7-9b", []), ("QR(2)", ["QR(2)"])])
def test_what_cannot_be_a_name_is_left_out(words: str, expected: list[str]) -> None:
    doc = Doc(Vocab(), words=[words, "fell"])
    doc.ents = [Span(doc, 0, 1, label="AGENT")]
    assert [m.text for m in named(doc, offset=0)] == expected


def test_mentions_are_found_at_their_place_in_the_article() -> None:
    finder = EntityFinder({"loud": Shouting()})
    found = finder.find([parsed("We saw QRX in rats", start=100), parsed("and ZZTP5 too", start=140)])
    assert [(m.start, m.end, m.text, m.kind, m.id, m.rule) for m in found] == [
        (107, 110, "QRX", "molecule", None, "model.molecule"),
        (144, 149, "ZZTP5", "molecule", None, "model.molecule"),
    ]
    assert finder.kinds == ("molecule",)
    assert finder.find([]) == []


def test_only_the_wanted_kinds_are_given() -> None:
    finder = EntityFinder({"loud": Shouting()}, kinds=("agent",))
    assert finder.kinds == ()
    assert finder.find([parsed("We saw QRX in rats")]) == []


def test_finding_changes_nothing_in_the_given_documents() -> None:
    sentence = parsed("We saw QRX in rats")
    EntityFinder({"loud": Shouting()}).find([sentence])
    assert sentence.doc.ents == ()
    assert [t.lemma_ for t in sentence.doc] == [""] * len(sentence.doc)


def test_tokens_carry_what_the_lexicons_found() -> None:
    text = "the dorsal raphe of rats"
    given = (mention(text, "dorsal raphe"), mention(text, "dorsal raphe", "agent"))
    doc = lexicon_marked(parsed(text, *given).doc, given, offset=0, vocab=Vocab())
    assert [t.text for t in doc] == ["the", "dorsal", "raphe", "of", "rats"]
    assert [t.lemma_ for t in doc] == ["-", "B.agent.brain.name+B.region.brain.name", "I.agent.brain.name+I.region.brain.name", "-", "-"]
    assert isinstance(doc, Doc)
    assert doc.text == text


def test_a_missing_model_is_named_with_its_repair(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no entity model 'region'.*train_entities"):
        load_entities(["region"], folder=tmp_path)


def test_a_saved_recogniser_is_loaded_and_can_be_pickled(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    recogniser = nlp.add_pipe("ner")
    recogniser.add_label("REGION")
    nlp.initialize()
    nlp.to_disk(tmp_path / "region", exclude=["tokenizer", "vocab"])
    finder = load_entities(["region"], folder=tmp_path)
    given = [parsed("The pons was spared")]
    again = pickle.loads(pickle.dumps(finder))
    assert finder.kinds == again.kinds == ("region",)
    assert again.find(given) == finder.find(given)


def test_an_abbreviation_glued_to_its_long_form_is_cut_off_and_receptors_are_not() -> None:
    text = "the pallial nucleus(VPN) and 5-HT(1A) sites"
    doc = lexicon_marked(parsed(text).doc, (), offset=0, vocab=Vocab())
    assert doc.text == text
    assert {"nucleus", "(", "VPN", ")"} <= {token.text for token in doc}
    assert "(1A" not in {token.text for token in doc}


@pytest.mark.parametrize(("words", "expected"), [("velkar ,", "velkar"), ("/ velkar", "velkar"), ("velkar (", "velkar"), ("velkar(VK", "velkar")])
def test_what_belongs_to_no_name_is_cut_off_its_edges(words: str, expected: str) -> None:
    doc = Doc(Vocab(), words=["the", *words.split(), "fell"])
    doc.ents = [Span(doc, 1, len(doc) - 1, label="REGION")]
    (found,) = named(doc, offset=10)
    assert found.text == expected
    assert doc.text[found.start - 10 : found.end - 10] == expected
