"""Names that models add to a scan: which sentences they read, and who is right where lexicon and model disagree."""

import pickle
from collections.abc import Iterable, Iterator, Sequence

import pytest
import spacy
from extractor.annotations import ParsedSentence
from extractor.errors import UsageError
from extractor.parse.completion import NameCompleter, has_unknown_word, name_completer
from extractor.parse.entities import EntityFinder
from extractor.parse.grounding import Grounder
from extractor.parse.language import tokenised
from extractor.records import Article, Mention, MentionKind, Scan, Sentence
from extractor.scan import Scanner
from extractor.terms import Terms
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab


class Listed:
    """Stands for a recogniser: the words of a list are names of one label. It notes what it was given to read."""

    def __init__(self, label: str, words: Sequence[str]) -> None:
        self.vocab = Vocab()
        self.labels = (label,)
        self.words = words
        self.read: list[str] = []

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        assert batch_size > 1
        for doc in stream:
            self.read.append(doc.text)
            found = [doc.char_span(at, at + len(word), label=self.labels[0]) for word in self.words if (at := doc.text.find(word)) >= 0]
            doc.set_ents([span for span in found if span is not None])
            yield doc


def completer(recogniser: Listed, *, model: str, nlp: Language, terms: Terms) -> NameCompleter:
    return NameCompleter({model: EntityFinder({model: recogniser})}, nlp=nlp, grounder=Grounder(terms))


def scanned(text: str, scanner: Scanner, make_article: object) -> tuple[Article, Scan]:
    article = make_article(text)  # type: ignore[operator]
    return article, scanner.scan(article)


def kinds_of(scan: Scan, kind: MentionKind) -> list[tuple[str, str]]:
    return [(m.text, m.rule.split(".")[0]) for m in scan.mentions if m.kind == kind]


def test_a_region_that_the_lexicons_lack_is_added_at_its_place(nlp: Language, terms: Terms, scanner: Scanner, make_article: object) -> None:
    article, scan = scanned("Ketamine increased BDNF in the velkar belt of rats.", scanner, make_article)
    completed = completer(Listed("REGION", ["velkar belt"]), model="region", nlp=nlp, terms=terms).complete(article.text, scan)
    (new,) = set(completed.mentions) - set(scan.mentions)
    assert (new.text, new.kind, new.id, new.name, new.rule) == ("velkar belt", "region", None, None, "model.region")
    assert article.text[new.start : new.end] == "velkar belt"
    assert set(completed.mentions) > set(scan.mentions)
    assert list(completed.mentions) == sorted(completed.mentions, key=lambda m: (m.start, m.end, m.kind))
    assert (completed.sentences, completed.selected, completed.cues) == (scan.sentences, scan.selected, scan.cues)


def test_the_region_model_reads_only_selected_sentences_without_a_region(nlp: Language, terms: Terms, scanner: Scanner, make_article: object) -> None:
    text = "Ketamine increased BDNF in the striatum. Ketamine increased GABA in the velkar belt. The rats slept in the velkar belt."
    article, scan = scanned(text, scanner, make_article)
    recogniser = Listed("REGION", ["velkar belt"])
    completer(recogniser, model="region", nlp=nlp, terms=terms).complete(article.text, scan)
    assert recogniser.read == ["Ketamine increased GABA in the velkar belt."]


def test_the_chemistry_model_reads_only_sentences_with_an_unknown_word(nlp: Language, terms: Terms, scanner: Scanner, make_article: object) -> None:
    text = "Ketamine increased BDNF in the striatum. Zqvostat increased GABA in the striatum."
    article, scan = scanned(text, scanner, make_article)
    recogniser = Listed("AGENT", ["Zqvostat"])
    completed = completer(recogniser, model="chemistry", nlp=nlp, terms=terms).complete(article.text, scan)
    assert recogniser.read == ["Zqvostat increased GABA in the striatum."]
    assert ("Zqvostat", "model") in kinds_of(completed, "agent")


def test_a_name_that_the_lexicons_know_and_the_scan_left_out_stays_out(nlp: Language, terms: Terms) -> None:
    text = "BDNF rose in the velkar belt, not in the thalamus."
    scan = Scan(sentences=(Sentence(0, len(text), 0),), selected=(Sentence(0, len(text), 0),), mentions=(), cues=(), abbreviations={})
    completed = completer(Listed("REGION", ["velkar belt", "thalamus"]), model="region", nlp=nlp, terms=terms).complete(text, scan)
    assert [m.text for m in completed.mentions] == ["velkar belt"]


def test_where_the_two_disagree_the_lexicon_is_right(nlp: Language, terms: Terms, scanner: Scanner, make_article: object) -> None:
    article, scan = scanned("Zqvostat increased BDNF in the striatum.", scanner, make_article)
    completed = completer(Listed("AGENT", ["BDNF in the", "striatum"]), model="chemistry", nlp=nlp, terms=terms).complete(article.text, scan)
    assert completed == scan


def test_without_models_the_scan_is_returned_as_it_is(nlp: Language, terms: Terms, scanner: Scanner, make_article: object) -> None:
    article, scan = scanned("Ketamine increased BDNF in the striatum.", scanner, make_article)
    assert name_completer((), nlp=nlp, grounder=Grounder(terms)).complete(article.text, scan) is scan


def test_a_model_that_does_not_exist_is_refused(nlp: Language, terms: Terms) -> None:
    with pytest.raises(UsageError, match=r"^no entity model 'colour'; expected any of chemistry, region; mend the setting entity_models$"):
        name_completer(("colour",), nlp=nlp, grounder=Grounder(terms))


@pytest.mark.parametrize(("text", "expected"), [("The level of BDNF was reduced", False), ("The level of qzvkin was reduced", True), ("qzvkin", False)])
def test_an_unknown_word_has_no_vector_and_is_in_no_name(nlp: Language, text: str, expected: bool) -> None:
    names = (Mention(0, len(text), text, "molecule"),) if text == "qzvkin" else (Mention(13, 17, "BDNF", "molecule"),) if "BDNF" in text else ()
    doc = tokenised(text, offset=0, mentions=names, nlp=nlp)
    assert has_unknown_word(ParsedSentence(Sentence(0, len(text), 0), doc, names), nlp.vocab.vectors) is expected


def test_a_completer_survives_pickling(terms: Terms) -> None:
    made = name_completer(("region", "chemistry"), nlp=spacy.blank("en"), grounder=Grounder(terms))
    text = "Zqvostat increased BDNF in the caudal pallial belt."
    scan = Scan((Sentence(0, len(text), 0),), (Sentence(0, len(text), 0),), (Mention(19, 23, "BDNF", "molecule"),), (), {})
    assert pickle.loads(pickle.dumps(made)).complete(text, scan) == made.complete(text, scan)
