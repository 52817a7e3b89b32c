import gzip

import pytest
from extractor.errors import InputError
from extractor.read import xml_source
from extractor.read.xml_source import cuts

MEMBER = "<PubmedArticle><PMID>1</PMID></PubmedArticle>"


def write(tmp_path, data, name="a.xml"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_an_article_is_read_whole(tmp_path):
    source = "<?xml version='1.0'?><!-- x --><article>a</article>"
    (cut,) = cuts(write(tmp_path, source))
    assert (cut.kind, cut.fragment.source, cut.error) == ("article", source, None)


def test_the_members_of_a_set_are_cut_out_with_their_places(tmp_path):
    source = f"<PubmedArticleSet>\n{MEMBER}\n{MEMBER}</PubmedArticleSet>"
    found = list(cuts(write(tmp_path, source)))
    assert [cut.fragment.source for cut in found] == [MEMBER, MEMBER]
    assert [source[cut.fragment.start :].startswith(MEMBER) for cut in found] == [True, True]
    assert [cut.fragment.line for cut in found] == [2, 3]


@pytest.mark.parametrize("root", ["pmc-articleset", "OAI-PMH"])
def test_articles_inside_a_wrapper_keep_its_namespaces(tmp_path, root):
    source = f'<{root} xmlns:xlink="x"><GetRecord><metadata><article>a</article></metadata></GetRecord><record><article dtd="1">b</article></record></{root}>'
    found = list(cuts(write(tmp_path, source)))
    assert [cut.fragment.source for cut in found] == ["<article>a</article>", '<article dtd="1">b</article>']
    assert 'xmlns:xlink="x"' in found[0].fragment.namespaces


def test_a_set_larger_than_the_buffer_is_read_piece_by_piece(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_source, "_CHUNK", 20)
    source = "<PubmedArticleSet>" + "".join(f"<PubmedArticle>{n}\n</PubmedArticle>\n" for n in range(40)) + "</PubmedArticleSet>"
    found = list(cuts(write(tmp_path, source)))
    assert [cut.fragment.source for cut in found] == [f"<PubmedArticle>{n}\n</PubmedArticle>" for n in range(40)]
    assert all(source.startswith(cut.fragment.source, cut.fragment.start) for cut in found)
    assert [cut.fragment.line for cut in found] == [1 + 2 * n for n in range(40)]


def test_a_truncated_set_gives_its_whole_members_and_one_error(tmp_path):
    found = list(cuts(write(tmp_path, f"<PubmedArticleSet>{MEMBER}\n<PubmedArticle><PMID>")))
    assert [cut.error is None for cut in found] == [True, False]
    assert str(found[1].error).endswith("a.xml:2: the file ends inside <PubmedArticle>; expected </PubmedArticle>; get the file again from its publisher")


def test_gzip_and_other_encodings(tmp_path):
    text = "<?xml version='1.0' encoding='ISO-8859-1'?><article>\xe9</article>"
    (plain,) = cuts(write(tmp_path, text.encode("latin-1")))
    (packed,) = cuts(write(tmp_path, gzip.compress("<article>é</article>".encode()), "a.xml.gz"))
    (marked,) = cuts(write(tmp_path, "\ufeff<article>é</article>".encode("utf-16-le"), "b.xml"))
    assert [cut.fragment.source[-11:] for cut in (plain, packed, marked)] == ["é</article>"] * 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty; expected an XML article"),
        (b"  \n ", "the file is empty"),
        (b"Once upon a time", ":1: not XML; expected a JATS article or a PubMed set"),
        (b"<html><body/></html>", ":1: the root is <html> and no article is inside"),
        (b"<article>\n\n\xff</article>", ":3: byte 0xff is no utf-8; expected text in utf-8; convert the file to UTF-8"),
        (b"<?xml version='1.0' encoding='klingon'?><article/>", ":1: unknown encoding 'klingon'"),
        (b"<a<a<a" * 200_000, ":1: not XML"),
    ],
)
def test_bad_files_are_named(tmp_path, data, message):
    with pytest.raises(InputError) as caught:
        list(cuts(write(tmp_path, data)))
    assert f"a.xml{message}" in str(caught.value) or f"a.xml: {message}" in str(caught.value)


def test_a_broken_gzip_file_is_named(tmp_path):
    whole = gzip.compress(b"<article>" + bytes(range(32, 60)) * 99 + b"</article>")
    for data in (b"no gzip", whole[: len(whole) // 2]):
        with pytest.raises(InputError, match=r"a\.xml\.gz: cannot unpack: .*; expected a whole gzip file"):
            list(cuts(write(tmp_path, data, "a.xml.gz")))


@pytest.mark.parametrize("head", [b"<article>", b"<set><article>"])
def test_an_article_of_endless_text_is_refused_early(tmp_path, monkeypatch, head):
    monkeypatch.setattr(xml_source, "LARGEST_ARTICLE", 100_000)
    path = write(tmp_path, head + b"a" * 5_000_000)
    try:
        message = str(next(cuts(path)).error)
    except InputError as error:
        message = str(error)
    assert "more than 100,000 characters in one article" in message
    assert message.endswith("split the file by article")
