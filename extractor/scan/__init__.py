"""One cheap pass over an article: `Article` in, `Scan` out. Everything dear happens later, and only on the selected sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language

from extractor.records import Article, Mention, Scan
from extractor.scan.abbreviations import definitions, pooled
from extractor.scan.cues import cue_finder
from extractor.scan.dictionary import Dictionary, longest
from extractor.scan.patterns import find_open
from extractor.scan.regions import widen
from extractor.scan.select import select
from extractor.scan.sentences import sentences
from extractor.scan.species import study_species
from extractor.settings import Settings
from extractor.terms import Terms

_MAY_LIE_WITHIN = frozenset(
    {("species", "molecule"), ("species", "agent"), ("species", "region")} | {(k, k) for k in ("molecule", "agent", "region", "species")}
)


class Scanner:
    """Finds names, cues and sentences. Immutable once built; safe to share between articles."""

    def __init__(self, terms: Terms, *, nlp: Language, settings: Settings) -> None:
        self._terms = terms
        self._dictionary = Dictionary(terms)
        self._nlp = nlp
        self._settings = settings

    def scan(self, article: Article) -> Scan:
        """Scan one article.

        Parameters
        ----------
        article
            As a reader made it.

        Returns
        -------
            Mentions (of one kind none overlap; none lies inside a longer one of another kind, but for species inside agents), cues,
            all sentences and those selected for parsing.
        """
        text = article.text
        defined = self._abbreviations(article)
        found = [m for m in self._dictionary.find(text) if not _redefined(m, defined)]
        found += _beyond(find_open(text), found)
        found += list(self._short_forms(text, defined))
        regions = widen(text, [m for m in longest(found) if m.kind == "region"], terms=self._terms)
        others = [m for m in longest(found) if m.kind != "region"]
        mentions = tuple(study_species(text, _without_nested([*others, *regions])))
        cues = cue_finder().find(text)
        spans = tuple(sentences(article, longest=self._settings.maximum_sentence_characters))
        return Scan(sentences=spans, selected=select(article, spans, mentions=mentions, cues=cues), mentions=mentions, cues=cues, abbreviations=defined)

    def _abbreviations(self, article: Article) -> Mapping[str, str]:
        limit = self._settings.abbreviation_passage_characters
        passages = (article.text[p.start : p.end] for p in article.passages if p.end - p.start <= limit)
        return pooled(d for passage in passages for d in definitions(passage, nlp=self._nlp))

    def _short_forms(self, text: str, defined: Mapping[str, str]) -> Iterator[Mention]:
        """Give every later use of an abbreviation whose long form names something."""
        known = {short: meant for short, long in defined.items() if (meant := self._meanings(long))}
        if not known:
            return
        shapes = "|".join(re.escape(short) for short in sorted(known, key=len, reverse=True))
        for use in re.finditer(rf"(?<![\w-])(?:{shapes})(?=s?(?!\w))", text):
            for mention in known[use[0]]:
                yield replace(mention, start=use.start(), end=use.end(), text=use[0], rule="abbreviation")

    def _meanings(self, long: str) -> list[Mention]:
        """The longest mention that the long form is, or ends with (`rat brain-derived neurotrophic factor`), as each kind that it can be."""
        inside = [m for m in longest([*self._dictionary.find(long), *find_open(long)]) if m.end == len(long) or m.end == len(long) - 1]
        first = min((m.start for m in inside), default=0)
        return [m for m in inside if m.start == first]


def _beyond(opened: Sequence[Mention], known: Sequence[Mention]) -> list[Mention]:
    """Keep the open-class mentions that no lexicon mention of their kind ends with: in `postsynaptic D1 receptors` the list knows better."""
    ends = {(m.kind, m.end) for m in known} | {(m.kind, m.end - 1) for m in known} | {(m.kind, m.end + 1) for m in known}
    return [m for m in opened if (m.kind, m.end) not in ends]


def _redefined(mention: Mention, defined: Mapping[str, str]) -> bool:
    """Whether a lexicon's acronym is given another meaning by the article; the article's own reading is added separately."""
    return mention.rule == "lexicon.exact" and mention.text in defined


def _without_nested(mentions: Sequence[Mention]) -> list[Mention]:
    """Drop mentions that lie inside a longer one of another kind; species stay, the animals of `BDNF knock-out mice` are animals."""
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end, m.kind))
    kept: list[Mention] = []
    for mention in ordered:
        if not any(_encloses(other, mention) for other in _near(kept, mention)):
            kept.append(mention)
    return sorted(kept, key=lambda m: (m.start, m.end, m.kind))


def _near(kept: Sequence[Mention], mention: Mention) -> Iterable[Mention]:
    for other in reversed(kept[-8:]):
        if other.end > mention.start:
            yield other


def _encloses(outer: Mention, inner: Mention) -> bool:
    if not (outer.start <= inner.start and inner.end <= outer.end):
        return False
    longer = outer.end - outer.start > inner.end - inner.start or (outer.kind, inner.kind) == ("molecule", "species")
    heads = (outer.kind, inner.kind) == ("agent", "species") and inner.end == outer.end
    return longer and not heads and (outer.kind, inner.kind) not in _MAY_LIE_WITHIN
