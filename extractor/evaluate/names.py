"""Names in, resolved names out: what a gold file or a claim calls a molecule, region, species or agent, made comparable.

A resolved name knows the lexicon key it stands for, its folded spellings, and everything that contains it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from extractor.errors import DataError
from extractor.records import MentionKind
from extractor.tables import Row, read_rows
from extractor.terms import Term, load_terms
from extractor.variants import fold

NOT_STATED = "not stated"
RODENT = "rodent"
"""The one group of species that matches its members in lenient matching (CLAIMS.md)."""
_BRACKETED = re.compile(r"^(?P<outer>[^()]+?)\s*\((?P<inner>[^()]{2,})\)(?P<rest>[^()]*)$")
_SHORTEST_SHARED = 3
"""Characters a name must have for its containment in another to count; own choice: two letters stand in everything."""


class FormWord(Row):
    """A word that says what was measured of a molecule."""

    word: str


@dataclass(frozen=True, slots=True)
class Name:
    """What a slot of a claim stands for.

    `key` is the lexicon's (None where no row knows it), `spellings` are folded and without form words, `wider` are the keys and
    spellings of what contains it: parent regions, the families of a molecule, rodent for a rat or mouse.
    """

    shown: str
    key: str | None
    spellings: frozenset[str]
    wider: frozenset[str]

    @property
    def identity(self) -> str:
        """What tells this name from others: the key, or the folded name."""
        return self.key or fold(self.shown)


def same(one: Name | None, other: Name | None) -> bool:
    """Whether two names mean the same: equal keys, or a shared spelling. Not stated equals only not stated."""
    if one is None or other is None:
        return one is other
    return (one.key is not None and one.key == other.key) or bool(one.spellings & other.spellings)


def related(one: Name | None, other: Name | None) -> bool:
    """Whether two names are the same or one contains the other (CLAIMS.md, lenient). Not stated equals only not stated."""
    if one is None or other is None:
        return one is other
    return same(one, other) or _within(one, other) or _within(other, one)


def shared(one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    """Whether two lists of agents name one agent in common: the same, or the words of one inside the words of the other."""
    return any(same(a, b) or _contained(a, b) or _contained(b, a) for a in one for b in other)


def _within(inner: Name, outer: Name) -> bool:
    return (outer.key is not None and outer.key in inner.wider) or bool(outer.spellings & inner.wider)


def _contained(inner: Name, outer: Name) -> bool:
    long = [f" {spelling} " for spelling in outer.spellings]
    return any(f" {spelling} " in text for spelling in inner.spellings if len(spelling) >= _SHORTEST_SHARED for text in long)


@lru_cache(maxsize=100_000)
def resolve(kind: MentionKind, *texts: str | None) -> Name | None:
    """Resolve the texts a source gives for one slot, the most telling first.

    Parameters
    ----------
    kind
        What the texts name.
    texts
        An identifier, a canonical name, the author's words; missing ones are None.

    Returns
    -------
        The resolved name, or None where every text is missing or reads "not stated".
    """
    given = [text.strip() for text in texts if text and text.strip() and text.strip().lower() != NOT_STATED]
    if not given:
        return None
    parts = [part for text in given for part in (text, *_same_thing(kind, text))]
    term = next((found for part in parts for found in [_find(kind, part)] if found is not None), None)
    spellings = frozenset(plain for part in (*parts, *([term.name] if term else ())) if (plain := without_form_words(part)))
    return Name(shown=term.name if term else given[0], key=term.key if term else None, spellings=spellings, wider=_wider(kind, term, given))


def with_key(name: Name | None, identifier: str | None) -> Name | None:
    """Give a name the identifier its source states, where the lexicons know none."""
    if name is None or name.key is not None or not identifier:
        return name
    return Name(shown=name.shown, key=identifier, spellings=name.spellings, wider=name.wider)


def known_species(text: str, *, place: str) -> Name | None:
    """Resolve a species of a gold file.

    Raises
    ------
    DataError
        No lexicon row has the name, and it is not "not stated".
    """
    name = resolve("species", text)
    if name is not None and name.key is None:
        raise DataError(
            f"species {text!r}", place=place, expected=f"a species of species.tsv or {NOT_STATED!r}", repair="mend the row, or add the species to the lexicon"
        )
    return name


@lru_cache(maxsize=1)
def form_words() -> frozenset[str]:
    """The words of form_words.tsv."""
    return frozenset(row.word for row in read_rows(files("extractor.evaluate") / "form_words.tsv", FormWord))


def without_form_words(text: str) -> str:
    """Fold a name and leave out the words that say what was measured of it.

    >>> without_form_words("BDNF mRNA levels")
    'bdnf'
    >>> without_form_words("protein")
    'protein'
    """
    words = re.sub(r"[-\s]+", " ", fold(text)).split()
    kept = [word for word in words if word not in form_words()]
    return " ".join(kept or words)


def _same_thing(kind: MentionKind, text: str) -> tuple[str, ...]:
    """Other ways to read `A (B)`: for a region the place B inside A, for all else two spellings of one thing."""
    match = _BRACKETED.match(text)
    if match is None:
        return ()
    inner, outer = match["inner"].strip(), (match["outer"] + match["rest"]).strip()
    return (inner,) if kind == "region" else (outer, inner)


def _find(kind: MentionKind, text: str) -> Term | None:
    terms = load_terms()
    term = terms.find(text, kind) or terms.find(without_form_words(text), kind)
    if term is None and kind == "agent":
        term = terms.find(text, "molecule")
    return _species_of(term) if term is not None and kind == "species" else term


def _species_of(term: Term) -> Term:
    """A strain or cell line counts as its species; a species or a wider group as itself."""
    if term.label == "species":
        return term
    return next((parent for parent in load_terms().ancestors(term) if parent.label == "species"), term)


def _wider(kind: MentionKind, term: Term | None, texts: list[str]) -> frozenset[str]:
    parents = load_terms().ancestors(term) if term is not None else ()
    if kind == "species":
        parents = tuple(parent for parent in parents if parent.name == RODENT)
    outer = [match["outer"].strip() for text in texts if kind == "region" and (match := _BRACKETED.match(text))]
    outside = [found for text in outer for found in [_find(kind, text)] if found is not None]
    keys = {parent.key for parent in parents} | {found.key for found in outside}
    keys |= {parent.key for found in outside for parent in load_terms().ancestors(found)}
    return frozenset(keys | {without_form_words(parent.name) for parent in parents} | {without_form_words(text) for text in outer})
