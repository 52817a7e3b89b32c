"""What the sentences of an article tell, for judging what stands in them: `Article` and `Scan` in, a `Source` for each sentence out."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from extractor.records import Article, Attribution, Scan, Sentence
from extractor.relate.attribution import Attributor

_PLAIN = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that a thing stands in: whose finding it tells, where it stands in its passage (first, last or between), its words that are no names."""

    told: Attribution
    place: str
    words: tuple[str, ...]


class Sources:
    """The sentences of one article; each is looked at when it is first asked for."""

    def __init__(self, article: Article, scan: Scan) -> None:
        self._article = article
        self._attributor = Attributor(article, scan)
        self._sentences = scan.sentences
        self._mentions = scan.mentions
        self._starts = [mention.start for mention in scan.mentions]
        self._known: dict[int, Source] = {}

    def __getitem__(self, at: int) -> Source:
        """What the sentence of a number tells."""
        if at not in self._known:
            self._known[at] = self._look(at)
        return self._known[at]

    def _look(self, at: int) -> Source:
        sentence = self._sentences[at]
        first = at == 0 or self._sentences[at - 1].passage != sentence.passage
        last = at + 1 == len(self._sentences) or self._sentences[at + 1].passage != sentence.passage
        words = dict.fromkeys(_PLAIN.findall(self._plain(sentence)))
        return Source(told=self._attributor.attribution(sentence), place="first" if first else "last" if last else "between", words=tuple(words))

    def _plain(self, sentence: Sentence) -> str:
        """The sentence in small letters, with a blank for every name."""
        text, position = [], sentence.start
        for mention in self._mentions[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]:
            text.append(self._article.text[position : mention.start])
            position = max(position, mention.end)
        return " ".join((*text, self._article.text[position : sentence.end])).lower()
