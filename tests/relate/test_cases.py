"""The rules of CLAIMS as sentences, read by the rules alone: each line of `cases/*.txt` is a text and the claims that it states, all of them and no others.

`text => agent | molecule | region | species | increase | ... ; next claim` or `text => none`. The cells of a claim that name a direction,
a form, a flag (`presupposed`, `stated`, `hedged`, `asserted`, `own`, `background`) or `type:drug` stand in any order; the others fill agent,
molecule, region and species in this order. `*` or a cell left out is not compared, `-` must be empty, agents given as a list are
joined by `+`. The text is a paragraph of results, or passages `title: … || methods: … || results: …`; `[7]` in it is a citation.
`xfail(reason): ` opens a case that is known to fail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from extractor.pipeline import Pipeline
from extractor.records import Article, Citation, Claim, Direction, Form, MentionKind, Passage, PassageKind, Receipt, Section, Slot
from extractor.settings import Settings
from extractor.terms import load_terms
from extractor.variants import fold

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.txt"))
LEAST = 5
FOUND = 0.900
"""The share of the cases with claims in which the models of the package find every molecule with its direction; measured when they were trained."""
MARGIN = 0.02
"""What a new training may lose of it; own choice: more is a loss of the basics."""
_EXCLUSIONS = [
    "affinity",
    "aims",
    "behaviour",
    "blood_flow",
    "body_weight",
    "cell_counts",
    "correlation",
    "drug_definitions",
    "drug_levels",
    "electrophysiology",
    "neurogenesis",
    "no_molecule",
    "requirement",
    "spine_density",
    "volumes",
]
_LINE = re.compile(r"(?:xfail\((?P<reason>[^)]+)\): )?(?P<text>.+?) => (?P<claims>.+)")
_PASSAGE = re.compile(rf"(?P<section>heading|{'|'.join(Section)}): (?P<text>.+)")
_NAMES = ("agent", "molecule", "region", "species")
_PASSAGE_KINDS: dict[str, PassageKind] = {"title": "title", "heading": "heading", "caption": "caption"}
_FLAGS: dict[str, tuple[str, object]] = {
    "presupposed": ("presupposed", True), "stated": ("presupposed", False), "hedged": ("certainty", "hedged"), "asserted": ("certainty", "asserted"),
    "own": ("attribution", "own"), "background": ("attribution", "background"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a case file."""

    place: str
    passages: tuple[tuple[str, str], ...]
    claims: tuple[dict[str, object], ...]
    reason: str | None


def parse_case(line: str, place: str) -> Case:
    """Read a line; `ValueError` with file:line for one that is none."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"{place}: {line!r}, expected `text => claim ; claim` or `text => none`")
    claims = () if match["claims"] == "none" else tuple(parse_claim(one, place) for one in match["claims"].split(" ; "))
    passages = tuple((p["section"], p["text"]) if (p := _PASSAGE.fullmatch(piece)) else ("results", piece) for piece in match["text"].split(" || "))
    return Case(place=place, passages=passages, claims=claims, reason=match["reason"])


def parse_claim(text: str, place: str) -> dict[str, object]:
    """Read one claim; names are left as written."""
    claim: dict[str, object] = {}
    names = iter(_NAMES)
    for cell in (part.strip() for part in text.split("|")):
        key, value = _typed(cell) or (next(names, ""), cell)
        if not key or not cell or key in claim:
            raise ValueError(f"{place}: cell {cell!r} of {text!r} is one too many")
        claim[key] = value
    if "direction" not in claim or "molecule" not in claim:
        raise ValueError(f"{place}: {text!r} has no direction or no molecule")
    return {key: value for key, value in claim.items() if value != "*"}


def _typed(cell: str) -> tuple[str, object] | None:
    if cell in set(Direction):
        return "direction", cell
    if cell in set(Form):
        return "form", cell
    return ("agent_type", cell.removeprefix("type:")) if cell.startswith("type:") else _FLAGS.get(cell)


def read_cases(path: Path) -> list[Case]:
    """The cases of a file; lines that start with `#` are comments."""
    lines = path.read_text("utf-8").split("\n")
    return [parse_case(line, f"{path.stem}:{no}") for no, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]


def article_of(case: Case) -> Article:
    """The article that holds the passages of a case; `[7]` is a citation."""
    headings: tuple[str, ...] = ()
    text, passages = "", []
    for section, words in case.passages:
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{words}" if text else words
        headings = (words,) if section == "heading" else headings
        where = Section.RESULTS if section == "heading" else Section(section)
        passages.append(Passage(start=start, end=len(text), kind=_PASSAGE_KINDS.get(section, "paragraph"), section=where, section_path=headings))
    citations = tuple(Citation(start=m.start(), end=m.end(), keys=(m[1],)) for m in re.finditer(r"\[(\d+)\]", text))
    title = next((words for section, words in case.passages if section == "title"), "")
    receipt = Receipt(read=len(text))
    return Article(id="case", text=text, passages=tuple(passages), title=title, source="case", sha256="", receipt=receipt, citations=citations)


def agrees(claim: Claim, wanted: dict[str, object]) -> bool:
    """Whether a claim has every slot that is asked for."""
    return not differing(claim, wanted)


def differing(claim: Claim, wanted: dict[str, object]) -> list[str]:
    """The slots in which a claim is not what is asked for."""
    slots: dict[MentionKind, tuple[Slot, ...]] = {
        "agent": claim.agents, "molecule": (claim.molecule,), "region": (claim.region,) if claim.region else (), "species": (claim.species,) if claim.species else (),
    }  # fmt: skip
    return [key for key, value in wanted.items() if not (_named(slots[key], str(value), key) if key in slots else getattr(claim, key) == value)]


def _named(slots: tuple[Slot, ...], wanted: str, kind: MentionKind) -> bool:
    if wanted == "-":
        return not slots
    names = re.split(r" \+ |, ", wanted)
    return len(names) == len(slots) and all(any(_means(slot, name, kind) for slot in slots) for name in names)


def _means(slot: Slot, name: str, kind: MentionKind) -> bool:
    """Whether a slot is what a name means: by the lexicons, or in the words, of which an agent's may be more (`BDNF knock-out mice`)."""
    term = load_terms().find(name, kind)
    if term is not None and slot.name is not None:
        return (slot.id or slot.name) == term.key or slot.name == term.name
    return fold(name) in fold(slot.text)


