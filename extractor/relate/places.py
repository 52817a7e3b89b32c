"""Everything that may fill a slot of a sentence's claims, up the ladder: `Article` and `Scan` in, `Place`s with their rung out.

The rungs are the sentence, the paragraph, the figures that the sentence shows, the section (its headings, captions and earlier paragraphs) and the article (title, abstract, and
what it names most). Each thing is offered once, on its nearest rung.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from extractor.records import Article, Distance, Mention, MentionKind, Passage, Scan, Section, Sentence
from extractor.relate.context import species_of
from extractor.relate.held import held_regions
from extractor.relate.memory import remembered
from extractor.relate.sources import Source, Sources
from extractor.terms import Terms
from extractor.variants import fold

_WORD = re.compile(r"[a-z]+|[,;.()]")
_FIGURE = re.compile(r"\b[Ff]ig(?:ure)?s?\b\.?\s*(\d+)")
_BESIDE = 30
"""Characters before and behind a mention in which the word beside it is sought; own choice: longer than any word."""
_SECTION_BACK = 4
"""Earlier paragraphs of the section that are searched; own choice: what stands farther back is mostly another finding."""
_MOST_NAMED = 2
_MOST_JOINED = 2
_OFFERED = 8
"""Things offered from outside of the sentence; own choice: on the dev abstracts the right one is among the first eight wherever it is named."""


@dataclass(frozen=True, slots=True)
class Place:
    """A thing that may fill a slot, by its nearest mention.

    `steps` are the sentences (rung paragraph; negative behind the sentence) or passages (rung section) between.
    """

    mention: Mention
    key: str
    distance: Distance
    where: str
    steps: int


@dataclass(frozen=True, slots=True)
class Naming:
    """How often an article names a thing: in all, and in which parts."""

    count: int
    share: float
    rank: int
    titled: bool
    abstract: bool
    methods: bool


class Ladder:
    """The mentions of one article, ready to be offered for a slot."""

    def __init__(self, article: Article, scan: Scan, terms: Terms) -> None:
        self._article = article
        self._terms = terms
        self._sentences = scan.sentences
        self._sentence_starts = [s.start for s in scan.sentences]
        self._passage_starts = [p.start for p in article.passages]
        measured = {(m.start, m.end) for m in scan.mentions if m.kind == "molecule"}
        mentions = sorted((*scan.mentions, *held_regions(scan.mentions, terms)), key=lambda m: m.start)
        self._mentions: dict[MentionKind, list[Mention]] = {
            kind: [m for m in mentions if m.kind == kind and not (kind == "agent" and (m.start, m.end) in measured)] for kind in ("region", "species", "agent")
        }
        self._starts = {kind: [m.start for m in found] for kind, found in self._mentions.items()}
        self._named: dict[MentionKind, dict[str, Naming]] = {}
        self._molecules = self._by_sentence(scan)
        self._joined: dict[tuple[str, str], Counter[str]] | None = None
        self._offers: dict[tuple[MentionKind, int], tuple[Place, ...]] = {}
        self._sources = Sources(article, scan)
        self.memory: dict[Hashable, object] = {}
        """Answers about the article that are kept (`memory.remembered`)."""

    def key(self, mention: Mention) -> str:
        """What a mention names, for comparing; for species the species of a strain, a cell line or a person."""
        if mention.kind == "species" and mention.name:
            return species_of(mention.name, self._terms)
        return mention.id or mention.name or fold(mention.text)

    def between(self, kind: MentionKind, start: int, end: int) -> list[Mention]:
        """The mentions of a kind that start in `[start, end)`."""
        starts = self._starts[kind]
        return self._mentions[kind][bisect_left(starts, start) : bisect_left(starts, end)]

    def naming(self, kind: MentionKind, key: str) -> Naming:
        """How often the article names a thing."""
        if kind not in self._named:
            self._named[kind] = self._count(kind)
        return self._named[kind].get(key, _NEVER)

    def kinds_named(self, kind: MentionKind) -> int:
        """How many different things of a kind the article names."""
        self.naming(kind, "")
        return len(self._named[kind])

    def stands_beside(self, mention: Mention, molecule: Mention) -> bool:
        """Whether the sentence of a mention also names a molecule."""
        return molecule_key(molecule) in self._molecules.get(self._sentence_at(mention.start), ())

    def beside(self, mention: Mention) -> tuple[str, str]:
        """The words, or marks, right before and right behind a mention."""
        text = self._article.text
        before = _WORD.findall(text[max(0, mention.start - _BESIDE) : mention.start].lower())
        behind = _WORD.search(text[mention.end : mention.end + _BESIDE].lower())
        return before[-1] if before else "", behind[0] if behind else ""

    def source(self, start: int) -> Source:
        """What the sentence around a character tells."""
        return self._sources[self._sentence_at(start)]

    def named_around(self, kind: MentionKind, start: int) -> set[str]:
        """The things of a kind that the sentence around a character names."""
        return self._keys_at(kind, self._sentence_at(start))

    def crowd(self, kind: MentionKind, mention: Mention) -> int:
        """How many different things of a kind the sentence of a mention names."""
        return len(self.named_around(kind, mention.start))

    def measured(self, mention: Mention) -> int:
        """How many different molecules the sentence of a mention names."""
        return len(self._molecules.get(self._sentence_at(mention.start), ()))

    def last_said(self, kind: MentionKind, sentence: Sentence, molecule: Mention) -> set[str]:
        """The things of a kind that the nearest earlier sentence of the passage names which names the molecule and any of them."""
        for at in range(self._sentence_at(sentence.start) - 1, -1, -1):
            if self._sentences[at].passage != sentence.passage:
                break
            if molecule_key(molecule) in self._molecules.get(at, ()) and (found := self._keys_at(kind, at)):
                return found
        return set()

    def _keys_at(self, kind: MentionKind, at: int) -> set[str]:
        sentence = self._sentences[at]
        return {self.key(m) for m in self.between(kind, sentence.start, sentence.end)}

    def joined(self, kind: MentionKind, molecule: Mention) -> Counter[str]:
        """In how many sentences of the article each thing of a kind stands together with a molecule."""
        if self._joined is None:
            self._joined = self._count_joined()
        return self._joined.get((kind, molecule_key(molecule)), Counter())

    def beside_molecule(self, kind: MentionKind, molecule: Mention) -> list[Place]:
        """The things of a kind that most often stand in one sentence with a molecule, wherever that is."""
        most = [key for key, _ in self.joined(kind, molecule).most_common(_MOST_JOINED)]
        return [Place(mention=self._first(kind, key), key=key, distance=Distance.ARTICLE, where="joined", steps=0) for key in most]

    @remembered
    def _first(self, kind: MentionKind, key: str) -> Mention:
        return next(m for m in self._mentions[kind] if self.key(m) == key)

    def _count_joined(self) -> dict[tuple[str, str], Counter[str]]:
        counts: dict[tuple[str, str], Counter[str]] = {}
        for kind, mentions in self._mentions.items():
            seen = {(self._sentence_at(m.start), self.key(m)) for m in mentions}
            for sentence, key in sorted(seen):
                for molecule in self._molecules.get(sentence, ()):
                    counts.setdefault((kind, molecule), Counter())[key] += 1
        return counts

    def _by_sentence(self, scan: Scan) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for mention in scan.mentions:
            if mention.kind == "molecule":
                found.setdefault(self._sentence_at(mention.start), set()).add(molecule_key(mention))
        return found

    def _sentence_at(self, start: int) -> int:
        return max(0, bisect_right(self._sentence_starts, start) - 1)

    def outside(self, kind: MentionKind, sentence: Sentence) -> tuple[Place, ...]:
        """The things of a kind that stand outside of a sentence, nearest first, each once."""
        known = self._offers.get((kind, sentence.start))
        if known is None:
            offers: dict[str, Place] = {}
            for place in self._climb(kind, sentence):
                offers.setdefault(place.key, place)
                if len(offers) >= _OFFERED:
                    break
            known = self._offers[kind, sentence.start] = tuple(offers.values())
        return known

    def _climb(self, kind: MentionKind, sentence: Sentence) -> Iterator[Place]:
        yield from self._paragraph(kind, sentence)
        yield from self._figures(kind, sentence)
        yield from self._section(kind, sentence)
        yield from self._whole(kind)

    def _paragraph(self, kind: MentionKind, sentence: Sentence) -> Iterator[Place]:
        index = bisect_right(self._sentence_starts, sentence.start) - 1
        for direction in (-1, 1):
            at = index + direction
            while 0 <= at < len(self._sentences) and self._sentences[at].passage == sentence.passage:
                other = self._sentences[at]
                found = self.between(kind, other.start, other.end)
                yield from self._places(found[:: -1 if direction < 0 else 1], Distance.PARAGRAPH, "before" if direction < 0 else "behind", steps=at - index)
                at += direction

    def _section(self, kind: MentionKind, sentence: Sentence) -> Iterator[Place]:
        here = self._article.passages[sentence.passage]
        back = 0
        for at in range(sentence.passage - 1, -1, -1):
            passage = self._article.passages[at]
            if not _shares_path(passage, here) or (passage.section is not here.section and Section.CAPTION not in (passage.section, here.section)):
                break
            if passage.kind == "heading":
                yield from self._places(self.between(kind, passage.start, passage.end), Distance.SECTION, "heading", steps=back)
            elif passage.kind in ("paragraph", "caption") and back < _SECTION_BACK:
                back += 1
                yield from self._places(self.between(kind, passage.start, passage.end)[::-1], Distance.SECTION, passage.kind, steps=back)

    def _figures(self, kind: MentionKind, sentence: Sentence) -> Iterator[Place]:
        """The captions of the figures that a sentence shows: `(Figure 3A)`."""
        shown = set(_FIGURE.findall(self._article.text[sentence.start : sentence.end]))
        for passage in self._article.passages if shown else ():
            if passage.kind == "caption" and not shown.isdisjoint(_FIGURE.findall(" ".join(passage.section_path))):
                yield from self._places(self.between(kind, passage.start, passage.end), Distance.SECTION, "figure", steps=0)

    def _whole(self, kind: MentionKind) -> Iterator[Place]:
        title = next((p for p in self._article.passages if p.section is Section.TITLE), None)
        if title is not None:
            yield from self._places(self.between(kind, title.start, title.end), Distance.ARTICLE, "title", steps=0)
        self.naming(kind, "")
        most = sorted(self._named[kind].items(), key=lambda item: item[1].rank)[:_MOST_NAMED]
        for key, _ in most:
            yield Place(mention=self._first(kind, key), key=key, distance=Distance.ARTICLE, where="most named", steps=0)

    def _places(self, mentions: Iterable[Mention], distance: Distance, where: str, *, steps: int) -> Iterator[Place]:
        for mention in mentions:
            yield Place(mention=mention, key=self.key(mention), distance=distance, where=where, steps=steps)

    def _count(self, kind: MentionKind) -> dict[str, Naming]:
        counts: Counter[str] = Counter()
        parts: dict[str, set[Section]] = {}
        for mention in self._mentions[kind]:
            key = self.key(mention)
            counts[key] += 1
            passage = self._article.passages[max(0, bisect_right(self._passage_starts, mention.start) - 1)]
            parts.setdefault(key, set()).add(passage.section)
        total = max(1, counts.total())
        ordered = sorted(counts, key=lambda key: (-counts[key], key))
        return {
            key: Naming(
                count=counts[key], share=counts[key] / total, rank=rank, titled=Section.TITLE in parts[key], abstract=Section.ABSTRACT in parts[key],
                methods=Section.METHODS in parts[key],
            )
            for rank, key in enumerate(ordered)
        }  # fmt: skip


_NEVER = Naming(count=0, share=0.0, rank=99, titled=False, abstract=False, methods=False)


def molecule_key(mention: Mention) -> str:
    """What a mention of a molecule names, for comparing."""
    return mention.id or mention.name or fold(mention.text)


def _shares_path(passage: Passage, here: Passage) -> bool:
    """Whether a passage stands under the same headings, or under those above them."""
    return here.section_path[: len(passage.section_path)] == passage.section_path
