"""Contexts in which a name is not the thing itself: `rabbit` before `polyclonal antibody` is no animal studied. The rows are data."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.errors import DataError
from extractor.tables import LEXICONS, Row, numbered_rows

_LOOK_BEHIND = 48  # characters; own choice: the longest `before` pattern of the tables spans four words


class BlockerRow(Row):
    """One context. All patterns given must match: `mention` the whole mention, `before` up to its start, `after` from its end on.

    `example` holds a mention in square brackets that the row must drop, `counter` one that no row may drop.
    """

    blocker: str
    mention: str = ""
    before: str = ""
    after: str = ""
    example: str
    counter: str


class Blockers:
    """The compiled rows of a table. Immutable; safe to share."""

    def __init__(self, rows: tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]) -> None:
        self._rows = rows
        self._for_mention = lru_cache(maxsize=4_096)(self._select)

    def blocks(self, text: str, start: int, *, end: int) -> bool:
        """Whether the context of `text[start:end]` makes the name there mean something else."""
        rows = self._for_mention(text[start:end])
        if not rows:
            return False
        left = text[max(0, start - _LOOK_BEHIND) : start]
        return any(after.match(text, end) and before.search(left) for before, after in rows)

    def _select(self, mention: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
        return tuple((before, after) for whole, before, after in self._rows if whole.fullmatch(mention))


@lru_cache(maxsize=4)
def load_blockers(table: str) -> Blockers:
    """Read and compile a table of the lexicons folder, once a process.

    Raises
    ------
    DataError
        A row is broken, empty of patterns, or a pattern does not compile.
    """
    return Blockers(tuple(_compile(row, f"{table}:{no}") for no, row in numbered_rows(LEXICONS / table, BlockerRow)))


def _compile(row: BlockerRow, place: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    if not (row.mention or row.before or row.after):
        raise DataError(f"blocker {row.blocker!r} without a pattern", place=place, expected="mention, before or after", repair="fill one of the columns")
    try:
        whole = re.compile(row.mention or r"(?s:.*)")
        return whole, re.compile(rf"(?:{row.before})$" if row.before else ""), re.compile(row.after)
    except re.error as error:
        raise DataError(f"blocker {row.blocker!r}: {error}", place=place, expected="regular expressions") from error
