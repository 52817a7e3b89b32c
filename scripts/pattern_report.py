"""What every rule of lexicons/patterns.jsonl does on the annotated texts: where it fires, and how often the claims that rest on it are right.

    python scripts/pattern_report.py --out docs/patterns.tsv                   prints the table of docs/patterns.md as well
    python scripts/pattern_report.py --out FILE.tsv --only abstracts

In: ../shared/gold with its texts, the package. Out: a line a rule, in the order of the file. docs/patterns.md says what the columns count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from extractor.evaluate import Alignment, GoldArticle, load_gold
from extractor.evaluate.match import align
from extractor.evaluate.metrics import ratio
from extractor.evaluate.names import same, shared
from extractor.evaluate.statements import statement
from extractor.parse.language import parse
from extractor.records import Article, Claim, Scan, Slot
from extractor.relate.patterns import Rule, rules
from extractor.relate.units import Units, units_of
from extractor.schema import claim_record

from measure_claims import MEASURED_SECTIONS, abstract_items, elife_items
from measure_speed import language, sentences_with_mentions
from measure_stages import first_article, rules_pipeline, scanner

ROOT = Path(__file__).resolve().parents[1]
CUES, TARGETS = ("VERBCUE", "NOUNCUE", "ADJCUE"), {"molecule": ("MOL", "BOTH"), "agent": ("AGENT", "BOTH"), "region": ("REGION",)}
HEADER = (
    "rule",
    "target",
    "sentences",
    "documents",
    "claims",
    "exact",
    "lenient",
    "aligned",
    "slot_right",
    "exact_precision",
    "lenient_precision",
    "slot_precision",
)
Place = tuple[str, int]


@dataclass(slots=True)
class Tally:
    """Counts of one rule: the sentences where it ties anything, as article and start; claims that rest on it, and how many of them are right.

    `aligned` are claims about a gold molecule in the right sentence, `right` those of them whose slot of the rule's kind is right.
    """

    sentences: set[Place] = field(default_factory=set)
    claims: int = 0
    exact: int = 0
    lenient: int = 0
    aligned: int = 0
    right: int = 0


Tallies = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Reading:
    """An annotated article, read: its claims as they were paired with the gold, and the units of its selected sentences by their start."""

    article: str
    claims: Mapping[str, Claim]
    alignment: Alignment
    sentences: Mapping[int, Units]


def read(article: Article, gold: GoldArticle, *, whole: bool) -> Reading:
    """Run the package on an article. Without `whole` claims count whose best evidence stands in a section that was annotated."""
    claims = [c for c in rules_pipeline().run(article).claims if whole or c.evidence[0].section in MEASURED_SECTIONS]
    predicted = [statement(claim_record(claim, article)) for claim in claims]
    scan = scanner().scan(article)
    return Reading(article.id, {c.claim_id: c for c in claims}, align(gold, predicted), dict(_units(article, scan)))


def _units(article: Article, scan: Scan) -> Iterator[tuple[int, Units]]:
    for one in parse(article.text, sentences_with_mentions(scan), nlp=language()):
        yield one.sentence.start, units_of(one, [c for c in scan.cues if one.sentence.start <= c.start < one.sentence.end])


def tally(readings: Iterable[Reading], *, all_rules: Sequence[Rule]) -> Tallies:
    """Count for every rule, in the order given."""
    tallies = {rule.row.rule: Tally() for rule in all_rules}
    for reading in readings:
        for start, units in reading.sentences.items():
            for rule in all_rules:
                if fires(rule, units):
                    tallies[rule.row.rule].sentences.add((reading.article, start))
        _count_claims(reading, tallies, all_rules)
    return tallies


def fires(rule: Rule, units: Units) -> bool:
    """Whether a rule ties anything in a sentence: a cue to a molecule or to another cue, a cue or molecule to an agent or region."""
    cues, molecules = units.where(*CUES), units.where(*TARGETS["molecule"])
    anchors = molecules if rule.row.anchor == "molecule" else [cue for cue in cues if _fits(rule, units, cue)]
    targets = cues if rule.row.target == "cue" else units.where(*TARGETS[rule.row.target])
    return any(rule.ties(units, anchor, target) for anchor in anchors for target in targets if anchor != target)


def _fits(rule: Rule, units: Units, position: int) -> bool:
    """Whether the cue has a form and a kind that the rule names."""
    cue = units.items[position].cue
    forms, kinds = rule.row.forms, rule.row.kinds
    return cue is not None and (not forms or any(form in forms for form in cue.forms)) and (not kinds or cue.kind in kinds)


def _count_claims(reading: Reading, tallies: Tallies, all_rules: Sequence[Rule]) -> None:
    one = reading.alignment
    paired = {level: {p: g for g, p in one.pairs[level]} for level in ("exact", "lenient", "aligned")}
    for p in one.covered["lenient"]:
        claim = reading.claims[one.predicted[p].place]
        used = _used(claim, reading.sentences, all_rules)
        for rule in (rule for rule in all_rules if rule.row.rule in used):
            counts = tallies[rule.row.rule]
            counts.claims += 1
            counts.exact += p in paired["exact"]
            counts.lenient += p in paired["lenient"]
            if p in paired["aligned"]:
                counts.aligned += 1
                counts.right += _slot_right(rule, one, gold=paired["aligned"][p], predicted=p)


def _used(claim: Claim, sentences: Mapping[int, Units], all_rules: Sequence[Rule]) -> set[str]:
    """The rules on the claim's evidence, and those for agents and regions that tie what the claim has there."""
    used = {name for evidence in claim.evidence for name in evidence.rules}
    units = sentences.get(claim.evidence[0].start)
    if units is None:
        return used
    anchors = {"cue": _at(units, claim.cue.start), "molecule": _at(units, claim.molecule.start)}
    slots: dict[str, tuple[Slot, ...]] = {"agent": claim.agents, "region": (claim.region,) if claim.region else ()}
    for rule in all_rules:
        anchor = anchors[rule.row.anchor]
        places = [place for slot in slots.get(rule.row.target, ()) if (place := _at(units, slot.start)) is not None]
        if anchor is not None and any(place != anchor and rule.ties(units, anchor, place) for place in places):
            used.add(rule.row.rule)
    return used


