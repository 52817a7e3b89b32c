"""Candidates in, claims out: one claim an article for each identity, with all the sentences that state it, weighed beside each other."""

from extractor.normalise.merge import merge
from extractor.normalise.weigh import claims_from, weigh

__all__ = ["claims_from", "merge", "weigh"]
