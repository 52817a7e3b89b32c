"""The bench on articles of the sample corpus and on made-up costs."""

import json
import sys
from pathlib import Path

import pytest
import typer
from extractor.records import Section
from rich.console import Console
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import bench  # noqa: E402
from bench import drawn, main, peak, read_run, start_up, table_of  # noqa: E402
from measure_speed import PLAIN, RULES, STAGES, SYNTAX, Clock, Cost, cost_of, everything, plain_language, summary  # noqa: E402
from measure_stages import first_article, scanner  # noqa: E402

SAMPLE = ROOT / "corpus" / "samples" / "sample01.xml"


def cost(**changes: object) -> Cost:
    plain: dict[str, object] = {
        "article": "a", "characters": 1000, "sentences": 10, "selected": 4, "selected_characters": 500,
        "cpu": {"read": 0.1, "scan": 0.2, "parse": 0.3, "relate": 0.4, "relate_rules": 0.3, "plain": 5.0, "plain_same_blas": 3.0},
        "wall": dict.fromkeys((*STAGES, RULES, *PLAIN), 1.0),
        "claims": 3, "every": 4, "lost": 1, "gained": 0, "methods": 2,
    }  # fmt: skip
    return Cost(**{**plain, **changes})  # type: ignore[arg-type]


def test_the_figures_of_two_articles() -> None:
    found = summary("x", [cost(), cost(claims=5, every=6, lost=0, agrees=False)]).figures
    expected = {
        "articles": 2, "characters_per_article": 1000, "read_ms": 100, "parse_ms": 300, "relate_rules_ms": 300, "plain_ms": 5000, "full_ms": 1000,
        "articles_per_hour_and_core_rules_only": 4000, "articles_per_hour_and_core": 3600, "articles_per_hour_and_core_wall": 900, "articles_per_hour_and_core_without_models": 12_000,
        "plain_articles_per_hour_and_core": 720, "times_plain": 5, "times_plain_same_blas": 3, "times_plain_without_reading": 10 / 1.8, "selected_share": 0.4,
        "selected_characters_share": 0.5, "claims": 8, "claims_parsing_everything": 10, "lost_share": 0.1, "gained_share": 0,
        "further_in_methods_share": 0.4, "stages_disagree_with_pipeline": 1,
    }  # fmt: skip
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_shares_of_nothing_are_not_available() -> None:
    assert summary("x", [cost(every=0, claims=0, lost=0)]).figures["lost_share"] is None


def test_the_clock_adds_up_by_name_and_hands_the_result_on() -> None:
    clock = Clock()
    assert clock.timed("scan", lambda: sum(range(200_000))) == 19_999_900_000
    once = clock.cpu["scan"]
    clock.timed("scan", lambda: sum(range(200_000)))
    assert clock.cpu["scan"] > once > 0
    assert set(clock.wall) == {"scan"}


def test_an_article_is_timed_in_every_way_and_the_stages_agree_with_the_pipeline() -> None:
    found = cost_of(SAMPLE)
    assert set(found.cpu) == {*STAGES, RULES, *PLAIN}
    assert min(found.cpu.values()) > 0
    assert found.agrees
    assert 0 < found.selected < found.sentences
    assert 0 < found.claims <= found.every + found.gained
    assert found.lost == 0


def test_everything_selects_prose_alone() -> None:
    article = first_article(SAMPLE)
    scan = scanner().scan(article)
    read = everything(article, scan, unread=(Section.METHODS,)).selected
    whole = everything(article, scan, unread=()).selected
    assert set(scan.selected) < set(read) < set(whole)
    assert {article.passages[s.passage].kind for s in whole} <= {"title", "paragraph", "caption"}
    assert Section.METHODS in {article.passages[s.passage].section for s in whole}
    assert Section.METHODS not in {article.passages[s.passage].section for s in read}


