from pathlib import Path

import pytest
from extractor.errors import UsageError
from extractor.read import READERS
from extractor.read.inputs import ENDINGS, ending_of, find_inputs


@pytest.fixture
def folder(tmp_path):
    for name in ("b.xml", "a.NXML", "deep/c.xml.gz", "deep/notes.docx", "deep/.hidden.txt", "d.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return tmp_path


def names(found, folder):
    return [str(path.relative_to(folder)) for path in found]


def test_a_folder_gives_the_known_files_below_it(folder):
    assert names(find_inputs([str(folder)]), folder) == ["a.NXML", "b.xml", "d.pdf", "deep/c.xml.gz"]


def test_what_is_named_twice_comes_once_and_a_named_file_is_kept(folder):
    given = [str(folder / "deep"), str(folder / "*.xml"), str(folder / "b.xml"), str(folder / "deep" / "notes.docx")]
    assert names(find_inputs(given), folder) == ["b.xml", "deep/c.xml.gz", "deep/notes.docx"]


def test_a_pattern_may_match_folders(folder):
    assert names(find_inputs([str(folder / "**" / "*.gz"), str(folder / "dee*")]), folder) == ["deep/c.xml.gz"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "no input; expected at least one file, folder or pattern"),
        (["nowhere.xml"], "nowhere.xml: no such file or folder; expected a file, a folder or a pattern; check the spelling and the folder you are in"),
        (["nowhere*.xml"], "nowhere*.xml: the pattern matches nothing"),
    ],
)
def test_what_is_not_there_is_an_error_of_use(given, message):
    with pytest.raises(UsageError) as caught:
        find_inputs(given)
    assert str(caught.value).startswith(message)


def test_a_folder_without_a_file_to_read(tmp_path):
    (tmp_path / "x.docx").write_text("x")
    with pytest.raises(UsageError, match=r"the folder holds no file to read; expected files ending in \.xml"):
        find_inputs([str(tmp_path)])


def test_every_ending_has_a_reader():
    assert tuple(READERS) == ENDINGS
    assert [ending_of(Path(f"a{ending.upper()}")) for ending in ENDINGS] == list(ENDINGS)
    assert ending_of(Path("xml")) is None
