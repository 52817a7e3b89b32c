"""Models decide and slots are filled: with models made by hand, whose answers are known, and with those of the package."""

from collections.abc import Callable, Mapping, Sequence
from math import exp, log

import pytest
from extractor.pipeline import Pipeline
from extractor.records import AgentType, Article, Candidate, Direction, Distance, Mention, Passage, PassageKind, Receipt, Section
from extractor.relate.artefact import load_models
from extractor.relate.learned import Choice, Decider, Verdict, chosen
from extractor.relate.models import SLOT_TASKS, Calibration, ClaimModels, LinearModel, Task
from extractor.relate.places import Ladder, Place
from extractor.relate.slot_features import Option
from extractor.relate.view import SentenceView
from extractor.settings import Settings

CLASSES: Mapping[Task, tuple[str, ...]] = {
    "claim": ("decrease", "increase", "no_change", "none"), "region": ("no", "yes"), "species": ("no", "yes"), "agent": ("no", "yes"),
    "form": ("activity", "level"), "agent_type": ("drug", "stress"), "attribution": ("background", "own"), "certainty": ("asserted", "hedged"),
}  # fmt: skip
ALWAYS: Mapping[Task, tuple[float, ...]] = {
    "claim": (0.0, log(7), 0.0, 0.0), "region": (0.0, -9.0), "species": (0.0, -9.0), "agent": (0.0, -9.0), "form": (0.0, 1.0), "agent_type": (1.0, 0.0),
    "attribution": (0.0, 1.0), "certainty": (1.0, 0.0),
}  # fmt: skip
"""What the models made by hand say whatever they see: an increase with 7 of 10, a level, a drug, an own finding, asserted; no option is likely."""
HERE = {"rung=sentence": (0.0, 9 + log(4))}
"""A slot model under which everything named in the sentence is right with 4 of 5."""
FIRST_PART = Calibration(weights=(1.0, 0.0, 0.0), intercept=0.0)
"""Passes the probability of the pair on."""
TEXT = "Ketamine increased the level of BDNF in the hippocampus of rats."
Heard = Callable[..., list[Candidate]]
Laid = Sequence[tuple[PassageKind, Section, str]]


def by_hand(*, calibration: Calibration = FIRST_PART, proposing: float = 0.25, **weights: object) -> ClaimModels:
    """Models that say `ALWAYS`, but for the weights (`region={...}`) or the intercept (`claim=(...)`) that are given."""
    tasks = {
        task: LinearModel(
            classes=CLASSES[task],
            weights=given if isinstance(given := weights.get(task, {}), dict) else {},
            intercept=given if isinstance(given, tuple) else ALWAYS[task],
        )
        for task in CLASSES
    }
    return ClaimModels(tasks=tasks, calibration=calibration, thresholds={}, proposing=proposing)


@pytest.fixture
def decider(rules_pipeline: Pipeline) -> Callable[[Article, ClaimModels], tuple[Decider, list[SentenceView]]]:
    """`decider(article, models)`: the decider of an article, and its sentences."""

    def make(article: Article, models: ClaimModels) -> tuple[Decider, list[SentenceView]]:
        scan, views = rules_pipeline.views(article)
        return Decider(models=models, ladder=Ladder(article, scan, rules_pipeline.terms), terms=rules_pipeline.terms), views

    return make


@pytest.fixture
def heard(decider: Callable[[Article, ClaimModels], tuple[Decider, list[SentenceView]]]) -> Heard:
    """`heard(article, models)`: the candidates that the models find in an article."""

    def make(article: Article, models: ClaimModels) -> list[Candidate]:
        one, views = decider(article, models)
        return [candidate for view in views for candidate in one.candidates(view)]

    return make


def laid_out(passages: Laid, path: tuple[str, ...] = ("Where",)) -> Article:
    """An article of one section."""
    text, found = "", []
    for kind, section, words in passages:
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{words}" if text else words
        found.append(Passage(start=start, end=len(text), kind=kind, section=section, section_path=path))
    return Article(id="a", text=text, passages=tuple(found), title="", source="a.txt", sha256="0" * 64, receipt=Receipt(read=len(text)))


def test_a_clear_finding_fills_every_slot(heard: Heard, make_article: Callable[..., Article]) -> None:
    (one,) = heard(make_article(TEXT), by_hand(region=HERE, species=HERE, agent=HERE))
    assert [(a.text, a.distance) for a in one.agents] == [("Ketamine", Distance.CLAUSE)]
    assert (one.agent_type, one.molecule.text, one.form, one.direction) == (AgentType.DRUG, "BDNF", "level", Direction.INCREASE)
    assert one.region is not None
    assert (one.region.text, one.region.distance) == ("hippocampus", Distance.CLAUSE)
    assert one.species is not None
    assert (one.species.text, one.species.name, one.species.distance) == ("rats", "rat", Distance.CLAUSE)
    assert (one.cue.text, one.certainty, one.presupposed, one.attribution) == ("increased", "asserted", False, "own")
    assert one.evidence.text == TEXT
    assert one.probabilities == pytest.approx({"claim": 0.7, "region": 0.8, "species": 0.8, "agent": 0.8})
    assert one.confidence == 0.7


