from pathlib import Path

import pytest
from extractor.errors import InputError
from extractor.read.whole_file import whole_file


def test_the_bytes_of_a_file_come_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"BDNF rose.")
    assert whole_file(tmp_path / "a", most=10, expected="text") == b"BDNF rose."


@pytest.mark.parametrize(("data", "message"), [(b"BDNF rose", r"more than 8 bytes; expected one article"), (b" \n", r"the file is empty; expected text")])
def test_what_is_too_long_or_empty_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(InputError, match=message):
        whole_file(tmp_path / "a", most=8, expected="text")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read: Is a directory; expected a readable file"):
        whole_file(tmp_path, most=8, expected="text")
