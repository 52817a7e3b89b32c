"""The curator's sheet: its columns, and decisions that survive a new extraction."""

from pathlib import Path

import pytest
from extractor.emit.curation import COLUMNS, DECISION_COLUMNS, write_sheet
from extractor.emit.sheets import SHEETS
from extractor.errors import DataError, UsageError
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]


def rows(path):
    return [row for _, row in SHEETS[path.suffix][1](path)]


def decide(path, decisions):
    """Fill in decisions by claim id, as a curator would."""
    write, _ = SHEETS[path.suffix]
    write([{**row, **decisions.get(row["claim_id"], {})} for row in rows(path)], path, columns=COLUMNS)


@pytest.mark.parametrize("ending", SHEETS)
def test_a_sheet_holds_what_a_curator_needs_and_empty_decisions(ending, make_claim, tmp_path):
    path = tmp_path / "new" / f"sheet{ending}"
    report = write_sheet([make_claim()], path)
    assert report.summary(path) == f"1 claims written to {path}"
    (row,) = rows(path)
    assert list(row) == [column.name for column in COLUMNS]
    assert (row["claim_id"], row["article_id"], row["section_path"]) == ("c1", "PMC1", "Results > Protein")
    assert (row["molecule"], row["molecule_id"], row["region_id"], row["species"]) == ("BDNF", "hgnc:1033", "uberon:0002421", "")
    assert (row["evidence"], row["confidence"], row["rules"]) == ("ketamine raised BDNF in the hippocampus.", "0.9300", "r1 | r2")
    assert {row[column.name] for column in DECISION_COLUMNS} == {""}


def test_decisions_are_a_list_to_choose_from(make_claim, tmp_path):
    write_sheet([make_claim()], tmp_path / "sheet.xlsx")
    sheet = load_workbook(tmp_path / "sheet.xlsx").worksheets[0]
    lists = {choice.formula1 for choice in sheet.data_validations.dataValidation}
    assert '"accept,reject,correct"' in lists
    assert '"increase,decrease,no_change"' in lists


@pytest.mark.parametrize("ending", SHEETS)
def test_evidence_is_no_formula(ending, make_claim, tmp_path):
    path = tmp_path / f"sheet{ending}"
    write_sheet([make_claim(evidence_text="=cmd|' /C calc'!A0")], path)
    assert rows(path)[0]["evidence"] == "=cmd|' /C calc'!A0"
    if ending != ".xlsx":
        assert "'=cmd|" in path.read_text("utf-8-sig")


@pytest.mark.parametrize("ending", SHEETS)
def test_decisions_come_over_by_claim_and_then_by_loose_identity_and_form(ending, make_claim, tmp_path):
    old, new = tmp_path / f"old{ending}", tmp_path / f"new{ending}"
    write_sheet([make_claim(claim_id="same"), make_claim(claim_id="was", loose_id="l2"), make_claim(claim_id="gone", loose_id="l3")], old)
    decide(
        old, {"same": {"decision": "Accept"}, "was": {"decision": "correct", "corrected_region": "CA1", "reason": "=too wide"}, "gone": {"decision": "reject"}}
    )
    claims = [make_claim(claim_id="same"), make_claim(claim_id="is", loose_id="l2"), make_claim(claim_id="other form", loose_id="l3", form="mRNA")]
    report = write_sheet(claims, new, decisions=old)
    found = {row["claim_id"]: row for row in rows(new)}
    assert found["same"]["decision"] == "accept"
    assert [found["is"][name] for name in ("decision", "corrected_region", "reason")] == ["correct", "CA1", "=too wide"]
    assert found["other form"]["decision"] == ""
    assert report.summary(new).splitlines()[1:] == [
        "2 decisions carried over",
        "1 decisions of the old sheet fit no claim, or more than one; they are about gone",
    ]


def test_a_decision_about_one_agent_is_not_given_to_another(make_claim, tmp_path):
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    write_sheet([make_claim(claim_id="ketamine"), make_claim(claim_id="stress")], old)
    decide(old, {"ketamine": {"decision": "accept"}})
    report = write_sheet([make_claim(claim_id="ketamine again"), make_claim(claim_id="stress")], new, decisions=old)
    assert [row["decision"] for row in rows(new)] == ["", ""]
    assert report.homeless == ("ketamine",)


def test_a_decision_that_is_none_is_named_with_its_line(make_claim, tmp_path):
    old = tmp_path / "old.csv"
    write_sheet([make_claim()], old)
    decide(old, {"c1": {"decision": "maybe"}})
    with pytest.raises(DataError, match=r"old.csv:2: decision 'maybe'; expected one of accept, reject, correct, or nothing; mend the cell"):
        write_sheet([make_claim()], tmp_path / "new.csv", decisions=old)
    assert not (tmp_path / "new.csv").exists()


def test_an_old_sheet_must_be_there_and_be_one(make_claim, tmp_path):
    with pytest.raises(DataError, match="old.csv: no such file"):
        write_sheet([make_claim()], tmp_path / "new.csv", decisions=tmp_path / "old.csv")
    (tmp_path / "old.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(DataError, match=r"old.csv:2: no column claim_id, loose_id, form, decision"):
        write_sheet([make_claim()], tmp_path / "new.csv", decisions=tmp_path / "old.csv")
    with pytest.raises(UsageError, match=r"a sheet that ends in .doc"):
        write_sheet([make_claim()], tmp_path / "new.doc")


def test_every_column_is_documented():
    page = (ROOT / "docs" / "data_formats.md").read_text("utf-8")
    assert [column.name for column in COLUMNS if f"`{column.name}`" not in page] == []
