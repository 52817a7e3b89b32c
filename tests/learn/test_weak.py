"""Weak supervision: what is read of each corpus, which pairs get a label and which none, and what is left out."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.evaluate.names import Name, resolve
from extractor.learn.weak import READERS, Acting, Evidence, Statement, WeakSource, label_evidence, weak_instances
from extractor.pipeline import Pipeline
from extractor.records import Article, Direction

INCREASE, DECREASE, NO_CHANGE = Direction.INCREASE, Direction.DECREASE, Direction.NO_CHANGE
MakeArticle = Callable[..., Article]
RAISED = "In rats, leptin increased the level of BDNF in the pons."


def name(text: str) -> Name:
    found = resolve("molecule", text)
    assert found is not None
    return found


def statement(molecule: str, direction: Direction, *actors: str) -> Statement:
    return Statement(molecule=name(molecule), direction=direction, actors=tuple(map(name, actors)))


def bel_row(text: str, statement: str, *, relation: str = "->", direction: str = "up") -> str:
    return json.dumps({"evidence": text, "relation": relation, "direction": direction, "statement": statement.replace(" -> ", f" {relation} ")})


def write_bel(corpora: Path, *rows: str) -> Path:
    (corpora / "bel_claims").mkdir(exist_ok=True)
    (corpora / "bel_claims" / "bel_claims_dev.jsonl").write_text("\n".join(rows), "utf-8")
    return corpora


def write_chemprot(corpora: Path, *rows: tuple[str, str]) -> Path:
    (corpora / "chemprot").mkdir()
    lines = "".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in rows)
    (corpora / "chemprot" / "train.jsonl").write_text(lines, "utf-8")
    (corpora / "chemprot" / "dev.jsonl").write_text("", "utf-8")
    return corpora


def labelled(evidence: Evidence, pipeline: Pipeline, make_article: MakeArticle) -> list[tuple[str, str, str]]:
    """Each labelled pair as cue, molecule, label."""
    views = pipeline.views(make_article(evidence.text))[1]
    found = [(views[v].units.items, views[v].pairs[p], label) for v, p, label in label_evidence(evidence, views)]
    return [(units[pair.cue].lower, units[pair.molecule].lower, label) for units, pair, label in found]


@pytest.mark.parametrize(
    ("target", "molecule"),
    [
        ("p(HGNC:BDNF)", "BDNF"),
        ("r(HGNC:BDNF)", "BDNF"),
        ('a(CHEBI:"dopamine")', "dopamine"),
        ("sec(p(HGNC:INS))", "INS"),
        ("p(HGNC:MAPT, pmod(Ph, Ser, 9))", "MAPT"),
    ],
)
def test_a_bel_statement_of_an_amount_is_read(target: str, molecule: str, tmp_path: Path) -> None:
    corpora = write_bel(tmp_path, bel_row(RAISED, f"p(HGNC:LEP) -> {target}", relation="-|", direction="down"))
    (evidence,) = READERS["bel"](corpora)
    assert evidence == Evidence(text=RAISED, statements=(statement(molecule, DECREASE, "LEP"),))


@pytest.mark.parametrize(
    "target", ["act(p(HGNC:BDNF))", 'bp(GO:"some process")', "path(MESH:Pain)", 'a(GO:"dendritic spine")', "p(HGNC:BDNF, pmod(Ub))", "p(HGNC:APP, frag(1_42))"]
)
def test_a_bel_statement_of_anything_else_is_passed_over(target: str, tmp_path: Path) -> None:
    assert list(READERS["bel"](write_bel(tmp_path, bel_row(RAISED, f"p(HGNC:LEP) -> {target}")))) == []


def test_correlations_and_garbled_texts_are_passed_over(tmp_path: Path) -> None:
    plain = "p(HGNC:LEP) -> p(HGNC:BDNF)"
    corpora = write_bel(tmp_path, bel_row(RAISED, plain, relation="pos", direction="pos"), bel_row("Leptin Ã¢â‚¬ increased BDNF.", plain))
    assert list(READERS["bel"](corpora)) == []


def test_statements_of_one_text_come_together(tmp_path: Path) -> None:
    rows = [bel_row(RAISED, "p(HGNC:LEP) -> p(HGNC:BDNF)"), bel_row(RAISED, "p(HGNC:LEP) -> p(HGNC:FOS)", relation="cnc", direction="nc")]
    (evidence,) = READERS["bel"](write_bel(tmp_path, *rows))
    assert [(s.molecule, s.direction) for s in evidence.statements] == [(name("BDNF"), INCREASE), (name("FOS"), NO_CHANGE)]


@pytest.mark.parametrize(
    ("text", "label", "direction"),
    [
        ("<< Fluoxetine >> increased [[ BDNF ]] in the pons.", "INDIRECT-UPREGULATOR", INCREASE),
        ("<< BDNF >> was reduced by [[ fluoxetine ]].", "DOWNREGULATOR", DECREASE),
    ],
)
def test_the_lexicons_tell_the_protein_from_the_chemical(text: str, label: str, direction: Direction, tmp_path: Path) -> None:
    (evidence,) = READERS["chemprot"](write_chemprot(tmp_path, (text, label)))
    assert evidence.text == re.sub("<< | >>|\\[\\[ | ]]", "", text)
    assert [(s.molecule, s.direction) for s in evidence.statements] == [(name("BDNF"), direction)]


def test_two_names_of_one_standing_are_passed_over(tmp_path: Path) -> None:
    rows = [("<< Blorbine >> increased [[ zyx-9 ]].", "UPREGULATOR"), ("<< Fluoxetine >> binds [[ BDNF ]].", "SUBSTRATE")]
    assert list(READERS["chemprot"](write_chemprot(tmp_path, *rows))) == []


def test_linked_words_of_a_perturbation_and_its_effect_are_read(tmp_path: Path) -> None:
    text = "Loss of TP53\ntriggered cell death."
    tags = {
        "PERTURBING_ACTION": {"@id": "P0", "@spans": "0~12"},
        "EFFECT": [{"@id": "E0", "@spans": "13~22,23~33"}, {"@id": "E1", "@spans": "0~4"}],
        "ENTITY_LINKING": {"@id": "L0", "@effectID": "E0", "@perturbing_actionID": "P0"},
    }
    folder = tmp_path / "functional_genomics"
    folder.mkdir()
    (folder / "marked_and_linked_raw.json").write_text(json.dumps({"1": {"Genomics_ConceptTask": {"TEXT": text, "TAGS": tags}}}), "utf-8")
    (folder / "v2_marked_and_linked_raw.json").write_text(json.dumps({"2": {"Genomics_ConceptTask": {"TEXT": text, "TAGS": None}}}), "utf-8")
    (evidence,) = READERS["functional_genomics"](tmp_path)
    assert evidence.text == text.replace("\n", " ")
    assert evidence.actings == (Acting(effect=(13, 22), actor=(0, 12)), Acting(effect=(23, 33), actor=(0, 12)))


def test_only_outcomes_of_one_molecule_are_read(tmp_path: Path) -> None:
    (tmp_path / "rct").mkdir()
    rows = ["molecule,intervention,direction,evidence_sentence,core", "insulin,zinc,no_change,Zinc left insulin alone.,1", "lipids,zinc,decrease,No lipids.,0"]
    (tmp_path / "rct" / "molecule_outcomes.csv").write_text("\n".join(rows), "utf-8")
    assert list(READERS["rct"](tmp_path)) == [Evidence(text="Zinc left insulin alone.", statements=(statement("insulin", NO_CHANGE, "zinc"),))]


def test_the_pair_that_reads_as_stated_is_a_claim_and_the_actor_is_none(pipeline: Pipeline, make_article: MakeArticle) -> None:
    evidence = Evidence(text=RAISED, statements=(statement("BDNF", INCREASE, "leptin"),))
    assert sorted(labelled(evidence, pipeline, make_article)) == [("increased", "bdnf", "increase"), ("increased", "leptin", "none")]


def test_nothing_is_learned_where_no_pair_reads_as_stated(pipeline: Pipeline, make_article: MakeArticle) -> None:
    evidence = Evidence(text=RAISED, statements=(statement("BDNF", DECREASE, "leptin"), statement("FOS", INCREASE, "leptin")))
    assert labelled(evidence, pipeline, make_article) == []


def test_an_actor_that_another_statement_speaks_of_stays_unknown(pipeline: Pipeline, make_article: MakeArticle) -> None:
    evidence = Evidence(text=RAISED, statements=(statement("BDNF", INCREASE, "leptin"), statement("leptin", DECREASE)))
    assert labelled(evidence, pipeline, make_article) == [("increased", "bdnf", "increase")]


def test_one_pair_of_several_is_a_claim(pipeline: Pipeline, make_article: MakeArticle) -> None:
    evidence = Evidence(text="Zinc increased BDNF in the pons and elevated BDNF in the cortex.", statements=(statement("BDNF", INCREASE),))
    assert [label for _, _, label in labelled(evidence, pipeline, make_article)] == ["increase"]


def test_a_pair_that_no_rule_ties_is_no_claim(pipeline: Pipeline, make_article: MakeArticle) -> None:
    text = "Zinc increased the firing that leptin and the smell of BDNF went with."
    views = pipeline.views(make_article(text))[1]
    pairs = [pair for view in views for pair in view.pairs if view.units.items[pair.molecule].lower == "bdnf"]
    assert [(pair.tied, pair.direction) for pair in pairs] == [(False, INCREASE)]
    assert labelled(Evidence(text=text, statements=(statement("BDNF", INCREASE),)), pipeline, make_article) == []


def test_a_perturbed_gene_is_not_what_the_effect_changes(pipeline: Pipeline, make_article: MakeArticle) -> None:
    text = "Knockdown of BDNF reduced cell death and insulin."
    acting = Acting(effect=(text.index("reduced"), text.index("cell")), actor=(0, text.index(" reduced")))
    assert labelled(Evidence(text=text, actings=(acting,)), pipeline, make_article) == [("reduced", "bdnf", "none")]


def instances(corpora: Path, pipeline: Pipeline, *held_out: str) -> list[tuple[WeakSource, str, str]]:
    return [(source, task, one.label) for source, task, one in weak_instances(corpora, pipeline, sources=("bel",), held_out=held_out)]


def test_instances_carry_source_task_and_features(tmp_path: Path, pipeline: Pipeline) -> None:
    corpora = write_bel(tmp_path, bel_row(RAISED, "p(HGNC:LEP) -> p(HGNC:BDNF)"))
    found = list(weak_instances(corpora, pipeline, sources=("bel",)))
    assert sorted((source, task, one.label) for source, task, one in found) == [("bel", "claim", "increase"), ("bel", "claim", "none")]
    assert all("cue:lemma=increase" in one.features for _, _, one in found)


def test_a_sentence_counts_once(tmp_path: Path, pipeline: Pipeline) -> None:
    row = bel_row(RAISED, "p(HGNC:LEP) -> p(HGNC:BDNF)")
    again = bel_row(f"{RAISED} So it went.", "p(HGNC:LEP) -> p(HGNC:BDNF)")
    assert instances(write_bel(tmp_path, row, again), pipeline) == instances(write_bel(tmp_path, row), pipeline)


@pytest.mark.parametrize(("shared", "left"), [(7, 1), (8, 0)])
def test_a_sentence_of_a_held_out_text_is_left_out(shared: int, left: int, tmp_path: Path, pipeline: Pipeline) -> None:
    text = "Running increased BDNF in the pons of some old rats"
    corpora = write_bel(tmp_path, bel_row(f"{text}.", 'bp(GO:"locomotion") -> p(HGNC:BDNF)'))
    held_out = f"Otherwise, {' '.join(text.upper().split()[:shared])}!"
    assert [label for _, _, label in instances(corpora, pipeline, held_out)] == ["increase"] * left


def test_a_missing_corpus_is_named(tmp_path: Path, pipeline: Pipeline) -> None:
    with pytest.raises(DataError, match=r"bel_claims_dev\.jsonl: no such file; expected a file of the corpus"):
        instances(tmp_path, pipeline)


def test_a_broken_line_is_named(tmp_path: Path, pipeline: Pipeline) -> None:
    corpora = write_bel(tmp_path, bel_row(RAISED, "p(HGNC:LEP) -> p(HGNC:BDNF)"), "{")
    with pytest.raises(DataError, match=r"bel_claims_dev\.jsonl:2: no JSON object: .*fetch the file anew"):
        instances(corpora, pipeline)
