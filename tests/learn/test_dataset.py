"""What an annotated item teaches each model."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from extractor.evaluate.names import resolve
from extractor.learn.dataset import Studied, is_right, study, words_of
from extractor.learn.examples import Example
from extractor.learn.sentences import from_sentences
from extractor.pipeline import Pipeline
from extractor.records import Section
from extractor.relate.options import options_of
from extractor.relate.slot_features import Option

TEXT = "Ketamine increased the level of BDNF in the hippocampus but not in the pons of rats. Stress lowered dopamine."
CLAIM = "= Ketamine | drug | BDNF | level | hippocampus | increase | rats | increased"
STRESS = "= Stress | stress | dopamine | level | - | decrease | - | lowered | hedged, background"
Taught = Callable[..., Studied]


@pytest.fixture
def example(tmp_path: Path) -> Callable[..., Example]:
    """`example(text, *claims)`: one item."""

    def make(text: str, *claims: str) -> Example:
        (tmp_path / "some.txt").write_text("\n".join(["## some", text, *claims]), "utf-8")
        (one,) = from_sentences(tmp_path)
        return one

    return make


@pytest.fixture
def taught(example: Callable[..., Example], rules_pipeline: Pipeline) -> Taught:
    """`taught(text, *claims)`: an item, studied."""
    return lambda text, *claims: study(example(text, *claims), rules_pipeline)


def counted(studied: Studied, task: str) -> Counter[str]:
    return Counter(instance.label for instance in studied.instances[task])  # type: ignore[index]


def test_each_pair_and_each_option_of_a_claim_is_an_instance(taught: Taught) -> None:
    one = taught("Ketamine increased the level of BDNF in the hippocampus of rats.", CLAIM)
    assert counted(one, "claim") == {"increase": 1}
    assert [counted(one, task) for task in ("region", "species", "agent")] == [{"yes": 1, "no": 1}] * 3, "the thing named, and that nothing is stated"
    assert [counted(one, task) for task in ("form", "agent_type", "attribution", "certainty")] == [{"level": 1}, {"drug": 1}, {"own": 1}, {"asserted": 1}]


def test_a_negative_item_teaches_only_that_it_is_none(taught: Taught) -> None:
    one = taught("To test whether ketamine increases the level of BDNF, rats were fed.")
    assert counted(one, "claim") == {"none": 1}
    assert {task for task, instances in one.instances.items() if instances} == {"claim"}


def test_that_nothing_is_stated_is_the_right_option_where_the_annotation_says_so(taught: Taught) -> None:
    one = taught("Stress lowered dopamine.", STRESS)
    assert counted(one, "region") == {"yes": 1}
    assert "bias none" in one.instances["region"][0].features
    assert (counted(one, "attribution"), counted(one, "certainty"), counted(one, "agent_type")) == ({"background": 1}, {"hedged": 1}, {"stress": 1})


def test_a_doubtful_pair_teaches_nothing(taught: Taught) -> None:
    one = taught("Ketamine increased the level of BDNF in the hippocampus of rats. Stress increased BDNF.", CLAIM)
    assert counted(one, "claim") == {"increase": 1}
    assert sum(len(row) for row in one.labels) == 2


def test_slots_of_which_nobody_knows_what_is_right_are_not_taught(example: Callable[..., Example], rules_pipeline: Pipeline) -> None:
    one = example("Ketamine increased the level of BDNF in the hippocampus of rats.", CLAIM)
    claims = tuple(replace(claim, unknown=frozenset({"region", "certainty"})) for claim in one.claims)
    studied = study(replace(one, claims=claims), rules_pipeline)
    assert [len(studied.instances[task]) for task in ("claim", "region", "species", "certainty", "form")] == [1, 0, 2, 0, 1]


def test_a_slot_whose_answer_the_scan_lost_teaches_nothing(taught: Taught) -> None:
    one = taught("Glumbozine increased the level of BDNF in the blurbium of rats.", CLAIM.replace("Ketamine", "Glumbozine").replace("hippocampus", "blurbium"))
    assert counted(one, "claim") == {"increase": 1}
    assert counted(one, "region") == {}
    assert counted(one, "species") == {"yes": 1, "no": 1}


def test_what_is_outside_of_the_annotated_part_is_not_studied(example: Callable[..., Example], rules_pipeline: Pipeline) -> None:
    whole = example(TEXT, CLAIM, STRESS)
    end = TEXT.index("Stress")
    first = study(replace(whole, span=(0, end)), rules_pipeline)
    assert [view.text for view in first.views] == [TEXT[: end - 1]]
    assert [claim.row.molecule for claim in first.lost] == ["dopamine"]
    assert study(replace(whole, sections=frozenset({Section.RESULTS})), rules_pipeline).views == ()
    assert len(study(replace(whole, sections=frozenset({Section.ABSTRACT})), rules_pipeline).views) == 2


def test_a_lost_claim_is_told(taught: Taught) -> None:
    one = taught("Ketamine increased flurbinol in rats.", "= Ketamine | drug | flurbinol | level | - | increase | rats | increased")
    assert [claim.row.molecule for claim in one.lost] == ["flurbinol"]


def test_an_option_is_right_where_it_means_what_is_wanted(taught: Taught) -> None:
    one = taught(TEXT, CLAIM, STRESS)
    view = one.views[0]
    options = options_of(view, view.pairs[0], kind="region", ladder=one.ladder)
    right = {o.key: is_right(view, o, resolve("region", "hippocampal formation"), "region") for o in options}
    assert [key for key, good in right.items() if good] == [o.key for o in options if o.place is not None and o.place.mention.text == "hippocampus"]
    assert is_right(view, Option(), None, "region")
    assert not is_right(view, options[0], None, "region")
    assert not is_right(view, Option(), resolve("region", "pons"), "region")


def test_the_authors_own_words_are_an_agent(taught: Taught) -> None:
    one = taught(TEXT, CLAIM, STRESS)
    view = one.views[0]
    own = Option(span=(0, 2))
    assert words_of(view, own) == "Ketamine increased"
    assert words_of(view, Option()) == ""
    assert is_right(view, own, resolve("agent", "Ketamine increased"), "agent")
    assert not is_right(view, own, resolve("agent", "stress"), "agent")


def test_studying_twice_teaches_the_same(taught: Taught) -> None:
    assert taught(TEXT, CLAIM, STRESS).instances == taught(TEXT, CLAIM, STRESS).instances
