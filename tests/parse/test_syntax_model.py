"""The shipped syntax: it loads, is small, safe and picklable, and reads sentences of our own the way the rules expect."""

import json
import pickle

import pytest
import spacy
from extractor.parse.language import SYNTAX, build_language, tokenised
from spacy.language import Language
from spacy.tokens import Doc

MEBIBYTE = 2**20


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_language()


def read(nlp: Language, text: str) -> Doc:
    return nlp(tokenised(text, offset=0, mentions=(), nlp=nlp))


def relations(doc: Doc) -> set[tuple[str, str, str]]:
    return {(token.text, token.dep_, token.head.text) for token in doc}


@pytest.mark.parametrize(("text", "expected"), [
    ("Ketamine increased BDNF in the hippocampus of rats.", {("Ketamine", "nsubj", "increased"), ("BDNF", "dobj", "increased"), ("in", "prep", "increased")}),
    ("Serotonin levels were reduced by chronic stress.", {("levels", "nsubjpass", "reduced"), ("were", "auxpass", "reduced"), ("Serotonin", "compound", "levels")}),
    ("The drug did not change dopamine.", {("drug", "nsubj", "change"), ("not", "neg", "change"), ("dopamine", "dobj", "change")}),
    ("Corticosterone was higher in stressed mice.", {("Corticosterone", "nsubj", "was"), ("higher", "acomp", "was"), ("stressed", "amod", "mice")}),
    ("Zinc and copper fell.", {("Zinc", "nsubj", "fell"), ("copper", "conj", "Zinc"), ("and", "cc", "Zinc")}),
])  # fmt: skip
def test_it_finds_the_relations_that_rules_need(nlp: Language, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= relations(read(nlp, text))


def test_it_tags(nlp: Language) -> None:
    doc = read(nlp, "Imipramine markedly lowered the levels of noradrenaline.")
    assert [token.tag_ for token in doc] == ["NN", "RB", "VBD", "DT", "NNS", "IN", "NN", "."]


def test_it_finds_sentences(nlp: Language) -> None:
    doc = read(nlp, "Rats were treated for 3 weeks. Cortisol rose in plasma (p < 0.05). No change was seen in the liver.")
    assert [sentence[0].text for sentence in doc.sents] == ["Rats", "Cortisol", "No"]


def test_it_gives_the_same_alone_and_in_a_batch(nlp: Language) -> None:
    texts = ["Zinc rose.", "Stress lowered the level of GABA in the cortex.", "No effect was seen."]
    together = nlp.pipe([tokenised(text, offset=0, mentions=(), nlp=nlp) for text in texts], batch_size=3)
    assert [relations(doc) for doc in together] == [relations(read(nlp, text)) for text in texts]


def test_its_components_fit_together(nlp: Language) -> None:
    assert nlp.pipe_names == ["tok2vec", "tagger", "parser"]
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_it_survives_pickling(nlp: Language) -> None:
    copy = pickle.loads(pickle.dumps(nlp.get_pipe("tagger")))
    assert copy.labels == nlp.get_pipe("tagger").labels
    again = spacy.blank("en").from_config(nlp.config).from_bytes(nlp.to_bytes(exclude=["tokenizer"]), exclude=["tokenizer"])
    assert relations(read(again, "Zinc rose.")) == relations(read(nlp, "Zinc rose."))


def test_it_is_small_and_holds_no_pickle() -> None:
    sizes = {path: path.stat().st_size for path in SYNTAX.rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= 12 * MEBIBYTE
    assert not [path for path in sizes if path.suffix in {".pkl", ".pickle", ".joblib"} or path.read_bytes()[:2] in {b"\x80\x04", b"\x80\x05"}]


def test_its_metrics_meet_the_promise() -> None:
    metrics = json.loads((SYNTAX / "metrics.json").read_text("utf-8"))
    assert metrics["dev"]["sentences"]["tags"] >= 97
    assert metrics["dev"]["sentences"]["LAS"] >= 86
    assert metrics["dev"]["paragraphs"]["sentence_F"] >= 97
    assert metrics["words_per_second"]["stock"] / metrics["words_per_second"]["this"] <= 1.3


@pytest.mark.parametrize("label", ["nsubj", "nsubjpass", "dobj", "neg", "conj", "prep", "pobj", "agent", "amod", "appos"])
def test_the_labels_that_rules_name_exist(nlp: Language, label: str) -> None:
    assert label in nlp.get_pipe("parser").labels