def test_the_plain_pipeline_is_the_shipped_syntax_and_nothing_else() -> None:
    nlp = plain_language()
    assert tuple(nlp.pipe_names) == SYNTAX
    assert {layer.ops.use_blis for layer in nlp.get_pipe("tok2vec").model.walk()} == {True}  # type: ignore[attr-defined]
    assert {layer.ops.use_blis for layer in plain_language(blis=False).get_pipe("tok2vec").model.walk()} == {False}  # type: ignore[attr-defined]
    (doc,) = nlp.pipe(["Ketamine increased BDNF."])
    assert [token.dep_ for token in doc if token.head == token] == ["ROOT"]


def test_the_draw_is_the_same_every_time_and_never_more_than_there_is(tmp_path: Path) -> None:
    folder = tmp_path / "corpora" / "rct" / "nxml"
    folder.mkdir(parents=True)
    for no in range(9):
        (folder / f"P{no}.nxml").write_text("", "utf-8")
    assert len(drawn(tmp_path, "rct", size=4)) == 4
    assert drawn(tmp_path, "rct", size=4) == drawn(tmp_path, "rct", size=4)
    assert [path.name for path in drawn(tmp_path, "rct", size=99)] == [f"P{no}.nxml" for no in range(9)]


def test_the_peak_counts_what_was_held() -> None:
    before = peak()
    held = bytearray(b"x") * 200_000_000
    after = peak()
    assert after >= max(before, len(held) / 2**20)


def test_start_up_runs_the_real_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []

    def fastest(command: list[str]) -> float:
        given.append(command)
        if "extract" in command:
            assert Path(command[command.index("extract") + 1]).read_text("utf-8") == f"{bench.SENTENCE}\n"
        return 0.5

    monkeypatch.setattr(bench, "_fastest", fastest)
    assert start_up() == {"version_s": 0.5, "extract_one_sentence_s": 0.5, "load_stages_s": 0.5}
    assert [command[0] for command in given] == [sys.executable] * 3
    assert given[0][-1] == "--version"


def test_the_table_sets_a_run_beside_an_earlier_one() -> None:
    console = Console(record=True, width=100, file=sys.stderr)
    console.print(table_of({"rct": {"times_plain": 6.0, "lost_share": None}}, {"rct": {"times_plain": 4.0}}))
    lines = [line for line in console.export_text().splitlines() if "times_plain" in line or "lost_share" in line]
    assert [[cell.strip() for cell in line.strip("│").split("│")] for line in lines] == [
        ["rct", "times_plain", "6", "4", "1.5"], ["", "lost_share", "n/a", "n/a", "n/a"],
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), [("{", "expected a file written with --save"), ("[1]", "no figures; expected a file written with --save")])
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, "utf-8")
    with pytest.raises(typer.BadParameter, match=message):
        read_run(path)


def test_what_is_saved_can_be_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("corpora", "utf-8")
    folder = tmp_path / "corpora" / "elife_neuro_jats"
    folder.mkdir(parents=True)
    (folder / "one.xml").write_bytes(SAMPLE.read_bytes())
    monkeypatch.setattr(bench, "memory", lambda paths: {"peak_MB": float(len(paths))})
    monkeypatch.setattr(bench, "start_up", lambda: {"version_s": 0.25})
    app = typer.Typer()
    app.command()(main)
    saved = tmp_path / "run.json"
    first = CliRunner().invoke(app, ["--shared", str(tmp_path), "--articles", "1", "--save", str(saved)])
    assert first.exit_code == 0, first.output
    data = json.loads(saved.read_text("utf-8"))
    assert set(data) == {"elife", "memory", "start_up"}
    assert data["elife"]["articles"] == 1
    assert read_run(saved) == data
    second = CliRunner().invoke(app, ["--shared", str(tmp_path), "--articles", "1", "--no-losses", "--compare", str(saved)])
    assert second.exit_code == 0, second.output
    assert "earlier" in second.output


@pytest.mark.shared
def test_articles_of_both_sets_are_drawn(shared: Path) -> None:
    assert [len(drawn(shared, name, size=100)) for name in bench.SETS] == [100, 100]
