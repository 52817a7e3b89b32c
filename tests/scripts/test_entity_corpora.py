"""Readers of marked corpora: every span must cut the marked words out of the text."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from entity_corpora import Labelled, anatem, bel, craft, depression, elife, linnaeus, marked, split, whitetext  # noqa: E402


def words(document: Labelled) -> list[str]:
    return [document.text[start:end] for start, end in document.spans]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_regions_stand_in_title_and_abstract(tmp_path: Path) -> None:
    write(
        tmp_path / "whitetext" / "whitetext_dev.xml",
        "<PubmedArticles><PubmedArticle><PMID>7</PMID><ArticleTitle>The <BrainRegion>pons</BrainRegion> at rest</ArticleTitle>"
        "<AbstractText>Cells of the <BrainRegion> red nucleus</BrainRegion> &amp; more.</AbstractText></PubmedArticle></PubmedArticles>",
    )
    (document,) = whitetext(tmp_path)
    assert document.id == "7"
    assert document.text == "The pons at rest\n\nCells of the  red nucleus & more."
    assert words(document) == ["pons", "red nucleus"]


def test_concepts_of_the_wanted_ontologies_only_and_of_nested_ones_the_longest(tmp_path: Path) -> None:
    text = "Mice lack Abc1 receptor protein in animals"
    spans = [[[[0, 4]], "NCBITaxon:10088"], [[[10, 14]], "PR:1"], [[[10, 23]], "PR:2"], [[[24, 31]], "PR:000000001"], [[[35, 42]], "NCBITaxon:33208"]]
    write(tmp_path / "craft" / "concepts_dev.jsonl", json.dumps({"pmid": "3", "text": text, "spans": spans}) + "\n")
    assert words(craft(tmp_path, "dev", ontologies=("PR",))[0]) == ["Abc1 receptor"]
    assert words(craft(tmp_path, "dev", ontologies=("NCBITaxon",))[0]) == ["Mice"]


def test_spans_of_one_kind_and_pieces_of_an_article_that_stay_together(tmp_path: Path) -> None:
    folder = tmp_path / "anatem" / "train"
    write(folder / "PMC-7-sec-01.txt", "On mast cells\nMast cells of the skin grew.\n")
    write(folder / "PMC-7-sec-01.ann", "T1\tCell 3 13\tmast cells\nT2\tOrgan 32 36\tskin\nT3\tCell 14 18;19 24\tMast cells\n#1\tNote T1\tCell 0 1\n")
    write(folder / "PMC-7-caption-02.txt", "No more.")
    write(folder / "PMC-7-caption-02.ann", "")
    caption, section = anatem(tmp_path, kind="Cell")
    assert (caption.id, section.id) == ("PMC-7", "PMC-7")
    assert section.text == "On mast cells\n\nMast cells of the skin grew.\n\n"
    assert (words(section), words(caption)) == (["mast cells", "Mast cells"], [])
    assert words(anatem(tmp_path, kind="Organ")[1]) == ["skin"]


def test_species_sentences_are_rebuilt_from_tokens(tmp_path: Path) -> None:
    rows = ["Two\tO", "(\tO", "grey\tB-Species", "mice\tI-Species", ")\tO", ",\tO", "rats\tB-Species", "", "End\tO", ""]
    write(tmp_path / "linnaeus" / "devel.tsv", "\n".join(rows))
    first, second = linnaeus(tmp_path, "devel")
    assert first.text == "Two (grey mice), rats"
    assert words(first) == ["grey mice", "rats"]
    assert (second.text, second.spans) == ("End", ())


def test_terms_are_marked_where_the_text_has_them_as_whole_words(tmp_path: Path) -> None:
    text = "Loss of Bdnf, not of Bdnf2, raised sea salt."
    rows = [{"evidence": text, "statement": s} for s in ("p(HGNC:BDNF) -> a(CHEBI:X)", 'a(CHEBI:"sea salt") -| p(HGNC:BDNF)')]
    write(tmp_path / "bel_claims" / "bel_claims_dev.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [words(d) for d in bel(tmp_path, functions="pgr")] == [["Bdnf"]]
    assert [words(d) for d in bel(tmp_path, functions="a")] == [["sea salt"]]


def test_articles_are_read_by_paragraph_without_headings_and_references(tmp_path: Path) -> None:
    long = "Cells of the pons fired whenever the light went on."
    body = f"<p>Short.</p><p>{long}</p><fig><p>A <i>second</i>\n line that is long enough to be a sentence.</p></fig>"
    references = f"<ref-list><p>{long} Again, with names and years.</p></ref-list>"
    for name in ("a1", "a2"):
        write(tmp_path / "elife_neuro_jats" / f"{name}.xml", f"<article><body>{body}</body>{references}</article>")
    (article,) = elife(tmp_path, without={"a2"})
    assert (article.id, article.spans) == ("a1", ())
    assert article.text == f"{long}\n\nA second line that is long enough to be a sentence."


def test_abstracts_that_are_gold_are_left_out(tmp_path: Path) -> None:
    rows = [{"record_id": n, "title": "T", "abstract": a} for n, a in (("1", "A."), ("2", "B."), ("3", ""))]
    write(tmp_path / "depression" / "abstracts.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [(d.id, d.text) for d in depression(tmp_path, without={"1"})] == [("2", "T\n\nB.")]


def test_stand_off_marks_go_onto_their_document(tmp_path: Path) -> None:
    rows = [
        {"record_id": "1", "start": 0, "end": 3, "label": "molecule"},
        {"record_id": "1", "start": 8, "end": 11, "label": "optional"},
    ]
    write(tmp_path / "marks.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    (document,) = marked([Labelled("1", "Tau and tau", ()), Labelled("2", "None", ())], tmp_path / "marks.jsonl")
    assert (words(document), document.unknown) == (["Tau"], ((8, 11),))


def test_a_split_keeps_a_document_whole_and_is_the_same_each_time() -> None:
    documents = [Labelled(str(i // 2), "text", ()) for i in range(40)]
    learn, held = split(documents, share=0.25, seed=3)
    assert (learn, held) == split(documents[::-1][::-1], share=0.25, seed=3)
    assert len(held) == 10
    assert {d.id for d in learn}.isdisjoint(d.id for d in held)
    assert split(documents, share=0.25, seed=4) != (learn, held)


@pytest.mark.shared
def test_the_real_corpora_have_the_counts_that_the_model_card_names(shared: Path) -> None:
    data = shared / "corpora"
    regions = whitetext(data)
    assert (len(regions), sum(len(d.spans) for d in regions)) == (1096, 13635)
    assert sum(len(d.spans) for d in linnaeus(data, "devel")) == 711
    cells = anatem(data, kind="Cell")
    assert (len(cells), len({d.id for d in cells}), sum(len(d.spans) for d in cells)) == (606, 606, 2436)
    assert all(text.strip() == text and text for d in regions[:50] for text in words(d))
