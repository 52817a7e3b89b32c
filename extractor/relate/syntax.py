"""The dependency parse as paths between words: a spaCy `Doc` in, strings such as `dobj> prep:of> pobj>` out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc

_DEEPEST = 40


@dataclass(frozen=True)
class Syntax:
    """Heads and labels of a parsed sentence. A step up from a word reads `label<`, a step down to a word `label>`.

    Prepositions carry their word (`prep:of`), so that patterns can tell "of" from "by".
    """

    heads: tuple[int, ...]
    labels: tuple[str, ...]
    tags: tuple[str, ...]
    _ways: dict[tuple[int, int], tuple[str, tuple[int, ...]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def way(self, start: int, end: int) -> tuple[str, tuple[int, ...]]:
        """The way from one token to another through their lowest common ancestor.

        Returns
        -------
            The labels of the steps, each followed by a blank, and the tokens passed between the two, the common ancestor among them.
            Empty where the parse does not join them.
        """
        known = self._ways.get((start, end))
        if known is None:
            known = self._ways[start, end] = self._walk(start, end)
        return known

    def _walk(self, start: int, end: int) -> tuple[str, tuple[int, ...]]:
        above = self._ancestors(start)
        down: list[int] = []
        token = end
        for _ in range(_DEEPEST):
            if token in above:
                break
            down.append(token)
            if self.heads[token] == token:
                return "", ()
            token = self.heads[token]
        up = above[: above.index(token)] if token in above else above
        labels = "".join([f"{self.labels[t]}< " for t in up] + [f"{self.labels[t]}> " for t in reversed(down)])
        return labels, tuple(t for t in (*up, token, *reversed(down)) if t not in (start, end))

    def role(self, token: int) -> tuple[str, int]:
        """How a token stands in its sentence: its label and its head; coordinated tokens stand as the first of them does."""
        while self.labels[token] == "conj" and self.heads[token] != token:
            token = self.heads[token]
        return self.labels[token], self.heads[token]

    def children(self, token: int) -> list[int]:
        """The tokens that depend on one."""
        return self._dependents.get(token, [])

    @cached_property
    def _dependents(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for i, head in enumerate(self.heads):
            if head != i:
                found.setdefault(head, []).append(i)
        return found

    def root_of(self, start: int, end: int) -> int:
        """The token of `[start, end)` whose head lies outside of it."""
        return next((i for i in range(start, end) if not start <= self.heads[i] < end or self.heads[i] == i), start)

    def _ancestors(self, token: int) -> list[int]:
        found = [token]
        while self.heads[token] != token and len(found) < _DEEPEST:
            token = self.heads[token]
            found.append(token)
        return found


def syntax_of(doc: Doc) -> Syntax | None:
    """Read the parse of a Doc; None where it has none."""
    if not doc.has_annotation("DEP"):
        return None
    tokens = [(t.head.i, t.dep_, t.tag_, t) for t in doc]
    labels = tuple([f"{label}:{t.lower_}" if label in ("prep", "agent") else label for _, label, _, t in tokens])
    return Syntax(heads=tuple([head for head, *_ in tokens]), labels=labels, tags=tuple([tag for _, _, tag, _ in tokens]))
