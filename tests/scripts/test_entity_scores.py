"""Scores of found names, counted by hand."""

import sys
from pathlib import Path

import spacy
from extractor.parse.language import blank_language
from extractor.records import Mention

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from entity_samples import Sample  # noqa: E402
from entity_scores import Counts, counted, score  # noqa: E402


def test_counts_of_one_sentence() -> None:
    assert counted([(0, 4), (10, 14)], [(0, 4), (12, 20), (30, 31)]) == Counts(exact=1, gold_met=2, found_met=2, gold=2, found=3)


def test_counts_add_and_read_as_scores() -> None:
    total = Counts(exact=1, gold_met=2, found_met=2, gold=2, found=3) + Counts(gold=2, found=1)
    assert total.figures() == {
        "exact_precision": 0.25, "exact_recall": 0.25, "exact_f1": 0.25, "lenient_precision": 0.5, "lenient_recall": 0.5, "lenient_f1": 0.5,
    }  # fmt: skip
    assert str(total).endswith("lenient_f1 0.500 gold 4 found 4")


def test_nothing_of_nothing_is_no_score() -> None:
    assert set(Counts(gold=3).figures().values()) == {None}
    assert str(Counts(gold=3)).startswith("exact_precision n/a")


def test_what_is_optional_counts_neither_way_and_the_joined_names_are_scored_too() -> None:
    model = spacy.blank("en")
    model.add_pipe("ner").add_label("MOLECULE")  # type: ignore[attr-defined]
    model.initialize()
    text = "GABA and GDNF fell"
    given = (Mention(0, 4, "GABA", "molecule"), Mention(9, 13, "GDNF", "molecule"))
    one = Sample("d", text, given, ((0, 4, "MOLECULE"),), unknown=((9, 13),))
    counts = score(model, [one], label="MOLECULE", nlp=blank_language())
    assert counts["lexicons"] == Counts(exact=1, gold_met=1, found_met=1, gold=1, found=1)
    assert counts["joined"].exact == 1


def test_of_the_lexicons_only_the_classes_that_a_corpus_marks_count() -> None:
    model = spacy.blank("en")
    model.add_pipe("ner").add_label("REGION")  # type: ignore[attr-defined]
    model.initialize()
    text = "neurons of the pons"
    given = (Mention(0, 7, "neurons", "region", label="cell", rule="lexicon.name"), Mention(15, 19, "pons", "region", label="brain", rule="lexicon.name"))
    one = Sample("d", text, given, ((0, 7, "REGION"),))
    found = {classes: score(model, [one], label="REGION", nlp=blank_language(), classes=classes)["lexicons"] for classes in (None, frozenset({"cell"}))}
    assert found[None] == Counts(exact=1, gold_met=1, found_met=1, gold=1, found=2)
    assert found[frozenset({"cell"})] == Counts(exact=1, gold_met=1, found_met=1, gold=1, found=1)
