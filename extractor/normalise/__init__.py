"""Candidates in, claims out: one claim an article for each identity, with all the sentences that state it, weighed beside each other."""

from extractor.normalise.merge import merge
from extractor.normalise.weigh import weigh

__all__ = ["merge", "weigh"]
