"""Identifiers for names that models found: a mention without one in, the mention with one out where a source knows the name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Protocol

from extractor.errors import UsageError
from extractor.records import Mention, MentionKind
from extractor.terms import Terms

LEAST_SCORE = 0.7  # of gilda, 0 to 1; own choice: below stand matches that differ in more than case, dashes and plural
NAMESPACES: Mapping[MentionKind, tuple[str, ...]] = {"molecule": ("hgnc", "fplx", "chebi"), "agent": ("chebi",)}
"""What gilda may say of a kind. It has no regions and species of its own."""


class Match(Protocol):
    """What is needed of gilda's `ScoredMatch`, which has no types of its own."""

    score: float
    term: MatchedTerm


class MatchedTerm(Protocol):
    """What is needed of gilda's `Term`."""

    db: str
    id: str
    entry_name: str


Lookup = Callable[[str], Sequence[Match]]


@dataclass(frozen=True, slots=True)
class Grounder:
    """Tells which names the lexicons know, and looks the others up in a larger terminology where `lookup` is given. Immutable; picklable if `lookup` is."""

    terms: Terms
    lookup: Lookup | None = None

    def knows(self, mention: Mention) -> bool:
        """Whether a row of the lexicons has the words of a mention."""
        return self.terms.find(mention.text, mention.kind) is not None

    def grounded(self, mention: Mention) -> Mention:
        """Give a mention that a model found the identifier and the preferred name of what it names.

        Parameters
        ----------
        mention
            Any; one that a lexicon found, or that has an identifier or a name, is returned as it is.

        Returns
        -------
            The mention; without an identifier still where no source knows it.
        """
        if self.lookup is None or mention.id is not None or mention.name is not None or not mention.rule.startswith("model."):
            return mention
        return self._looked_up(mention) if mention.kind in NAMESPACES else mention

    def _looked_up(self, mention: Mention) -> Mention:
        import bioregistry  # half a second, which a run without gilda need not wait for

        for match in self.lookup(mention.text) if self.lookup is not None else ():
            prefix, identifier = bioregistry.normalize_parsed_curie(match.term.db, match.term.id)
            if match.score >= LEAST_SCORE and prefix in NAMESPACES[mention.kind]:
                return replace(mention, id=f"{prefix}:{identifier}", name=match.term.entry_name)
        return mention


def gilda_lookup() -> Lookup:
    """Return gilda's look-up by name, best match first. Its first call loads gilda's terms, and fetches them where they were never fetched.

    Raises
    ------
    UsageError
        gilda is not installed.
    """
    try:
        lookup: Lookup = import_module("gilda").ground
    except ImportError as error:
        raise UsageError(
            "gilda is not installed",
            expected="the optional package gilda",
            repair="pip install 'molecule-effect-claims[gilda]', or leave the setting gilda off",
        ) from error
    return lookup
