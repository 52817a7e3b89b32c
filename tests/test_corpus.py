"""The sample corpus: gold and texts agree, the PDFs are what the script makes, and the difficulties that are promised are there."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from extractor.errors import DataError
from extractor.read import read
from extractor.records import AgentType, Article, Direction, Form
from extractor.tables import Row, Words, read_rows

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
DIRECTION_RULES = {"reversal", "blocking", "failure", "contrast", "comparison", "coordination", "time_dose_sex", "negated_inhibitor", "ratio"}
NO_CLAIM = {"requirement", "correlation", "aim", "definition", "drug_level", "cell_count", "electrophysiology", "affinity"}

Claims = list[dict[str, Any]]


class SampleRow(Row):
    """A line of samples.tsv."""

    id: str
    file: str
    format: str
    modelled_on_doi: str = ""
    table1_reference: str = ""
    words: int
    difficulties: Words


class ManifestRow(Row):
    """A line of manifest.tsv."""

    number: int
    doi: str = ""
    first_author: str
    year: int
    table1: str
    note: str = ""


SAMPLES = read_rows(CORPUS / "samples.tsv", SampleRow)
MANIFEST = read_rows(CORPUS / "manifest.tsv", ManifestRow)
GOLD: dict[str, Claims] = {
    record["record_id"]: record["claims"] for record in map(json.loads, (CORPUS / "gold" / "samples.jsonl").read_text("utf-8").splitlines())
}


@cache
def article(sample: SampleRow) -> Article:
    (only,) = read(CORPUS / sample.file)
    assert isinstance(only, Article), str(only)
    return only


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)


def test_every_sample_has_gold_and_a_file_and_the_other_way_round() -> None:
    assert Counter(sample.format for sample in SAMPLES) == {"JATS": 8, "text": 2, "PDF": 2}
    assert {sample.id for sample in SAMPLES} == set(GOLD)
    assert {CORPUS / sample.file for sample in SAMPLES} == set((CORPUS / "samples").iterdir())


@each_sample
def test_reader_gives_the_id_that_the_gold_uses_and_no_doi(sample: SampleRow) -> None:
    assert article(sample).id == sample.id
    assert article(sample).doi is None


@each_sample
def test_sample_has_the_length_of_a_short_report(sample: SampleRow) -> None:
    words = len(re.findall(r"\w\S*", article(sample).text))
    assert 500 <= words <= 1200
    assert abs(words - sample.words) <= 15


@each_sample
def test_sample_is_marked_as_synthetic(sample: SampleRow) -> None:
    path = CORPUS / sample.file
    shown = path.read_text("utf-8") if sample.format != "PDF" else (CORPUS / "sources" / f"{sample.id}.txt").read_text("utf-8")
    assert "Synthetic sample article" in shown
    if sample.format == "JATS":
        assert "<meta-name>synthetic</meta-name><meta-value>yes</meta-value>" in shown
        assert ("modelled-on" in shown) == bool(sample.modelled_on_doi)
        assert sample.modelled_on_doi in shown


@each_sample
def test_evidence_and_restatements_stand_in_the_text(sample: SampleRow) -> None:
    text = article(sample).text
    quotes = [quote for claim in GOLD[sample.id] for quote in (claim["evidence"], *claim["restatements"])]
    assert quotes
    assert [quote for quote in quotes if quote not in text] == []


@each_sample
def test_slots_are_words_of_the_article(sample: SampleRow) -> None:
    text = article(sample).text
    for claim in GOLD[sample.id]:
        assert claim["cue"] in claim["evidence"]
        for slot in ("molecule_text", "region_text", "species_text"):
            assert claim[slot] is None or claim[slot] in text, (slot, claim[slot])
        for agent in claim["agent"]:
            assert all(part.casefold() in text.casefold() for part in agent.split(" + ")), agent


@each_sample
def test_values_are_those_of_the_records(sample: SampleRow) -> None:
    for claim in GOLD[sample.id]:
        assert claim["direction"] in set(Direction)
        assert claim["form"] in set(Form)
        assert claim["agent_type"] in set(AgentType)
        assert claim["certainty"] in {"asserted", "hedged"}
        assert claim["attribution"] in {"own", "background"}
        assert (claim["region_text"] is None) == (claim["region"] == "not stated")
        assert (claim["species_text"] is None) == (claim["species"] == "not stated")


@each_sample
def test_each_identity_is_given_once(sample: SampleRow) -> None:
    identities = Counter(
        (tuple(sorted(claim["agent"])), claim["molecule_id_hint"], claim["form"], claim["region_canonical"], claim["direction"], claim["species"])
        for claim in GOLD[sample.id]
    )
    assert [identity for identity, count in identities.items() if count > 1] == []


def test_all_directions_occur() -> None:
    directions = Counter(claim["direction"] for claims in GOLD.values() for claim in claims)
    assert set(directions) == {"increase", "decrease", "no_change"}
    assert min(directions.values()) >= 50


def test_modelled_samples_map_to_references_of_table_1() -> None:
    cited = {row.doi: row.number for row in MANIFEST if row.table1 == "yes" and row.doi}
    modelled = [sample for sample in SAMPLES if sample.modelled_on_doi]
    assert len(modelled) >= 6
    assert {sample.id: cited[sample.modelled_on_doi] for sample in modelled} == {sample.id: int(sample.table1_reference) for sample in modelled}


def test_manifest_lists_every_reference_once() -> None:
    assert [row.number for row in MANIFEST] == list(range(1, 194))
    assert Counter(row.table1 for row in MANIFEST) == {"yes": 82, "no": 111}
    assert all(re.fullmatch(r"10\.\d{4,9}/\S*[\w)]", row.doi) for row in MANIFEST if row.doi)
    assert [row.number for row in MANIFEST if not row.doi] == [row.number for row in MANIFEST if row.note == "no DOI printed"]


def _opposed(claims: Claims) -> bool:
    directions = defaultdict[object, set[str]](set)
    for claim in claims:
        directions[*claim["agent"], claim["molecule_id_hint"], claim["form"], claim["region_canonical"], claim["species"]].add(claim["direction"])
    return any(len(found) > 1 for found in directions.values())


SHOWN_BY: dict[str, Callable[[Claims], bool]] = {
    "failure": lambda claims: any(claim["direction"] == "no_change" for claim in claims),
    "coordination": lambda claims: max(Counter(claim["evidence"] for claim in claims).values()) >= 2,
    "contrast": lambda claims: any(
        len({claim["direction"] for claim in claims if claim["evidence"] == quote}) > 1 for quote in {claim["evidence"] for claim in claims}
    ),
    "time_dose_sex": _opposed,
    "ratio": lambda claims: any(claim["form"] == "ratio" for claim in claims),
    "negated_inhibitor": lambda claims: any(claim["agent_type"] == "drug" and claim["direction"] == "decrease" for claim in claims),
    "comparison": lambda claims: any(claim["cue"] in {"lower", "higher", "larger", "less"} for claim in claims),
    "background": lambda claims: any(claim["attribution"] == "background" for claim in claims),
    "hedge": lambda claims: any(claim["certainty"] == "hedged" for claim in claims),
    "presupposed": lambda claims: any(claim["presupposed"] for claim in claims),
    "several_species": lambda claims: len({claim["species"] for claim in claims}) > 1,
    "modified_form": lambda claims: any(claim["form"] != "level" for claim in claims),
    "binding": lambda claims: any(claim["form"] == "binding" for claim in claims),
    "cell_culture": lambda claims: any(claim["region"].startswith("culture") for claim in claims),
    "genetic": lambda claims: any(claim["agent_type"] == "genetic" for claim in claims),
    "combination": lambda claims: any(" + " in agent for claim in claims for agent in claim["agent"]),
}


@each_sample
def test_difficulties_that_gold_can_show_are_there(sample: SampleRow) -> None:
    assert [name for name in sample.difficulties if name in SHOWN_BY and not SHOWN_BY[name](GOLD[sample.id])] == []


def test_all_direction_rules_and_all_kinds_of_no_claim_are_covered() -> None:
    named = {name for sample in SAMPLES for name in sample.difficulties}
    assert named >= DIRECTION_RULES | NO_CLAIM
    described = set(
        re.findall(r"[a-z_0-9]+", " ".join(line.split("|")[1] for line in (CORPUS / "README.md").read_text("utf-8").splitlines() if line.startswith("|")))
    )
    assert named <= described


def test_pdfs_are_what_the_script_makes(tmp_path: Path) -> None:
    built = list(script("build_samples").build_all(tmp_path))
    assert len(built) == 2
    assert all(path.read_bytes() == (CORPUS / "samples" / path.name).read_bytes() for path in built)


def test_pdf_lines_are_hyphenated_and_none_is_lost() -> None:
    module = script("build_samples")
    block = module.Block("Transporters in hippocampal astrocytes normalise extracellular concentrations", module.BODY)
    lines = [line.text for line in module.break_lines(block, 110.0)]
    assert any(line.endswith("-") for line in lines)
    assert " ".join(lines).replace("- ", "") == block.text


REVIEW = """
TABLE 1 | A made-up table.
Molecule\t↑ (3, 5), (7)\t– (9–11)
↑ Indicates increase.
REFERENCES

- First A, Second B. A title. *J* [Preprint]. (1999) 1:1. doi: 10.1000/a(1)x
- Club of Things [COT]. *Report*. (2000).

3. de Third-Name C. A title that is
- broken. *J.* (2001) 2:2. doi: 10.1000/b.
Conflict of Interest: none.
"""


def test_manifest_script_joins_wrapped_references_and_expands_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    module = script("build_manifest")
    monkeypatch.setattr(module, "REFERENCE_COUNT", 3)
    assert module.build(REVIEW, {1: "a remark"}).splitlines() == [
        "number\tdoi\tfirst_author\tyear\ttable1\tnote",
        "1\t10.1000/a(1)x\tFirst A\t1999\tno\ta remark",
        "2\t\tClub of Things\t2000\tno\tno DOI printed",
        "3\t10.1000/b\tde Third-Name C\t2001\tyes\t",
    ]
    assert module.cited_numbers("↑ (3, 5), (7) – (9–11)") == {3, 5, 7, 9, 10, 11}


def test_manifest_script_refuses_a_list_with_a_gap() -> None:
    with pytest.raises(DataError, match=r"reference list: 3 references; expected 1 to 193"):
        script("build_manifest").build(REVIEW, {})
