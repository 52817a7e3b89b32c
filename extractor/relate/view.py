"""One sentence as the classifier and the slot finders see it: its units, its pairs and where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.annotations import ParsedSentence
from extractor.records import Article, Attribution, CueMention, Evidence, Passage, Scan
from extractor.relate.attribution import Attributor
from extractor.relate.links import Link
from extractor.relate.pairs import Pair, find_pairs
from extractor.relate.qualifiers import qualifiers
from extractor.relate.units import Units, units_of

_QUALIFIES = frozenset({"compound", "amod", "nmod", "npadvmod", "conj", "appos", "poss"})
_DEEPEST_PHRASE = 6


@dataclass(frozen=True)
class Telling:
    """What holds for all claims of a sentence."""

    text: str
    attribution: Attribution
    citations: tuple[str, ...]

    @cached_property
    def qualifiers(self) -> Mapping[str, str]:
        """Dose, time and the like: looked for where there is a claim."""
        return qualifiers(self.text)


@dataclass(frozen=True)
class SentenceView:
    """One sentence with all its pairs, and what is looked up once for all of them. `place` is where it stands in its passage, 0 to 1."""

    parsed: ParsedSentence
    units: Units
    pairs: Sequence[Pair]
    passage: Passage
    telling: Telling
    place: float

    @cached_property
    def text(self) -> str:
        """The words of the sentence."""
        return self.telling.text

    def evidence(self, link: Link) -> Evidence:
        """The sentence as evidence of a link, with the rules that tied it, the outer first."""
        sentence, passage = self.parsed.sentence, self.passage
        rules = tuple(rule.row.rule for rule in (link.outer_rule, link.rule) if rule is not None)
        return Evidence(start=sentence.start, end=sentence.end, text=self.text, section=passage.section, section_path=passage.section_path, rules=rules)

    @cached_property
    def cues(self) -> list[int]:
        """The positions of the cues."""
        return self.units.where("VERBCUE", "NOUNCUE", "ADJCUE")

    @cached_property
    def molecules(self) -> list[int]:
        """The positions of the molecules."""
        return self.units.where("MOL", "BOTH")

    @cached_property
    def agents(self) -> list[int]:
        """The positions of the agents."""
        return self.units.where("AGENT", "BOTH")

    @cached_property
    def _names(self) -> dict[int, str]:
        """The class of every unit of more than a plain word, by the token that heads it."""
        return {unit.token: unit.name for unit in self.units.items if unit.mentions}

    def word_of(self, token: int) -> str:
        """The word of a token as features name it: in small letters, names by their class."""
        return self._words[token]

    @cached_property
    def _words(self) -> list[str]:
        return [self._names.get(token.i) or token.lower_ for token in self.parsed.doc]

    def head_word(self, token: int) -> str:
        """The word that heads the noun phrase which a token qualifies: of `GABA` in `GABA release` it is `release`; its own class if none does."""
        syntax = self.units.syntax
        if syntax is None:
            return ""
        for _ in range(_DEEPEST_PHRASE):
            if syntax.labels[token] not in _QUALIFIES:
                break
            token = syntax.heads[token]
        return self.word_of(token)

    @cached_property
    def tied(self) -> set[tuple[int, int]]:
        """The cues and molecules that a rule ties."""
        return {(p.link.cue, p.molecule) for p in self.pairs if p.tied} | {(p.cue, p.molecule) for p in self.pairs if p.tied}

    @cached_property
    def coordinated(self) -> dict[int, frozenset[int]]:
        """Each molecule with those of its list, as the rules saw them."""
        return {m: p.link.company for p in self.pairs if p.tied for m in p.link.company}


def views(article: Article, scan: Scan, parsed: Iterable[ParsedSentence]) -> Iterator[SentenceView]:
    """Show the parsed sentences of an article, those with a pair in them.

    Parameters
    ----------
    article, scan
        The article and what the scan found in it.
    parsed
        The selected sentences.
    """
    attributor = Attributor(article, scan)
    starts = [cue.start for cue in scan.cues]
    for one in parsed:
        cues = scan.cues[bisect_left(starts, one.sentence.start) : bisect_left(starts, one.sentence.end)]
        view = _view(article, attributor, one, cues)
        if view.pairs:
            yield view


def _view(article: Article, attributor: Attributor, parsed: ParsedSentence, cues: Sequence[CueMention]) -> SentenceView:
    units = units_of(parsed, cues)
    sentence, passage = parsed.sentence, article.passages[parsed.sentence.passage]
    text = article.text[sentence.start : sentence.end]
    telling = Telling(text=text, attribution=attributor.attribution(sentence), citations=attributor.citations(sentence))
    place = (sentence.start - passage.start) / max(1, passage.end - passage.start)
    return SentenceView(parsed=parsed, units=units, pairs=find_pairs(units), passage=passage, telling=telling, place=place)
