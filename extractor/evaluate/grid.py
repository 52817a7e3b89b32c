"""Cards in, the grid of molecules by regions out: arrows coloured by what became of each gold claim."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.evaluate.cards import STATUSES, Card, Status
from extractor.evaluate.statements import shown
from extractor.records import Direction

MOST_ROWS = 40
MOST_COLUMNS = 12
"""Molecules and regions of a gold without a printed table; own choice: what fits a page. The other claims stand in the lists below."""

OTHER = "other places"


@dataclass(frozen=True, slots=True)
class Mark:
    """Claims of a cell that share direction and status: an arrow, how many, the papers, the numbers of their cards."""

    arrow: str
    status: Status
    count: int
    label: str
    numbers: tuple[int, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A molecule and its cells, one for each column of the grid."""

    head: str
    cells: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Molecules by regions. `left_out` gold claims are about molecules that did not fit."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    left_out: int


def grid(made: Sequence[Card]) -> Grid:
    """Lay the gold claims out: as printed where they come from a table, else the most frequent molecules and places."""
    gold = [card for card in made if card.status != "extra"]
    places = {card.number: _place(card) for card in gold}
    if gold and all(card.claim.cell for card in gold):
        rows = _in_order((card.claim.cell.row, card.claim.cell.row_order) for card in gold if card.claim.cell)
        columns = _in_order((card.claim.cell.column, card.claim.cell.column_order) for card in gold if card.claim.cell)
    else:
        rows = [head for head, _ in Counter(row for row, _ in places.values()).most_common(MOST_ROWS)]
        columns = [head for head, _ in Counter(column for _, column in places.values()).most_common(MOST_COLUMNS)]
        columns = [*columns, OTHER] if any(column not in columns for _, column in places.values()) else columns
    cells: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in gold:
        row, column = places[card.number]
        cells[row, column if column in columns else OTHER].append(card)
    table = tuple(GridRow(row, tuple(_marks(cells[row, column]) for column in columns)) for row in rows)
    return Grid(columns=tuple(columns), rows=table, left_out=sum(row not in set(rows) for row, _ in places.values()))


def _place(card: Card) -> tuple[str, str]:
    cell = card.claim.cell
    return (cell.row, cell.column) if cell else (card.claim.molecule.shown, shown(card.claim.region))


def _in_order(heads: Iterable[tuple[str, int]]) -> list[str]:
    order: dict[str, int] = {}
    for head, place in heads:
        order[head] = min(place, order.get(head, place))
    return sorted(order, key=lambda head: order[head])


def _marks(cell: Sequence[Card]) -> tuple[Mark, ...]:
    groups: dict[tuple[int, int], list[Card]] = defaultdict(list)
    for card in cell:
        groups[list(Direction).index(card.claim.direction), list(STATUSES).index(card.status)].append(card)
    return tuple(_mark(groups[key]) for key in sorted(groups))


def _mark(group: Sequence[Card]) -> Mark:
    first = group[0]
    printed = first.claim.cell is not None
    label = " ".join(card.article.removeprefix("reference ") for card in group) if printed else (str(len(group)) if len(group) > 1 else "")
    more = f" (and {len(group) - 1} more)" if len(group) > 1 else ""
    return Mark(first.arrow, first.status, len(group), label, tuple(card.number for card in group), first.hint + more)
