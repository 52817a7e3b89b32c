"""Direction of a labelled molecule: doctors' labels of trial reports, and curated BEL statements whose molecules stand in the evidence."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.evaluate.names import Name, related, resolve, shared
from extractor.evaluate.statements import Statement, overlapping
from extractor.pipeline import Pipeline
from extractor.records import Article, Direction, MentionKind, Section
from extractor.scan.dictionary import Dictionary
from extractor.terms import Term, load_terms

from measure_figures import NONE, DirectionOutcome, Figure, Measurement, direction_figures, figure
from measure_stages import first_article, pipeline, plain_article, statements

ROOT = Path(__file__).resolve().parents[1]
BEL_SAMPLE = 2_000  # statements; own choice: about a minute of work, an interval of two points
BEL_SEED = 20_220_425
BEL_CHUNK = 50
BEL_DIRECTIONS = {"up": Direction.INCREASE, "down": Direction.DECREASE, "nc": Direction.NO_CHANGE}
_AMOUNT = re.compile(r'^(?:p|a|r|m|g|complex)\(\s*[\w.-]+:(?:"([^"]+)"|([^\s",()]+))')
_SUBJECT = re.compile(r'^(?:act\()?(?:p|a|r|m|g|complex)\(\s*[\w.-]+:(?:"([^"]+)"|([^\s",()]+))')


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a trial report: which way the molecule went under the intervention, and the sentence that says so."""

    molecules: tuple[str, ...]
    intervention: str
    direction: str
    evidence: tuple[str, ...]
    core: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was predicted for a label, whether from the labelled sentence, and whether the label is one specific molecule."""

    outcome: DirectionOutcome
    on_evidence: bool
    core: bool


def rct_items(corpora: Path) -> list[tuple[Path, tuple[Label, ...]]]:
    """The trial reports with their labels."""
    by_report: dict[str, list[Label]] = defaultdict(list)
    with (corpora / "corpora" / "rct" / "molecule_outcomes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            evidence = tuple(dict.fromkeys(text for text in (row["evidence"], row["evidence_sentence"]) if text))
            label = Label(tuple(row["molecule"].split("|")), row["intervention"], row["direction"], evidence, row["core"] == "1")
            by_report[row["pmcid"]].append(label)
    return [(corpora / "corpora" / "rct" / "nxml" / f"{report}.nxml", tuple(labels)) for report, labels in sorted(by_report.items())]


def rct_work(item: tuple[Path, tuple[Label, ...]]) -> list[Answer]:
    """Read one report and answer its labels."""
    return rct_answers(item[1], first_article(item[0]), by=pipeline(), unit=item[0].stem)


def rct_answers(labels: Sequence[Label], article: Article, *, by: Pipeline, unit: str) -> list[Answer]:
    """Answer the labels of one report with the claims that a pipeline finds in it."""
    claims = statements(by.run(article).claims, article)
    return [answer(label, claims, unit=unit) for label in labels]


def answer(label: Label, claims: Sequence[Statement], *, unit: str) -> Answer:
    """Choose the claim that a label is about.

    Parameters
    ----------
    label
        Names the molecule, or several.
    claims
        Of the article.
    unit
        The article.

    Returns
    -------
        The direction of the best claim about the molecule or its family: from the labelled sentence first, then with the intervention as
        agent, then with the highest confidence. `NONE` where no claim is about the molecule.
    """
    names = _resolved("molecule", label.molecules)
    agents = _resolved("agent", [label.intervention])
    about = [claim for claim in claims if any(related(name, claim.molecule) for name in names)]
    best = max(about, key=lambda c: (overlapping(label.evidence, c.evidence), shared(agents, c.agents), c.confidence), default=None)
    predicted = NONE if best is None else str(best.direction)
    outcome = DirectionOutcome(unit, label.direction, predicted)
    return Answer(outcome, best is not None and overlapping(label.evidence, best.evidence), label.core)


def _resolved(kind: MentionKind, texts: Iterable[str]) -> tuple[Name, ...]:
    return tuple(name for text in texts for name in [resolve(kind, text)] if name is not None)


def rct_figures(_: Path, results: Sequence[Sequence[Answer]]) -> list[Figure]:
    """All labels, those of one specific molecule, and the share answered from the labelled sentence."""
    answers = [one for result in results for one in result]
    core = [one for one in answers if one.core]
    made = direction_figures((one.outcome for one in answers), prefix="all.")
    made += direction_figures((one.outcome for one in core), prefix="core.")
    made += [_on_evidence(answers, "all.coverage_on_evidence"), _on_evidence(core, "core.coverage_on_evidence")]
    made += direction_figures((one.outcome for one in core if one.on_evidence), prefix="core.on_evidence.")[:2]
    seen = trained_on()
    made += direction_figures((one.outcome for one in core if one.outcome.unit not in seen), prefix="unseen.core.")
    return made


def trained_on() -> frozenset[str]:
    """The trial reports of which a paragraph is annotated in gold/paragraphs.jsonl, which the models of claims learn from."""
    with (ROOT / "gold" / "paragraphs.jsonl").open(encoding="utf-8") as lines:
        return frozenset(Path(row["file"]).stem for row in map(json.loads, lines) if row["corpus"].startswith("rct"))


def _on_evidence(answers: Sequence[Answer], name: str) -> Figure:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in answers:
        counts[one.outcome.unit][0] += one.on_evidence
        counts[one.outcome.unit][1] += 1
    return figure(name, counts, lambda row: row[0] / row[1] if row[1] else None, n=len(answers))


@dataclass(frozen=True, slots=True)
class BelStatement:
    """A curated statement whose subject and object are both named in its evidence."""

    paper: str
    evidence: str
    subject: str
    object: str
    direction: str


def bel_items(corpora: Path) -> list[list[BelStatement]]:
    """At most BEL_SAMPLE statements in pieces, drawn with BEL_SEED."""
    path = corpora / "corpora" / "bel_claims" / "bel_claims_dev.jsonl"
    with path.open(encoding="utf-8") as lines:
        sample = bel_sample([json.loads(line) for line in lines], size=BEL_SAMPLE, seed=BEL_SEED)
    return [sample[i : i + BEL_CHUNK] for i in range(0, len(sample), BEL_CHUNK)]


def bel_sample(rows: Iterable[dict[str, str]], *, size: int, seed: int) -> list[BelStatement]:
    """Draw statements whose two names are lexicon terms that stand in the evidence; what is stated in two directions is left out."""
    directions: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row["direction"] in BEL_DIRECTIONS and (names := bel_names(row["statement"], row["relation"])) is not None:
            directions[row["pmid"] or "", row["evidence"], names[0], names[1]].add(row["direction"])
    keys = sorted(key for key, found in directions.items() if len(found) == 1)
    random.Random(seed).shuffle(keys)
    dictionary = Dictionary(load_terms())
    found: list[BelStatement] = []
    for key in keys:
        paper, evidence, subject, target = key
        if len(found) < size and _both_named(evidence, (subject, target), dictionary=dictionary):
            found.append(BelStatement(paper, evidence, subject, target, str(BEL_DIRECTIONS[next(iter(directions[key]))])))
    return found


def bel_names(text: str, relation: str) -> tuple[str, str] | None:
    """The names of subject and object of `p(HGNC:BDNF) -> p(HGNC:NTRK2)`; None where the object is no amount, or there is no name."""
    subject, middle, target = text.partition(f" {relation} ")
    first, second = _SUBJECT.match(subject.strip()), _AMOUNT.match(target.strip())
    if not middle or first is None or second is None:
        return None
    return (first[1] or first[2], second[1] or second[2])


def _both_named(evidence: str, names: Sequence[str], *, dictionary: Dictionary) -> bool:
    keys = [{term.key for term in _terms(name)} for name in names]
    if not all(keys):
        return False
    named = {key for m in dictionary.find(evidence) if m.kind in ("molecule", "agent") for key in (m.id, m.name) if key}
    return all(not one.isdisjoint(named) for one in keys) and keys[0].isdisjoint(keys[1])


def _terms(name: str) -> list[Term]:
    found = (load_terms().find(name, "molecule"), load_terms().find(name, "agent"))
    return [term for term in found if term is not None]


def bel_work(chunk: Sequence[BelStatement]) -> list[DirectionOutcome]:
    """Read each evidence as an article of its own and look for a claim about the object."""
    return [bel_outcome(one) for one in chunk]


def bel_outcome(one: BelStatement) -> DirectionOutcome:
    """The direction of the claim about the object, that with the subject as agent first, then that with the highest confidence."""
    article = plain_article(one.paper, (one.evidence, Section.RESULTS))
    target, subjects = resolve("molecule", one.object), _resolved("agent", [one.subject])
    about = [claim for claim in statements(pipeline().run(article).claims, article) if related(target, claim.molecule)]
    best = max(about, key=lambda c: (shared(subjects, c.agents), c.confidence), default=None)
    return DirectionOutcome(one.paper, one.direction, NONE if best is None else str(best.direction))


def bel_figures(_: Path, results: Sequence[Sequence[DirectionOutcome]]) -> list[Figure]:
    """All statements of the sample."""
    return direction_figures(one for result in results for one in result)


RCT = Measurement("rct", rct_items, rct_work, rct_figures)
BEL = Measurement("bel", bel_items, bel_work, bel_figures)