def test_the_confidence_is_calibrated_from_the_three_parts(heard: Heard, make_article: Callable[..., Article]) -> None:
    models = by_hand(region=HERE, species=HERE, agent=HERE, calibration=Calibration(weights=(0.0, 1.0, 1.0), intercept=0.0))
    (one,) = heard(make_article(TEXT), models)
    assert one.confidence == pytest.approx(16 / 17, abs=5e-4), "odds of 4 and of 4"


def test_the_models_and_not_the_rules_give_direction_form_and_the_rest(heard: Heard, make_article: Callable[..., Article]) -> None:
    models = by_hand(claim=(5.0, 0.0, 0.0, 0.0), form=(1.0, 0.0), agent_type=(0.0, 1.0), attribution=(1.0, 0.0), certainty=(0.0, 1.0), agent=HERE)
    (one,) = heard(make_article(TEXT), models)
    assert (one.direction, one.form, one.agent_type) == (Direction.DECREASE, "activity", AgentType.STRESS)
    assert (one.attribution, one.certainty) == ("background", "hedged")


@pytest.mark.parametrize(("proposing", "count"), [(0.89, 1), (0.91, 0)])
def test_a_pair_that_is_less_likely_than_proposed_is_no_claim(heard: Heard, make_article: Callable[..., Article], proposing: float, count: int) -> None:
    # of ten, seven are an increase, one each a decrease, no change and no claim: nine claims
    assert len(heard(make_article(TEXT), by_hand(proposing=proposing))) == count


def test_a_pair_that_is_most_likely_no_claim_may_still_be_proposed(heard: Heard, make_article: Callable[..., Article]) -> None:
    (one,) = heard(make_article(TEXT), by_hand(claim=(0.0, log(2), 0.0, log(4))))
    assert (one.direction, one.confidence) == (Direction.INCREASE, 0.25)
    assert heard(make_article(TEXT), by_hand(claim=(0.0, log(2), 0.0, log(4)), proposing=0.51)) == []


def test_slots_that_are_likeliest_not_stated_are_empty(heard: Heard, make_article: Callable[..., Article]) -> None:
    nothing = {"bias none": (0.0, 12.0)}
    (one,) = heard(make_article(TEXT), by_hand(region=nothing, species=nothing, agent=nothing))
    assert (one.agents, one.agent_type, one.region, one.species) == ((), None, None, None)
    assert one.probabilities["region"] == pytest.approx(1 / (1 + exp(-3.0)))


def test_each_likely_region_is_a_candidate_and_two_likely_agents_are_one_list(heard: Heard, make_article: Callable[..., Article]) -> None:
    text = "Ketamine and imipramine increased the level of BDNF in the hippocampus and in the striatum of rats."
    found = heard(make_article(text), by_hand(region=HERE, species=HERE, agent=HERE))
    assert sorted(c.region.text for c in found if c.region) == ["hippocampus", "striatum"]
    assert {tuple(sorted(a.text for a in c.agents)) for c in found} == {("Ketamine", "imipramine")}


def test_a_strain_is_shown_by_its_words_and_meant_as_its_species(heard: Heard, make_article: Callable[..., Article]) -> None:
    (one,) = heard(make_article("Ketamine increased the level of BDNF in Wistar rats."), by_hand(species=HERE))
    assert one.species is not None
    assert (one.species.text, one.species.name, one.species.id) == ("Wistar rats", "rat", "ncbitaxon:10116")


def test_mrna_and_protein_are_two_claims_whatever_the_model_says(heard: Heard, make_article: Callable[..., Article]) -> None:
    found = heard(make_article("Ketamine increased the mRNA and protein of BDNF in rats."), by_hand(form=(1.0, 0.0)))
    assert [str(c.form) for c in found] == ["mRNA", "level"]


def test_the_likeliest_direction_of_a_pair_is_its_verdict(
    decider: Callable[[Article, ClaimModels], tuple[Decider, list[SentenceView]]], make_article: Callable[..., Article]
) -> None:
    one, (view,) = decider(make_article(TEXT), by_hand())
    (verdict,) = one.judge(view)
    assert verdict == Verdict(pair=view.pairs[0], direction=Direction.INCREASE, probability=pytest.approx(0.7))


def test_options_are_ranked_by_likelihood(
    decider: Callable[[Article, ClaimModels], tuple[Decider, list[SentenceView]]], make_article: Callable[..., Article]
) -> None:
    one, (view,) = decider(make_article(TEXT), by_hand(region={**HERE, "bias none": (0.0, 9 + log(9))}))
    ranked = one.rank(view, view.pairs[0], "region")
    assert [(c.option.key == "", pytest.approx(c.probability)) for c in ranked] == [(True, 0.9), (False, 0.8)]


