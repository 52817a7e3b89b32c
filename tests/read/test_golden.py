"""Small files beside the articles they must give, by hand-checked pictures; and what holds for every article of every file."""

import json
import unicodedata
from pathlib import Path

import pytest
from extractor.read import read
from extractor.read.markup import parse
from extractor.read.xml_source import cuts
from extractor.records import Article

FILES = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if not path.name.endswith(".expected.json"))


def picture(article: Article) -> dict[str, object]:
    """What a reader made, without offsets."""
    return {
        "id": article.id,
        "doi": article.doi,
        "pmid": article.pmid,
        "pmcid": article.pmcid,
        "title": article.title,
        "keywords": list(article.keywords),
        "organisms": list(article.organisms),
        "passages": [[p.kind, p.section.value, "/".join(p.section_path), article.text[p.start : p.end]] for p in article.passages],
        "citations": [[article.text[c.start : c.end], *c.keys] for c in article.citations],
        "references": [[r.key, r.number, r.doi, r.pmid, r.title, r.first_author, r.year] for r in article.references],
        "skipped": {skip.reason: skip.characters for skip in article.receipt.skipped},
    }


def articles(path: Path) -> list[Article]:
    """The articles of a file in which nothing is broken."""
    found = list(read(path))
    assert all(isinstance(article, Article) for article in found), found
    return [article for article in found if isinstance(article, Article)]


def test_there_are_golden_files_of_every_text_format():
    assert {path.suffix for path in FILES} >= {".xml", ".txt", ".md", ".jsonl"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_golden(path):
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text("utf-8"))
    assert [picture(article) for article in articles(path)] == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_passages_are_apart_and_tidy(path):
    for article in articles(path):
        for before, after in zip(article.passages, article.passages[1:], strict=False):
            assert article.text[before.end : after.start] == "\n\n"
        for passage in article.passages:
            words = article.text[passage.start : passage.end]
            assert words == " ".join(words.split())
            assert words


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_source_map_is_true(path):
    source = path.read_text("utf-8")
    for article in articles(path):
        assert article.source_map.runs
        for start, end, place in article.source_map.runs:
            for step in range(end - start):
                letter, origin = article.text[start + step], source[place + step]
                decoded = origin in "&\\$" or letter in unicodedata.normalize("NFKC", origin)
                assert letter == origin or (letter == " " and origin.isspace()) or decoded, (article.text[start:end], source[place : place + end - start])


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".xml"], ids=lambda path: path.name)
def test_the_receipt_of_xml_adds_up(path):
    totals = [parse(cut.fragment).characters() for cut in cuts(path)]
    assert totals == [a.receipt.read + sum(skip.characters for skip in a.receipt.skipped) for a in articles(path)]


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix in (".txt", ".md")], ids=lambda path: path.name)
def test_the_receipt_of_text_adds_up(path):
    (article,) = articles(path)
    assert article.receipt.read + sum(skip.characters for skip in article.receipt.skipped) == len(path.read_text("utf-8"))
