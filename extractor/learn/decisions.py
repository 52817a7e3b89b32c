"""A curator's sheet and the articles it speaks of in, what it teaches out: accepted and corrected claims with their slots, rejected ones as none.

A sheet says nothing about what was not extracted: every pair that no decision is about stays unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.emit.curation import DECISIONS
from extractor.emit.sheets import clean, sheet_kind
from extractor.emit.tsv import JOINT
from extractor.errors import DataError
from extractor.evaluate.gold import GoldClaimRow
from extractor.evaluate.names import NOT_STATED, related, resolve, same
from extractor.learn.dataset import Studied
from extractor.learn.examples import Example, LabelledClaim
from extractor.learn.label import UNKNOWN, PairLabel, name_of
from extractor.pipeline import Pipeline
from extractor.records import AgentType, Article, Direction, Form
from extractor.relate.models import NO_CLAIM
from extractor.relate.pairs import Pair
from extractor.relate.places import Ladder
from extractor.relate.view import SentenceView

_CORRECTED = ("agent", "agent_type", "molecule", "form", "region", "direction", "species")
_NEEDED = ("article_id", "evidence", "cue", "molecule", "direction", "decision")
_SIBLINGS = frozenset({"agent", "agent_type", "form", "region", "species"})
"""What further claims of the same pair may differ in: not learned while one of them is undecided."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its cells, and `decision`, empty where there is none yet."""

    place: str
    decision: str
    cells: Mapping[str, str]

    def says(self, column: str) -> str:
        """What a slot should read: the correction where there is one, else the cell itself."""
        corrected = self.cells.get(f"corrected_{column}", "").strip() if self.decision == "correct" else ""
        return corrected or self.cells.get(column, "").strip()

    def corrects(self, column: str) -> bool:
        """Whether a correction is given for a slot."""
        return bool(self.cells.get(f"corrected_{column}", "").strip())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that teaches nothing, and why."""

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A row at its pair: `label` is a direction or `NO_CLAIM`, `claim` what the row says now, `origin` the pair that it was read from."""

    row: SheetRow
    view: SentenceView
    pair: Pair
    origin: Pair
    label: str
    claim: LabelledClaim


@dataclass(frozen=True, slots=True)
class Taught:
    """What the decided rows of one article teach, and the rows that teach nothing."""

    studied: Studied
    lessons: tuple[Lesson, ...]
    left_out: tuple[LeftOut, ...]


def read_decided(path: Path) -> list[SheetRow]:
    """Read the rows of a sheet, those without a decision too.

    Raises
    ------
    UsageError
        The file is no sheet by its ending.
    DataError
        The file is missing or broken, lacks a column, or holds a decision that is none.
    """
    _, read = sheet_kind(path)
    if not path.is_file():
        raise DataError("no such file", place=path, expected="a sheet of `extractor records`", repair="check the path")
    return [_row(cells, place=f"{path}:{no}") for no, cells in read(path)]


def _row(cells: Mapping[str, str], *, place: str) -> SheetRow:
    missing = [name for name in _NEEDED if name not in cells]
    if missing:
        raise DataError(f"no column {', '.join(missing)}", place=place, expected="a sheet of `extractor records`")
    decision = cells["decision"].strip().lower()
    if decision and decision not in DECISIONS:
        raise DataError(f"decision {decision!r}", place=place, expected=f"one of {', '.join(DECISIONS)}, or nothing", repair="mend the cell")
    return SheetRow(place=place, decision=decision, cells=cells)


def teach(article: Article, rows: Sequence[SheetRow], pipeline: Pipeline) -> Taught:
    """Find the pairs that the rows of one article are about, and what they teach.

    Parameters
    ----------
    article
        The article that the rows name.
    rows
        All its rows, undecided ones too: a slot in which further claims of a pair may differ is learned only when all are decided.
    pipeline
        For scan and parse.
    """
    scan, views = pipeline.views(article)
    found = [(row, _lesson(row, article, views)) for row in rows]
    left_out = [one for row, one in found if isinstance(one, LeftOut) and row.decision]
    placed = [one for _, one in found if isinstance(one, Lesson)]
    lessons, against = _agreed([one for one in placed if one.row.decision])
    undecided = {_key(one.view, one.pair) for one in placed if not one.row.decision}
    labels = tuple(tuple(_label(view, pair, lessons, undecided=undecided) for pair in view.pairs) for view in views)
    example = Example(article=article, claims=tuple(one.claim for one in lessons if one.label != NO_CLAIM), source="decisions")
    ladder = Ladder(article, scan, pipeline.terms)
    studied = Studied(example=example, views=tuple(views), labels=labels, lost=(), ladder=ladder, terms=pipeline.terms)
    return Taught(studied=studied, lessons=tuple(lessons), left_out=(*left_out, *against))


