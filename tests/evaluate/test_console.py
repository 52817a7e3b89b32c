import json

import pytest
from extractor.cli import app
from typer.testing import CliRunner


@pytest.fixture
def invoke():
    """Run the verb as the command line does."""
    return lambda *arguments: CliRunner().invoke(app, ["evaluate", *(str(argument) for argument in arguments)])


@pytest.fixture
def files(tmp_path, record):
    (tmp_path / "claims.jsonl").write_text(record().model_dump_json() + "\n", "utf-8")
    (tmp_path / "gold.jsonl").write_text('{"record_id": "a1", "claims": []}\n', "utf-8")
    return tmp_path


def test_tables_and_files(invoke, files):
    result = invoke(files, "--gold", files / "gold.jsonl", "--out", files / "out", "--compare", files / "claims.jsonl", "--resamples", 10)
    assert result.exit_code == 0, result.output
    assert "exact.precision" in result.output
    assert "missed gold claims" in result.output
    assert "claims changed" in result.output
    assert f"written: {files / 'out' / 'report.html'}" in result.output
    assert json.loads((files / "out" / "scores.json").read_text("utf-8"))["figures"]["exact.precision"]["value"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--gold", "gold.xlsx"), 2, "gold 'gold.xlsx'; expected"),
        (("--gold", "none.jsonl"), 1, "none.jsonl: no such file"),
        (("--gold", "gold.jsonl", "--from-review"), 2, "expected the gold table1"),
        (("--gold", "gold.jsonl", "--split", "9/3"), 2, "expected K/N"),
        ((), 2, "--gold"),
    ],
)
def test_exit_codes(invoke, files, monkeypatch, arguments, code, message):
    monkeypatch.chdir(files)
    result = invoke("claims.jsonl", "--out", "out", *arguments)
    assert result.exit_code == code
    assert message in result.output


def test_help_has_an_example(invoke):
    assert "Example:" in invoke("--help").output