def _at(units: Units, start: int) -> int | None:
    return next((i for i, unit in enumerate(units.items) if unit.start <= start < unit.end), None)


def _slot_right(rule: Rule, one: Alignment, *, gold: int, predicted: int) -> bool:
    """Whether the slot that the rule fills is that of the gold claim: the direction, for agents an agent in common, the region."""
    known, found = one.gold[gold], one.predicted[predicted]
    if rule.row.target == "agent":
        return shared(known.agents, found.agents)
    if rule.row.target == "region":
        return same(known.region, found.region)
    return known.direction == found.direction


def rows(tallies: Tallies, *, all_rules: Sequence[Rule]) -> list[tuple[str, ...]]:
    """A row a rule, with the columns of HEADER; 0/0 is empty."""
    made: list[tuple[str, ...]] = []
    for rule in all_rules:
        one = tallies[rule.row.rule]
        documents = len({article for article, _ in one.sentences})
        counts = (len(one.sentences), documents, one.claims, one.exact, one.lenient, one.aligned, one.right)
        shares = (ratio(one.exact, one.claims), ratio(one.lenient, one.claims), ratio(one.right, one.aligned))
        made.append((rule.row.rule, rule.row.target, *map(str, counts), *("" if share is None else f"{share:.3f}" for share in shares)))
    return made


def markdown(table: Sequence[Sequence[str]]) -> str:
    """The rows as a table of docs/patterns.md."""
    head = " | ".join(name.replace("_", " ") for name in HEADER)
    lines = [f"| {head} |", "|" + "---|" * 2 + "--:|" * (len(HEADER) - 2)]
    return "\n".join([*lines, *(f"| `{row[0]}` | " + " | ".join(cell or "n/a" for cell in row[1:]) + " |" for row in table)])


def readings(corpora: Path, only: str | None) -> Iterator[Reading]:
    """Read the annotated abstracts and full texts of the corpora."""
    if only in (None, "abstracts"):
        gold = {one.id: one for one in load_gold(corpora / "gold" / "abstracts_dev.jsonl")}
        yield from (read(article, gold[article.id], whole=True) for piece in abstract_items(corpora) for article in piece)
    if only in (None, "elife"):
        full_texts = {one.id: one for one in load_gold(corpora / "gold" / "elife_dev.jsonl")}
        yield from (read(first_article(path), full_texts[path.stem], whole=False) for path in elife_items(corpora))


def main(
    out: Annotated[Path, typer.Option(help="The table, tab-separated.")],
    shared_folder: Annotated[Path, typer.Option("--shared", help="Folder of the corpora.")] = ROOT.parent / "shared",
    only: Annotated[str | None, typer.Option(help="abstracts or elife; both where not given.")] = None,
) -> None:
    """Measure every rule and print the table."""
    if only not in (None, "abstracts", "elife"):
        raise typer.BadParameter(f"no gold {only!r}; there are abstracts, elife")
    table = rows(tally(readings(shared_folder, only), all_rules=rules()), all_rules=rules())
    out.write_text("".join("\t".join(line) + "\n" for line in (HEADER, *table)), encoding="utf-8")
    typer.echo(markdown(table))


if __name__ == "__main__":
    typer.run(main)
