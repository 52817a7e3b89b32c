"""Claims to Parquet, with the same nested fields as claims.jsonl; `qualifiers` is a map. Written in groups of rows, so that memory is bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.emit.atomic import whole
from extractor.errors import UsageError
from extractor.schema import ClaimRecord

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = 10_000  # rows held in memory at a time; own choice: some tens of megabytes


def check_parquet() -> None:
    """Raise `UsageError` where the installed pyarrow does not work: before a run, not at its end."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"pyarrow does not load: {error}", expected="pyarrow that fits numpy", repair="install the package anew, or leave parquet out"
        ) from error


def write_parquet(claims: Iterable[ClaimRecord], path: Path) -> int:
    """Write the claims in the order given; return how many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, rows, count = claims_table(), iter(claims), 0
    with whole(path) as draft, pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def _groups(rows: Iterator[ClaimRecord]) -> Iterator[list[dict[str, object]]]:
    while group := [_row(claim) for claim in islice(rows, GROUP)]:
        yield group


def _row(claim: ClaimRecord) -> dict[str, object]:
    row: dict[str, object] = claim.model_dump(mode="json")
    return {**row, "qualifiers": list(claim.qualifiers.items())}


def claims_table() -> pa.Schema:
    """Return the columns of claims.parquet."""
    import pyarrow as pa

    text, whole_number, texts = pa.string(), pa.int64(), pa.list_(pa.string())
    span = [("start", whole_number), ("end", whole_number)]
    named = [("text", text), ("id", text), ("name", text), *span]
    slot = pa.struct([*named, ("distance", text)])
    evidence = pa.struct([*span, ("text", text), ("section", text), ("section_path", texts), ("rules", texts)])
    article = pa.struct([(name, text) for name in ("id", "doi", "pmid", "title", "source", "sha256")])
    return pa.schema(
        [
            ("schema_version", pa.int32()),
            ("claim_id", text),
            ("loose_id", text),
            ("article", article),
            ("agent", pa.list_(slot)),
            ("agent_type", text),
            ("molecule", pa.struct(named)),
            ("form", text),
            ("region", slot),
            ("direction", text),
            ("cue", pa.struct([("text", text), *span])),
            ("species", slot),
            ("certainty", text),
            ("presupposed", pa.bool_()),
            ("attribution", text),
            ("citations", texts),
            ("qualifiers", pa.map_(text, text)),
            ("evidence", pa.list_(evidence)),
            ("confidence", pa.float64()),
        ]
    )
