"""Every cue of a sentence with every molecule it might speak of: `Units` in, `Pair`s out, with what the rules read in each.

The rules propose and the classifier decides: a pair that no rule ties is a candidate all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.records import Direction
from extractor.relate.links import Link, find_links
from extractor.relate.scope import direction_of
from extractor.relate.units import Units

FARTHEST = 45
"""Units between a cue and a molecule beyond which they are no pair; 0.3 % of the claims of the dev abstracts lie farther apart."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A cue that may act on a molecule, as a `Link` (without a rule where none ties the two), and the direction that the rules read."""

    link: Link
    direction: Direction | None
    tied: bool

    @property
    def cue(self) -> int:
        """The position of the cue whose agent is asked for."""
        link = self.link
        return link.cue if link.outer is None else link.outer

    @property
    def molecule(self) -> int:
        """The position of the molecule."""
        return self.link.molecule


def find_pairs(units: Units) -> tuple[Pair, ...]:
    """Pair the cues and the molecules of a sentence.

    Parameters
    ----------
    units
        One sentence.

    Returns
    -------
        For each cue and molecule within reach one pair, by cue, then molecule; where the rules read the pair in two ways, the reading under an outer
        cue wins. A change that is denied for a part of the sentence ("but not in the striatum") is a pair of its own.
    """
    links = find_links(units)
    tied = {(link.acting, link.molecule): link for link in links if link.denied is None and link.outer is None}
    tied |= {(link.acting, link.molecule): link for link in links if link.denied is None and link.outer is not None}
    return (*_all(units, tied), *(Pair(link=link, direction=direction_of(units, link), tied=True) for link in links if link.denied is not None))


def _all(units: Units, tied: dict[tuple[int, int], Link]) -> Iterator[Pair]:
    cues = units.where("VERBCUE", "NOUNCUE", "ADJCUE")
    for molecule in units.where("MOL", "BOTH"):
        for cue in cues:
            link = tied.get((cue, molecule))
            if link is not None:
                yield Pair(link=link, direction=direction_of(units, link), tied=True)
            elif abs(cue - molecule) <= FARTHEST:
                bare = Link(cue=cue, molecule=molecule, rule=None)
                yield Pair(link=bare, direction=direction_of(units, bare), tied=False)