def unmatched(claims: tuple[Claim, ...], wanted: tuple[dict[str, object], ...]) -> tuple[list[dict[str, object]], list[Claim]]:
    """What is left of both sides after matching one to one, first come first served."""
    extra, missing = list(claims), []
    for one in wanted:
        found = next((claim for claim in extra if agrees(claim, one)), None)
        if found is None:
            missing.append(one)
        else:
            extra.remove(found)
    return missing, extra


def shown(claim: Claim) -> str:
    """A claim in the words of a case file."""
    names = [" + ".join(a.text for a in claim.agents) or "-", claim.molecule.text, claim.region.text if claim.region else "-"]
    names.append((claim.species.name or claim.species.text) if claim.species else "-")
    flags = [f"type:{claim.agent_type}", "presupposed" if claim.presupposed else "stated", claim.certainty, claim.attribution]
    return " | ".join([*names, claim.direction, claim.form, *flags])


def _params() -> list[object]:
    cases = [case for path in FILES for case in read_cases(path)]
    return [pytest.param(c, id=c.place, marks=[pytest.mark.xfail(strict=True, reason=c.reason)] if c.reason else []) for c in cases]


def test_every_direction_ruling_and_exclusion_has_its_file() -> None:
    assert FILES, f"no case files in {CASES}"
    stems = [path.stem for path in FILES]
    assert sorted(int(stem.split("_")[1]) for stem in stems if stem.startswith("direction_")) == list(range(1, 10))
    assert sorted(int(stem.split("_")[1]) for stem in stems if stem.startswith("ruling_")) == list(range(1, 11))
    assert [stem.removeprefix("not_") for stem in stems if stem.startswith("not_")] == _EXCLUSIONS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_rule_has_at_least_five_different_cases(path: Path) -> None:
    cases = read_cases(path)
    assert len({case.passages for case in cases}) == len(cases), "a sentence stands twice"
    assert len(cases) >= LEAST


@pytest.mark.parametrize("case", _params())
def test_the_text_gives_exactly_its_claims(rules_pipeline: Pipeline, case: Case) -> None:
    claims = rules_pipeline.run(article_of(case)).claims
    missing, extra = unmatched(claims, case.claims)
    assert (missing, [shown(claim) for claim in extra]) == ([], [])


def told(claims: tuple[dict[str, object], ...]) -> list[dict[str, object]]:
    """The molecules of claims with their directions, each once."""
    return list({(one.get("molecule"), one["direction"]): {k: v for k, v in one.items() if k in ("molecule", "direction")} for one in claims}.values())


def test_the_models_of_the_package_find_the_molecules_and_directions_of_most_cases() -> None:
    run = Pipeline(Settings(mode="complete")).run
    cases = [case for path in FILES for case in read_cases(path) if case.claims]
    found = {case.place: run(article_of(case)).claims for case in cases}
    missed = [case.place for case in cases if not all(any(agrees(claim, one) for claim in found[case.place]) for one in told(case.claims))]
    share = 1 - len(missed) / len(cases)
    assert share >= FOUND - MARGIN, f"{share:.3f} of {len(cases)} cases, expected {FOUND}; missed {missed}"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("BDNF rose.", "expected `text => claim"),
        ("BDNF rose. => ketamine | BDNF", "no direction or no molecule"),
        ("BDNF rose. => a | BDNF | brain | rat | increase | mouse", "one too many"),
        ("BDNF rose. => a | BDNF | increase | decrease", "one too many"),
    ],
)
def test_a_broken_line_names_its_place(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^some:3: .*{re.escape(message)}"):
        parse_case(line, "some:3")


@pytest.mark.parametrize(
    ("gold", "missing", "extra"),
    [
        ("ketamine | BDNF | hippocampus | rat | increase | level | type:drug | stated | asserted | own", 0, 0),
        ("ketamine | BDNF | increase", 0, 0),
        ("none", 0, 1),
        ("ketamine | BDNF | hippocampus | rat | decrease", 1, 1),
        ("imipramine | BDNF | hippocampus | rat | increase", 1, 1),
        ("ketamine | BDNF | - | rat | increase", 1, 1),
        ("ketamine | BDNF | increase ; ketamine | BDNF | increase", 1, 0),
    ],
)
def test_wrong_gold_is_noticed(rules_pipeline: Pipeline, gold: str, missing: int, extra: int) -> None:
    case = parse_case(f"The level of BDNF in the rat hippocampus was increased by ketamine. => {gold}", "some:1")
    left = unmatched(rules_pipeline.run(article_of(case)).claims, case.claims)
    assert (len(left[0]), len(left[1])) == (missing, extra)
