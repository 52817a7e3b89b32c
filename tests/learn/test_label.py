"""Which pair states which annotated claim, on items written as those of corpus/training."""

from collections.abc import Callable
from pathlib import Path

import pytest
from extractor.evaluate.names import same
from extractor.learn.dataset import study
from extractor.learn.examples import Example
from extractor.learn.label import UNKNOWN, label_pairs, name_of
from extractor.learn.sentences import from_sentences
from extractor.pipeline import Pipeline
from extractor.records import Mention
from extractor.relate.models import NO_CLAIM

Answers = dict[tuple[str, str], list[str]]
PLAIN = "= Ketamine | drug | BDNF | level | {region} | increase | rats | {cue}"


@pytest.fixture
def labelled(tmp_path: Path, rules_pipeline: Pipeline) -> Callable[..., tuple[Answers, list[str]]]:
    """`labelled(text, *claims)`: the labels of an item by the words of cue and molecule, and the molecules of the claims that are lost."""

    def make(text: str, *claims: str) -> tuple[Answers, list[str]]:
        (tmp_path / "some.txt").write_text("\n".join(["## some", text, *claims]), "utf-8")
        (example,) = from_sentences(tmp_path)
        _, views = rules_pipeline.views(example.article)
        labels, lost = label_pairs(example, views)
        answers: Answers = {}
        for view, row in zip(views, labels, strict=True):
            for pair, answer in zip(view.pairs, row, strict=True):
                answers.setdefault((view.units.items[pair.cue].lower, view.units.items[pair.molecule].lower), []).append(answer.label)
        return answers, [claim.row.molecule for claim in lost]

    return make


def test_the_pair_of_cue_and_molecule_states_its_claim(labelled: Callable[..., tuple[Answers, list[str]]]) -> None:
    text = "Ketamine increased the level of BDNF and lowered that of dopamine in the cortex of rats."
    answers, lost = labelled(text, PLAIN.format(region="cortex", cue="increased"), "= Ketamine | drug | dopamine | level | cortex | decrease | rats | lowered")
    assert answers[("increased", "bdnf")] == ["increase"]
    assert answers[("lowered", "dopamine")] == ["decrease"]
    assert set(answers[("increased", "dopamine")] + answers[("lowered", "bdnf")]) <= {NO_CLAIM, UNKNOWN}
    assert lost == []


def test_without_claims_every_pair_is_none(labelled: Callable[..., tuple[Answers, list[str]]]) -> None:
    assert labelled("To test whether ketamine increases the level of BDNF, rats were fed.") == ({("increases", "bdnf"): [NO_CLAIM]}, [])


def test_other_molecules_of_the_sentence_are_none(labelled: Callable[..., tuple[Answers, list[str]]]) -> None:
    answers, _ = labelled("Ketamine increased BDNF in the cortex of rats. Dopamine decreased IL-6.", PLAIN.format(region="cortex", cue="increased"))
    assert answers == {("increased", "bdnf"): ["increase"], ("decreased", "dopamine"): [NO_CLAIM], ("decreased", "il-6"): [NO_CLAIM]}


@pytest.mark.parametrize("cue", ["but not", "increased"])
def test_a_change_that_is_denied_for_a_part_is_a_pair_of_its_own(labelled: Callable[..., tuple[Answers, list[str]]], cue: str) -> None:
    answers, lost = labelled(
        "Ketamine increased BDNF in the hippocampus, but not in the striatum, of rats.",
        PLAIN.format(region="hippocampus", cue="increased"),
        f"= Ketamine | drug | BDNF | level | striatum | no_change | rats | {cue}",
    )
    assert answers == {("increased", "bdnf"): ["increase", "no_change"]}
    assert lost == []


def test_a_reversal_and_what_it_reverses_are_told_by_their_own_cues(labelled: Callable[..., tuple[Answers, list[str]]]) -> None:
    answers, _ = labelled(
        "Ketamine reversed the stress-induced decrease in BDNF in the hippocampus of rats.",
        PLAIN.format(region="hippocampus", cue="reversed"),
        "= stress | stress | BDNF | level | hippocampus | decrease | rats | decrease | presupposed",
    )
    assert answers[("reversed", "bdnf")] == ["increase"]
    assert answers[("decrease", "bdnf")] == ["decrease"]
    assert answers[("induced", "bdnf")] == [NO_CLAIM]


def test_a_claim_whose_molecule_the_scan_lost_is_told(labelled: Callable[..., tuple[Answers, list[str]]]) -> None:
    answers, lost = labelled(
        "Ketamine increased flurbinol and BDNF in rats.",
        PLAIN.format(region="-", cue="increased"), "= Ketamine | drug | flurbinol | level | - | increase | rats | increased",
    )  # fmt: skip
    assert lost == ["flurbinol"]
    assert answers == {("increased", "bdnf"): ["increase"]}


def test_what_the_rules_read_as_a_claim_annotated_elsewhere_is_unknown(labelled: Callable[..., tuple[Answers, list[str]]]) -> None:
    text = "Ketamine increased BDNF in the cortex of rats. In mice, too, stress raised BDNF, and dopamine was reduced."
    answers, _ = labelled(text, PLAIN.format(region="cortex", cue="increased"))
    assert answers[("increased", "bdnf")] == ["increase"]
    assert answers[("raised", "bdnf")] == [UNKNOWN]
    assert answers[("reduced", "dopamine")] == [NO_CLAIM]


def test_a_cue_that_the_scan_does_not_know_falls_to_the_nearest_that_reads_so(labelled: Callable[..., tuple[Answers, list[str]]]) -> None:
    text = "After ketamine the BDNF of rats was thrice that of controls, and an increase in BDNF was seen where it was not reduced."
    answers, lost = labelled(text, PLAIN.format(region="-", cue="thrice").replace("Ketamine", "ketamine"))
    assert lost == []
    assert "increase" in answers[("increase", "bdnf")]
    assert "increase" not in answers[("reduced", "bdnf")]


def test_two_claims_of_one_pair_stand_together(tmp_path: Path, rules_pipeline: Pipeline) -> None:
    claims = [PLAIN.format(region=region, cue="increased") for region in ("cortex", "pons")]
    (tmp_path / "some.txt").write_text("\n".join(["## some", "Ketamine increased BDNF in the cortex and the pons of rats.", *claims]), "utf-8")
    (example,) = from_sentences(tmp_path)
    ((answer,),) = study(example, rules_pipeline).labels
    assert answer.label == "increase"
    assert [claim.row.region_canonical for claim in answer.claims] == ["cortex", "pons"]


def test_an_example_without_sentences_loses_all_its_claims(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text(f"## some\nKetamine increased BDNF in the cortex of rats.\n{PLAIN.format(region='cortex', cue='increased')}", "utf-8")
    (example,) = from_sentences(tmp_path)
    assert isinstance(example, Example)
    assert label_pairs(example, []) == ([], list(example.claims))


def test_a_mention_is_named_as_the_evaluation_names_it() -> None:
    long = name_of(Mention(start=0, end=4, text="brain-derived neurotrophic factor", kind="molecule", id="hgnc:1033", name="BDNF"))
    short = name_of(Mention(start=9, end=13, text="BDNF", kind="molecule", id="hgnc:1033", name="BDNF"))
    assert long is not None
    assert same(long, short)
    assert not same(long, name_of(Mention(start=0, end=4, text="TrkB", kind="molecule", id=None, name="TrkB")))
