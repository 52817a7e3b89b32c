"""Decisions of a curator: which pair each is about, what it teaches, and which rows teach nothing."""

import csv
from dataclasses import replace

import pytest
from extractor.emit.curation import write_sheet
from extractor.errors import DataError, UsageError
from extractor.learn.decisions import SheetRow, read_decided, teach
from extractor.learn.label import UNKNOWN
from extractor.relate.models import NO_CLAIM
from extractor.schema import claim_record

TEXT = "Ketamine raised BDNF in the hippocampus of male rats. Imipramine lowered NT-3 and IL-6 in the amygdala. Stress lowered dopamine in the striatum."


@pytest.fixture(scope="module")
def article(make_article):
    return make_article(TEXT, id="A1")


@pytest.fixture(scope="module")
def rows(article, rules_pipeline, tmp_path_factory):
    """The undecided rows of the article's claims, by molecule."""
    path = tmp_path_factory.mktemp("sheet") / "sheet.csv"
    write_sheet([claim_record(claim, article) for claim in rules_pipeline.run(article).claims], path)
    found = {row.cells["molecule"]: row for row in read_decided(path)}
    assert set(found) == {"BDNF", "NT-3", "IL-6", "dopamine"}
    return found


def decided(row, decision, **cells):
    return SheetRow(place=row.place, decision=decision, cells={**row.cells, "decision": decision, **cells})


@pytest.fixture
def taught(article, rules_pipeline):
    return lambda *rows: teach(article, rows, rules_pipeline)


def answers(taught):
    """The labels of the pairs that are known, by cue and molecule."""
    found = {}
    for view, labels in zip(taught.studied.views, taught.studied.labels, strict=True):
        for pair, answer in zip(view.pairs, labels, strict=True):
            if answer.label != UNKNOWN:
                found[view.units.items[pair.cue].lower, view.units.items[pair.molecule].mention("molecule").text] = answer.label
    return found


def yes(taught, task):
    return sum(instance.label == "yes" for instance in taught.studied.instances[task])


def test_an_accepted_row_teaches_its_pair_and_its_slots_and_nothing_else(rows, taught):
    found = taught(decided(rows["BDNF"], "accept"))
    assert answers(found) == {("raised", "BDNF"): "increase"}
    (claim,) = found.studied.example.claims
    assert (claim.row.agent, claim.row.region, claim.row.species, claim.row.form) == (("ketamine",), "hippocampus", "rat", "level")
    assert found.studied.example.source == "decisions"
    assert [one.label for one in found.studied.instances["claim"]] == ["increase"]
    assert {task: yes(found, task) for task in ("region", "species", "agent")} == {"region": 1, "species": 1, "agent": 1}
    assert [one.label for one in found.studied.instances["agent_type"]] == ["drug"]
    assert found.left_out == ()


def test_a_rejected_row_teaches_that_its_pair_is_no_claim(rows, taught):
    found = taught(decided(rows["NT-3"], "reject"))
    assert answers(found) == {("lowered", "NT-3"): NO_CLAIM}
    assert {task for task, instances in found.studied.instances.items() if instances} == {"claim"}


def test_an_undecided_row_teaches_nothing(rows, taught):
    found = taught(*rows.values())
    assert answers(found) == {}
    assert (found.lessons, found.left_out) == ((), ())


def test_corrected_values_are_taught(rows, taught):
    found = taught(decided(rows["BDNF"], "correct", corrected_direction="no_change", corrected_region="not stated", corrected_form="mRNA"))
    assert answers(found) == {("raised", "BDNF"): "no_change"}
    right = [one.features for one in found.studied.instances["region"] if one.label == "yes"]
    assert ["bias none" in features for features in right] == [True]
    assert [one.label for one in found.studied.instances["form"]] == ["mRNA"]


def test_a_corrected_molecule_moves_the_claim_to_its_own_pair(rows, taught):
    found = taught(decided(rows["NT-3"], "correct", corrected_molecule="interleukin-6"))
    assert answers(found) == {("lowered", "IL-6"): "decrease", ("lowered", "NT-3"): NO_CLAIM}


