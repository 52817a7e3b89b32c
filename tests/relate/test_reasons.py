"""Why the models answer as they do: the same answers as a run gives, each with its rival and its reasons."""

import pytest
from extractor.records import Distance
from extractor.relate.artefact import load_models
from extractor.relate.learned import Decider
from extractor.relate.models import NO_CLAIM, SLOT_TASKS
from extractor.relate.places import Ladder
from extractor.relate.reasons import NOTHING, explain

TEXT = "Rats were used. Ketamine raised BDNF in the hippocampus and in the amygdala."


@pytest.fixture(scope="module")
def asked(make_article, rules_pipeline, tiny_models):
    """The decider and the only pair of an article, in its sentence."""
    article = make_article(TEXT)
    scan, views = rules_pipeline.views(article)
    (view,) = views
    (pair,) = view.pairs
    return Decider(models=load_models(tiny_models), ladder=Ladder(article, scan, rules_pipeline.terms), terms=rules_pipeline.terms), view, pair


def span(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


def found(asked, **slots):
    plain = {"agent": {span("Ketamine")}, "region": {span("hippocampus")}, "species": {span("Rats")}}
    return explain(*asked, direction="increase", slots={**plain, **slots})


def test_the_claim_has_all_four_answers_and_the_chosen_direction(asked):
    answer = found(asked).answers["claim"]
    assert set(answer.probabilities) == {NO_CLAIM, "increase", "decrease", "no_change"}
    assert sum(answer.probabilities.values()) == pytest.approx(1)
    assert answer.chosen == "increase"
    assert answer.rival == max((p, name) for name, p in answer.probabilities.items() if name != "increase")[1]


def test_reasons_are_the_features_by_what_they_add_to_the_chosen_class_over_its_rival(asked):
    decider, view, pair = asked
    answer = found(asked).answers["claim"]
    model = decider.models.tasks["claim"]
    better, worse = (model.classes.index(name) for name in (answer.chosen, answer.rival))
    for reason in answer.reasons:
        assert reason.weight == pytest.approx(model.weights[reason.feature][better] - model.weights[reason.feature][worse])
    strongest = answer.strongest(6, speaking_for=True)
    assert [one.weight for one in strongest] == sorted((one.weight for one in answer.reasons if one.weight > 0), reverse=True)[:6]
    assert all(one.weight < 0 for one in answer.strongest(6, speaking_for=False))


def test_options_have_the_probabilities_that_the_decider_gives_them(asked):
    decider, view, pair = asked
    for filling in found(asked).fillings:
        ranked = [choice.probability for choice in decider.rank(view, pair, filling.kind)]
        assert filling.chosen.probability in ranked
        assert filling.rival is None or filling.rival.probability in ranked


def test_the_chosen_option_is_the_one_of_the_claim_and_the_rival_another(asked):
    fillings = {one.kind: one for one in found(asked).fillings}
    assert set(fillings) == set(SLOT_TASKS)
    assert (fillings["agent"].chosen.name, fillings["agent"].chosen.rung) == ("ketamine", Distance.CLAUSE)
    assert (fillings["species"].chosen.name, fillings["species"].chosen.rung) == ("rat", Distance.PARAGRAPH)
    assert (fillings["region"].chosen.name, fillings["region"].chosen.rung) == ("hippocampus", Distance.CLAUSE)
    other = {one.kind: one for one in found(asked, region={span("amygdala")}).fillings}["region"]
    assert (other.chosen.name, other.chosen.rung) == ("amygdala", Distance.CLAUSE)
    both = {one.kind: one for one in found(asked, region={span("amygdala"), span("hippocampus")}).fillings}["region"]
    assert {both.chosen.name, *(one.name for one in both.joined)} == {"amygdala", "hippocampus"}
    assert both.rival is not None
    assert both.rival.name == NOTHING


def test_a_slot_that_is_not_stated_is_an_option_too(asked):
    filling = {one.kind: one for one in found(asked, species={None}).fillings}["species"]
    assert (filling.chosen.name, filling.chosen.rung) == (NOTHING, "")
    assert {reason.feature.split(":")[0] for reason in filling.chosen.reasons} <= {"none", "bias none"}


def test_the_other_answers_are_the_likeliest_and_no_agent_has_no_type(asked):
    explanation = found(asked)
    assert set(explanation.answers) == {"claim", "agent_type", "form", "attribution", "certainty"}
    for task, answer in explanation.answers.items():
        if task != "claim":
            assert answer.probabilities[answer.chosen] == max(answer.probabilities.values())
    assert "agent_type" not in found(asked, agent={None}).answers
    assert explanation.rules
