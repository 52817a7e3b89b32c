"""Links into candidates: each link with its direction, agents, region, species and all that qualifies it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from extractor.annotations import ParsedSentence
from extractor.records import (
    AgentType,
    Article,
    Candidate,
    Cue,
    Direction,
    Distance,
    Mention,
    MentionKind,
    Slot,
)  # fmt: skip
from extractor.relate.agents import OpenAgent, find_agents
from extractor.relate.context import Context, slot_of, unique
from extractor.relate.form import forms_of
from extractor.relate.learned import Verdict
from extractor.relate.links import Link
from extractor.relate.scope import certainty_of, is_aim, is_dependence, is_presupposed
from extractor.relate.slots import Found, find_regions
from extractor.relate.units import Units
from extractor.relate.view import SentenceView
from extractor.tables import LEXICONS, Row, Words, read_rows
from extractor.terms import Terms

Acting = tuple[list[Slot], AgentType | None]
_AGENT_TYPES = frozenset(AgentType)
_NEAR = (Distance.CLAUSE, Distance.SENTENCE)
_DISTANCE_FACTOR = {Distance.CLAUSE: 1.0, Distance.SENTENCE: 0.95, Distance.PARAGRAPH: 0.85, Distance.SECTION: 0.8, Distance.ARTICLE: 0.75}


class ModelAgentRow(Row):
    """Drugs and toxins that make one kind of model, by the names of agents.tsv."""

    model: str
    names: Words


@lru_cache(maxsize=1)
def model_agents() -> frozenset[str]:
    """The names of the agents that make a model of illness."""
    return frozenset(name for row in read_rows(LEXICONS / "model_agents.tsv", ModelAgentRow) for name in row.names)


def judge_by_rules(view: SentenceView) -> list[Verdict]:
    """Take the pairs that a rule ties and gives a direction, outside of aims, questions and requirements."""
    return [
        Verdict(pair=pair, direction=pair.direction, probability=_reliability(pair.link))
        for pair in view.pairs
        if pair.tied and pair.direction is not None and not _is_no_finding(view.units, pair.link, view.text)
    ]


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads the sentences of one article by the rules alone."""

    article: Article
    context: Context
    terms: Terms

    def candidates(self, view: SentenceView) -> Iterator[Candidate]:
        """Give the candidates of one sentence."""
        for verdict in judge_by_rules(view):
            acting = self._agents(view.parsed, view.units, verdict.pair.link)
            if not self._is_dissection(view.parsed, view.units, verdict.pair.link, acting):
                yield from self._candidates(view, verdict, acting)

    def _is_dissection(self, parsed: ParsedSentence, units: Units, link: Link, acting: Acting) -> bool:
        """Whether a drug only takes the effect of another drug apart: an antagonist against an agonist makes no claim for the antagonist."""
        outer = units.items[link.outer].cue if link.outer is not None else None
        if outer is None or outer.direction is Direction.INCREASE or outer.kind == "modulate":
            return False
        slots, kind = self._agents(parsed, units, replace(link, outer=None, outer_rule=None))
        other = bool(slots) and slots[0].distance in _NEAR and {s.id or s.text for s in slots}.isdisjoint({s.id or s.text for s in acting[0]})
        return other and kind is AgentType.DRUG and not any(slot.name in model_agents() for slot in slots)

    def _candidates(self, view: SentenceView, verdict: Verdict, acting: Acting) -> Iterator[Candidate]:
        agents, agent_type = acting
        units, link, telling, parsed = view.units, verdict.pair.link, view.telling, view.parsed
        cue = units.items[link.acting]
        molecule = units.items[link.molecule].mention("molecule")
        if molecule is None:
            return
        climb = telling.attribution == "own"
        species = self.context.species(parsed.sentence, near=molecule.start, climb=climb)
        places = self._regions(parsed, units, link, climb=climb) or [None]
        for region, form in product(places, forms_of(units, link, molecule)):
            yield Candidate(
                agents=tuple(agents), agent_type=agent_type, molecule=slot_of(molecule, None), form=form, region=region,
                direction=verdict.direction, cue=Cue(text=cue.cue.text if cue.cue else "", start=cue.start, end=cue.end), species=species,
                certainty=certainty_of(units, (link.cue, link.molecule), telling.text), presupposed=is_presupposed(units, link),
                attribution=telling.attribution, citations=telling.citations, qualifiers=telling.qualifiers,
                evidence=view.evidence(link), confidence=_confidence(verdict, agents, region, species),
            )  # fmt: skip

    def _agents(self, parsed: ParsedSentence, units: Units, link: Link) -> Acting:
        found = find_agents(units, link)
        if isinstance(found, OpenAgent):
            start, end = units.items[found.start].start, units.items[found.end - 1].end
            return [Slot(text=self.article.text[start:end], start=start, end=end, id=None, name=None, distance=Distance.CLAUSE)], AgentType.DRUG
        mentions, distance = self.context.agents(parsed.sentence) if found is None else (_mentions(units, found, "agent"), found.distance)
        labels = [m.label for m in mentions]
        return unique([slot_of(m, distance) for m in mentions]), next((AgentType(label) for label in labels if label in _AGENT_TYPES), None)

    def _regions(self, parsed: ParsedSentence, units: Units, link: Link, *, climb: bool) -> list[Slot | None]:
        found = _paired(units, link, find_regions(units, link, terms=self.terms))
        if found is None and not climb:
            return []
        return [*(_slots(units, found, "region") if found is not None else self.context.regions(parsed.sentence))]


def _is_no_finding(units: Units, link: Link, text: str) -> bool:
    """Whether the link stands under an aim, a question, a correlation or a requirement; what is taken for granted there is a claim all the same."""
    return not is_presupposed(units, link) and (is_aim(units, link.cue, text) or is_dependence(units, link.cue, text))


def _paired(units: Units, link: Link, found: Found | None) -> Found | None:
    """Under "respectively", the one region of a list that belongs to this molecule of an equally long list."""
    if found is None or len(found.positions) != len(link.company) or len(link.company) < 2 or not units.where("RESP"):
        return found
    place = sorted(link.company).index(link.molecule) if link.molecule in link.company else 0
    return replace(found, positions=(found.positions[place],))


def _slots(units: Units, found: Found, kind: MentionKind) -> list[Slot]:
    return unique([slot_of(m, found.distance) for m in _mentions(units, found, kind)])


def _mentions(units: Units, found: Found, kind: MentionKind) -> list[Mention]:
    return [m for p in found.positions if (m := units.items[p].mention(kind)) is not None]


def _reliability(link: Link) -> float:
    value = 1.0
    for rule in (link.rule, link.outer_rule):
        value *= rule.row.reliability if rule is not None else 1.0
    return value


def _confidence(verdict: Verdict, agents: Sequence[Slot], region: Slot | None, species: Slot | None) -> float:
    value = verdict.probability
    for slot in (agents[0] if agents else None, region, species):
        value *= 0.9 if slot is None or slot.distance is None else _DISTANCE_FACTOR[slot.distance]
    return round(value, 3)
