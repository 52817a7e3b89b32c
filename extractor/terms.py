"""The terminology: every named molecule, region, species and agent of the lexicons, looked up by any of its spellings.

The scan builds its dictionary from it, normalisation takes identifiers and parents from it, the evaluation compares by it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from extractor.errors import DataError
from extractor.records import MentionKind
from extractor.tables import LEXICONS, TermRow, numbered_rows
from extractor.variants import fold, fold_keep_case, variants

Style = Literal["name", "synonym", "exact", "adjective"]
_STYLES: Mapping[str, Style] = {style: style for style in get_args(Style)}

TABLES: Mapping[MentionKind, tuple[str, ...]] = {
    "molecule": ("molecules.tsv", "genes.tsv"),
    "region": ("regions.tsv",),
    "species": ("species.tsv",),
    "agent": ("agents.tsv",),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a lexicon. `key` tells it from all others of its kind: the identifier, or the name where there is none."""

    kind: MentionKind
    name: str
    label: str
    id: str | None
    parents: tuple[str, ...]

    @property
    def key(self) -> str:
        """The identifier, or the name where the row has none."""
        return self.id or self.name


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of a term: `folded` is what the scan looks for, `exact` what the text must read where case matters."""

    term: Term
    folded: str
    exact: str | None
    style: Style


class Terms:
    """All terms of all kinds. Build it with `load_terms`, which does so once a process."""

    def __init__(self, rows: Mapping[MentionKind, tuple[tuple[str, TermRow], ...]]) -> None:
        self._by_name: dict[tuple[MentionKind, str], Term] = {}
        self._by_key: dict[tuple[MentionKind, str], Term] = {}
        self._by_spelling: dict[tuple[MentionKind, str], Term] = {}
        self._by_exact: dict[tuple[MentionKind, str], Term] = {}
        self._spellings: list[Spelling] = []
        self._ancestors: dict[tuple[MentionKind, str], tuple[Term, ...]] = {}
        self._wider: dict[tuple[MentionKind, str], frozenset[str]] = {}
        for kind, placed in rows.items():
            for place, row in placed:
                self._add(kind, row, place=place)
            self._check_parents(kind, placed)

    def _add(self, kind: MentionKind, row: TermRow, *, place: str) -> None:
        if (kind, row.name) in self._by_name:
            raise DataError(f"{kind} {row.name!r} a second time", place=place, expected="unique names", repair="merge the two rows")
        term = Term(kind=kind, name=row.name, label=row.label, id=row.id or None, parents=row.parents)
        self._by_name[kind, row.name] = term
        self._by_key.setdefault((kind, term.key), term)
        for spelling in _spellings(term, row):
            self._spellings.append(spelling)
            if spelling.exact is not None:
                self._by_exact.setdefault((kind, spelling.exact), term)
            else:
                self._by_spelling.setdefault((kind, spelling.folded), term)

    def _check_parents(self, kind: MentionKind, placed: tuple[tuple[str, TermRow], ...]) -> None:
        for place, row in placed:
            for parent in row.parents:
                if (kind, parent) not in self._by_name:
                    raise DataError(
                        f"unknown parent {parent!r} of {row.name!r}", place=place, expected=f"a name of a {kind} row", repair="add the row or mend the name"
                    )

    def spellings(self) -> Iterator[Spelling]:
        """Give every spelling of every term, in file order."""
        return iter(self._spellings)

    def named(self, name: str, kind: MentionKind) -> Term | None:
        """Return the term with exactly this preferred name, or None."""
        return self._by_name.get((kind, name))

    def find(self, text: str, kind: MentionKind) -> Term | None:
        """Look a string up by identifier, exact spelling, or any variant of a name, synonym or adjective.

        Parameters
        ----------
        text
            A name as a text, a gold file or a curator writes it.
        kind
            What it is said to name.

        Returns
        -------
            The term, or None where no row has the spelling.
        """
        plain = fold_keep_case(text.strip())
        folded = fold(plain)
        return (
            self._by_key.get((kind, plain))
            or self._by_exact.get((kind, plain))
            or self._by_spelling.get((kind, folded))
            or (self._by_exact.get((kind, plain[:-1])) or self._by_spelling.get((kind, folded[:-1])) if folded.endswith("s") else None)
            or next((term for form in variants(plain) if (term := self._by_spelling.get((kind, form)))), None)
        )

    def ancestors(self, term: Term) -> tuple[Term, ...]:
        """Return all parents of a term and their parents, nearest first, each once.

        Raises
        ------
        DataError
            The parents of a row lead back to it.
        """
        known = self._ancestors.get((term.kind, term.name))
        if known is None:
            known = self._ancestors[term.kind, term.name] = self._climb(term)
        return known

    def wider(self, term: Term) -> frozenset[str]:
        """Return the names of all ancestors of a term. Raises the error of `ancestors`."""
        known = self._wider.get((term.kind, term.name))
        if known is None:
            known = self._wider[term.kind, term.name] = frozenset(ancestor.name for ancestor in self.ancestors(term))
        return known

    def _climb(self, term: Term) -> tuple[Term, ...]:
        found: dict[str, Term] = {}
        level = [term]
        while level:
            level = [self._by_name[term.kind, name] for t in level for name in t.parents if name not in found]
            found.update({t.name: t for t in level})
        if term.name in found:
            raise DataError(f"{term.kind} {term.name!r} is its own ancestor", expected="parents without a circle", repair="mend the parents in the lexicon")
        return tuple(found.values())


def _spellings(term: Term, row: TermRow) -> Iterator[Spelling]:
    exact = {form for word in row.exact for form in _exact_forms(word)}
    loose = {} if row.name in row.exact else dict.fromkeys(variants(row.name), "name")
    for style, words in (("synonym", row.synonyms), ("adjective", row.adjectives)):
        for word in words:
            for form in variants(word, plural=style == "synonym"):
                loose.setdefault(form, style)
    for form in sorted(exact):
        yield Spelling(term=term, folded=fold(form), exact=form, style="exact")
    for form, style in sorted(loose.items()):
        yield Spelling(term=term, folded=form, exact=None, style=_STYLES[style])


def _exact_forms(word: str) -> set[str]:
    """The word with dash, blank or nothing at its dashes, and its plural in -s, the case kept."""
    plain = fold_keep_case(word)
    forms = {plain, plain.replace("-", " "), plain.replace("-", "")} if len(plain) > 4 else {plain}
    return forms | {form + "s" for form in forms if form[-1].isalnum() and form[-1] != "s"}


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python from looking for garbage while a lot is built that stays.

    The collector looks again and again at all that was made so far, which took a third of the time of loading. It is switched on
    again at the end unless it was off before.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@lru_cache(maxsize=1)
def load_terms() -> Terms:
    """Read the lexicons of the package, once a process.

    Raises
    ------
    DataError
        A row is broken, a name stands twice, a parent is unknown.
    """
    rows: dict[MentionKind, tuple[tuple[str, TermRow], ...]] = {}
    with collector_paused():
        for kind, tables in TABLES.items():
            rows[kind] = tuple((f"{table}:{no}", row) for table in tables for no, row in numbered_rows(LEXICONS / table, TermRow))
        return Terms(rows)
