"""Why a claim is there: it is found by the beginning of its identifier, its article by what the run says, and the reasons are printed."""

import io
import json
from pathlib import Path

import pytest
from extractor.batch import Request, Silent, extract
from extractor.errors import DataError, UsageError
from extractor.explain import explained, print_explained
from extractor.schema import read_claims
from extractor.settings import Settings
from rich.console import Console

TEXT = "Ketamine [10 mg/kg] raised BDNF in the hippocampus of male rats. Imipramine lowered NT-3 in the amygdala of mice.\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory, tiny_models):
    """The folder of a run over one paper, with models of its own."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "papers").mkdir()
    (folder / "papers" / "one.txt").write_text(TEXT, "utf-8")
    settings = Settings(mode="complete")
    report = extract(Request((str(folder / "papers"),), folder / "out", settings, workers=1, claim_models=tiny_models), Silent())
    assert report.totals.claims >= 2
    return folder / "out"


def claim_of(run, molecule):
    return next(claim for claim in read_claims(run / "claims.jsonl") if claim.molecule.text == molecule)


def printed(found):
    out = io.StringIO()
    print_explained(found, Console(file=out, width=120))
    return out.getvalue()


def test_a_run_says_which_models_it_used(run, tiny_models):
    record = json.loads((run / "run.json").read_text("utf-8"))
    assert record["claim_models"] == str(tiny_models)


def test_a_claim_is_explained(run):
    claim = claim_of(run, "BDNF")
    found = explained(claim.claim_id[:8], run)
    assert found.claim == claim
    (explanation,) = found.explanations
    assert explanation.answers["claim"].chosen == claim.direction
    assert explained(claim.claim_id, run / "claims.jsonl") == found
    text = printed(found)
    lines = [line.rstrip() for line in text.splitlines()]
    assert lines[0].startswith(f"claim {claim.claim_id}  ketamine ↑ BDNF")
    assert "Ketamine [10 mg/kg] raised BDNF in the hippocampus of male rats." in lines
    assert any(line.startswith("rules       ") for line in lines)
    assert any(line.startswith(f"confidence  {claim.confidence:.2f}, beside the article's other claims; from claim 0.") for line in lines)
    assert all(f"{name} 0." in text for name in ("increase", "decrease", "no_change", "none"))
    assert "for increase over" in text
    assert "region: hippocampus 0." in text
    assert "[clause]" in text
    assert any(line.startswith("form") and ", then " in line for line in lines)


def test_features_and_texts_with_brackets_are_printed_as_they_are(run):
    found = explained(claim_of(run, "BDNF").claim_id, run)
    reasons = found.explanations[0].answers["claim"].strongest(1, speaking_for=True)
    assert reasons[0].feature in printed(found)
    assert "[10 mg/kg]" in printed(found)


def test_notes_say_what_to_keep_in_mind(run, tmp_path):
    changed = tmp_path / "one.txt"
    changed.write_text(TEXT + "\nAn afterthought.\n", "utf-8")
    found = explained(claim_of(run, "NT-3").claim_id, run, source=changed)
    assert found.notes == ("one.txt has changed since the claim was read",)
    assert "note: one.txt has changed" in printed(found)


def test_what_cannot_be_found_is_said_with_what_to_give(run, tmp_path):
    claims = run / "claims.jsonl"
    with pytest.raises(UsageError, match="no claim 'zz'; expected a claim_id of that file, or enough of its beginning; copy it"):
        explained("zz", claims)
    with pytest.raises(UsageError, match=r"\d claims begin with '': [0-9a-f]{16}, "):
        explained("", claims)
    claim = claim_of(run, "BDNF").claim_id
    with pytest.raises(UsageError, match="gone.txt: no such file; expected the file of article one; check --source"):
        explained(claim, run, source=tmp_path / "gone.txt")
    alone = tmp_path / "claims.jsonl"
    alone.write_bytes(claims.read_bytes())
    with pytest.raises(UsageError, match="no run.json beside the claims, which would say where one.txt is; give --source FILE"):
        explained(claim, alone)
    record = json.loads((run / "run.json").read_text("utf-8"))
    (tmp_path / "run.json").write_text(json.dumps({**record, "inputs": [str(tmp_path / "papers")]}), "utf-8")
    with pytest.raises(UsageError, match="one.txt is not among the inputs of the run .*; expected the file of the article; give --source FILE"):
        explained(claim, alone)
    (tmp_path / "run.json").write_text("{}", "utf-8")
    with pytest.raises(DataError, match="run.json: broken; expected what `extractor extract` writes"):
        explained(claim, alone)


def test_a_claim_whose_sentence_is_gone_is_an_error(run, tmp_path: Path):
    other = tmp_path / "one.txt"
    other.write_text("Nothing of that kind stands here any more, and nothing was raised at all.\n", "utf-8")
    with pytest.raises(DataError, match="is read in no sentence any more; expected its cue 'raised' and molecule 'BDNF'; the file, the lexicons"):
        explained(claim_of(run, "BDNF").claim_id, run, source=other)


def test_the_file_is_found_among_the_inputs_without_receipts(run, tmp_path):
    for name in ("claims.jsonl", "run.json"):
        (tmp_path / name).write_bytes((run / name).read_bytes())
    claim = claim_of(run, "BDNF").claim_id
    assert explained(claim, tmp_path) == explained(claim, run)
