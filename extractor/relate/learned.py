"""Claims by the trained models: a sentence in, candidates out. The rules propose pairs and readings, the models decide and fill the slots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from extractor.records import AgentType, Candidate, Cue, Direction, Distance, Form, Mention, MentionKind, Slot
from extractor.relate.context import slot_of
from extractor.relate.features import cue_features, pair_features
from extractor.relate.form import forms_of
from extractor.relate.models import NO_CLAIM, SLOT_TASKS, ClaimModels, Part
from extractor.relate.options import options_of
from extractor.relate.pairs import Pair
from extractor.relate.places import Ladder
from extractor.relate.scope import clause, is_aim, is_presupposed
from extractor.relate.slot_features import Option, own_features, rung_features, setting_features
from extractor.relate.view import SentenceView
from extractor.relate.word_features import agent_type_features, certainty_features, form_features, telling_features
from extractor.terms import Terms

_YES = "yes"
_ALSO = 0.4
"""The least probability of a second region, species or agent of the same pair; chosen on dev among 0.3 to 0.5, where exact F1 differs by 0.002 on abstracts, 0.02 on full texts."""
_TRIED = 3
"""How many of the likeliest agents are asked for the type of the agent."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A pair that is a claim, with its direction and how likely that is, 0 to 1."""

    pair: Pair
    direction: Direction
    probability: float


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a slot with how likely it is right, 0 to 1."""

    option: Option
    probability: float


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides the sentences of one article."""

    models: ClaimModels
    ladder: Ladder
    terms: Terms

    def candidates(self, view: SentenceView) -> Iterator[Candidate]:
        """The claims of a sentence."""
        verdicts = self.judge(view)
        told = _likeliest(self.models.probabilities("attribution", telling_features(view))) if verdicts else ""
        for verdict in verdicts:
            yield from self._claims(view, verdict, told=told)

    def judge(self, view: SentenceView) -> list[Verdict]:
        """Choose the pairs that are claims."""
        parts: dict[int, Part] = {}
        return [verdict for pair in view.pairs if (verdict := self._verdict(view, pair, parts)) is not None]

    def _verdict(self, view: SentenceView, pair: Pair, parts: dict[int, Part]) -> Verdict | None:
        """The verdict on a pair; `parts` keeps what the pairs of a cue share."""
        if is_no_statement(view, pair):
            return None
        model = self.models.tasks["claim"]
        if pair.cue not in parts:
            parts[pair.cue] = model.part(cue_features(view, pair))
        probabilities = model.probabilities(pair_features(view, pair), part=parts[pair.cue])
        claim = 1 - probabilities.pop(NO_CLAIM)
        if claim < self.models.proposing:
            return None
        if pair.link.denied is not None:  # what "but not" is said of did not change (CLAIMS.md, direction 4), so only whether it is a claim is open
            return Verdict(pair=pair, direction=Direction.NO_CHANGE, probability=claim)
        best = max(probabilities, key=lambda name: probabilities[name])
        return Verdict(pair=pair, direction=Direction(best), probability=probabilities[best])

    def rank(self, view: SentenceView, pair: Pair, kind: MentionKind) -> list[Choice]:
        """All options of a slot, the likeliest first."""
        options = options_of(view, pair, kind=kind, ladder=self.ladder)
        model = self.models.tasks[SLOT_TASKS[kind]]
        setting = setting_features(view, pair, kind=kind, options=options, ladder=self.ladder)
        shared = {rung: model.part(rung_features(view, rung, setting)) for rung in {o.rung for o in options}}
        choices = []
        for option in options:
            head, tail = own_features(view, pair, option, kind=kind, options=options, ladder=self.ladder, terms=self.terms)
            choices.append(Choice(option=option, probability=model.probabilities([*head, *tail], part=shared[option.rung])[_YES]))
        return sorted(choices, key=lambda choice: -choice.probability)

    def _claims(self, view: SentenceView, verdict: Verdict, *, told: str) -> Iterator[Candidate]:
        pair, units = verdict.pair, view.units
        molecule = units.items[pair.molecule].mention("molecule")
        if molecule is None:
            return
        ranked = {kind: self.rank(view, pair, kind) for kind in SLOT_TASKS}
        agents = [choice.option for choice in chosen(ranked["agent"]) if choice.option.key]
        kind = _likeliest(self._agent_types(view, ranked["agent"])) if agents else None
        certainty = _likeliest(self.models.probabilities("certainty", certainty_features(view, pair)))
        cue = units.items[pair.cue]
        for region, species, form in product(chosen(ranked["region"]), chosen(ranked["species"]), self._forms(view, pair, molecule)):
            yield Candidate(
                agents=tuple(_slot(view, pair, option) for option in agents), agent_type=AgentType(kind) if kind else None,
                molecule=slot_of(molecule, None), form=form, region=_filled(view, pair, region), direction=verdict.direction,
                cue=Cue(text=cue.cue.text if cue.cue else "", start=cue.start, end=cue.end), species=self._species(_filled(view, pair, species)),
                certainty="hedged" if certainty == "hedged" else "asserted", presupposed=is_presupposed(units, pair.link),
                attribution="background" if told == "background" else "own", citations=view.telling.citations, qualifiers=view.telling.qualifiers,
                evidence=view.evidence(pair.link), confidence=self._confidence(verdict, region, species),
                probabilities={"claim": verdict.probability, "region": region.probability, "species": species.probability, "agent": ranked["agent"][0].probability},
            )  # fmt: skip

    def _agent_types(self, view: SentenceView, ranked: Sequence[Choice]) -> dict[str, float]:
        """How likely each type of agent is, over the likeliest agents."""
        found: dict[str, float] = {}
        for choice in [c for c in ranked if c.option.key][:_TRIED]:
            for name, probability in self.models.probabilities("agent_type", agent_type_features(view, choice.option)).items():
                found[name] = found.get(name, 0.0) + choice.probability * probability
        return found

    def _forms(self, view: SentenceView, pair: Pair, molecule: Mention) -> Sequence[Form]:
        read = forms_of(view.units, pair.link, molecule)
        if len(read) > 1:
            return read
        return (Form(_likeliest(self.models.probabilities("form", form_features(view, pair)))),)

    def _species(self, slot: Slot | None) -> Slot | None:
        """The species of a strain, a cell line or a kind of person, in place of its own name."""
        if slot is None or slot.name is None:
            return slot
        mention = Mention(start=slot.start, end=slot.end, text=slot.text, kind="species", id=slot.id, name=slot.name)
        term = self.terms.named(self.ladder.key(mention), "species")
        return slot if term is None else Slot(text=slot.text, start=slot.start, end=slot.end, id=term.id, name=term.name, distance=slot.distance)

    def _confidence(self, verdict: Verdict, region: Choice, species: Choice) -> float:
        return round(self.models.calibration.probability((verdict.probability, region.probability, species.probability)), 3)


