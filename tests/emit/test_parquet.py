"""Claims as Parquet."""

import sys

import pytest
from extractor.emit import parquet
from extractor.emit.parquet import check_parquet, claims_table, write_parquet
from extractor.errors import UsageError
from extractor.schema import ClaimRecord


def test_columns_are_the_fields_of_a_claim():
    assert claims_table().names == list(ClaimRecord.model_fields)


def test_claims_read_back_equal_over_several_groups_of_rows(make_claim, tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    monkeypatch.setattr(parquet, "GROUP", 2)
    claims = [make_claim(claim_id=f"c{number}") for number in range(5)]
    path = tmp_path / "claims.parquet"
    assert write_parquet(iter(claims), path) == 5
    table = pq.read_table(path)
    back = [ClaimRecord.model_validate({**row, "qualifiers": dict(row["qualifiers"])}) for row in table.to_pylist()]
    assert back == claims
    assert pq.ParquetFile(path).num_row_groups == 3


def test_no_claims_give_a_table_without_rows(tmp_path):
    import pyarrow.parquet as pq

    assert write_parquet([], tmp_path / "claims.parquet") == 0
    assert pq.read_table(tmp_path / "claims.parquet").num_rows == 0


def test_a_pyarrow_that_does_not_load_is_said_before_the_run(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match="pyarrow does not load: .*leave parquet out"):
        check_parquet()
