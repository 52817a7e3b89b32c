"""Whether an article gives an acronym of the lexicons another meaning: its definition in, yes or no out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from extractor.records import Mention
from extractor.terms import Terms
from extractor.variants import fold

_ALIKE = 0.85
"""Share of common letters from which a long form is taken for a spelling of a known name; own choice, from reading what it lets through."""
_LONG = 7
"""Letters a known name needs to be compared with a long form; shorter ones are acronyms themselves."""
_SHORT = 5
"""Letters up to which a spelling that matches in any case is doubted like an acronym; own choice."""
_WORDS = 2
_OPEN = frozenset({"pattern.measured", "pattern.expression_of"})
_ENDS_IN_NUMBER = re.compile(r"(\d+[A-Za-z]?|\d+/\d+)\W*$")
_NOT_WORD = re.compile(r"[\W_]+")
_SYMBOL = re.compile(r"[A-Za-z0-9+]{2,}")


class Redefinitions:
    """Compares what the lexicons know with what an article defines. Safe to share."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._names: dict[tuple[str, str], list[str]] = {}
        self._known = lru_cache(maxsize=4_096)(self._alike)

    def contradicts(self, mention: Mention, long: str, *, inside: Sequence[Mention]) -> bool:
        """Whether a short form that the article defines is not what the lexicon or an open class took it for.

        Parameters
        ----------
        mention
            What was found where the short form stands.
        long
            What the article says the short form stands for.
        inside
            All mentions in the long form.

        Returns
        -------
            False where the long form is another way to write the name, as far as letters, numbers or parts of it tell.
        """
        kin = [m for m in inside if m.kind == mention.kind]
        if numbered(mention.text, long) or _quoted(mention.text, long):
            return False
        if any(m.kind == "region" and m.end >= len(long) - 1 and m.start > 0 for m in inside) and mention.rule.startswith("lexicon"):
            return True
        if mention.rule == "lexicon.exact":
            return all(m.name != mention.name for m in kin) and not self._known(mention.kind, mention.name or "", long)
        if mention.rule in _OPEN:
            return not kin
        return _doubtful(mention, long) and not kin and not self._known(mention.kind, mention.name or "", long)

    def _alike(self, kind: str, name: str, long: str) -> bool:
        letters = _NOT_WORD.sub("", fold(long))
        return any(_close(known, letters) for known in self._spellings().get((kind, name), ()))

    def _spellings(self) -> dict[tuple[str, str], list[str]]:
        if not self._names:
            for spelling in self._terms.spellings():
                if len(spelling.folded) >= _LONG:
                    self._names.setdefault((spelling.term.kind, spelling.term.name), []).append(_NOT_WORD.sub("", spelling.folded))
        return self._names


def numbered(short: str, long: str) -> bool:
    """Whether both end in the same number: `Abcd4` and `abcdefgh domain protein type 4`."""
    one, other = _ENDS_IN_NUMBER.search(short), _ENDS_IN_NUMBER.search(long)
    return one is not None and other is not None and one[1].lower() == other[1].lower() and len(short) > len(one[1]) + 1


def _quoted(short: str, long: str) -> bool:
    """Whether the long form holds the short one or its capitals (`dPER`: Drosophila PER protein), so that it explains nothing new."""
    lower = short.lower() if any(c.isdigit() for c in short) else ""
    return any(
        token == short
        or (len(short) > 2 and token.startswith(short))
        or (len(token) > 2 and short.endswith(token))
        or (lower and token.lower().startswith(lower))
        for token in _SYMBOL.findall(long)
    )


def _doubtful(mention: Mention, long: str) -> bool:
    """Whether a spelling that matches in any case is short; a name itself gives way to a short explanation only, long ones are often no definitions."""
    if not (len(mention.text) <= _SHORT and mention.text.isalpha()):
        return False
    return mention.rule == "lexicon.synonym" or (mention.rule == "lexicon.name" and len(long.split()) <= _WORDS)


def _close(known: str, letters: str) -> bool:
    if (letters.startswith(known[:-1]) and len(letters) < 2 * len(known)) or (known.startswith(letters) and len(known) < 1.5 * len(letters)):
        return True
    if abs(len(known) - len(letters)) > len(known) // 3:
        return False
    matcher = SequenceMatcher(None, known, letters, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
