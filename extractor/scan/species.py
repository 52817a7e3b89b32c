"""Species that are studied, told from those that only lent an antibody, a serum or a reagent: mentions in, fewer mentions out."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.records import Mention
from extractor.scan.blockers import load_blockers

TABLE = "species_blockers.tsv"


def study_species(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Drop the species mentions whose context says that no animal, person or culture of that species was studied.

    Parameters
    ----------
    text
        The text into which the offsets of the mentions point.
    mentions
        Mentions of any kind; those of other kinds are passed through.

    Returns
    -------
        The mentions that remain, in the order given.

    Raises
    ------
    DataError
        lexicons/species_blockers.tsv is broken.
    """
    blockers = load_blockers(TABLE)
    return [m for m in mentions if m.kind != "species" or not blockers.blocks(text, m.start, end=m.end)]
