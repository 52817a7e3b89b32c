"""The scan as a component of a spaCy pipeline."""

import pytest
import spacy
from extractor.annotations import get_mentions
from extractor.scan.component import LexiconComponent

TEXT = "Ketamine raised BDNF.\n\nIn the rat hippocampus it fell."


@pytest.fixture(scope="module")
def component() -> LexiconComponent:
    return LexiconComponent(spacy.blank("en"))


def test_names_are_spans_with_kind_identifier_and_rule(component: LexiconComponent) -> None:
    doc = component(spacy.blank("en")(TEXT))
    spans = {span.text: (span.label_, span.kb_id_) for span in doc.spans["lexicon"]}
    assert spans["BDNF"] == ("MOLECULE", "hgnc:1033")
    assert spans["rat"] == ("SPECIES", "ncbitaxon:10116")
    assert spans["hippocampus"][0] == "REGION"
    assert all(span.id_ for span in doc.spans["lexicon"])
    assert doc.ents == ()


def test_the_names_are_those_of_the_scan_with_their_places_in_the_text(component: LexiconComponent) -> None:
    doc = spacy.blank("en")(TEXT)
    found = component.process(doc)
    assert get_mentions(component(doc), "lexicon") == list(found)
    assert all(TEXT[m.start : m.end] == m.text for m in found)


def test_a_blank_text_has_an_empty_group(component: LexiconComponent) -> None:
    doc = component(spacy.blank("en")("\n\n"))
    assert list(doc.spans["lexicon"]) == []