def option(name: str, *, position: int | None = None, steps: int = 0) -> Option:
    mention = Mention(start=0, end=len(name), text=name, kind="region")
    inside = position is not None
    place = Place(
        mention=mention, key=name, distance=Distance.SENTENCE if inside else Distance.PARAGRAPH, where="sentence" if inside else "before", steps=steps
    )
    return Option(place=place, position=position)


def test_beside_the_best_option_others_of_the_sentence_that_are_likely_enough_are_chosen() -> None:
    best, also, unlikely, far = option("a", position=1), option("b", position=2), option("c", position=3), option("d")
    ranked = [Choice(best, 0.9), Choice(far, 0.8), Choice(Option(), 0.7), Choice(also, 0.4), Choice(unlikely, 0.39)]
    assert [c.option for c in chosen(ranked)] == [best, also]
    assert [c.option for c in chosen([Choice(unlikely, 0.2), Choice(also, 0.1)])] == [unlikely], "one is always taken"
    assert [c.option for c in chosen([Choice(far, 0.9), Choice(best, 0.8)])] == [far, best]


def test_beside_one_outside_only_what_stands_in_the_same_sentence_is_chosen() -> None:
    best, beside, elsewhere = option("a", steps=-1), option("b", steps=-1), option("c", steps=-2)
    assert [c.option for c in chosen([Choice(best, 0.9), Choice(beside, 0.5), Choice(elsewhere, 0.5)])] == [best, beside]


def test_where_nothing_stated_is_likeliest_nothing_else_is_chosen() -> None:
    assert [c.option for c in chosen([Choice(Option(), 0.9), Choice(option("a", position=1), 0.8)])] == [Option()]


RUNGS: Mapping[str, tuple[Laid, Distance]] = {
    "clause": ([("paragraph", Section.RESULTS, "Ketamine increased BDNF in the hippocampus of rats.")], Distance.CLAUSE),
    "paragraph": ([("paragraph", Section.RESULTS, "The hippocampus of rats was cut out. Ketamine increased the level of BDNF.")], Distance.PARAGRAPH),
    "heading": (
        [("heading", Section.RESULTS, "BDNF in the hippocampus of rats"), ("paragraph", Section.RESULTS, "Ketamine increased the level of BDNF.")],
        Distance.SECTION,
    ),
    "caption": (
        [("caption", Section.RESULTS, "BDNF in the hippocampus of rats."), ("paragraph", Section.RESULTS, "Ketamine increased the level of BDNF.")],
        Distance.SECTION,
    ),
    "earlier paragraph": (
        [("paragraph", Section.RESULTS, "The hippocampus of rats was cut out."), ("paragraph", Section.RESULTS, "Ketamine increased the level of BDNF.")],
        Distance.SECTION,
    ),
    "title": (
        [("title", Section.TITLE, "BDNF in the hippocampus of rats"), ("paragraph", Section.RESULTS, "Ketamine increased the level of BDNF.")],
        Distance.ARTICLE,
    ),
}


@pytest.mark.parametrize("rung", RUNGS)
def test_a_slot_keeps_the_rung_on_which_it_was_found(heard: Heard, rung: str) -> None:
    passages, distance = RUNGS[rung]
    anything = {"bias none": (0.0, -9.0)}
    (one,) = [c for c in heard(laid_out(passages), by_hand(region=anything, species=anything)) if c.cue.text == "increased"]
    assert one.region is not None
    assert one.species is not None
    assert (one.region.text, one.region.distance) == ("hippocampus", distance)
    assert (one.species.text, one.species.distance) == ("rats", distance)


SECTIONED: Laid = [
    ("heading", Section.RESULTS, "BDNF in the hippocampus"),
    ("caption", Section.RESULTS, "Figure 1. Rats were given ketamine or saline."),
    ("paragraph", Section.RESULTS, "Ketamine increased the level of BDNF."),
]


def test_the_models_of_the_package_take_the_region_from_the_heading_and_the_species_from_the_caption(heard: Heard) -> None:
    (one,) = heard(laid_out(SECTIONED), load_models())
    assert one.region is not None
    assert one.species is not None
    assert (one.region.text, one.region.distance) == ("hippocampus", Distance.SECTION)
    assert (one.species.text, one.species.distance) == ("Rats", Distance.SECTION)


JATS = pytest.param(Section.CAPTION, id="caption as JATS has it")


@pytest.mark.parametrize("section", [Section.RESULTS, JATS])
def test_a_claim_of_the_whole_pipeline_says_that_its_slots_come_from_the_section(section: Section) -> None:
    passages = [(kind, section if kind == "caption" else where, words) for kind, where, words in SECTIONED]
    (claim,) = Pipeline(Settings(mode="complete")).run(laid_out(passages)).claims
    assert {slot.text: slot.distance for slot in (claim.region, claim.species) if slot is not None} == {
        "hippocampus": Distance.SECTION, "Rats": Distance.SECTION,
    }  # fmt: skip


def test_every_slot_task_has_its_kind() -> None:
    assert dict(SLOT_TASKS) == {"agent": "agent", "region": "region", "species": "species"}
