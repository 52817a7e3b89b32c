"""The dependency parse as paths between words: a spaCy `Doc` in, strings such as `dobj> prep:of> pobj>` out."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Syntax:
    """Heads and labels of a parsed sentence. A step up from a word reads `label<`, a step down to a word `label>`.

    Prepositions carry their word (`prep:of`), so that patterns can tell "of" from "by".
    """

    heads: tuple[int, ...]
    labels: tuple[str, ...]
    tags: tuple[str, ...]

    def way(self, start: int, end: int) -> tuple[str, tuple[int, ...]]:
        """The way from one token to another through their lowest common ancestor.

        Returns
        -------
            The labels of the steps, each followed by a blank, and the tokens passed between the two, the common ancestor among them.
            Empty where the parse does not join them.
        """
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
        return [i for i, head in enumerate(self.heads) if head == token and i != token]

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
    labels = tuple(f"{t.dep_}:{t.lower_}" if t.dep_ in ("prep", "agent") else t.dep_ for t in doc)
    return Syntax(heads=tuple(t.head.i for t in doc), labels=labels, tags=tuple(t.tag_ for t in doc))
