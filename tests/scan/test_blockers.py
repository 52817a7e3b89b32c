"""Contexts that make a name mean something else: the rows of all tables fire on their example and not on their counter."""

import re
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.scan import blockers
from extractor.scan.blockers import BlockerRow, load_blockers
from extractor.tables import LEXICONS, read_rows

TABLES = ("species_blockers.tsv", "region_blockers.tsv", "molecule_blockers.tsv")
CASES = [(table, row) for table in TABLES for row in read_rows(LEXICONS / table, BlockerRow)]


def blocked(table: str, marked: str) -> bool:
    match = re.search(r"\[([^\]]+)\]", marked)
    assert match is not None, marked
    text = marked.replace("[", "").replace("]", "")
    return load_blockers(table).blocks(text, match.start(), end=match.end() - 2)


def test_there_are_rows_in_all_tables() -> None:
    assert {table for table, _ in CASES} == set(TABLES)
    assert len(CASES) >= 40


@pytest.mark.parametrize(("table", "row"), CASES, ids=[f"{table.split('_')[0]}-{row.blocker}" for table, row in CASES])
def test_a_row_drops_its_example_and_keeps_its_counter(table: str, row: BlockerRow) -> None:
    assert blocked(table, row.example)
    assert not blocked(table, row.counter)


def write(folder: Path, line: str) -> None:
    (folder / "bad.tsv").write_text(f"blocker\tmention\tbefore\tafter\texample\tcounter\n{line}\n", "utf-8")


def test_a_row_without_a_pattern_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "empty\t\t\t\tA [rat].\tA [mouse].")
    monkeypatch.setattr(blockers, "LEXICONS", tmp_path)
    load_blockers.cache_clear()
    with pytest.raises(DataError, match=r"bad\.tsv:2: blocker 'empty' without a pattern; expected mention, before or after"):
        load_blockers("bad.tsv")


def test_a_pattern_that_does_not_compile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "open\t\t\t(\tA [rat].\tA [mouse].")
    monkeypatch.setattr(blockers, "LEXICONS", tmp_path)
    load_blockers.cache_clear()
    with pytest.raises(DataError, match=r"bad\.tsv:2: blocker 'open'.*expected regular expressions"):
        load_blockers("bad.tsv")
