"""Whose finding a sentence tells: the authors' own, or background. A sentence and its place in, an `Attribution` and citations out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache

from extractor.records import Article, Attribution, Scan, Section, Sentence
from extractor.tables import LEXICONS, Row, Words, read_rows

_PRESENT = re.compile(r"(?<!\w)(?:is|are|has|have|can|may|increases|decreases|reduces|enhances|induces|inhibits|activates|stimulates)(?!\w)")


class AttributionRow(Row):
    """Words of one kind of telling; `example` holds one, `counter` none."""

    whose: Attribution
    words: Words
    example: str
    counter: str


@lru_cache(maxsize=1)
def _signs() -> Mapping[str, re.Pattern[str]]:
    rows = read_rows(LEXICONS / "attribution.tsv", AttributionRow)
    return {row.whose: re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted(row.words, key=len, reverse=True)) + r")(?!\w)") for row in rows}


class Attributor:
    """Tells own findings from background within one article."""

    def __init__(self, article: Article, scan: Scan) -> None:
        self._article = article
        self._citations = article.citations
        self._citation_starts = [c.start for c in article.citations]
        self._own_from = self._first_own(scan)

    def citations(self, sentence: Sentence) -> tuple[str, ...]:
        """The keys of the references that a sentence cites, in order, each once."""
        first = bisect_left(self._citation_starts, sentence.start)
        cited = self._citations[first : bisect_left(self._citation_starts, sentence.end)]
        return tuple(dict.fromkeys(key for citation in cited for key in citation.keys))

    def attribution(self, sentence: Sentence) -> Attribution:
        """`background` for what is cited, told as known, or told in an introduction; else `own`.

        An abstract's opening sentences, before the first that speaks of this study, are background where they are in the present tense.
        """
        text = self._article.text[sentence.start : sentence.end].lower()
        section = self._article.passages[sentence.passage].section
        own, background = _signs()["own"].search(text), _signs()["background"].search(text)
        if background is not None and own is None:
            return "background"
        if self.citations(sentence) and (own is None or section is Section.INTRODUCTION):
            return "background"
        if section is Section.INTRODUCTION:
            return "own" if own is not None else "background"
        if section is Section.ABSTRACT and own is None and sentence.start < self._own_from.get(sentence.passage, 0) and _PRESENT.search(text):
            return "background"
        return "own"

    def _first_own(self, scan: Scan) -> dict[int, int]:
        """Where, in each passage of the abstract, the first sentence starts that speaks of this study."""
        found: dict[int, int] = {}
        for sentence in scan.sentences:
            if self._article.passages[sentence.passage].section is not Section.ABSTRACT or sentence.passage in found:
                continue
            if _signs()["own"].search(self._article.text[sentence.start : sentence.end].lower()):
                found[sentence.passage] = sentence.start
        return found
