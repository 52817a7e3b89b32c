"""Claims to a flat tab-separated table, one row a claim; docs/data_formats.md describes the columns.

Lists are joined by ` | `. A tab or line break inside a value becomes a blank, so that a row is always a line; nothing is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractor.emit.atomic import whole
from extractor.schema import ClaimRecord, NamedRecord, SlotRecord

JOINT = " | "
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def flat(claim: ClaimRecord) -> dict[str, str]:
    """Spread a claim over the columns of claims.tsv; what is not stated is empty."""
    best = claim.evidence[0]
    return {
        "claim_id": claim.claim_id,
        "loose_id": claim.loose_id,
        "article_id": claim.article.id,
        "doi": claim.article.doi or "",
        "pmid": claim.article.pmid or "",
        "title": claim.article.title,
        "source": claim.article.source,
        **_agents(claim.agent),
        "agent_type": claim.agent_type or "",
        **_named("molecule", claim.molecule),
        "form": claim.form,
        **_slot("region", claim.region),
        "direction": claim.direction,
        "cue": claim.cue.text,
        **_slot("species", claim.species),
        "certainty": claim.certainty,
        "presupposed": "true" if claim.presupposed else "false",
        "attribution": claim.attribution,
        "citations": JOINT.join(claim.citations),
        "qualifiers": JOINT.join(f"{name}={value}" for name, value in claim.qualifiers.items()),
        "section": best.section,
        "section_path": " > ".join(best.section_path),
        "evidence": best.text,
        "evidence_start": str(best.start),
        "evidence_end": str(best.end),
        "evidence_count": str(len(claim.evidence)),
        "rules": JOINT.join(best.rules),
        "confidence": f"{claim.confidence:.4f}",
    }


COLUMNS = (
    *("claim_id", "loose_id", "article_id", "doi", "pmid", "title", "source"),
    *("agent", "agent_id", "agent_name", "agent_distance", "agent_type", "molecule", "molecule_id", "molecule_name", "form"),
    *("region", "region_id", "region_name", "region_distance", "direction", "cue", "species", "species_id", "species_name", "species_distance"),
    *("certainty", "presupposed", "attribution", "citations", "qualifiers"),
    *("section", "section_path", "evidence", "evidence_start", "evidence_end", "evidence_count", "rules", "confidence"),
)


def _agents(slots: Iterable[SlotRecord]) -> dict[str, str]:
    each = [_slot("agent", slot) for slot in slots]
    return {column: JOINT.join(one[column] for one in each) for column in _slot("agent", None)}


def _named(column: str, named: NamedRecord | None) -> dict[str, str]:
    values = (named.text, named.id, named.name) if named else ("", "", "")
    return {name: value or "" for name, value in zip((column, f"{column}_id", f"{column}_name"), values, strict=True)}


def _slot(column: str, slot: SlotRecord | None) -> dict[str, str]:
    return {**_named(column, slot), f"{column}_distance": (slot.distance or "") if slot else ""}


def line_of(row: Mapping[str, str], columns: Iterable[str]) -> str:
    """Join the cells of a row by tabs, in the order of the columns, each on one line."""
    return "\t".join(_BREAKS.sub(" ", row[column]) for column in columns)


def write_tsv(claims: Iterable[ClaimRecord], path: Path) -> int:
    """Write the header and a row a claim, in the order given; return how many claims."""
    count = 0
    with whole(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as lines:
        lines.write("\t".join(COLUMNS) + "\n")
        for claim in claims:
            lines.write(line_of(flat(claim), COLUMNS) + "\n")
            count += 1
    return count