def test_a_corrected_agent_without_its_type_leaves_the_type_open(rows, taught):
    assert not taught(decided(rows["BDNF"], "correct", corrected_agent="ketamine")).studied.instances["agent_type"]
    both = taught(decided(rows["BDNF"], "correct", corrected_agent="ketamine", corrected_agent_type="stress"))
    assert [one.label for one in both.studied.instances["agent_type"]] == ["stress"]


def test_a_species_that_no_lexicon_knows_is_not_learned_but_the_rest_is(rows, taught):
    found = taught(decided(rows["BDNF"], "correct", corrected_species="griffins"))
    assert answers(found) == {("raised", "BDNF"): "increase"}
    assert (found.studied.instances["species"], yes(found, "region")) == ((), 1)


def test_a_claim_of_several_sentences_says_nothing_of_the_certainty_of_one(rows, taught):
    assert taught(decided(rows["BDNF"], "accept")).studied.instances["certainty"]
    assert not taught(decided(rows["BDNF"], "accept", evidence_count="2")).studied.instances["certainty"]


def test_slots_are_open_while_another_claim_of_the_pair_is_undecided(rows, taught):
    other = replace(rows["BDNF"], place="sheet.csv:9", cells={**rows["BDNF"].cells, "region": "pons", "region_name": "pons"})
    found = taught(decided(rows["BDNF"], "accept"), other)
    assert answers(found) == {("raised", "BDNF"): "increase"}
    assert not found.studied.instances["region"]
    assert found.studied.instances["attribution"]
    assert answers(taught(decided(rows["BDNF"], "reject"), other)) == {}
    assert yes(taught(decided(rows["BDNF"], "accept"), decided(other, "reject")), "region") == 1


def test_rows_that_contradict_each_other_teach_nothing(rows, taught):
    found = taught(decided(rows["BDNF"], "accept"), decided(rows["BDNF"], "correct", corrected_direction="decrease"))
    assert answers(found) == {}
    assert [one.why for one in found.left_out] == ["another row gives the same words another direction"] * 2


@pytest.mark.parametrize(
    ("decision", "cells", "why"),
    [
        ("accept", {"evidence": "Lithium raised BDNF."}, "its evidence is not in the text of A1"),
        ("accept", {"cue": "fell"}, "its cue and molecule are no pair of its sentence as it is read now"),
        ("correct", {}, "the decision is correct, and no corrected_ cell is filled in"),
        ("accept", {"corrected_form": "mRNA"}, "the decision is accept, and corrected_form is filled in"),
        ("correct", {"corrected_molecule": "leptin"}, "no molecule 'leptin' was found in its sentence"),
        ("correct", {"corrected_direction": "up"}, "direction 'up' is none of increase, decrease, no_change"),
        ("correct", {"corrected_agent_type": "gene"}, "agent_type 'gene' is none of drug, procedure, stress, genetic, disease"),
    ],
)
def test_a_row_that_cannot_be_learned_from_says_why(rows, taught, decision, cells, why):
    found = taught(decided(rows["BDNF"], decision, **cells))
    assert [(one.place, one.why) for one in found.left_out] == [(rows["BDNF"].place, why)]
    assert answers(found) == {}


def written(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_broken_sheet_is_named(tmp_path):
    with pytest.raises(DataError, match="none.csv: no such file; expected a sheet of `extractor records`; check the path"):
        read_decided(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="a sheet that ends in .docx"):
        read_decided(tmp_path / "sheet.docx")
    with pytest.raises(DataError, match=r"a.csv:2: no column evidence, cue, molecule, direction, decision"):
        read_decided(written(tmp_path / "a.csv", ["article_id"], ["A1"]))
    columns = ["article_id", "evidence", "cue", "molecule", "direction", "decision"]
    with pytest.raises(DataError, match=r"b.csv:2: decision 'perhaps'; expected one of accept, reject, correct, or nothing"):
        read_decided(written(tmp_path / "b.csv", columns, ["A1", "e", "c", "m", "increase", "Perhaps"]))
    assert [row.decision for row in read_decided(written(tmp_path / "c.csv", columns, ["A1", "e", "c", "m", "increase", " Accept "]))] == ["accept"]
