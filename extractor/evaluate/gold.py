"""A gold file in, articles with comparable claims out. Broken rows, unknown species and duplicates stop with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from extractor.errors import DataError, UsageError
from extractor.evaluate.names import NOT_STATED, known_species, resolve
from extractor.evaluate.statements import GoldArticle, Statement
from extractor.evaluate.table1 import PROSE, SUPPORTED, TABLE1, load_table1, table1_path
from extractor.records import AgentType, Attribution, Certainty, Direction, Form, Section
from extractor.schema import Record, read_records


class GoldClaimRow(Record):
    """A claim as annotators write it (CLAIMS.md). `*_text` are the source's own words, null where it has none for the slot.

    `restatements` are further quotes that state the same claim.
    """

    agent: tuple[str, ...] = Field(min_length=1)
    agent_type: AgentType
    molecule: str = Field(min_length=1)
    molecule_id_hint: str = Field(min_length=1)
    form: Form
    region: str
    region_canonical: str = Field(min_length=1)
    direction: Direction
    species: str = Field(min_length=1)
    certainty: Certainty
    presupposed: bool
    attribution: Attribution
    qualifiers: str
    section: Section | None = None
    evidence: str = Field(min_length=1)
    cue: str = Field(min_length=1)
    molecule_text: str | None
    region_text: str | None
    species_text: str | None
    restatements: tuple[str, ...] = ()


class GoldArticleRow(Record):
    """A line of a gold file: one annotated article. `sections_annotated` empty means all of it."""

    record_id: str = Field(min_length=1)
    sections_annotated: tuple[Section | Literal["all"], ...] = ()
    claims: tuple[GoldClaimRow, ...]


def load_gold(path: str | Path) -> list[GoldArticle]:
    """Read a gold standard.

    Parameters
    ----------
    path
        A JSONL file, one annotated article a line; or `table1` for the claims of the review's Table 1, `table1:supported` for those
        that the cited papers do not contradict, `table1:prose` for those that the review's prose tells; or the path of such a TSV.

    Returns
    -------
        The articles in file order; restatements of one claim in an article are joined, with all their evidence.

    Raises
    ------
    DataError
        A row does not parse, names a species that no lexicon knows, or stands twice.
    UsageError
        The path is neither JSONL nor TSV.
    """
    if str(path) in (TABLE1, SUPPORTED, PROSE):
        return load_table1(table1_path(), which=str(path))
    place = Path(path)
    if place.suffix == ".tsv":
        return load_table1(place)
    if place.suffix != ".jsonl":
        raise UsageError(f"gold {str(path)!r}", expected=f"{TABLE1!r}, {SUPPORTED!r}, {PROSE!r}, a .jsonl or a .tsv file")
    return list(_articles(place))


def _articles(path: Path) -> Iterable[GoldArticle]:
    seen: dict[str, str] = {}
    lines = [no for no, line in enumerate(path.read_bytes().split(b"\n"), 1) if line.strip()] if path.is_file() else []
    for no, row in enumerate(read_records(path, GoldArticleRow)):
        place = f"{path}:{lines[no]}"
        if row.record_id in seen:
            raise DataError(
                f"record {row.record_id!r} a second time", place=place, expected="one line an article", repair=f"join it with {seen[row.record_id]}"
            )
        seen[row.record_id] = place
        yield gold_article(row, place=place)


def gold_article(row: GoldArticleRow, *, place: str) -> GoldArticle:
    """Make the statements of a record comparable; `place` is where it stands, for messages.

    Raises
    ------
    DataError
        A claim stands twice, or a name is none.
    """
    for no, claim in enumerate(row.claims, 1):
        if claim in row.claims[: no - 1]:
            raise DataError(f"claim {no} of {row.record_id!r} a second time", place=place, expected="each claim once", repair="delete one of the two")
    claims = [_statement(claim, place=f"{place} claim {no}") for no, claim in enumerate(row.claims, 1)]
    joined = join_restatements(claims)
    sections = frozenset(str(section) for section in row.sections_annotated if section != "all")
    return GoldArticle(id=row.record_id, claims=joined, sections=sections, restatements=len(claims) - len(joined))


def _statement(row: GoldClaimRow, *, place: str) -> Statement:
    molecule = resolve("molecule", row.molecule_id_hint, row.molecule_text, row.molecule)
    if molecule is None:
        raise DataError(f"molecule {row.molecule!r}", place=place, expected="the name of a molecule")
    return Statement(
        place=place,
        molecule=molecule,
        region=resolve("region", row.region_canonical, None if row.region_canonical == NOT_STATED else row.region_text),
        direction=row.direction,
        species=known_species(row.species, place=place),
        form=str(row.form),
        agents=tuple(name for agent in row.agent if (name := resolve("agent", agent)) is not None),
        agent_type=str(row.agent_type),
        certainty=row.certainty,
        attribution=row.attribution,
        presupposed=row.presupposed,
        qualifiers=row.qualifiers,
        evidence=tuple(dict.fromkeys((row.evidence, *row.restatements))),
        cue=row.cue,
        sections=(str(row.section),) if row.section else (),
        words={kind: words for kind, words in _words(row).items() if words},
        stated={kind: text in row.evidence for kind, text in (("region", row.region_text), ("species", row.species_text)) if text},
    )


def _words(row: GoldClaimRow) -> dict[str, tuple[str, ...]]:
    single = {"molecule": row.molecule_text, "region": row.region_text, "species": row.species_text}
    return {"agent": row.agent, **{kind: (text,) if text else () for kind, text in single.items()}}


def join_restatements(claims: Iterable[Statement]) -> tuple[Statement, ...]:
    """Join claims that differ in no slot of their identity (CLAIMS.md, ruling 4); evidence, sections and qualifiers add up."""
    joined: dict[tuple[object, ...], Statement] = {}
    for claim in claims:
        identity = _identity(claim)
        first = joined.get(identity)
        joined[identity] = claim if first is None else _join(first, claim)
    return tuple(joined.values())


def _identity(claim: Statement) -> tuple[object, ...]:
    agents = frozenset(name.identity for name in claim.agents)
    names = tuple(None if name is None else name.identity for name in (claim.molecule, claim.region, claim.species))
    return (agents, names, claim.form, claim.direction)


def _join(first: Statement, other: Statement) -> Statement:
    qualifiers = "; ".join(dict.fromkeys(text for text in (first.qualifiers, other.qualifiers) if text))
    stated = {kind: first.stated.get(kind, False) or other.stated.get(kind, False) for kind in {*first.stated, *other.stated}}
    evidence = tuple(dict.fromkeys(first.evidence + other.evidence))
    return replace(first, qualifiers=qualifiers, stated=stated, evidence=evidence, sections=tuple(dict.fromkeys(first.sections + other.sections)))
