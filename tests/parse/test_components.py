"""The components that spaCy finds by name: they fit together, survive pickling, and join names by the rule."""

import pickle
from importlib.metadata import entry_points

import pytest
import spacy
from extractor.annotations import get_mentions, put_mentions
from extractor.parse.components import JoinerComponent
from extractor.records import Mention, MentionKind
from spacy.language import Language

TEXT = "Zqvostat raised BDNF in the caudal pallial belt and the thalamus."
CHAIN = ("claim_lexicon", "claim_models", "claim_joiner")


def mention(words: str, kind: MentionKind, *, rule: str, id: str | None = None) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words, kind, id=id, name=words if id else None, rule=rule)


@pytest.fixture(scope="module")
def chain() -> Language:
    nlp = spacy.blank("en")
    for name in CHAIN:
        nlp.add_pipe(name)
    return nlp


def test_spacy_is_told_of_every_component() -> None:
    assert {entry.name for entry in entry_points(group="spacy_factories")} >= set(CHAIN)


def test_the_components_fit_together(chain: Language) -> None:
    analysis = chain.analyze_pipes()
    assert not any(analysis["problems"].values())
    assert analysis["attrs"]["doc.ents"]["assigns"] == ["claim_joiner"]
    assert analysis["summary"]["claim_joiner"]["requires"] == ["doc.spans"]


def test_a_joiner_without_what_it_needs_is_a_problem() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("claim_joiner")
    assert nlp.analyze_pipes()["problems"] == {"claim_joiner": ["doc.spans"]}


def test_the_chain_names_what_it_reads_and_nothing_else_changes(chain: Language) -> None:
    doc = chain(TEXT)
    assert doc.text == TEXT
    found = {(span.text, span.label_) for span in doc.ents}
    assert {("BDNF", "MOLECULE"), ("thalamus", "REGION")} <= found
    assert all(TEXT[m.start : m.end] == m.text for m in get_mentions(doc, "names"))
    assert {m.rule.split(".")[0] for m in get_mentions(doc, "models")} <= {"model"}


def test_an_empty_text_has_no_names(chain: Language) -> None:
    assert chain("").ents == ()


def test_the_joiner_keeps_the_lexicon_adds_what_is_new_and_lets_the_longest_be_an_entity() -> None:
    doc = spacy.blank("en")(TEXT)
    known = [mention("BDNF", "molecule", rule="lexicon.exact", id="hgnc:1033"), mention("thalamus", "region", rule="lexicon.name", id="x:1")]
    new = [
        mention("Zqvostat", "agent", rule="model.agent"),
        mention("pallial belt", "region", rule="model.region"),
        mention("BDNF", "agent", rule="model.agent"),
    ]
    put_mentions(doc, "lexicon", known)
    put_mentions(doc, "models", new)
    doc = JoinerComponent()(doc)
    assert get_mentions(doc, "names") == sorted([*known, *new[:2]], key=lambda m: m.start)
    assert [(e.text, e.label_, e.kb_id_, e.id_) for e in doc.ents] == [
        ("Zqvostat", "AGENT", "", "model.agent"),
        ("BDNF", "MOLECULE", "hgnc:1033", "lexicon.exact"),
        ("pallial belt", "REGION", "", "model.region"),
        ("thalamus", "REGION", "x:1", "lexicon.name"),
    ]


def test_the_components_survive_pickling(chain: Language) -> None:
    for name in CHAIN:
        again = pickle.loads(pickle.dumps(chain.get_pipe(name)))
        doc = chain(TEXT)
        key = {"claim_lexicon": "lexicon", "claim_models": "models", "claim_joiner": "names"}[name]
        before = get_mentions(doc, key)
        assert get_mentions(again(doc), key) == before


def test_a_pipeline_of_them_is_saved_and_loaded_by_name(chain: Language, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("nlp")
    chain.to_disk(path)
    again = spacy.load(path)
    assert again.pipe_names == list(CHAIN)
    assert get_mentions(again(TEXT), "names") == get_mentions(chain(TEXT), "names")
