"""`read` never raises for bad input: every case gives exactly one error that names place, what was expected and what to do."""

from pathlib import Path

import pytest
from extractor.errors import InputError
from extractor.read import READERS, read
from extractor.records import Article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

GARBAGE = {
    "empty": b"",
    "blank": b" \n\t\n",
    "binary": bytes(range(256)) * 40,
    "latin": "Ketamine raised BDNF by 5 \u00b5g in the c\u00f4te".encode("latin-1"),
    "truncated": b"<article><front><article-meta><title-group><article-title>Keta",
    "prose": b"Once upon a time there was a rat.",
    "pdf": b"%PDF-1.7\n%broken",
    "entities": b'<!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><article><front><article-title>&b;</article-title></front></article>',
}
TEXTS = (".txt", ".text", ".md")


@pytest.mark.parametrize("ending", sorted(READERS))
@pytest.mark.parametrize("kind", sorted(GARBAGE))
def test_garbage_gives_one_error(tmp_path, ending, kind):
    path = tmp_path / f"a{ending}"
    path.write_bytes(GARBAGE[kind])
    found = list(read(path))
    if ending in TEXTS and kind in ("truncated", "prose", "pdf", "entities"):
        assert [type(article) for article in found] == [Article]
        return
    assert found
    assert all(isinstance(error, InputError) for error in found)
    assert ending == ".jsonl" or len(found) == 1
    assert str(path) in str(found[0])
    assert "; expected " in str(found[0])


GOLDEN = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.name)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_file_raises(tmp_path, golden, data):
    source = bytearray(golden.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(source)))
        length = data.draw(st.integers(0, 30))
        source[place : place + length] = data.draw(
            st.one_of(st.binary(max_size=5), st.sampled_from([b"<", b">", b"&x;", b"<p>", b"</p>", b"\n\n", b"\t", b"^{", b"1. "]))
        )
    path = tmp_path / golden.name
    path.write_bytes(source)
    for found in read(path):
        assert isinstance(found, InputError) or found.text


@pytest.mark.parametrize("ending", sorted(READERS))
def test_a_folder_named_like_a_file_is_no_file(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.mkdir()
    (error,) = read(path)
    assert str(error) == f"{path}: a folder; expected a file; name the files in it, or let find_inputs expand it"


def test_what_is_missing_or_of_no_known_kind(tmp_path):
    (missing,) = read(tmp_path / "a.xml")
    assert str(missing) == f"{tmp_path / 'a.xml'}: no such file; expected a file"
    (tmp_path / "a.docx").write_text("x")
    (unknown,) = read(tmp_path / "a.docx")
    assert "unknown ending; expected one of .xml, .nxml, .xml.gz" in str(unknown)
    assert str(unknown).endswith("rename the file if it is one of these")


@pytest.mark.parametrize("ending", [".xml", ".txt", ".md", ".jsonl", ".pdf"])
def test_a_hundred_megabytes_in_one_line_are_refused_soon(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    head = {".xml": b"<article>", ".jsonl": b'{"record_id": "1", "title": "'}.get(ending, b"")
    with path.open("wb") as stream:
        stream.write(head)
        for _ in range(100):
            stream.write(b"a" * 1_000_000)
    (error,) = read(path)
    assert isinstance(error, InputError)
    assert "more than" in str(error) or "cannot open" in str(error)


@pytest.mark.shared
def test_the_real_corpora_are_read_without_a_failure(shared):
    folders = [("elife_neuro_jats", 20), ("rct/nxml", 20)]
    for folder, every in folders:
        files = sorted((shared / "corpora" / folder).iterdir())[::every]
        assert len(files) >= 9
        for path in files:
            (article,) = read(path)
            assert isinstance(article, Article), article
            assert {"title", "methods", "abstract"} & {passage.section.value for passage in article.passages}
            assert {key for citation in article.citations for key in citation.keys} <= {reference.key for reference in article.references}


@pytest.mark.shared
def test_the_review_has_its_193_references_and_its_table(shared):
    (article,) = read(shared / "seed" / "kang2022_review.txt")
    assert isinstance(article, Article)
    assert [reference.number for reference in article.references] == list(range(1, 194))
    assert len([reference for reference in article.references if reference.doi]) == 185
    cells = [article.text[p.start : p.end] for p in article.passages if p.kind == "cell"]
    assert len(cells) > 150
    assert {"BDNF", "p-mTOR", "miR-206", "NMDA GluN1"} <= set(cells)
    assert {p.section_path[-1] for p in article.passages if p.kind == "cell"} == {"TABLE 1"}
    assert sum(passage.section.value == "abstract" for passage in article.passages) == 1
