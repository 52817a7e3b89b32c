"""Samples for the species model: words that two corpora treat differently, and names of two words replaced."""

import gzip
import random
import sys
from pathlib import Path

import pytest
from extractor.records import Mention

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from entity_samples import Sample  # noqa: E402
from entity_species import SpeciesNames, disregarded, one_sided, other_species, species_names, with_fewer_empty  # noqa: E402

NAMES = SpeciesNames(("Danio rerio",), ("Danio",), ("rerio",))


def sample(text: str, *names: str) -> Sample:
    return Sample("d", text, (), tuple((text.index(name), text.index(name) + len(name), "SPECIES") for name in names))


def words(of: Sample) -> list[str]:
    return [of.text[start:end] for start, end, _ in of.spans]


def test_only_names_of_two_words_are_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "names.tsv.gz", "wt", encoding="utf-8") as table:
        table.write("Danio rerio\t7955\nZebrafish\t7955\nD. rerio\t7955\nBos taurus\t9913\nBos indicus\t9915\n")
    names = species_names(tmp_path / "names.tsv.gz")
    assert names.pairs == ("Danio rerio", "Bos taurus", "Bos indicus")
    assert (names.genera, names.epithets) == (("Bos", "Danio"), ("indicus", "rerio", "taurus"))


@pytest.mark.parametrize(
    ("name", "expected"), [("Bos taurus", "Danio rerio"), ("B. taurus", "D. rerio"), ("B.taurus", "D. rerio"), ("cattle", "cattle"), ("HIV", "HIV")]
)
def test_a_name_of_two_words_is_replaced_and_others_stay(name: str, expected: str) -> None:
    before = sample(f"In rats and {name} it rose.", "rats", name)
    after = other_species(before, random.Random(1), names=NAMES, share=1.0)
    assert after.text == f"In rats and {expected} it rose."
    assert words(after) == ["rats", expected]
    assert other_species(before, random.Random(1), names=NAMES, share=0.0) == before


def test_a_word_that_one_corpus_always_marks_and_the_other_never_is_one_sided() -> None:
    marking = [sample("Nurses saw mice.", "Nurses", "mice"), sample("The nurses slept.", "nurses"), sample("A cat and a cat.", "cat"), sample("Some crew.")]
    leaving = [sample("All nurses and mice and the cat.", "mice")]
    assert one_sided(marking, leaving) == {"nurses"}
    assert one_sided(marking, [sample("Only mice.", "mice")]) == frozenset()
    assert one_sided(marking, [sample("Tall nurses ran, and nurses.", "Tall nurses")]) == frozenset()


def test_a_word_that_is_marked_too_seldom_is_not_one_sided() -> None:
    marking = [sample("Nurses ran.", "Nurses"), sample("Nurses sat.", "Nurses"), sample("No nurses here.")]
    assert one_sided(marking, [sample("Some nurses.")]) == frozenset()


def test_of_a_one_sided_word_nothing_is_known_where_it_is_not_marked() -> None:
    before = sample("Nurses and two nurses, tall nurses.", "tall nurses")
    after = disregarded(before, {"nurses"})
    assert [after.text[start:end] for start, end in after.unknown] == ["Nurses", "nurses"]
    assert after.spans == before.spans
    assert disregarded(before, ()) == before


def test_sentences_without_a_species_are_thinned_out() -> None:
    marked, empty = sample("Mice ran.", "Mice"), sample("It rose.")
    known = Sample("d", "Rats ran.", (Mention(0, 4, "Rats", "species"),), ())
    assert with_fewer_empty([marked, empty, known], share=0.0, rng=random.Random(1)) == [marked, known]
    assert with_fewer_empty([empty] * 10, share=1.0, rng=random.Random(1)) == [empty] * 10
