"""Claims in, files out. A new output format is one module and one line in `WRITERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from extractor.emit.jsonl import write_jsonl
from extractor.emit.parquet import write_parquet
from extractor.emit.tsv import write_tsv
from extractor.schema import ClaimRecord

Writer = Callable[[Iterable[ClaimRecord], Path], int]

WRITERS: Mapping[str, Writer] = {
    "jsonl": write_jsonl,
    "tsv": write_tsv,
    "parquet": write_parquet,
}
