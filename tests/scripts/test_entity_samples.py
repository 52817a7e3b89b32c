"""Training sentences: labels at token edges, unknown where tokens do not fit, new names in the place of old ones."""

import random
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from extractor.parse.language import blank_language
from extractor.records import Mention
from extractor.scan import Scanner
from extractor.settings import Settings
from extractor.terms import Terms
from spacy.vocab import Vocab

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from entity_corpora import Labelled  # noqa: E402
from entity_samples import Sample, distantly, example, overlaps, renamed, samples, told_apart  # noqa: E402

NLP = blank_language()


def tags(sample: Sample) -> list[tuple[str, str]]:
    one = example(sample, nlp=NLP, vocab=Vocab())
    iob = one.get_aligned_ner()
    return [(token.text, tag or "-") for token, tag in zip(one.predicted, iob, strict=True)]


def sample(text: str, *spans: tuple[str, str], mentions: tuple[Mention, ...] = (), unknown: tuple[tuple[int, int], ...] = ()) -> Sample:
    found = tuple((text.index(word), text.index(word) + len(word), label) for word, label in spans)
    return Sample(document="d", text=text, mentions=mentions, spans=found, unknown=unknown)


def test_documents_are_cut_into_sentences_with_offsets_of_their_own(terms: Terms) -> None:
    text = "Ketamine works.\n\nIt raised BDNF in the pons. No more was seen."
    start = text.index("pons")
    document = Labelled("7", text, ((start, start + 4),))
    cut = list(samples([document], label="REGION", scanner=Scanner(terms, nlp=NLP, settings=Settings())))
    assert [s.text.strip() for s in cut] == ["Ketamine works.", "It raised BDNF in the pons.", "No more was seen."]
    assert [[s.text[a:b] for a, b, _ in s.spans] for s in cut] == [[], ["pons"], []]
    assert {(m.kind, m.text) for m in cut[1].mentions} == {("molecule", "BDNF"), ("agent", "BDNF"), ("region", "pons")}
    assert all(s.text[m.start : m.end] == m.text for s in cut for m in s.mentions)


def test_spans_are_labels_and_all_else_is_outside() -> None:
    assert tags(sample("the red nucleus fired", ("red nucleus", "REGION"))) == [("the", "O"), ("red", "B-REGION"), ("nucleus", "L-REGION"), ("fired", "O")]


def test_a_span_that_tokens_do_not_fit_is_unknown() -> None:
    assert tags(sample("the midbrain fired", ("brain", "REGION"))) == [("the", "O"), ("midbrain", "-"), ("fired", "O")]


def test_unknown_stretches_teach_nothing() -> None:
    assert tags(sample("some acid here", unknown=((5, 9),)))[1] == ("acid", "-")


def test_lexicon_mentions_become_labels_and_a_molecule_wins() -> None:
    given = (Mention(0, 6, "leptin", "agent", label="drug"), Mention(0, 6, "leptin", "molecule"), Mention(11, 17, "stress", "agent", label="stress"))
    assert distantly(sample("leptin and stress", mentions=given)).spans == ((0, 6, "MOLECULE"),)


def test_a_complete_corpus_makes_other_lexicon_mentions_unknown() -> None:
    given = (Mention(0, 6, "leptin", "molecule"), Mention(11, 15, "GABA", "molecule"))
    taught = distantly(sample("leptin and GABA", ("leptin", "MOLECULE"), mentions=given), keep=True)
    assert (taught.spans, taught.unknown) == (((0, 6, "MOLECULE"),), ((11, 15),))


def test_spans_that_name_nothing_get_a_label_of_their_own() -> None:
    one = sample("mast cells and cells", ("mast cells", "REGION"))
    one = replace(one, spans=(*one.spans, (15, 20, "REGION")))
    assert told_apart(one, general=re.compile("cells"), label="CELL").spans == ((0, 10, "REGION"), (15, 20, "CELL"))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_new_names_move_what_stands_behind_them(share: float) -> None:
    given = (Mention(0, 4, "BDNF", "molecule"), Mention(13, 17, "rats", "species"))
    one = sample("BDNF fell in rats and GDNF rose", ("BDNF", "MOLECULE"), ("GDNF", "MOLECULE"), mentions=given, unknown=((27, 31),))
    other = renamed(one, names={"MOLECULE": lambda: "Zq-17"}, share=share, rng=random.Random(1))
    if not share:
        assert other == one
        return
    assert other.text == "Zq-17 fell in rats and Zq-17 rose"
    assert [other.text[s:e] for s, e, _ in other.spans] == ["Zq-17", "Zq-17"]
    assert [(m.text, other.text[m.start : m.end]) for m in other.mentions] == [("rats", "rats")]
    assert [other.text[s:e] for s, e in other.unknown] == ["rose"]


def test_labels_without_new_names_stay() -> None:
    one = sample("the pons fired", ("pons", "REGION"))
    assert renamed(one, names={}, share=1.0, rng=random.Random(1)) == one


@pytest.mark.parametrize(("span", "expected"), [((0, 2), False), ((1, 3), True), ((4, 6), False)])
def test_overlap_needs_a_shared_character(span: tuple[int, int], expected: bool) -> None:
    assert overlaps(span, [(2, 4)]) is expected
