"""Examples in, what each model learns from out: features with the right answer, by task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.evaluate.names import NOT_STATED, Name, known_species, resolve, same, shared
from extractor.learn.examples import Example, LabelledClaim
from extractor.learn.label import UNKNOWN, PairLabel, label_pairs, name_of
from extractor.pipeline import Pipeline
from extractor.records import MentionKind
from extractor.relate.features import features_of
from extractor.relate.models import SLOT_TASKS, TASKS, Task
from extractor.relate.options import options_of
from extractor.relate.pairs import Pair
from extractor.relate.places import Ladder
from extractor.relate.slot_features import Option, option_features
from extractor.relate.view import SentenceView
from extractor.relate.word_features import agent_type_features, certainty_features, form_features, telling_features
from extractor.terms import Terms


@dataclass(frozen=True, slots=True)
class Instance:
    """What a model sees and what it should say."""

    features: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Studied:
    """An example as the models see it: its annotated sentences, the answer for each of their pairs, and the claims that no pair can state."""

    example: Example
    views: tuple[SentenceView, ...]
    labels: tuple[tuple[PairLabel, ...], ...]
    lost: tuple[LabelledClaim, ...]
    ladder: Ladder
    terms: Terms

    @cached_property
    def instances(self) -> Mapping[Task, tuple[Instance, ...]]:
        """All that this example teaches, by task."""
        found: dict[Task, list[Instance]] = {task: [] for task in TASKS}
        for task, instance in self._all():
            found[task].append(instance)
        return {task: tuple(instances) for task, instances in found.items()}

    def _all(self) -> Iterator[tuple[Task, Instance]]:
        for view, labels in zip(self.views, self.labels, strict=True):
            for pair, answer in zip(view.pairs, labels, strict=True):
                if answer.label != UNKNOWN:
                    yield "claim", Instance(features=tuple(features_of(view, pair)), label=answer.label)
                if answer.claims:
                    unknown = {task for claim in answer.claims for task in claim.unknown}
                    yield from (found for found in self._details(view, pair, answer.claims) if found[0] not in unknown)

    def _details(self, view: SentenceView, pair: Pair, claims: Sequence[LabelledClaim]) -> Iterator[tuple[Task, Instance]]:
        for kind, task in SLOT_TASKS.items():
            yield from ((task, instance) for instance in self._slot(view, pair, claims, kind))
        yield from (("agent_type", instance) for instance in self._agent_types(view, pair, claims))
        row = claims[0].row
        if len({claim.row.form for claim in claims}) == 1:
            yield "form", Instance(features=tuple(form_features(view, pair)), label=str(row.form))
        yield "attribution", Instance(features=tuple(telling_features(view)), label=str(row.attribution))
        yield "certainty", Instance(features=tuple(certainty_features(view, pair)), label=str(row.certainty))

    def _slot(self, view: SentenceView, pair: Pair, claims: Sequence[LabelledClaim], kind: MentionKind) -> Iterator[Instance]:
        options = options_of(view, pair, kind=kind, ladder=self.ladder)
        wanted = list(_wanted(claims, kind))
        right = [any(is_right(view, option, name, kind) for name in wanted) for option in options]
        if not any(right):
            return
        for option, good in zip(options, right, strict=True):
            features = option_features(view, pair, option, kind=kind, options=options, ladder=self.ladder, terms=self.terms)
            yield Instance(features=tuple(features), label="yes" if good else "no")

    def _agent_types(self, view: SentenceView, pair: Pair, claims: Sequence[LabelledClaim]) -> Iterator[Instance]:
        for option in options_of(view, pair, kind="agent", ladder=self.ladder):
            claim = next((c for c in claims if any(is_right(view, option, name, "agent") for name in _wanted([c], "agent"))), None)
            if claim is not None:
                yield Instance(features=tuple(agent_type_features(view, option)), label=str(claim.row.agent_type))


def study(example: Example, pipeline: Pipeline) -> Studied:
    """Take an example through scan and parse and label its pairs."""
    scan, shown = pipeline.views(example.article, span=example.span)
    views = tuple(view for view in shown if _annotated(example, view))
    labels, lost = label_pairs(example, views)
    ladder = Ladder(example.article, scan, pipeline.terms)
    return Studied(example=example, views=views, labels=tuple(map(tuple, labels)), lost=tuple(lost), ladder=ladder, terms=pipeline.terms)


def is_right(view: SentenceView, option: Option, wanted: Name | None, kind: MentionKind) -> bool:
    """Whether an option is what the annotation says."""
    if not option.key:
        return wanted is None
    name = name_of(option.place.mention) if option.place is not None else resolve(kind, words_of(view, option))
    if name is None or wanted is None:
        return False
    return shared((name,), (wanted,)) if kind == "agent" else same(name, wanted)


def words_of(view: SentenceView, option: Option) -> str:
    """The author's own words of an option."""
    if option.span is None:
        return ""
    items, base = view.units.items, view.parsed.sentence.start
    return view.text[items[option.span[0]].start - base : items[option.span[1] - 1].end - base]


def _wanted(claims: Sequence[LabelledClaim], kind: MentionKind) -> Iterator[Name | None]:
    for claim in claims:
        row = claim.row
        if kind == "region":
            yield resolve("region", row.region_canonical, None if row.region_canonical == NOT_STATED else row.region_text)
        elif kind == "species":
            yield known_species(row.species, place=claim.row.molecule)
        else:
            yield from (resolve("agent", agent) for agent in row.agent)


def _annotated(example: Example, view: SentenceView) -> bool:
    sentence = view.parsed.sentence
    inside = example.span is None or (example.span[0] <= sentence.start and sentence.end <= example.span[1])
    return inside and (not example.sections or view.passage.section in example.sections)
