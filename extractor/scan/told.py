"""Names that an article shows to be genes or proteins by what it says of them: its text and the known names in, mentions of all uses out.

Genes of flies, worms and fish are in no list of ours, and many of those of mice are common words. What an article measures (`Xyz mRNA`), takes away
(`Xyz RNAi`) or stains (`anti-Xyz`) again and again is one of them, and so is every other use of the same name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from extractor.records import Mention
from extractor.tables import LEXICONS, Row, read_rows

_NAME = r"(?:[A-Z][A-Za-z0-9α-ω]{1,8}(?:-?\d{1,3}[A-Za-z]?)?|[a-z]{3,4}-\d{1,3})"
_WORMS = re.compile(r"\belegans\b")
_WORM_NAME = re.compile(r"(?<![\w-])(?:[a-z]{3,4}-\d{1,3}(?:\.\d{1,2})?|[A-Z]{3,4}-\d{1,3}(?:\.\d{1,2})?[A-Z]?)(?![\w-])")
_USES = 3
"""Uses of a name that make it worth knowing; own choice."""
_SHOWN = 2
"""Times that an article must show a name to be a gene; own choice: one may be a slip of the pattern."""
_OTHERWISE = 0.25
"""The largest share of uses that name a kind of cell, a mouse line or a figure; own choice: `P1 neurons` are no protein."""


class ToldRow(Row):
    """Words beside a name: `side` before or behind it; `shows` a gene, or something else (`other`); `example` and `counter` are uses."""

    side: str
    shows: str
    words: str
    example: str
    counter: str


def _beside(side: str, shows: str) -> str:
    rows = [row for row in read_rows(LEXICONS / "told.tsv", ToldRow) if (row.side, row.shows) == (side, shows)]
    return "|".join(f"(?:{row.words})" for row in rows)


class Told:
    """Finds the names that articles show to be genes. Immutable; reads told.tsv once."""

    def __init__(self) -> None:
        self._never, self._kind = re.compile(_beside("name", "other")), re.compile(_beside("long form", "gene"))
        before, behind = _beside("before", "gene"), _beside("behind", "gene")
        self._shown = re.compile(rf"(?<![\w-])(?:(?:{before})(?P<one>{_NAME})(?![\w-])|(?P<two>{_NAME})(?={behind}))")
        self._other = re.compile(rf"(?<![\w-])(?:(?:{_beside('before', 'other')})(?P<one>{_NAME})(?![\w-])|(?P<two>{_NAME})(?={_beside('behind', 'other')}))")

    def find(self, text: str, known: Sequence[Mention], *, defined: Mapping[str, str]) -> list[Mention]:
        """Find all uses of the names.

        Parameters
        ----------
        text
            The text of an article.
        known
            What is known so far: no name of these is looked at again.
        defined
            The abbreviations of the article; what is short for something is no new name.

        Returns
        -------
            Mentions without identifier.
        """
        listed = {mention.text for mention in known if not mention.rule.startswith("pattern.")}
        names = {*self._names(text, listed, defined), *(self._of_worms(text) - listed)}
        if not names:
            return []
        shapes = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        taken = {(mention.start, mention.end) for mention in known if mention.kind == "molecule"}
        return [_mention(use) for use in re.finditer(rf"(?<![\w-])(?:{shapes})(?![\w-])", text) if use.span() not in taken]

    def _may_be(self, long: str) -> bool:
        """Whether what a name is short for may be a gene or protein: one word, or a kind of protein."""
        return len(long.split()) <= 1 or self._kind.search(long) is not None

    def _of_worms(self, text: str) -> set[str]:
        """The genes and proteins of an article on *C. elegans*, which are written as nothing else is: `abc-1` and `ABC-1`."""
        if len(_WORMS.findall(text)) < _USES:
            return set()
        return {name for name in _WORM_NAME.findall(text) if not self._never.fullmatch(name.partition("-")[0])}

    def _names(self, text: str, known: set[str], defined: Mapping[str, str]) -> Iterator[str]:
        shown = _counted(self._shown, text)
        candidates = [
            name for name, n in shown.items() if n >= _SHOWN and name not in known and not self._never.fullmatch(name) and self._may_be(defined.get(name, ""))
        ]
        if not candidates:
            return
        other = _counted(self._other, text)
        for name in candidates:
            uses = len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
            inside = len(re.findall(rf"(?<=[a-z,;(][ (]){re.escape(name)}(?![\w-])", text))
            small = len(re.findall(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", text)) if name != name.lower() else 0
            if uses >= _USES and inside >= _SHOWN and small <= uses and other[name] <= _OTHERWISE * uses:
                yield name


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    """How often a pattern finds each name."""
    return Counter(found["one"] or found["two"] for found in pattern.finditer(text))


def _mention(use: re.Match[str]) -> Mention:
    return Mention(start=use.start(), end=use.end(), text=use[0], kind="molecule", label="gene", rule="told")
