import hashlib

from extractor.errors import InputError
from extractor.read.xml import read_xml

PUBMED = "<PubmedArticle><MedlineCitation><PMID>{}</PMID><Article><ArticleTitle>{}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
JATS = "<article><front><article-meta><title-group><article-title>{}</article-title></title-group></article-meta></front></article>"


def test_the_kind_is_told_from_the_elements(tmp_path):
    path = tmp_path / "x.nxml"
    path.write_text(PUBMED.format(7, "Pools"))
    (article,) = read_xml(path)
    assert (article.id, article.title) == ("7", "Pools")
    path.write_text(JATS.format("Ponds"))
    (article,) = read_xml(path)
    assert (article.id, article.title, article.source) == ("x", "Ponds", "x.nxml")
    assert article.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_broken_article_costs_only_itself(tmp_path):
    path = tmp_path / "x.xml"
    members = [PUBMED.format(1, "One"), PUBMED.format(2, "T<i>wo"), PUBMED.format(3, ""), PUBMED.format("", "Four"), PUBMED.format(5, "Five")]
    path.write_text("<PubmedArticleSet>\n" + "\n".join(members) + "\n</PubmedArticleSet>")
    found = list(read_xml(path))
    assert [article.id if not isinstance(article, InputError) else None for article in found] == ["1", None, None, None, "5"]
    assert f"{path}:3: broken XML: Opening and ending tag mismatch" in str(found[1])
    assert f"{path}:4 (PMID 3): no title and no abstract; expected a PubMed record with text" in str(found[2])
    assert f"{path}:5: no PMID" in str(found[3])
    assert len({article.sha256 for article in found if not isinstance(article, InputError)}) == 2


def test_what_was_read_before_a_bad_byte_stays(tmp_path):
    path = tmp_path / "x.xml"
    filler = b" " * 300_000
    path.write_bytes(b"<PubmedArticleSet>" + PUBMED.format(1, "One").encode() + filler + b"\xff</PubmedArticleSet>")
    first, second = read_xml(path)
    assert first.id == "1"
    assert "byte 0xff is no utf-8" in str(second)


def test_articles_of_a_set_without_identifiers_have_ids_of_their_own(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(f"<set>{JATS.format('A')}{JATS.format('B')}</set>")
    first, second = read_xml(path)
    assert first.id != second.id
    assert [first.title, second.title] == ["A", "B"]
