"""The measurements of the scoreboard on small own data, and the table that is appended to."""

import json
import sys
from pathlib import Path

import pytest
from extractor.evaluate.statements import Statement
from extractor.records import Section
from lxml import etree
from rich.console import Console
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import typer  # noqa: E402

from measure_claims import ABSTRACTS, CHUNK, abstract_items, elife_work  # noqa: E402
from measure_directions import BelStatement, Label, answer, bel_names, bel_outcome, bel_sample, rct_items  # noqa: E402
from measure_figures import NONE, DirectionOutcome, Figure, Measurement, direction_figures, span_counts, span_figures  # noqa: E402
from measure_mentions import (  # noqa: E402
    Organisms,
    craft_items,
    declared_organisms,
    organism_figures,
    organism_work,
    region_work,
    species_work,
    whitetext_article,
)
from measure_stages import first_article, pipeline, plain_article, statements  # noqa: E402
from scoreboard import HEADER, MEASUREMENTS, append, commit_of, lines_of, main, measure, table_of  # noqa: E402

SENTENCE = "Ketamine increased BDNF in the hippocampus of rats."


def values(figures: list[Figure]) -> dict[str, float | None]:
    return {one.name: one.value for one in figures}


def claims_of(text: str) -> list[Statement]:
    article = plain_article("a", (text, Section.RESULTS))
    return statements(pipeline().run(article).claims, article)


def test_a_missing_prediction_is_wrong_and_lowers_the_recall_of_its_direction() -> None:
    rows = [("increase", "increase"), ("increase", NONE), ("decrease", "increase"), ("no_change", "no_change")]
    found = values(direction_figures((DirectionOutcome("a", gold, predicted) for gold, predicted in rows), prefix="x."))
    # increase: 2 labels, 2 predictions, 1 right; decrease: 1 label, none right; no_change: 1 of 1
    assert found["x.accuracy"] == pytest.approx(2 / 4)
    assert found["x.macro_f1"] == pytest.approx((2 * 1 / (2 + 2) + 0 + 1) / 3)
    assert found["x.coverage"] == pytest.approx(3 / 4)
    assert found["x.accuracy_given_claim"] == pytest.approx(2 / 3)


def test_no_labels_give_no_figure_and_n_tells_what_is_counted() -> None:
    assert [(one.value, one.low, one.n) for one in direction_figures([])] == [(None, None, 0)] * 4
    only_missing = direction_figures([DirectionOutcome("a", "increase", NONE)])
    assert [(one.name, one.value, one.n) for one in only_missing] == [
        ("accuracy", 0.0, 1), ("macro_f1", 0.0, 1), ("coverage", 0.0, 1), ("accuracy_given_claim", None, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ([], [], (0, 0, 0, 0)),
        ([(0, 4)], [(0, 4)], (1, 1, 1, 1)),
        ([(0, 4)], [(4, 8)], (1, 1, 0, 0)),  # they touch, they do not overlap
        ([(0, 10)], [(0, 3), (5, 9)], (1, 2, 0, 1)),  # one gold span is in one pair only
        ([(0, 4), (6, 9)], [(0, 9)], (2, 1, 0, 1)),
        ([(0, 4), (6, 9)], [(6, 9), (2, 8)], (2, 2, 1, 2)),  # the equal pair is taken out first
        ([(5, 6), (5, 6)], [(5, 6)], (1, 1, 1, 1)),
    ],
)
def test_spans_pair_one_to_one(gold: list[tuple[int, int]], predicted: list[tuple[int, int]], expected: tuple[int, ...]) -> None:
    assert span_counts(gold, predicted) == expected


def test_span_figures_pool_the_counts_of_all_articles() -> None:
    found = values(span_figures({"a": (2, 4, 1, 2), "b": (2, 0, 0, 0)}))
    assert found == pytest.approx(
        {
            "exact.precision": 1 / 4, "exact.recall": 1 / 4, "exact.f1": 2 / 8,
            "lenient.precision": 2 / 4, "lenient.recall": 2 / 4, "lenient.f1": 4 / 8,
        }
    )  # fmt: skip


