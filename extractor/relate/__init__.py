"""Parsed sentences in, candidates out: who changed which molecule, which way, where, in whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from extractor.annotations import ParsedSentence
from extractor.records import Article, Candidate, Scan
from extractor.relate.attribution import Attributor
from extractor.relate.context import Context
from extractor.relate.decide import Reader
from extractor.terms import Terms


def relate(article: Article, scan: Scan, parsed: Iterable[ParsedSentence], *, terms: Terms) -> list[Candidate]:
    """Read the claims of an article's parsed sentences.

    Parameters
    ----------
    article, scan
        The article and what the scan found in it.
    parsed
        The selected sentences.
    terms
        The terminology, for species of strains and parents of regions.

    Returns
    -------
        Candidates in reading order.
    """
    reader = Reader(article=article, context=Context(article, scan, terms), attributor=Attributor(article, scan), terms=terms)
    starts = [cue.start for cue in scan.cues]
    found: list[Candidate] = []
    for one in parsed:
        cues = scan.cues[bisect_left(starts, one.sentence.start) : bisect_left(starts, one.sentence.end)]
        found += reader.read(one, cues)
    return found
