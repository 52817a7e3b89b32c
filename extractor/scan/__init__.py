"""One cheap pass over an article: `Article` in, `Scan` out. Everything dear happens later, and only on the selected sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language

from extractor.records import Article, Mention, Scan
from extractor.scan.abbreviations import definitions, pooled
from extractor.scan.agent_open import open_agents, wraps
from extractor.scan.blockers import load_blockers
from extractor.scan.company import in_company
from extractor.scan.cues import cue_finder
from extractor.scan.dictionary import Dictionary, longest
from extractor.scan.elided import elided
from extractor.scan.patterns import find_open
from extractor.scan.redefined import Redefinitions
from extractor.scan.regions import widen
from extractor.scan.select import select
from extractor.scan.sentences import sentences
from extractor.scan.species import study_species
from extractor.scan.symbols import modified, symbols
from extractor.scan.told import Told
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
        self._redefinitions = Redefinitions(terms)
        self._told = Told()
        self._partial = load_blockers("molecule_blockers.tsv")
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
            Mentions (of one kind none overlap; none lies inside a longer one of another kind, but for species inside agents and the
            molecule that `activation of mTOR` is about), cues, all sentences and those selected for parsing.
        """
        text = article.text
        defined = self._abbreviations(article)
        inside = {short: longest([*self._dictionary.find(long), *find_open(long)]) for short, long in defined.items()}
        found = [m for m in self._agreed(self._dictionary.find(text), defined, inside) if not self._is_part(text, m)]
        found += _beyond(self._agreed(find_open(text), defined, inside), found)
        cues = cue_finder().find(text)
        found += _short_forms(text, {short: meant for short, long in defined.items() if (meant := _meanings(long, inside[short]))})
        found = self._derived(text, found, defined) + found
        found += self._told.find(text, found, defined=defined)
        found += open_agents(text, found, defined=defined)
        regions = widen(text, [m for m in longest(found) if m.kind == "region"], terms=self._terms)
        others = [m for m in longest(found) if m.kind != "region"]
        mentions = tuple(study_species(text, _without_nested([*others, *regions])))
        spans = tuple(sentences(article, longest=self._settings.maximum_sentence_characters))
        return Scan(sentences=spans, selected=select(article, spans, mentions=mentions, cues=cues), mentions=mentions, cues=cues, abbreviations=defined)

    def _abbreviations(self, article: Article) -> Mapping[str, str]:
        limit = self._settings.abbreviation_passage_characters
        passages = (article.text[p.start : p.end] for p in article.passages if p.end - p.start <= limit)
        return pooled(d for passage in passages for d in definitions(passage, nlp=self._nlp))

    def _agreed(self, mentions: Sequence[Mention], defined: Mapping[str, str], inside: Mapping[str, Sequence[Mention]]) -> list[Mention]:
        """Drop what the article defines as something else; its own reading is added separately."""
        against = self._redefinitions.contradicts
        return [m for m in mentions if m.text not in defined or not against(m, defined[m.text], inside=inside[m.text])]

    def _is_part(self, text: str, mention: Mention) -> bool:
        """Whether a molecule is but a part of the name of another."""
        return mention.kind == "molecule" and self._partial.blocks(text, mention.start, end=mention.end)

    def _derived(self, text: str, found: Sequence[Mention], defined: Mapping[str, str]) -> list[Mention]:
        """What follows from the mentions found: members of lists with part of their name, symbols with a prefix, other uses of symbols."""
        known = [*elided(text, found, terms=self._terms), *modified(text, terms=self._terms), *in_company(text, defined=defined, terms=self._terms)]
        taken = {(m.start, m.end) for m in found if m.kind == "molecule"}
        return known + [m for m in symbols(text, found, defined=defined) if (m.start, m.end) not in taken and not self._is_part(text, m)]


def _short_forms(text: str, known: Mapping[str, Sequence[Mention]]) -> Iterator[Mention]:
    """Give every later use of an abbreviation whose long form names something."""
    if not known:
        return
    shapes = "|".join(re.escape(short) for short in sorted(known, key=len, reverse=True))
    for use in re.finditer(rf"(?<![\w-])(?:{shapes})(?=s?(?!\w))", text):
        for mention in known[use[0]]:
            yield replace(mention, start=use.start(), end=use.end(), text=use[0], rule="abbreviation")


def _meanings(long: str, inside: Iterable[Mention]) -> list[Mention]:
    """The longest mention that the long form is, or ends with (`rat brain-derived neurotrophic factor`), as each kind that it can be."""
    last = [m for m in inside if m.end >= len(long) - 1]
    first = min((m.start for m in last), default=0)
    return [m for m in last if m.start == first]


def _beyond(opened: Sequence[Mention], known: Sequence[Mention]) -> list[Mention]:
    """Keep the open-class mentions that no lexicon mention of their kind ends with or sticks out of: in `postsynaptic D1 receptors` the list knows better.

    Those whose brackets do not match are cut out of something longer.
    """
    ends = {(m.kind, m.end + more) for m in known for more in (-1, 0, 1)}
    inner = {(m.kind, place) for m in known if m.kind == "molecule" for place in range(m.start + 1, m.end)}
    whole = (m for m in opened if m.text.count("(") == m.text.count(")"))
    return [m for m in whole if (m.kind, m.end) not in ends and (m.kind, m.end) not in inner]


def _without_nested(mentions: Sequence[Mention]) -> list[Mention]:
    """Drop mentions that lie inside a longer one of another kind; species stay, the animals of `BDNF knock-out mice` are animals, as does what an agent wraps."""
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
    wrapped = (outer.kind, inner.kind) == ("agent", "molecule") and wraps(outer, inner)
    return longer and not heads and not wrapped and (outer.kind, inner.kind) not in _MAY_LIE_WITHIN
