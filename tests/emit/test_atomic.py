"""A file is there whole or as it was before."""

import pytest
from extractor.emit.atomic import whole


def test_the_file_appears_when_the_block_ends(tmp_path):
    path = tmp_path / "file.txt"
    with whole(path) as draft:
        draft.write_text("new", "utf-8")
        assert not path.exists()
    assert path.read_text("utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def write_and_break(path):
    with whole(path) as draft:
        draft.write_text("half of it", "utf-8")
        raise RuntimeError("the disk is full")


def test_an_error_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "file.txt"
    path.write_text("old", "utf-8")
    with pytest.raises(RuntimeError, match="the disk is full"):
        write_and_break(path)
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
