"""Links into candidates: each link with its direction, agents, region, species and all that qualifies it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from extractor.annotations import ParsedSentence
from extractor.records import (
    AgentType,
    Article,
    Attribution,
    Candidate,
    Cue,
    CueMention,
    Direction,
    Distance,
    Evidence,
    Mention,
    MentionKind,
    Sentence,
    Slot,
)  # fmt: skip
from extractor.relate.agents import OpenAgent, find_agents
from extractor.relate.attribution import Attributor
from extractor.relate.context import Context, slot_of, unique
from extractor.relate.form import forms_of
from extractor.relate.links import Link, find_links
from extractor.relate.qualifiers import qualifiers
from extractor.relate.scope import certainty_of, direction_of, is_aim, is_dependence, is_presupposed
from extractor.relate.slots import Found, find_regions
from extractor.relate.units import Units, units_of
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


@dataclass(frozen=True, slots=True)
class Telling:
    """What holds for all claims of a sentence."""

    text: str
    attribution: Attribution
    citations: tuple[str, ...]
    qualifiers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the parsed sentences of one article."""

    article: Article
    context: Context
    attributor: Attributor
    terms: Terms

    def read(self, parsed: ParsedSentence, cues: Sequence[CueMention]) -> Iterator[Candidate]:
        """Give the candidates of one sentence.

        Parameters
        ----------
        parsed
            The sentence.
        cues
            The cues inside it.
        """
        units = units_of(parsed, cues)
        text = self.article.text[parsed.sentence.start : parsed.sentence.end]
        stated = [(link, direction) for link in find_links(units) if (direction := direction_of(units, link)) and not _is_no_finding(units, link, text)]
        if not stated:
            return
        telling = self._telling(parsed.sentence, text)
        for link, direction in stated:
            acting = self._agents(parsed, units, link)
            if not self._is_dissection(parsed, units, link, acting):
                yield from self._candidates(parsed, units, link, direction, acting, telling)

    def _telling(self, sentence: Sentence, text: str) -> Telling:
        return Telling(text=text, attribution=self.attributor.attribution(sentence), citations=self.attributor.citations(sentence), qualifiers=qualifiers(text))

    def _is_dissection(self, parsed: ParsedSentence, units: Units, link: Link, acting: Acting) -> bool:
        """Whether a drug only takes the effect of another drug apart: an antagonist against an agonist makes no claim for the antagonist."""
        outer = units.items[link.outer].cue if link.outer is not None else None
        if outer is None or outer.direction is Direction.INCREASE or outer.kind == "modulate":
            return False
        slots, kind = self._agents(parsed, units, replace(link, outer=None, outer_rule=None))
        other = bool(slots) and slots[0].distance in _NEAR and {s.id or s.text for s in slots}.isdisjoint({s.id or s.text for s in acting[0]})
        return other and kind is AgentType.DRUG and not any(slot.name in model_agents() for slot in slots)

    def _candidates(self, parsed: ParsedSentence, units: Units, link: Link, direction: Direction, acting: Acting, telling: Telling) -> Iterator[Candidate]:
        agents, agent_type = acting
        cue = units.items[link.acting]
        molecule = units.items[link.molecule].mention("molecule")
        if molecule is None:
            return
        climb = telling.attribution == "own"
        species = self.context.species(parsed.sentence, near=molecule.start, climb=climb)
        places = self._regions(parsed, units, link, climb=climb) or [None]
        for region, form in product(places, forms_of(units, link, molecule)):
            rules = (link.rule.row.rule,) if link.outer_rule is None else (link.outer_rule.row.rule, link.rule.row.rule)
            yield Candidate(
                agents=tuple(agents), agent_type=agent_type, molecule=slot_of(molecule, None), form=form, region=region,
                direction=direction, cue=Cue(text=cue.cue.text if cue.cue else "", start=cue.start, end=cue.end), species=species,
                certainty=certainty_of(units, (link.cue, link.molecule), telling.text), presupposed=is_presupposed(units, link),
                attribution=telling.attribution, citations=telling.citations, qualifiers=telling.qualifiers,
                evidence=self._evidence(parsed, rules), confidence=_confidence(link, agents, region, species),
            )  # fmt: skip

    def _evidence(self, parsed: ParsedSentence, rules: tuple[str, ...]) -> Evidence:
        passage, sentence = self.article.passages[parsed.sentence.passage], parsed.sentence
        words = self.article.text[sentence.start : sentence.end]
        return Evidence(start=sentence.start, end=sentence.end, text=words, section=passage.section, section_path=passage.section_path, rules=rules)

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


def _confidence(link: Link, agents: Sequence[Slot], region: Slot | None, species: Slot | None) -> float:
    value = link.rule.row.reliability * (link.outer_rule.row.reliability if link.outer_rule is not None else 1.0)
    for slot in (agents[0] if agents else None, region, species):
        value *= 0.9 if slot is None or slot.distance is None else _DISTANCE_FACTOR[slot.distance]
    return round(value, 3)