def _key(view: SentenceView, pair: Pair) -> tuple[int, int, int, bool]:
    return (view.parsed.sentence.start, pair.cue, pair.molecule, pair.link.denied is not None)


def _lesson(row: SheetRow, article: Article, views: Sequence[SentenceView]) -> Lesson | LeftOut:
    """The row at its pair: the one that it was read from, or where its molecule is corrected, that of the same cue with the right molecule."""
    amiss = _amiss(row)
    if amiss:
        return LeftOut(row.place, amiss)
    places = list(_places(row, views))
    if not places:
        known = row.cells["evidence"] in clean(article.text)
        why = "its cue and molecule are no pair of its sentence as it is read now" if known else f"its evidence is not in the text of {article.id}"
        return LeftOut(row.place, why)
    view, origin = places[0]
    pair = origin
    if row.decision == "correct" and row.corrects("molecule"):
        other = _of_molecule(view, origin, row.says("molecule"))
        if other is None:
            return LeftOut(row.place, f"no molecule {row.says('molecule')!r} was found in its sentence")
        pair = other
    label = NO_CLAIM if row.decision == "reject" else row.says("direction")
    return Lesson(row=row, view=view, pair=pair, origin=origin, label=label, claim=_claim(row, view, pair))


def _amiss(row: SheetRow) -> str:
    """What is wrong with the cells of a row; empty where nothing is."""
    corrected = [name for name in _CORRECTED if row.corrects(name)]
    if row.decision == "correct" and not corrected:
        return "the decision is correct, and no corrected_ cell is filled in"
    if row.decision == "accept" and corrected:
        return f"the decision is accept, and corrected_{corrected[0]} is filled in"
    closed = {"direction": [str(one) for one in Direction], "form": [str(one) for one in Form], "agent_type": ["", *(str(one) for one in AgentType)]}
    wrong = next((name for name, choices in closed.items() if row.says(name) not in choices), None)
    return f"{wrong} {row.says(wrong)!r} is none of {', '.join(filter(None, closed[wrong]))}" if wrong else ""


def _places(row: SheetRow, views: Sequence[SentenceView]) -> Iterator[tuple[SentenceView, Pair]]:
    """The pairs that a row can have been read from, the likeliest first."""
    cells, ranked = row.cells, []
    for v, view in enumerate(views):
        if clean(view.text) != cells["evidence"]:
            continue
        for p, pair in enumerate(view.pairs):
            cue, mention = view.units.items[pair.cue].cue, view.units.items[pair.molecule].mention("molecule")
            if cue is None or mention is None or clean(cue.text) != cells["cue"] or clean(mention.text) != cells["molecule"]:
                continue
            rules = JOINT.join(rule.row.rule for rule in (pair.link.outer_rule, pair.link.rule) if rule is not None)
            differs = (str(view.passage.section) != cells.get("section", ""), rules not in cells.get("rules", ""), pair.direction != cells["direction"])
            ranked.append((*differs, not pair.tied, abs(pair.cue - pair.molecule), v, p))
    yield from ((views[one[-2]], views[one[-2]].pairs[one[-1]]) for one in sorted(ranked))


def _of_molecule(view: SentenceView, pair: Pair, molecule: str) -> Pair | None:
    """The pair of the same cue with a molecule of this name, the nearest; with one of its family, where none has the very name."""
    wanted = resolve("molecule", molecule)
    for fits in (same, related):
        found = []
        for other in view.pairs:
            mention = view.units.items[other.molecule].mention("molecule") if other.cue == pair.cue else None
            if mention is not None and fits(name_of(mention), wanted):
                found.append(other)
        if found:
            return min(found, key=lambda one: (abs(one.cue - one.molecule), one.link.denied is not None))
    return None


