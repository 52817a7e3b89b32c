import json

import pytest
from extractor.errors import DataError, UsageError
from extractor.evaluate.report import claims_file, evaluate, load_run, part_of
from extractor.evaluate.statements import GoldArticle

GOLD = {
    "cue": "raised", "evidence": "Ketamine raised BDNF in the hippocampus of rats.", "molecule": "BDNF", "molecule_id_hint": "BDNF", "molecule_text": "BDNF",
    "direction": "increase", "form": "level", "agent_type": "drug", "agent": ["ketamine"], "region_canonical": "hippocampus", "region": "hippocampus",
    "region_text": "hippocampus", "attribution": "own", "presupposed": False, "certainty": "asserted", "species_text": "rats", "species": "rat", "qualifiers": "",
}  # fmt: skip
RECEIPT = {"path": "p", "index": 0, "sha256": "", "title": "", "characters_read": 1, "skipped": [], "notes": [], "claims": 0, "counts": {}}


@pytest.fixture
def run(tmp_path, record):
    """A folder with a run over two articles, one without claims, and a gold of three."""
    folder = tmp_path / "run"
    folder.mkdir()
    claims = [record(), record(claim_id="c2", molecule="mTOR")]
    (folder / "claims.jsonl").write_text("".join(claim.model_dump_json() + "\n" for claim in claims), "utf-8")
    receipts = [{**RECEIPT, "article_id": "a1", "source": "a1.txt"}, {**RECEIPT, "article_id": "PMC9", "source": "paper9.xml"}]
    (folder / "receipts.jsonl").write_text("".join(json.dumps(one) + "\n" for one in receipts), "utf-8")
    rows = [{"record_id": article, "claims": [GOLD]} for article in ("a1", "paper9", "unread")]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def test_both_files_are_written_and_say_the_same_every_time(run, tmp_path):
    report = evaluate(run, tmp_path / "gold.jsonl", out=tmp_path / "out", resamples=20)
    assert [file.name for file in report.files] == ["scores.json", "report.html"]
    data = json.loads((tmp_path / "out" / "scores.json").read_text("utf-8"))
    assert data == report.summary
    assert data["figures"]["exact.recall"]["value"] == pytest.approx(1 / 3, abs=1e-6)
    assert data["articles"]["not_read"] == ["unread"]
    first = {file.name: file.read_bytes() for file in report.files}
    again = evaluate(run / "claims.jsonl", tmp_path / "gold.jsonl", out=tmp_path / "again", resamples=20)
    assert {file.name: file.read_bytes() for file in again.files}["scores.json"] == first["scores.json"]


def test_articles_read_without_claims_are_known_from_the_receipts(run):
    loaded = load_run(run)
    assert {article: len(claims) for article, claims in loaded.claims.items()} == {"a1": 2, "PMC9": 0}
    assert loaded.aliases["paper9"] == "PMC9"
    assert claims_file(run) == run / "claims.jsonl"


def test_claims_of_other_agents_can_be_left_out(run, tmp_path):
    assert [len(load_run(run, agents=names).claims["a1"]) for names in ((), ("Ketamine",), ("fluoxetine", "stress"))] == [2, 2, 0]
    report = evaluate(run, tmp_path / "gold.jsonl", out=tmp_path / "out", agents=("fluoxetine",), resamples=0)
    assert sum(len(one.gold) + len(one.predicted) for one in report.scores.alignments) == 0
    assert report.scores.figures["exact.f1"].value is None


def test_the_trace_beside_the_claims_fills_the_funnel(run, tmp_path):
    line = {"article_id": "PMC9", "text": GOLD["evidence"], "sentences": [[0, 48, False]], "mentions": [], "cues": [], "candidates": []}
    (run / "trace.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    report = evaluate(run, tmp_path / "gold.jsonl", out=tmp_path / "out", resamples=0)
    assert {loss.article: str(loss.stage) for loss in report.losses} == {"paper9": "sentence not selected", "unread": "not read"}
    with pytest.raises(DataError, match="no such file"):
        evaluate(run, tmp_path / "gold.jsonl", out=tmp_path / "out", trace=tmp_path / "none.jsonl")


def test_two_runs_are_compared(run, tmp_path, record):
    other = tmp_path / "other.jsonl"
    other.write_text(record(direction="decrease").model_dump_json() + "\n", "utf-8")
    report = evaluate(run, tmp_path / "gold.jsonl", out=tmp_path / "out", compare_with=other, resamples=10)
    assert report.comparison is not None
    assert [change.kind for change in report.comparison.changes] == ["gained", "new error", "error gone"]
    assert "other.jsonl" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_review_counts_for_the_papers_that_it_cites(tmp_path, record):
    folder = tmp_path / "gold"
    folder.mkdir()
    head = "ref\trow\tcell\tmolecule\tform\tregion\tdirection\tspecies"
    (folder / "table1_claims.tsv").write_text(
        f"{head}\n7\tBDNF\tHPC\tBDNF\tlevel\thippocampus\tincrease\trat\n8\tBDNF\tHPC\tBDNF\tlevel\thippocampus\tincrease\trat\n", "utf-8"
    )
    claims = tmp_path / "claims.jsonl"
    claims.write_text(record("review", citations=["B7"]).model_dump_json() + "\n", "utf-8")
    report = evaluate(claims, folder / "table1_claims.tsv", out=tmp_path / "out", from_review=True, resamples=0)
    assert report.scores.figures["exact.recall"].value == 1 / 2
    assert report.scores.unread == ()


def test_a_review_needs_the_table_as_gold(run, tmp_path):
    with pytest.raises(UsageError, match=r"--from-review with gold .*; expected the gold table1"):
        evaluate(run, tmp_path / "gold.jsonl", out=tmp_path / "out", from_review=True)


def test_parts_of_the_gold_are_disjoint_and_together_all_of_it():
    articles = [GoldArticle(id=str(no), claims=()) for no in range(50)]
    parts = [part_of(articles, f"{no}/3") for no in (1, 2, 3)]
    assert sorted(int(article.id) for part in parts for article in part) == list(range(50))
    assert part_of(articles, None) == articles
    for wrong in ("0/3", "4/3", "a/b", "2"):
        with pytest.raises(UsageError, match=r"expected K/N with K from 1 to N"):
            part_of(articles, wrong)
    with pytest.raises(UsageError, match="holds no gold article"):
        part_of([], "1/2")
