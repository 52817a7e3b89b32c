"""Places that stand inside the name of a molecule: mentions in, region mentions out. `plasma insulin` is insulin, measured in plasma."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractor.records import Mention, MentionKind
from extractor.terms import Term, Terms

RULE = "held"
"""The `rule` of such a mention, by which it is told from those of the scan."""
_WORD = re.compile(r"[^\s/()]+")


def held_regions(mentions: Iterable[Mention], terms: Terms) -> Iterator[Mention]:
    """Give the places that names of molecules hold.

    Parameters
    ----------
    mentions
        What the scan found; a molecule's name keeps the names inside it to itself.
    terms
        The terminology.

    Returns
    -------
        A region for each molecule whose name has a place before words that name the same molecule alone; in `brain natriuretic peptide` the
        rest is another one, so that it holds none.
    """
    for mention in mentions:
        if mention.kind == "molecule" and " " in mention.text and mention.name is not None:
            found = _held(mention.text, mention.name, terms)
            if found is not None:
                start, end, term = found
                yield Mention(mention.start + start, mention.start + end, mention.text[start:end], "region", term.id, term.name, term.label, RULE)


@lru_cache(maxsize=4096)
def _held(text: str, name: str, terms: Terms) -> tuple[int, int, Term] | None:
    """The span and the term of the place in a molecule's name."""
    for word in _WORD.finditer(text):
        place = _find(word[0].lower(), "region", terms)
        if place is not None:
            rest = _find(text[word.end() :].strip(), "molecule", terms)
            return (word.start(), word.end(), place) if rest is not None and rest.name == name else None
    return None


def _find(text: str, kind: MentionKind, terms: Terms) -> Term | None:
    return terms.find(text, kind) if text else None
