"""Parsed sentences in, candidates out: who changed which molecule, which way, where, in whom."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.annotations import ParsedSentence
from extractor.records import Article, Candidate, Scan
from extractor.relate.context import Context
from extractor.relate.decide import RuleReader
from extractor.relate.learned import Decider
from extractor.relate.models import ClaimModels
from extractor.relate.places import Ladder
from extractor.relate.view import views
from extractor.terms import Terms


def relate(article: Article, scan: Scan, parsed: Iterable[ParsedSentence], *, terms: Terms, models: ClaimModels | None) -> list[Candidate]:
    """Read the claims of an article's parsed sentences.

    Parameters
    ----------
    article, scan
        The article and what the scan found in it.
    parsed
        The selected sentences.
    terms
        The terminology, for species of strains and parents of regions.
    models
        The trained models that decide; without them the rules do.

    Returns
    -------
        Candidates in reading order.
    """
    reader: RuleReader | Decider = (
        RuleReader(article=article, context=Context(article, scan, terms), terms=terms)
        if models is None
        else Decider(models=models, ladder=Ladder(article, scan, terms), terms=terms)
    )
    return [candidate for view in views(article, scan, parsed) for candidate in reader.candidates(view)]
