"""Stand-off paragraphs: words to offsets and back, texts that changed, and the file of the project."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.evaluate.gold import GoldClaimRow
from extractor.learn import counts, from_paragraphs
from extractor.learn.standoff import StandoffClaim, StandoffParagraph, digest, row_of, stand_off
from extractor.records import Section
from extractor.schema import read_records

PARAGRAPHS = Path(__file__).resolve().parents[2] / "gold" / "paragraphs.jsonl"
LEAD = "Iron raised BDNF in the pons."
TEXT = f"{LEAD} After zinc, BDNF was lower in the pons of rats, and BDNF rose in mice."
SPAN = (len(LEAD) + 1, len(TEXT))


def row(**changes: object) -> GoldClaimRow:
    plain: dict[str, object] = {
        "cue": "lower", "evidence": TEXT[SPAN[0] :], "agent": ("zinc", "iron"), "molecule": "BDNF", "region": "pons", "species": "rat",
        "molecule_text": "BDNF", "region_text": "pons", "species_text": "rats", "molecule_id_hint": "BDNF", "region_canonical": "pons", "section": "abstract",
        "agent_type": "drug", "attribution": "background", "certainty": "hedged", "direction": "decrease", "form": "level", "presupposed": True, "qualifiers": "once",
    }  # fmt: skip
    return GoldClaimRow.model_validate({**plain, **changes})


def files(folder: Path, *, sha256: str = digest(TEXT[slice(*SPAN)]), record_id: str = "7", **changes: object) -> Path:
    (folder / "some").mkdir()
    (folder / "some" / "texts.jsonl").write_text(json.dumps({"record_id": "7", "abstract": TEXT}) + "\n", "utf-8")
    claim = stand_off(row(), TEXT, within=SPAN, place="here").model_copy(update=changes)
    lines = [
        StandoffParagraph(
            record_id=record_id, corpus="some", file="texts.jsonl", start=SPAN[0], end=SPAN[1], sha256=sha256, reader=reader, claims=(claim,) * count
        )
        for reader, count in ((1, 1), (2, 0))
    ]
    path = folder / "paragraphs.jsonl"
    path.write_text("".join(line.model_dump_json() + "\n" for line in lines), "utf-8")
    return path


def test_words_become_the_offsets_nearest_to_the_molecule_inside_the_paragraph() -> None:
    claim = stand_off(row(), TEXT, within=SPAN, place="here")
    assert claim.evidence_at == SPAN
    assert claim.molecule_at == (TEXT.index("BDNF was"), TEXT.index("BDNF was") + 4)
    assert claim.region_at == (TEXT.rindex("pons"), TEXT.rindex("pons") + 4)
    assert [(agent.name, agent.at) for agent in claim.agent] == [("zinc", (TEXT.index("zinc"), TEXT.index("zinc") + 4)), ("iron", None)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"molecule_text": None},
        {"region": "not stated", "region_canonical": "not stated", "region_text": None, "species": "not stated", "species_text": None},
        {"region": "brainstem", "region_canonical": "brainstem", "region_text": None},
    ],
)
def test_offsets_give_the_row_back(changes: dict[str, object]) -> None:
    given = row(**changes)
    assert row_of(stand_off(given, TEXT, within=SPAN, place="here"), TEXT, section=Section.ABSTRACT) == given


def test_a_stand_off_claim_holds_no_words_of_the_text_but_names() -> None:
    held = stand_off(row(), TEXT, within=SPAN, place="here").model_dump(mode="json")
    assert set(held) == set(StandoffClaim.model_fields)
    assert not {"evidence", "cue", "molecule", "molecule_text", "region", "region_text", "species_text"} & set(held)


def test_paragraphs_are_read_back_with_their_article(tmp_path: Path) -> None:
    path = files(tmp_path)
    (example,) = from_paragraphs(path, tmp_path)
    (claim,) = example.claims
    assert (example.article.id, example.source, example.span, example.sections) == ("7", "paragraphs", SPAN, frozenset())
    assert claim.row == row()
    assert claim.molecule is not None
    assert [TEXT[slice(*span)] for span in (claim.cue, claim.molecule)] == ["lower", "BDNF"]
    assert [one.claims for one in from_paragraphs(path, tmp_path, reader=2)] == [()]


def _text_message(folder: Path) -> str:
    start, end = SPAN
    return (
        f"{folder / 'some' / 'texts.jsonl'}: characters {start} to {end} of '7' are not the paragraph that was annotated; "
        f"expected SHA-256 {'0' * 64}; take the file as it was, or annotate the paragraph again"
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sha256": "0" * 64}, _text_message),
        ({"record_id": "8"}, lambda folder: f"{folder / 'some' / 'texts.jsonl'}: no article '8'; expected one of ['7', 'texts']"),
        (
            {"cue_at": (0, 4)},
            lambda folder: f"{folder / 'some' / 'texts.jsonl'}: claim 1: offsets (0, 4); expected a span inside {SPAN}; write the stand-off file anew",
        ),
    ],
)
def test_a_text_that_is_not_what_was_annotated_is_an_error_that_names_it(tmp_path: Path, changes: dict[str, str], message: Callable[[Path], str]) -> None:
    path = files(tmp_path, **changes)  # type: ignore[arg-type]
    with pytest.raises(DataError) as caught:
        from_paragraphs(path, tmp_path)
    assert str(caught.value) == message(tmp_path)


def test_the_file_of_the_project_holds_each_paragraph_once_a_reader() -> None:
    lines = list(read_records(PARAGRAPHS, StandoffParagraph))
    keys = [(line.record_id, line.start, line.reader) for line in lines]
    first, second = ({key[:2] for key in keys if key[2] == reader} for reader in (1, 2))
    assert len(keys) == len(set(keys)) == 3_158
    assert len(first) == 3_116
    assert len(second) == 42
    assert second < first


def test_the_file_of_the_project_quotes_no_text() -> None:
    names = [name for line in read_records(PARAGRAPHS, StandoffParagraph) for claim in line.claims for name in _strings(claim)]
    assert names
    assert max(len(name.split()) for name in names) <= 25


def _strings(claim: StandoffClaim) -> list[str]:
    return [claim.molecule_id_hint, claim.region_canonical, claim.species, claim.qualifiers, *(agent.name for agent in claim.agent)]


@pytest.mark.shared
def test_the_paragraphs_of_the_project_are_found_in_their_articles(shared: Path) -> None:
    examples = from_paragraphs(PARAGRAPHS, shared / "corpora")
    assert counts(examples) == {"examples": 3_116, "negative": 1_324, "claims": 6_496, "without_molecule": 0}
    for example in examples:
        assert example.span is not None
        assert all(example.span[0] <= claim.evidence[0] < claim.evidence[1] <= example.span[1] for claim in example.claims)
