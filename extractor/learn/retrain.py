"""Decisions and gold of a user in, models of claims trained on them and on what the package was trained on out, with what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.errors import DataError, InputError, UsageError
from extractor.evaluate.gold import GoldArticleRow, load_gold
from extractor.evaluate.match import align
from extractor.evaluate.names import Name, known_species, resolve, same, with_key
from extractor.evaluate.scores import figures
from extractor.evaluate.statements import statement
from extractor.learn.crossval import claims_of
from extractor.learn.dataset import Studied, study
from extractor.learn.decisions import LeftOut, Lesson, SheetRow, Taught, read_decided, teach
from extractor.learn.examples import from_gold
from extractor.learn.material import INSTANCES, Weighted, read_articles, read_instances
from extractor.learn.train import save, train, weighted
from extractor.normalise import merge
from extractor.pipeline import Pipeline
from extractor.read import find_inputs, read
from extractor.records import Article, Candidate, MentionKind, Slot
from extractor.relate.artefact import FOLDER, load_models
from extractor.relate.learned import Decider
from extractor.relate.models import NO_CLAIM, TASKS, ClaimModels, Mode, Task
from extractor.schema import claim_record, read_records
from extractor.settings import Settings

DEFAULT_OUT = Path("models/claims")
GOLD_ENDING = ".jsonl"
MODE: Mode = "balanced"
"""The mode whose threshold says which claims are shown, when models are compared: the default of a run."""
FIGURES = ("exact.f1", "lenient.f1")
LISTED = 10  # rows and articles named in the report; own choice


@dataclass(frozen=True, slots=True)
class Retraining:
    """What a user asks for: sheets and gold files, where the articles are, where the models go, and gold to measure on."""

    gold: tuple[Path, ...]
    texts: tuple[str, ...]
    out: Path = DEFAULT_OUT
    dev: Path | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the decided claims: how many the models agree with, and how many they read otherwise than before."""

    decided: int
    before: int
    after: int
    changed: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures on gold before and after; `seen` are the articles of it that were trained on."""

    before: Mapping[str, float | None]
    after: Mapping[str, float | None]
    articles: int
    seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetrainReport:
    """What a retraining did: by task how many shipped and new instances it learned from."""

    out: Path
    shipped: Mapping[Task, int]
    learned: Mapping[Task, int]
    change: Change
    left_out: tuple[LeftOut, ...]
    measured: Measured | None


def retrain(request: Retraining, *, base: Path = FOLDER, say: Callable[[str], None] = lambda _: None) -> RetrainReport:
    """Train the models of claims again and save them.

    Parameters
    ----------
    request
        What to learn from, and where to save.
    base
        The models that are trained on: their instances are learned again, and their calibration, weigher and thresholds are kept.
    say
        Told what is being done.

    Raises
    ------
    UsageError
        No decision or gold claim could be learned from.
    DataError
        A sheet or gold file, or the models of the package, are missing or broken.
    """
    models, instances, known = load_models(base), read_instances(base / INSTANCES), read_articles(base / INSTANCES)
    material = _material(request, say=say)
    say("training")
    trained = train({task: [*instances[task], *material.instances[task]] for task in TASKS})
    after = replace(models, tasks=trained.models().tasks)
    seen = known | {one.example.article.id for one in material.studied}
    save(trained, after, request.out, articles=seen, kept=base)
    say("comparing with the models before")
    measured = _measure(request.dev, material.articles, material.pipeline, models=(models, after), seen=seen) if request.dev is not None else None
    shipped, learned = ({task: len(found[task]) for task in TASKS} for found in (instances, material.instances))
    change = _change(material.taught, before=models, after=after)
    return RetrainReport(out=request.out, shipped=shipped, learned=learned, change=change, left_out=material.left_out, measured=measured)


@dataclass(frozen=True, slots=True)
class _Material:
    """What a user gives to learn from: all of it studied, that of sheets also as lessons, and what could not be used."""

    articles: Mapping[str, Article]
    pipeline: Pipeline
    taught: tuple[Taught, ...]
    studied: tuple[Studied, ...]
    instances: Mapping[Task, Sequence[Weighted]]
    left_out: tuple[LeftOut, ...]


def _material(request: Retraining, *, say: Callable[[str], None]) -> _Material:
    golds = [path for path in request.gold if path.suffix.lower() == GOLD_ENDING]
    rows = [row for path in request.gold if path not in golds for row in read_decided(path)]
    recorded = _recorded([*golds, *([request.dev] if request.dev is not None else [])])
    articles, unread = _articles(request.texts, wanted={*(row.cells["article_id"] for row in rows), *recorded})
    say(f"{len(articles)} articles read; looking for the decided claims in them")
    pipeline = Pipeline(Settings(rules_only=True))
    taught, missing = _taught(rows, articles, pipeline)
    studied = (*(one.studied for one in taught), *_studied(golds, articles, pipeline))
    instances = weighted(studied)
    left_out = (*unread, *missing, *_absent(golds, articles), *(gone for one in taught for gone in one.left_out))
    if not any(instances.values()):
        raise _nothing(left_out)
    if request.dev is not None and not any(one.id in articles for one in load_gold(request.dev)):
        raise DataError(
            "none of its articles is among --texts", place=request.dev, expected="the texts of the gold articles", repair="name their files with --texts"
        )
    return _Material(articles=articles, pipeline=pipeline, taught=tuple(taught), studied=studied, instances=instances, left_out=left_out)


def _nothing(left_out: Sequence[LeftOut]) -> UsageError:
    why = f"; the first of {len(left_out)} left out: {left_out[0].place}: {left_out[0].why}" if left_out else ""
    return UsageError(f"nothing to learn from{why}", expected="a decided row or a gold claim whose article is among --texts", repair="check --gold and --texts")


def _recorded(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        yield from (row.record_id for row in read_records(path, GoldArticleRow))


def _articles(texts: Sequence[str], *, wanted: set[str]) -> tuple[dict[str, Article], list[LeftOut]]:
    """The wanted articles by identifier, or by the stem of the file that holds nothing else; and the files that cannot be read."""
    found: dict[str, Article] = {}
    unread: list[LeftOut] = []
    for path in find_inputs(texts) if texts else []:
        stem, only, count = path.name.partition(".")[0], None, 0
        for article in read(path):
            if isinstance(article, InputError):
                unread.append(LeftOut(str(path), str(article)))
                continue
            only, count = article, count + 1
            if article.id in wanted:
                found[article.id] = article
        if only is not None and count == 1 and stem in wanted:
            found.setdefault(stem, only)
    return found, unread


def _taught(rows: Sequence[SheetRow], articles: Mapping[str, Article], pipeline: Pipeline) -> tuple[list[Taught], list[LeftOut]]:
    by_article: dict[str, list[SheetRow]] = {}
    for row in rows:
        by_article.setdefault(row.cells["article_id"], []).append(row)
    decided = {name: found for name, found in by_article.items() if any(row.decision for row in found)}
    missing = [
        LeftOut(row.place, f"article {name} is not among --texts") for name, found in decided.items() if name not in articles for row in found if row.decision
    ]
    return [teach(articles[name], found, pipeline) for name, found in decided.items() if name in articles], missing


def _absent(golds: Sequence[Path], articles: Mapping[str, Article]) -> list[LeftOut]:
    return [LeftOut(str(path), f"article {name} is not among --texts") for path in golds for name in _recorded([path]) if name not in articles]


def _studied(golds: Sequence[Path], articles: Mapping[str, Article], pipeline: Pipeline) -> list[Studied]:
    return [study(example, pipeline) for path in golds for example in from_gold(path, articles, source="abstracts")]


def _change(taught: Sequence[Taught], *, before: ClaimModels, after: ClaimModels) -> Change:
    agreed = [[value for one in taught for value in agrees(one.lessons, one.studied, models)] for models in (before, after)]
    changed = sum(old != new for old, new in zip(*agreed, strict=True))
    return Change(decided=len(agreed[0]), before=sum(agreed[0]), after=sum(agreed[1]), changed=changed)


def agrees(lessons: Iterable[Lesson], studied: Studied, models: ClaimModels) -> Iterator[bool]:
    """Whether models show the claim of each accepted or corrected row, and do not show that of a rejected one: by molecule, direction, region and species."""
    decider, article = Decider(models=models, ladder=studied.ladder, terms=studied.terms), studied.example.article
    shown = {claim.claim_id for claim in claims_of(studied, models) if claim.confidence >= models.thresholds.get(MODE, 0.0)}
    for lesson in lessons:
        items = lesson.view.units.items
        place = (items[lesson.pair.cue].start, items[lesson.pair.molecule].start)
        stated = [c for c in decider.candidates(lesson.view) if (c.cue.start, c.molecule.start) == place and merge(article, [c])[0].claim_id in shown]
        yield any(_states(candidate, lesson) for candidate in stated) == (lesson.label != NO_CLAIM)


def _states(candidate: Candidate, lesson: Lesson) -> bool:
    row, unknown = lesson.claim.row, lesson.claim.unknown
    region, species = resolve("region", row.region_canonical), known_species(row.species, place=lesson.row.place)
    right_species = "species" in unknown or same(_name("species", candidate.species), species)
    return candidate.direction == row.direction and same(_name("region", candidate.region), region) and right_species


def _name(kind: MentionKind, slot: Slot | None) -> Name | None:
    return with_key(resolve(kind, slot.id, slot.name, slot.text), slot.id) if slot is not None else None


def _measure(dev: Path, articles: Mapping[str, Article], pipeline: Pipeline, *, models: tuple[ClaimModels, ClaimModels], seen: Iterable[str]) -> Measured:
    """Score both models on the annotated parts of gold articles."""
    gold = {articles[one.id].id: replace(one, id=articles[one.id].id) for one in load_gold(dev) if one.id in articles}
    studied = [study(example, pipeline) for example in from_gold(dev, articles, source="abstracts")]
    scores = []
    for one in models:
        threshold = one.thresholds.get(MODE, 0.0)
        found = [(s.example.article, [c for c in claims_of(s, one) if c.confidence >= threshold]) for s in studied]
        alignments = [align(gold[article.id], [statement(claim_record(claim, article)) for claim in claims]) for article, claims in found]
        all_figures = figures(alignments, resamples=0)
        scores.append({name: all_figures[name].value for name in FIGURES})
    return Measured(before=scores[0], after=scores[1], articles=len(gold), seen=tuple(sorted(set(gold) & set(seen))))


def described(report: RetrainReport) -> str:
    """Say what a retraining did, in lines."""
    change = report.change
    lines = [f"{task}: {report.learned[task]} instances learned beside {report.shipped[task]} of the package" for task in report.learned]
    if change.decided:
        lines.append(
            f"decisions that the models agree with: {change.before} of {change.decided} before, {change.after} after; {change.changed} read otherwise than before"
        )
    lines += _of_dev(report.measured) if report.measured is not None else []
    if report.left_out:
        lines.append(f"{len(report.left_out)} left out:")
        lines += [f"  {one.place}: {one.why}" for one in report.left_out[:LISTED]]
        lines += [f"  … and {len(report.left_out) - LISTED} more"] if len(report.left_out) > LISTED else []
    lines.append("calibration, weigher and thresholds are kept from the models of the package; they were not measured anew")
    lines.append(f"saved to {report.out}; use it with: extractor extract … --claim-models {report.out}")
    return "\n".join(lines)


def _of_dev(measured: Measured) -> list[str]:
    shown = [f"{name} {_number(measured.before[name])} before, {_number(measured.after[name])} after" for name in FIGURES]
    lines = [f"on {measured.articles} articles of --dev: {'; '.join(shown)}"]
    if measured.seen:
        named = ", ".join(measured.seen[:LISTED]) + (", …" if len(measured.seen) > LISTED else "")
        lines.append(
            f"WARNING: {len(measured.seen)} of them are among the articles trained on ({named}); these figures say nothing about articles that are new"
        )
    return lines


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
