"""Candidates in, claims out: one claim an article for each identity, with all the sentences that state it."""

from extractor.normalise.merge import merge

__all__ = ["merge"]
