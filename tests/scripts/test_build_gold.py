"""The command: builds both files, and with --check says where a committed file differs."""

import shutil
import sys
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.terms import load_terms

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from build_gold import build, difference, main, parse_review  # noqa: E402


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "gold", tmp_path / "gold"))


def test_the_committed_claims_are_what_the_committed_tables_give(gold: Path) -> None:
    files = build(gold, terms=load_terms())
    assert list(files) == [gold / "table1_claims.tsv"]
    assert [difference(path, text) for path, text in files.items()] == [""]


@pytest.mark.shared
def test_the_committed_files_are_what_the_review_gives(gold: Path, shared: Path) -> None:
    files = build(gold, terms=load_terms(), review=shared / "seed" / "kang2022_review.txt")
    assert [path.name for path in files] == ["table1_cells.tsv", "table1_claims.tsv"]
    assert [difference(path, text) for path, text in files.items()] == ["", ""]


def test_difference_names_the_first_line_that_differs(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("one\ntwo\n", "utf-8")
    assert difference(path, "one\ntwo\n") == ""
    assert difference(path, "one\n2\n") == f"{path}:2: 'two'; expected '2'; run python scripts/build_gold.py"
    assert difference(tmp_path / "missing.tsv", "one\n") == f"{tmp_path / 'missing.tsv'}:1: None; expected 'one'; run python scripts/build_gold.py"


def test_check_passes_on_a_fresh_build_and_fails_after_an_edit(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(out=gold)
    with pytest.raises(SystemExit) as passed:
        main(out=gold, check=True)
    assert (passed.value.code, capsys.readouterr().out.splitlines()[-1]) == (0, "1 files as built")
    claims = gold / "table1_claims.tsv"
    claims.write_text(claims.read_text("utf-8").replace("decrease", "no_change", 1), "utf-8")
    with pytest.raises(SystemExit) as failed:
        main(out=gold, check=True)
    assert failed.value.code == 1
    assert capsys.readouterr().out.startswith(f"{claims}:")


def test_a_broken_table_ends_with_status_1_and_its_place(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = gold / "table1_cells.tsv"
    cells.write_text(cells.read_text("utf-8").replace("↑", "up", 1), "utf-8")
    with pytest.raises(SystemExit) as broken:
        main(out=gold)
    assert broken.value.code == 1
    assert f"{cells}:2: column arrow" in capsys.readouterr().err


def test_other_row_labels_than_those_of_rows_tsv_are_an_error(gold: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.txt"
    heads = "\t" + "\t".join(line.split("\t")[1] for line in (gold / "columns.tsv").read_text("utf-8").splitlines()[2:]) + "\t"
    review.write_text(f"TABLE 1 | Made up.\n{heads}\nZinc{chr(9) * 15}\n", "utf-8")
    with pytest.raises(DataError, match="review.txt: row label 'Zinc'; expected 'Glutamate' as in rows.tsv"):
        parse_review(review, gold)