def test_an_article_of_bare_texts_has_its_passages_where_they_stand() -> None:
    article = plain_article("7", ("A title", Section.TITLE), ("", Section.ABSTRACT), (SENTENCE, Section.RESULTS))
    assert [(p.kind, p.section, article.text[p.start : p.end]) for p in article.passages] == [
        ("title", Section.TITLE, "A title"), ("paragraph", Section.RESULTS, SENTENCE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("molecules", "evidence", "predicted", "on_evidence"),
    [
        (("BDNF",), "Ketamine increased BDNF in the hippocampus of rats.", "increase", True),
        (("BDNF",), "Saline decreased BDNF in the cortex of rats.", "decrease", True),
        (("BDNF",), "Nothing of the kind is written here at all.", "increase", False),  # the agent decides
        (("dopamine", "BDNF"), "Ketamine increased BDNF in the hippocampus of rats.", "increase", True),  # one of several molecules
        (("dopamine",), "Ketamine increased BDNF in the hippocampus of rats.", NONE, False),
    ],
)
def test_a_label_is_answered_from_its_sentence_first_then_by_its_intervention(
    molecules: tuple[str, ...], evidence: str, predicted: str, on_evidence: bool
) -> None:
    claims = claims_of(f"{SENTENCE} Saline decreased BDNF in the cortex of rats.")
    label = Label(molecules=molecules, intervention="ketamine (10 mg/kg)", direction="increase", evidence=(evidence,), core=True)
    found = answer(label, claims, unit="a")
    assert (found.outcome.predicted, found.on_evidence) == (predicted, on_evidence)


def test_trial_labels_are_read_by_report(tmp_path: Path) -> None:
    folder = tmp_path / "corpora" / "rct"
    folder.mkdir(parents=True)
    (folder / "molecule_outcomes.csv").write_text(
        "pmcid,intervention,molecule,direction,evidence,evidence_sentence,core\n"
        "P2,aspirin,CRP|TNF-alpha,decrease,CRP fell.,CRP fell.,0\nP1,insulin,glucose,decrease,Glucose fell.,,1\nP2,aspirin,CRP,no_change,,CRP stayed.,1\n",
        "utf-8",
    )
    (first, one), (second, two) = rct_items(tmp_path)
    assert (first.name, second.name) == ("P1.nxml", "P2.nxml")
    assert one == (Label(("glucose",), "insulin", "decrease", ("Glucose fell.",), core=True),)
    assert two == (
        Label(("CRP", "TNF-alpha"), "aspirin", "decrease", ("CRP fell.",), core=False),
        Label(("CRP",), "aspirin", "no_change", ("CRP stayed.",), core=True),
    )


@pytest.mark.parametrize(
    ("statement", "relation", "names"),
    [
        ("a(CHEBI:ketamine) -> p(HGNC:BDNF)", "->", ("ketamine", "BDNF")),
        ('a(CHEBI:"nitric oxide") -| p(HGNC:BDNF,pmod(Ph))', "-|", ("nitric oxide", "BDNF")),
        ("act(p(HGNC:MAPT)) -> r(HGNC:BDNF)", "->", ("MAPT", "BDNF")),
        ("a(CHEBI:ketamine) -> act(p(HGNC:BDNF))", "->", None),  # the activity of the object is no amount
        ("a(CHEBI:ketamine) -> bp(GO:memory)", "->", None),
        ("bp(GO:memory) -> p(HGNC:BDNF)", "->", None),
        ("a(CHEBI:ketamine)", "->", None),
    ],
)
def test_names_of_a_bel_statement(statement: str, relation: str, names: tuple[str, str] | None) -> None:
    assert bel_names(statement, relation) == names


def bel_row(statement: str, evidence: str = SENTENCE, *, direction: str = "up", relation: str = "->", pmid: str | None = "1") -> dict[str, str | None]:
    return {"pmid": pmid, "evidence": evidence, "statement": statement, "relation": relation, "direction": direction}


def test_the_bel_sample_needs_both_names_in_the_evidence_and_one_direction() -> None:
    kept = bel_row("a(CHEBI:ketamine) -> p(HGNC:BDNF)")
    rows = [
        kept,
        kept,  # stated twice: one statement
        bel_row("a(CHEBI:ketamine) -> p(HGNC:BDNF)", "Ketamine lifted nothing.", pmid=None),  # the object is not named
        bel_row("a(CHEBI:ketamine) -- p(HGNC:BDNF)", direction="other", relation="--"),
        bel_row("a(CHEBI:fluoxetine) -> p(HGNC:BDNF)", "Fluoxetine and BDNF.", direction="up"),
        bel_row("a(CHEBI:fluoxetine) -| p(HGNC:BDNF)", "Fluoxetine and BDNF.", direction="down", relation="-|"),  # and down: left out with the one before
    ]
    assert bel_sample(rows, size=9, seed=1) == [BelStatement("1", SENTENCE, "ketamine", "BDNF", "increase")]


def test_the_bel_sample_has_a_size_and_a_seed() -> None:
    rows = [bel_row("a(CHEBI:ketamine) -> p(HGNC:BDNF)", f"{SENTENCE} Case {no}.") for no in range(9)]
    first = bel_sample(rows, size=4, seed=1)
    assert len(first) == 4
    assert first == bel_sample(rows[::-1], size=4, seed=1)
    assert first != bel_sample(rows, size=4, seed=2)


@pytest.mark.parametrize(("target", "predicted"), [("BDNF", "increase"), ("dopamine", NONE)])
def test_a_bel_statement_is_read_as_an_article_of_its_own(target: str, predicted: str) -> None:
    assert bel_outcome(BelStatement("1", SENTENCE, "ketamine", target, "increase")) == DirectionOutcome("1", "increase", predicted)


def test_marked_regions_become_spans() -> None:
    node = etree.fromstring(
        "<PubmedArticle><PMID>5</PMID><ArticleTitle>Cells of the <BrainRegion>hippocampus</BrainRegion> &amp; more</ArticleTitle>"
        "<AbstractText><BrainRegion>Amygdala</BrainRegion> and plasma.</AbstractText></PubmedArticle>"
    )
    article, spans = whitetext_article(node)
    assert article.id == "5"
    assert [article.text[start:end] for start, end in spans] == ["hippocampus", "Amygdala"]
    assert article.text == "Cells of the hippocampus & more\n\nAmygdala and plasma."
    assert region_work([(article, spans)]) == {"5": ((2, 3, 2, 2), (2, 2, 2, 2))}  # plasma is a region, but none of the brain


def test_species_spans_of_craft(tmp_path: Path) -> None:
    folder = tmp_path / "corpora" / "craft"
    folder.mkdir(parents=True)
    row = {"pmid": "3", "text": "Mice and human cells.", "spans": [[[[0, 4]], "NCBITaxon:10088"], [[[9, 14]], "NCBITaxon:9606"], [[[15, 20]], "CL:0000000"]]}
    (folder / "concepts_dev.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (item,) = craft_items(tmp_path)
    assert item[1] == ((0, 4), (9, 14))
    assert species_work(item)[0] == "3"
    assert species_work(item)[1][0] == 2


JATS = """<article><front><article-meta><title-group><article-title>BDNF of mice</article-title></title-group>
<kwd-group kwd-group-type="author-keywords"><kwd>rats</kwd></kwd-group>
<kwd-group kwd-group-type="research-organism"><kwd><italic>Rattus norvegicus</italic></kwd><kwd>&lt;i&gt;Mouse&lt;/i&gt;</kwd><kwd>Other</kwd></kwd-group>
<abstract><p>Ketamine increased BDNF in the hippocampus of mice.</p></abstract></article-meta></front></article>"""


def test_declared_organisms_are_compared_and_not_given_to_the_pipeline(tmp_path: Path) -> None:
    path = tmp_path / "a1.xml"
    path.write_text(JATS, "utf-8")
    assert declared_organisms(path) == ["Rattus norvegicus", "Mouse", "Other"]
    found = organism_work(path)
    assert (found.declared, found.unknown, found.dominant) == ({"rat", "mouse"}, ("Other",), "mouse")
    assert set(found.claims) == {"mouse"}


def test_articles_without_a_known_organism_are_not_judged() -> None:
    given = [
        Organisms("a", frozenset({"mouse"}), (), "mouse", ("mouse", "rat")),
        Organisms("b", frozenset({"mouse", "rat"}), (), "human", ()),
        Organisms("c", frozenset({"rat"}), (), None, ()),
        Organisms("d", frozenset(), ("Other",), "mouse", ("mouse",)),
    ]
    found = {one.name: (one.value, one.n) for one in organism_figures(ROOT, given)}
    assert found == {
        "dominant.accuracy": (pytest.approx(1 / 3), 3),
        "dominant.accuracy_one_organism": (pytest.approx(1 / 2), 2),
        "dominant.accuracy_given_species": (pytest.approx(1 / 2), 2),
        "claims.precision": (pytest.approx(1 / 2), 2),
    }


def test_only_claims_of_the_annotated_sections_are_scored(tmp_path: Path) -> None:
    path = tmp_path / "a2.xml"
    body = f"<body><sec><title>Introduction</title><p>{SENTENCE.replace('BDNF', 'dopamine')}</p></sec><sec><title>Results</title><p>{SENTENCE}</p></sec></body>"
    path.write_text(
        f"<article><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front>{body}</article>", "utf-8"
    )
    assert {claim.molecule.name for claim in elife_work(path)["a2"]} == {"BDNF"}
    assert len(pipeline().run(first_article(path)).claims) == 2


def _items(_: Path) -> list[int]:
    return [3, 1, 2]


def _double(item: int) -> int:
    if item > 5:
        raise ValueError(f"{item} is too much")
    return 2 * item


def _too_much(_: Path) -> list[int]:
    return [1, 6]


def _sum(_: Path, results: list[int]) -> list[Figure]:
    return [Figure("sum", float(sum(results)), n=len(results)), Figure("first", float(results[0]))]


def test_pieces_come_back_in_order_and_a_failure_stops_only_its_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import ThreadPoolExecutor

    monkeypatch.setattr("scoreboard.ProcessPoolExecutor", ThreadPoolExecutor)  # the functions of a test file cannot be sent to a process
    console = Console(record=True, quiet=False, width=100, file=sys.stderr)
    chosen = [Measurement("good", _items, _double, _sum), Measurement("bad", _too_much, _double, _sum)]
    figures, errors = measure(chosen, shared=ROOT, workers=2, console=console)
    assert figures == {"good": [Figure("sum", 12.0, n=3), Figure("first", 6.0)]}
    assert errors == {"bad": "piece 1: ValueError: 6 is too much"}
    told = console.export_text()
    assert "good: 2 figures (3 pieces)" in told
    assert "bad: failed (2 pieces)" in told


def test_the_board_gets_a_header_once_and_an_empty_cell_for_no_figure(tmp_path: Path) -> None:
    board = tmp_path / "docs" / "board.tsv"
    lines = lines_of({"rct": [Figure("accuracy", 0.51234, 0.4, 0.6, 12), Figure("coverage", None)]}, date="2026-01-02", commit="abc+")
    append(board, lines[:1])
    append(board, lines[1:])
    assert board.read_text("utf-8").splitlines() == [
        "\t".join(HEADER), "2026-01-02\tabc+\trct\taccuracy\t0.5123\t0.4000\t0.6000\t12", "2026-01-02\tabc+\trct\tcoverage\t\t\t\t0",
    ]  # fmt: skip


def test_the_table_shows_what_there_is() -> None:
    console = Console(record=True, width=100, file=sys.stderr)
    console.print(table_of({"rct": [Figure("accuracy", 0.51234, 0.4, 0.6, 12), Figure("coverage", None)]}))
    told = console.export_text()
    assert "0.512" in told
    assert "0.400 to 0.600" in told
    assert "n/a" in told


def test_outside_of_a_checkout_the_commit_is_unknown(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == "unknown"


def test_the_committed_board_has_the_columns_and_known_measurements() -> None:
    header, *rows = [line.split("\t") for line in (ROOT / "docs" / "scoreboard.tsv").read_text("utf-8").splitlines()]
    assert tuple(header) == HEADER
    assert rows
    assert {len(row) for row in rows} == {len(HEADER)}
    assert {row[2] for row in rows} <= set(MEASUREMENTS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--only", "everything"], "no measurement ['everything']"), (["--shared", "nowhere", "--only", "craft"], "no corpora at nowhere")],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], message: str) -> None:
    app = typer.Typer(rich_markup_mode=None)
    app.command()(main)
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())


@pytest.mark.shared
def test_every_gold_abstract_is_found(shared: Path) -> None:
    pieces = abstract_items(shared)
    assert sum(len(piece) for piece in pieces) == 328
    assert max(len(piece) for piece in pieces) == CHUNK
    found = values(ABSTRACTS.figures(shared, [{article.id: [] for article in piece} for piece in pieces]))
    assert found["rules.exact.recall"] == 0
    assert found["rules.exact.precision"] is None


@pytest.mark.shared
def test_every_labelled_report_is_there(shared: Path) -> None:
    items = rct_items(shared)
    assert sum(len(labels) for _, labels in items) == 793
    assert sum(label.core for _, labels in items for label in labels) == 655
    assert not [path.name for path, _ in items if not path.is_file()]


@pytest.mark.shared
def test_one_small_measurement_runs_through(shared: Path) -> None:
    found = values(MEASUREMENTS["craft"].figures(shared, [species_work(item) for item in craft_items(shared)[:1]]))
    assert 0.3 < (found["lenient.f1"] or 0) <= 1
