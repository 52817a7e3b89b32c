"""Why the models decided as they did: a pair in its sentence in, every answer with its rival and the features that speak for each out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from extractor.records import Distance, MentionKind
from extractor.relate.features import features_of
from extractor.relate.learned import Decider
from extractor.relate.models import SLOT_TASKS, Task
from extractor.relate.options import options_of
from extractor.relate.pairs import Pair
from extractor.relate.scope import clause
from extractor.relate.slot_features import Option, option_features
from extractor.relate.view import SentenceView
from extractor.relate.word_features import agent_type_features, certainty_features, form_features, telling_features

_YES = "yes"
NOTHING = "not stated"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature that is there, and what it adds to the score of the answer over that of its rival."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model was asked, and what it said: the probability of every class; the reasons weigh `chosen` against the best other one."""

    task: Task
    chosen: str
    rival: str
    probabilities: Mapping[str, float]
    reasons: tuple[Reason, ...]

    def strongest(self, count: int, *, speaking_for: bool) -> list[Reason]:
        """The strongest reasons for the chosen class, or against it."""
        return [one for one in self.reasons if (one.weight > 0) == speaking_for and one.weight][:count]


@dataclass(frozen=True, slots=True)
class Offer:
    """An option of a slot: its name, the rung, how likely it is right, and what speaks for and against it."""

    name: str
    rung: str
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """A slot: what fills it (the likeliest of several), what fills it besides, and the best other option, None where there is none."""

    kind: MentionKind
    chosen: Offer
    joined: tuple[Offer, ...]
    rival: Offer | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that the models say about a pair. `answers` are by task, the claim itself first."""

    pair: Pair
    rules: tuple[str, ...]
    answers: Mapping[Task, Answer]
    fillings: tuple[Filling, ...]


def explain(decider: Decider, view: SentenceView, pair: Pair, *, direction: str, slots: Mapping[MentionKind, Collection[Span | None]]) -> Explanation:
    """Ask the models about a pair, and say why they answer so.

    Parameters
    ----------
    decider
        The models, and the mentions of the article.
    view, pair
        The sentence and the claim.
    direction
        The direction that was chosen.
    slots
        Where the things stand that fill agent, region and species; None for what is not stated.

    Returns
    -------
        The options that were chosen are those that stand at the places of `slots`; where none does, the likeliest.
    """
    ranked = {kind: _ranked(decider, view, pair, kind) for kind in SLOT_TASKS}
    chosen = {kind: next((one for one in found if _span(view, one.option) in slots.get(kind, ())), found[0]) for kind, found in ranked.items()}
    fillings = tuple(_filling(view, pair, kind, chosen=chosen[kind], ranked=found, taken=slots.get(kind, ())) for kind, found in ranked.items())
    claim = _answer(decider, "claim", features_of(view, pair), chosen=direction)
    asked: dict[Task, Sequence[str]] = {
        "form": form_features(view, pair), "attribution": telling_features(view), "certainty": certainty_features(view, pair),
    }  # fmt: skip
    if chosen["agent"].option.key:
        asked = {"agent_type": agent_type_features(view, chosen["agent"].option), **asked}
    answers: dict[Task, Answer] = {"claim": claim, **{task: _answer(decider, task, features) for task, features in asked.items()}}
    rules = tuple(rule.row.rule for rule in (pair.link.outer_rule, pair.link.rule) if rule is not None)
    return Explanation(pair=pair, rules=rules, answers=answers, fillings=fillings)


def _answer(decider: Decider, task: Task, features: Sequence[str], *, chosen: str | None = None) -> Answer:
    model = decider.models.tasks[task]
    probabilities = model.probabilities(features)
    best = chosen or max(probabilities, key=lambda name: probabilities[name])
    rival = max((name for name in probabilities if name != best), key=lambda name: probabilities[name])
    reasons = tuple(Reason(feature, weight) for feature, weight in model.reasons(features, best))
    return Answer(task=task, chosen=best, rival=rival, probabilities=probabilities, reasons=reasons)


@dataclass(frozen=True, slots=True)
class _Judged:
    """An option with what its model says of it."""

    option: Option
    probability: float
    reasons: tuple[Reason, ...]


def _ranked(decider: Decider, view: SentenceView, pair: Pair, kind: MentionKind) -> list[_Judged]:
    """All options of a slot as `Decider.rank` orders them."""
    options = options_of(view, pair, kind=kind, ladder=decider.ladder)
    model = decider.models.tasks[SLOT_TASKS[kind]]
    found = []
    for option in options:
        features = option_features(view, pair, option, kind=kind, options=options, ladder=decider.ladder, terms=decider.terms)
        reasons = tuple(Reason(name, weight) for name, weight in model.reasons(features, _YES))
        found.append(_Judged(option=option, probability=model.probabilities(features)[_YES], reasons=reasons))
    return sorted(found, key=lambda one: -one.probability)


def _filling(view: SentenceView, pair: Pair, kind: MentionKind, *, chosen: _Judged, ranked: Sequence[_Judged], taken: Collection[Span | None]) -> Filling:
    others = [one for one in ranked if one is not chosen]
    joined = tuple(_offer(view, pair, one) for one in others if _span(view, one.option) in taken)
    rival = next((_offer(view, pair, one) for one in others if _span(view, one.option) not in taken), None)
    return Filling(kind=kind, chosen=_offer(view, pair, chosen), joined=joined, rival=rival)


def _offer(view: SentenceView, pair: Pair, judged: _Judged) -> Offer:
    option, name = judged.option, NOTHING
    span = _span(view, option)
    if option.place is not None:
        mention = option.place.mention
        name = mention.name or mention.text
    elif span is not None:
        base = view.parsed.sentence.start
        name = view.text[span[0] - base : span[1] - base]
    return Offer(name=name, rung=_rung(view, pair, option), probability=judged.probability, reasons=judged.reasons)


def _span(view: SentenceView, option: Option) -> Span | None:
    """Where the words of an option stand; None for the option that says nothing is stated."""
    if option.span is not None:
        return view.units.items[option.span[0]].start, view.units.items[option.span[1] - 1].end
    return (option.place.mention.start, option.place.mention.end) if option.place is not None else None


def _rung(view: SentenceView, pair: Pair, option: Option) -> str:
    """The rung of the context ladder; empty for the option that says nothing is stated."""
    at = option.position if option.position is not None else option.span[0] if option.span is not None else None
    if at is not None:
        start, end = clause(view.units, pair.cue)
        return str(Distance.CLAUSE if start <= at < end else Distance.SENTENCE)
    return str(option.place.distance) if option.place is not None else ""
