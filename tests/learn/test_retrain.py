"""Training again on decisions and gold beside the material of the package: what is learned, what changes, what is said."""

import csv
import json

import pytest
from extractor.emit.curation import write_sheet
from extractor.errors import DataError, UsageError
from extractor.learn import retrain as module
from extractor.learn.material import INSTANCES, read_articles, read_instances
from extractor.learn.retrain import Retraining, described, retrain
from extractor.pipeline import Pipeline
from extractor.read import read
from extractor.relate.artefact import load_models
from extractor.schema import claim_record
from extractor.settings import Settings

TEXT = "Ketamine raised BDNF in the hippocampus of male rats. Imipramine lowered NT-3 in the amygdala of male rats.\n"
CLAIM = {
    "evidence": TEXT.split(". ")[0], "cue": "raised", "direction": "increase", "form": "level", "presupposed": False, "certainty": "asserted",
    **dict.fromkeys(("molecule_id_hint", "molecule_text", "molecule"), "BDNF"), **dict.fromkeys(("region_text", "region_canonical", "region"), "hippocampus"),
    "species_text": "rats", "species": "rat", "agent_type": "drug", "agent": ["ketamine"], "attribution": "own", "qualifiers": "",
}  # fmt: skip
GOLD = {"record_id": "one", "claims": [CLAIM]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, rules_pipeline):
    """A paper, its gold, and a sheet in which one claim is accepted, one rejected and one is about a paper that is missing."""
    folder = tmp_path_factory.mktemp("retrain")
    (folder / "one.txt").write_text(TEXT, "utf-8")
    (folder / "gold.jsonl").write_text(json.dumps(GOLD) + "\n" + json.dumps({"record_id": "absent", "claims": []}) + "\n", "utf-8")
    (article,) = read(folder / "one.txt")
    write_sheet([claim_record(claim, article) for claim in rules_pipeline.run(article).claims], folder / "plain.csv")
    with (folder / "plain.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["molecule"] for row in rows] == ["BDNF", "NT-3"]
    rows[0]["decision"], rows[1]["decision"] = "reject", "accept"
    with (folder / "sheet.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]))
        sheet.writeheader()
        sheet.writerows([*rows, {**rows[0], "article_id": "two"}])
    return folder


@pytest.fixture(scope="module")
def report(folder, tiny_models):
    said = []
    request = Retraining((folder / "sheet.csv",), (str(folder / "one.txt"),), out=folder / "models", dev=folder / "gold.jsonl")
    found = retrain(request, base=tiny_models, say=said.append)
    assert said == ["1 articles read; looking for the decided claims in them", "training", "comparing with the models before"]
    return found


def test_decisions_are_learned_beside_the_material(report, tiny_models):
    before, after = read_instances(tiny_models / INSTANCES), read_instances(report.out / INSTANCES)
    assert report.learned["claim"] == 2
    assert len(after["claim"]) == len(before["claim"]) + 2 == report.shipped["claim"] + 2
    assert [(instance.label, weight) for instance, weight in after["claim"][-2:]] == [("none", 2.0), ("decrease", 2.0)]
    assert read_articles(report.out / INSTANCES) == read_articles(tiny_models / INSTANCES) | {"one"}


def test_calibration_and_thresholds_are_kept(report, tiny_models):
    before, after = load_models(tiny_models), load_models(report.out)
    assert (after.calibration, after.thresholds, after.proposing) == (before.calibration, before.thresholds, before.proposing)
    assert after.tasks["claim"].weights != before.tasks["claim"].weights


def test_a_run_uses_the_new_models(report, tiny_models):
    (article,) = read(report.out.parent / "one.txt")
    old, new = (Pipeline(Settings(mode="complete"), models=where).run(article).claims for where in (tiny_models, report.out))
    assert old
    assert [claim.probabilities for claim in old] != [claim.probabilities for claim in new]


def test_the_report_says_what_changed_and_what_was_left_out(report, folder):
    assert report.change.decided == 2
    assert 0 <= report.change.before <= 2
    assert report.change.changed >= abs(report.change.after - report.change.before)
    assert [(one.place, one.why) for one in report.left_out] == [(f"{folder / 'sheet.csv'}:4", "article two is not among --texts")]
    assert report.measured is not None
    assert (report.measured.articles, report.measured.seen) == (1, ("one",))
    text = described(report)
    assert "claim: 2 instances learned beside" in text
    assert f"decisions that the models agree with: {report.change.before} of 2 before, {report.change.after} after" in text
    assert "on 1 articles of --dev: exact.f1 " in text
    assert "WARNING: 1 of them are among the articles trained on (one); these figures say nothing about articles that are new" in text
    assert "1 left out:\n" in text
    assert "calibration, weigher and thresholds are kept from the models of the package" in text
    assert f"extractor extract … --claim-models {report.out}" in text


def test_gold_is_learned_whole(folder, tiny_models):
    found = retrain(Retraining((folder / "gold.jsonl",), (str(folder / "one.txt"),), out=folder / "of_gold"), base=tiny_models)
    assert found.learned["claim"] == 2
    assert [(one.place, one.why) for one in found.left_out] == [(str(folder / "gold.jsonl"), "article absent is not among --texts")]
    assert [weight for _, weight in read_instances(found.out / INSTANCES)["claim"][-2:]] == [1.0, 1.0]
    assert (found.change.decided, found.measured) == (0, None)
    assert "decisions" not in described(found)


def test_nothing_to_learn_is_a_usage_error(folder, tiny_models, tmp_path):
    with pytest.raises(UsageError, match=r"nothing to learn from; expected a decided row or a gold claim whose article is among --texts; check --gold"):
        retrain(Retraining((folder / "plain.csv",), (str(folder / "one.txt"),), out=tmp_path), base=tiny_models)
    with pytest.raises(UsageError, match=r"nothing to learn from; the first of 3 left out: .*sheet.csv:2: article one is not among --texts"):
        retrain(Retraining((folder / "sheet.csv",), (), out=tmp_path), base=tiny_models)
    assert not list(tmp_path.iterdir())


def test_dev_without_its_texts_is_an_error_before_anything_is_saved(folder, tiny_models, tmp_path):
    (tmp_path / "dev.jsonl").write_text(json.dumps({**GOLD, "record_id": "two"}) + "\n", "utf-8")
    request = Retraining((folder / "sheet.csv",), (str(folder / "one.txt"),), out=tmp_path / "models", dev=tmp_path / "dev.jsonl")
    with pytest.raises(DataError, match="dev.jsonl: none of its articles is among --texts; expected the texts of the gold articles; name their files"):
        retrain(request, base=tiny_models)
    assert not (tmp_path / "models").exists()


def test_long_lists_are_cut(report, monkeypatch):
    monkeypatch.setattr(module, "LISTED", 0)
    assert "  … and 1 more" in described(report)
