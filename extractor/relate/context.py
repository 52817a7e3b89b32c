"""The ladder: where a slot is found that its sentence does not fill. `Article` and `Scan` in, slots with their rung out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from extractor.records import Article, Distance, Mention, MentionKind, Scan, Section, Sentence, Slot
from extractor.terms import Terms

_WEIGHT = {Section.TITLE: 6, Section.ABSTRACT: 3, Section.METHODS: 2}
_SENTENCES_BACK = 3


class Context:
    """The mentions of an article by kind and place."""

    def __init__(self, article: Article, scan: Scan, terms: Terms) -> None:
        self._article = article
        self._terms = terms
        self._passage_starts = [p.start for p in article.passages]
        self._sentences = scan.sentences
        self._sentence_starts = [s.start for s in scan.sentences]
        self._mentions: dict[MentionKind, list[Mention]] = {"region": [], "species": [], "agent": [], "molecule": []}
        for mention in scan.mentions:
            self._mentions[mention.kind].append(mention)
        self._mentions["species"] = [m for m in self._mentions["species"] if m.label != "taxon"] or self._mentions["species"]
        measured = {(m.start, m.end) for m in self._mentions["molecule"]}
        self._mentions["agent"] = [m for m in self._mentions["agent"] if (m.start, m.end) not in measured]
        self._starts = {kind: [m.start for m in found] for kind, found in self._mentions.items()}
        self._dominant: dict[MentionKind, Mention | None] = {}

    def between(self, kind: MentionKind, start: int, end: int) -> list[Mention]:
        """The mentions of a kind that start in `[start, end)`."""
        starts = self._starts[kind]
        return self._mentions[kind][bisect_left(starts, start) : bisect_left(starts, end)]

    def species(self, sentence: Sentence, *, near: int, climb: bool) -> Slot | None:
        """The species of a finding: nearest to `near` in the sentence, then up the ladder where `climb` is true.

        Words for persons ("subjects") are passed over in an article about animals, and so are groups wider than a species outside of the sentence.
        """
        here = [m for m in self.between("species", sentence.start, sentence.end) if not self._is_out_of_place(m)]
        if here:
            return self._species_slot(min(here, key=lambda m: (m.label == "taxon", abs(m.start - near))), Distance.SENTENCE)
        if not climb:
            return None
        passage = self._article.passages[sentence.passage]
        around = [m for m in self.between("species", passage.start, passage.end) if m.label != "taxon" and not self._is_out_of_place(m)]
        if around:
            before = [m for m in around if m.start < near]
            return self._species_slot(before[-1] if before else around[0], Distance.PARAGRAPH)
        whole = self.dominant("species")
        return None if whole is None else self._species_slot(whole, Distance.ARTICLE)

    def _is_out_of_place(self, mention: Mention) -> bool:
        whole = self.dominant("species")
        return mention.label == "person" and whole is not None and self._root(whole) != self._root(mention)

    def regions(self, sentence: Sentence) -> list[Slot]:
        """The regions of a finding whose sentence names none: of the sentences before it, of the title, of the whole article."""
        passage = self._article.passages[sentence.passage]
        before = self._before("region", sentence)
        if before:
            return [slot_of(before[-1], Distance.PARAGRAPH)]
        title = self.between("region", *self._title())
        if len({m.id or m.name or m.text for m in title}) == 1 and passage.section is not Section.TITLE:
            return [slot_of(title[0], Distance.ARTICLE)]
        return []

    def agents(self, sentence: Sentence) -> tuple[list[Mention], Distance]:
        """The agents of a finding whose sentence names none, and the rung on which they stand.

        An abstract is about the agents of its title; elsewhere the sentences before come first, then the title; the article's most named agent is last.
        """
        titled = (self.between("agent", *self._title())[:1], Distance.ARTICLE)
        before = (self._before("agent", sentence)[:1], Distance.PARAGRAPH)
        in_abstract = self._article.passages[sentence.passage].section is Section.ABSTRACT
        whole = self.dominant("agent")
        ways = (titled, before) if in_abstract else (before, titled)
        return next((way for way in ways if way[0]), ([] if whole is None else [whole], Distance.ARTICLE))

    def _before(self, kind: MentionKind, sentence: Sentence) -> list[Mention]:
        """The mentions of a kind in the nearest sentence before, in the same passage, that has any."""
        index = bisect_right(self._sentence_starts, sentence.start) - 1
        for earlier in reversed(self._sentences[max(0, index - _SENTENCES_BACK) : index]):
            if earlier.passage != sentence.passage:
                break
            found = self.between(kind, earlier.start, earlier.end)
            if found:
                return found
        return []

    def dominant(self, kind: MentionKind) -> Mention | None:
        """The thing of a kind that the article names most, title, abstract and methods counting more; None where none is named."""
        if kind not in self._dominant:
            self._dominant[kind] = self._most_named(kind)
        return self._dominant[kind]

    def _most_named(self, kind: MentionKind) -> Mention | None:
        counts: Counter[str] = Counter()
        first: dict[str, Mention] = {}
        for mention in self._animals() if kind == "species" else self._mentions[kind]:
            key = self._root(mention) if kind == "species" else (mention.id or mention.name or mention.text)
            counts[key] += _WEIGHT.get(self._section(mention), 1)
            first.setdefault(key, mention)
        if not counts:
            return None
        best = max(counts, key=lambda key: (counts[key], -first[key].start))
        return first[best]

    def _animals(self) -> list[Mention]:
        """The species named as such; cell lines and groups wider than a species only where there are no others."""
        named = [m for m in self._mentions["species"] if m.label not in ("cell line", "taxon")]
        return named or self._mentions["species"]

    def _section(self, mention: Mention) -> Section:
        return self._article.passages[max(0, bisect_right(self._passage_starts, mention.start) - 1)].section

    def _title(self) -> tuple[int, int]:
        first = next((p for p in self._article.passages if p.section is Section.TITLE), None)
        return (first.start, first.end) if first else (0, 0)

    def _root(self, mention: Mention) -> str:
        term = self._terms.named(mention.name, "species") if mention.name else None
        return species_of(term.name, self._terms) if term else mention.text

    def _species_slot(self, mention: Mention, distance: Distance) -> Slot:
        name = species_of(mention.name, self._terms) if mention.name else None
        term = self._terms.named(name, "species") if name else None
        return Slot(text=mention.text, start=mention.start, end=mention.end, id=term.id if term else mention.id, name=name, distance=distance)


def species_of(name: str, terms: Terms) -> str:
    """The species of a strain, a cell line or a kind of person; a species is its own."""
    term = terms.named(name, "species")
    while term is not None and term.label not in ("species", "taxon") and term.parents:
        parent = terms.named(term.parents[0], "species")
        if parent is None:
            break
        term = parent
    return term.name if term is not None else name


def slot_of(mention: Mention, distance: Distance | None) -> Slot:
    """A slot filled by a mention."""
    return Slot(text=mention.text, start=mention.start, end=mention.end, id=mention.id, name=mention.name, distance=distance)


def unique(slots: Sequence[Slot]) -> list[Slot]:
    """Slots that name different things, in order."""
    return list({slot.id or slot.name or slot.text.lower(): slot for slot in reversed(slots)}.values())[::-1]
