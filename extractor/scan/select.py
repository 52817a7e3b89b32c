"""The sentences that can hold a claim: sentences, mentions and cues in, the sentences worth parsing out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.records import Article, CueMention, Mention, Section, Sentence

_SILENT = frozenset({Section.METHODS, Section.TABLE})
_SILENT_KINDS = frozenset({"cell"})


def select(article: Article, sentences: Sequence[Sentence], *, mentions: Sequence[Mention], cues: Sequence[CueMention]) -> tuple[Sentence, ...]:
    """Keep the sentences with at least one molecule and one cue, outside of methods and tables.

    Parameters
    ----------
    article
        Its passages say where a sentence stands.
    sentences, mentions, cues
        Of the whole article, each sorted by start.

    Returns
    -------
        The selected sentences in reading order.
    """
    molecules = [m.start for m in mentions if m.kind == "molecule"]
    marks = [c.start for c in cues]
    return tuple(s for s in sentences if _telling(article, s) and _any_between(molecules, s.start, s.end) and _any_between(marks, s.start, s.end))


def _telling(article: Article, sentence: Sentence) -> bool:
    passage = article.passages[sentence.passage]
    return passage.section not in _SILENT and passage.kind not in _SILENT_KINDS


def _any_between(starts: Sequence[int], start: int, end: int) -> bool:
    place = bisect_left(starts, start)
    return place < len(starts) and starts[place] < end
