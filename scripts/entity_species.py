"""What the species model learns from: the samples of two corpora that mark different things in, one set of samples and other names for them out.

LINNAEUS marks every word for persons (`patients`, `women`), CRAFT none, so each would teach what the other contradicts. And both name few species
by two words: a model that sees only these learns them by heart.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from entity_samples import Sample, overlaps, with_name

FEWEST_MARKS = 2  # of a word in the corpus that marks it, to say that it always does; own choice
MOSTLY = 0.8  # share of a word's places that are marked; own choice: tokens such as `patient - years` stay unmarked
BINOMIAL = re.compile(r"[A-Z][a-z]{2,} [a-z]{3,}")
ABBREVIATED = re.compile(r"[A-Z][a-z]{0,2}\. ?[a-z]{3,}")
KNOWN_PAIR = 0.5  # share of real species among the new names of two words; the others join any genus with any epithet; own choice
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SpeciesNames:
    """Species in two words, and the first and second words of all of them."""

    pairs: tuple[str, ...]
    genera: tuple[str, ...]
    epithets: tuple[str, ...]


def species_names(path: Path) -> SpeciesNames:
    """Read the species of two words from a gzipped table of names, a name in the first column."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        names = (line.split("\t")[0].strip() for line in lines)
        pairs = tuple(name for name in names if BINOMIAL.fullmatch(name))
    return SpeciesNames(pairs, *(tuple(sorted({pair.split()[i] for pair in pairs})) for i in (0, 1)))


def other_species(sample: Sample, rng: random.Random, *, names: SpeciesNames, share: float) -> Sample:
    """Put another species in the place of some names of two words, whole or abbreviated; other names stay.

    Parameters
    ----------
    sample
        A sentence.
    rng
        Chooses the places and the names.
    names
        To choose from.
    share
        Of the spans that are looked at, 0 to 1.
    """
    for span in sorted(sample.spans, reverse=True):
        if rng.random() > share:
            continue
        words = sample.text[span[0] : span[1]]
        if BINOMIAL.fullmatch(words):
            known = rng.random() < KNOWN_PAIR
            sample = with_name(sample, span, name=rng.choice(names.pairs) if known else f"{rng.choice(names.genera)} {rng.choice(names.epithets)}")
        elif ABBREVIATED.fullmatch(words):
            sample = with_name(sample, span, name=f"{rng.choice(names.genera)[0]}. {rng.choice(names.epithets)}")
    return sample


def one_sided(marking: Iterable[Sample], leaving: Iterable[Sample]) -> frozenset[str]:
    """Words, in lower case, that one corpus marks as whole names wherever it has them, and that another has but never marks or has in a name."""
    places: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    for sample in marking:
        places.update(_lowered(sample.text))
        marks.update(sample.text[start:end].lower() for start, end, _ in sample.spans)
    there, inside = set[str](), set[str]()
    for sample in leaving:
        there.update(_lowered(sample.text))
        inside.update(word for start, end, _ in sample.spans for word in _lowered(sample.text[start:end]))
    return frozenset(w for w, n in marks.items() if n >= FEWEST_MARKS and w in there - inside and n / places[w] >= MOSTLY)


def disregarded(sample: Sample, words: Collection[str]) -> Sample:
    """Make the places of some words unknown where they are not marked, so that nothing is learnt from them."""
    names = [(start, end) for start, end, _ in sample.spans]
    places = [match.span() for match in _WORD.finditer(sample.text) if match[0].lower() in words and not overlaps(match.span(), names)]
    return replace(sample, unknown=(*sample.unknown, *places))


def with_fewer_empty(samples: Sequence[Sample], *, share: float, rng: random.Random) -> list[Sample]:
    """Keep of the sentences without any species, marked or of the lexicons, a share: most say nothing, and each costs time."""
    return [s for s in samples if s.spans or any(m.kind == "species" for m in s.mentions) or rng.random() < share]


def _lowered(text: str) -> Iterable[str]:
    return (word.lower() for word in _WORD.findall(text))
