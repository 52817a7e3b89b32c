"""Claims to the sheet that a curator works on: a row a claim, with empty columns for the decision, its reason and corrections.

Decisions of an earlier sheet can be carried over: to the very same claim by `claim_id`; else by `loose_id` and form, where that
names one claim in the old and in the new sheet, because the loose identity leaves the agent out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.emit.sheets import Column, sheet_kind
from extractor.emit.tsv import flat
from extractor.errors import DataError
from extractor.records import AgentType, Direction, Form
from extractor.schema import ClaimRecord

NAMED = 10  # claims named in a message; own choice
DECISIONS = ("accept", "reject", "correct")

READ_COLUMNS = (
    *(Column("claim_id"), Column("loose_id"), Column("article_id"), Column("doi"), Column("pmid"), Column("title", width=40, wrap=True), Column("source")),
    *(Column("section"), Column("section_path", width=24, wrap=True), Column("evidence", width=80, wrap=True), Column("cue")),
    *(Column("agent", width=20), Column("agent_id"), Column("agent_name"), Column("agent_type"), Column("agent_distance")),
    *(Column("molecule", width=20), Column("molecule_id"), Column("molecule_name"), Column("form")),
    *(Column("region", width=20), Column("region_id"), Column("region_name"), Column("region_distance"), Column("direction")),
    *(Column("species"), Column("species_id"), Column("species_name"), Column("species_distance")),
    *(Column("certainty"), Column("presupposed"), Column("attribution"), Column("citations"), Column("qualifiers", width=30, wrap=True)),
    *(Column("confidence"), Column("rules", width=24), Column("evidence_count")),
)
DECISION_COLUMNS = (
    Column("decision", choices=DECISIONS),
    Column("reason", width=30, wrap=True),
    Column("corrected_agent", width=18),
    Column("corrected_agent_type", width=18, choices=tuple(AgentType)),
    Column("corrected_molecule", width=18),
    Column("corrected_form", width=18, choices=tuple(Form)),
    Column("corrected_region", width=18),
    Column("corrected_direction", width=18, choices=tuple(Direction)),
    Column("corrected_species", width=18),
)
COLUMNS = READ_COLUMNS + DECISION_COLUMNS

Decision = dict[str, str]
Loose = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of a sheet: rows written, decisions carried over, and the claims whose decisions found no place."""

    rows: int
    carried: int = 0
    homeless: tuple[str, ...] = ()

    def summary(self, path: Path) -> str:
        """Say it in a few lines."""
        lines = [f"{self.rows} claims written to {path}"]
        if self.carried:
            lines.append(f"{self.carried} decisions carried over")
        if self.homeless:
            named = ", ".join(self.homeless[:NAMED]) + (", …" if len(self.homeless) > NAMED else "")
            lines.append(f"{len(self.homeless)} decisions of the old sheet fit no claim, or more than one; they are about {named}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row of an earlier sheet; `decision` holds the cells that a curator has filled in."""

    claim_id: str
    loose: Loose
    decision: Decision


def write_sheet(claims: Sequence[ClaimRecord], path: Path, *, decisions: Path | None = None) -> SheetReport:
    """Write the sheet in the format that the ending of `path` names.

    Parameters
    ----------
    claims
        In the order of the rows.
    path
        A file ending in .csv, .tsv or .xlsx.
    decisions
        An earlier sheet whose decisions are carried over.

    Raises
    ------
    UsageError
        The ending is another, or there are more claims than a workbook holds.
    DataError
        The earlier sheet is broken, or holds a decision that is none.
    """
    write, _ = sheet_kind(path)
    old = list(read_decisions(decisions)) if decisions else []
    found = carry_over(old, claims)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = write(({**flat(claim), **found.get(claim.claim_id, {})} for claim in claims), path, columns=COLUMNS)
    housed = {id(decision) for decision in found.values()}
    return SheetReport(rows=rows, carried=len(housed), homeless=tuple(row.claim_id for row in old if row.decision and id(row.decision) not in housed))


def carry_over(old: Iterable[OldRow], claims: Iterable[ClaimRecord]) -> dict[str, Decision]:
    """Return the old decisions by the `claim_id` of the claims that they are about now."""
    rows, now = list(old), list(claims)
    known = {row.claim_id: row.decision for row in rows if row.decision}
    found = {claim.claim_id: known[claim.claim_id] for claim in now if claim.claim_id in known}
    old_count, new_count = Counter(row.loose for row in rows), Counter(_loose(claim) for claim in now)
    free = {row.loose: row.decision for row in rows if row.decision and old_count[row.loose] == 1 and row.claim_id not in found}
    for claim in now:
        if claim.claim_id not in found and new_count[_loose(claim)] == 1 and _loose(claim) in free:
            found[claim.claim_id] = free[_loose(claim)]
    return found


def _loose(claim: ClaimRecord) -> Loose:
    return (claim.loose_id, claim.form)


def read_decisions(path: Path) -> Iterator[OldRow]:
    """Read the rows of an earlier sheet, those without a decision too.

    Raises
    ------
    UsageError
        The file is no sheet by its ending.
    DataError
        The file is missing or broken, lacks a column, or holds a decision that is none.
    """
    _, read = sheet_kind(path)
    if not path.is_file():
        raise DataError("no such file", place=path, expected="a sheet of an earlier `extractor records`")
    names = [column.name for column in DECISION_COLUMNS]
    for no, row in read(path):
        missing = [name for name in ("claim_id", "loose_id", "form", "decision") if name not in row]
        if missing:
            raise DataError(f"no column {', '.join(missing)}", place=f"{path}:{no}", expected="a sheet of an earlier `extractor records`")
        decision = {name: row[name].strip() for name in names if row.get(name, "").strip()}
        yield OldRow(claim_id=row["claim_id"], loose=(row["loose_id"], row["form"]), decision=_checked(decision, place=f"{path}:{no}"))


def _checked(decision: Decision, *, place: str) -> Decision:
    if "decision" not in decision:
        return decision
    word = decision["decision"].lower()
    if word not in DECISIONS:
        raise DataError(f"decision {word!r}", place=place, expected=f"one of {', '.join(DECISIONS)}, or nothing", repair="mend the cell")
    return {**decision, "decision": word}
