"""Records to JSON lines: UTF-8, one record a line, characters as they are (no escapes), fields in the order of the model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel

from extractor.emit.atomic import whole


def write_jsonl(records: Iterable[BaseModel], path: Path) -> int:
    """Write the records in the order given; return how many."""
    count = 0
    with whole(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as lines:
        for record in records:
            lines.write(record.model_dump_json() + "\n")
            count += 1
    return count