def is_no_statement(view: SentenceView, pair: Pair) -> bool:
    """Whether CLAIMS.md rules a pair out, whatever the models say: an aim or a question."""
    return is_aim(view.units, pair.cue, view.text) and not is_presupposed(view.units, pair.link)


def chosen(ranked: Sequence[Choice]) -> list[Choice]:
    """The likeliest option, and with it every other that is likely enough: those of the sentence, and of those outside only what is named in the same place.

    Where nothing being stated is likeliest, nothing else is chosen.
    """
    best, *others = ranked
    if not best.option.key:
        return [best]
    return [best, *(c for c in others if c.option.key and c.probability >= _ALSO and (c.option.position is not None or c.option.stands == best.option.stands))]


def _likeliest(probabilities: dict[str, float]) -> str:
    return max(probabilities, key=lambda name: probabilities[name])


def _filled(view: SentenceView, pair: Pair, choice: Choice) -> Slot | None:
    return _slot(view, pair, choice.option) if choice.option.key else None


def _slot(view: SentenceView, pair: Pair, option: Option) -> Slot:
    """Fill a slot with an option; in the clause of the cue the rung is the clause."""
    units = view.units
    if option.span is not None:
        first, last = units.items[option.span[0]], units.items[option.span[1] - 1]
        base = view.parsed.sentence.start
        words = view.text[first.start - base : last.end - base]
        return Slot(text=words, start=first.start, end=last.end, id=None, name=None, distance=Distance.CLAUSE)
    if option.place is None:
        raise ValueError("an option that says nothing fills no slot")
    distance = option.place.distance
    if option.position is not None:
        start, end = clause(units, pair.cue)
        distance = Distance.CLAUSE if start <= option.position < end else Distance.SENTENCE
    return slot_of(option.place.mention, distance)