def _agreed(lessons: Sequence[Lesson]) -> tuple[list[Lesson], list[LeftOut]]:
    """The lessons without those that give one pair two directions."""
    directions: dict[object, set[str]] = defaultdict(set)
    for one in lessons:
        if one.label != NO_CLAIM:
            directions[_key(one.view, one.pair)].add(one.label)
    torn = {key for key, labels in directions.items() if len(labels) > 1}
    good = [one for one in lessons if _key(one.view, one.pair) not in torn]
    bad = [one for one in lessons if _key(one.view, one.pair) in torn]
    return good, [LeftOut(one.row.place, "another row gives the same words another direction") for one in bad]


def _label(view: SentenceView, pair: Pair, lessons: Sequence[Lesson], *, undecided: set[tuple[int, int, int, bool]]) -> PairLabel:
    """The answer for a pair: what its rows say; none for a pair whose rows are all rejected, or speak of another molecule."""
    key = _key(view, pair)
    here = [one for one in lessons if key in (_key(one.view, one.pair), _key(one.view, one.origin))]
    stated = [one for one in here if one.label != NO_CLAIM and _key(one.view, one.pair) == key]
    if not stated:
        return PairLabel(label=NO_CLAIM if here and key not in undecided else UNKNOWN)
    unknown = _SIBLINGS if key in undecided else frozenset()
    claims = tuple(_doubting(one.claim, unknown) for one in stated)
    return PairLabel(label=stated[0].label, claims=claims)


def _doubting(claim: LabelledClaim, unknown: frozenset[str]) -> LabelledClaim:
    return LabelledClaim(row=claim.row, evidence=claim.evidence, cue=claim.cue, molecule=claim.molecule, unknown=claim.unknown | unknown)


def _claim(row: SheetRow, view: SentenceView, pair: Pair) -> LabelledClaim:
    """The row as an annotated claim; what it leaves open, or names in words that no lexicon has, is unknown."""
    cue, molecule, sentence = view.units.items[pair.cue], view.units.items[pair.molecule], view.parsed.sentence
    species, region = _named(row, "species"), _named(row, "region")
    known = resolve("species", species)
    agents = tuple(part.strip() for part in _named(row, "agent").split(JOINT.strip()) if part.strip())
    open_type = not row.says("agent_type") or (row.corrects("agent") and not row.corrects("agent_type"))
    doubts = {"species": known is not None and known.key is None, "agent_type": open_type, "certainty": row.cells.get("evidence_count", "1") not in ("", "1")}
    gold = GoldClaimRow(
        agent=agents, agent_type=AgentType(row.says("agent_type") or AgentType.DRUG), molecule=row.says("molecule"),
        molecule_id_hint=_named(row, "molecule"), form=Form(row.says("form")), region=region, region_canonical=region, direction=Direction(row.says("direction")),
        species=NOT_STATED if doubts["species"] else species, certainty="hedged" if row.cells.get("certainty") == "hedged" else "asserted",
        presupposed=row.cells.get("presupposed") == "true", attribution="background" if row.cells.get("attribution") == "background" else "own",
        qualifiers="", evidence=view.text, cue=row.cells["cue"], molecule_text=row.says("molecule"), region_text=None if region == NOT_STATED else region,
        species_text=None,
    )  # fmt: skip
    unknown = frozenset(slot for slot, doubtful in doubts.items() if doubtful)
    places = ((sentence.start, sentence.end), (cue.start, cue.end), (molecule.start, molecule.end))
    return LabelledClaim(row=gold, evidence=places[0], cue=places[1], molecule=places[2], unknown=unknown)


def _named(row: SheetRow, slot: str) -> str:
    """What a slot should name: the correction, else the preferred names, else the author's words; `not stated` where there are none."""
    if row.decision == "correct" and row.corrects(slot):
        return row.says(slot)
    words, names = (row.cells.get(column, "").split(JOINT) for column in (slot, f"{slot}_name"))
    both = [name.strip() or word.strip() for word, name in zip(words, names if len(names) == len(words) else [""] * len(words), strict=True)]
    return JOINT.join(one for one in both if one) or NOT_STATED
