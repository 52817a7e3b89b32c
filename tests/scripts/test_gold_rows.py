"""Broken gold rows: each is an error with file and line."""

import sys
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.tables import TermRow
from extractor.terms import Terms

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from gold_rows import CorrectionRow, GoldClaimRow, LabelRow, ReferenceRow, index_of, placed_rows, read_claims, to_tsv

CLAIM = {
    "ref": "7", "row": "Alpha", "cell": "HERE", "doi": "", "molecule": "BDNF", "molecule_id": "", "form": "level", "region": "hippocampus", "region_id": "",
    "direction": "increase", "species": "rat", "species_id": "", "model": "animal", "qualifiers": "", "confidence": "high", "source_check": "unseen", "status": "printed",
}  # fmt: skip


@pytest.fixture(scope="module")
def terms() -> Terms:
    rows = {kind: ((f"{kind}:1", TermRow(name=name, label="x")),) for kind, name in (("molecule", "BDNF"), ("region", "hippocampus"), ("species", "rat"))}
    return Terms(rows)


def claims_file(folder: Path, *claims: dict[str, str]) -> Path:
    path = folder / "claims.tsv"
    path.write_text("\n".join(["\t".join(CLAIM), *("\t".join({**CLAIM, **claim}.values()) for claim in claims)]) + "\n", "utf-8")
    return path


def test_sound_claims_are_read_and_written_back_unchanged(tmp_path: Path, terms: Terms) -> None:
    path = claims_file(tmp_path, {}, {"direction": "decrease", "qualifiers": "time: 2 h|sex: male"}, {"region": "culture"})
    claims = read_claims(path, terms)
    assert [(c.direction.value, c.region, c.qualifiers) for c in claims] == [
        ("increase", "hippocampus", ()),
        ("decrease", "hippocampus", ("time: 2 h", "sex: male")),
        ("increase", "culture", ()),
    ]
    assert to_tsv(claims, GoldClaimRow) == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"direction": "upward"}, r"claims.tsv:3: column direction: Input should be 'increase', 'decrease' or 'no_change'"),
        ({"form": "amount"}, r"claims.tsv:3: column form: Input should be"),
        ({"model": "plant"}, r"claims.tsv:3: column model: Input should be"),
        ({"confidence": ""}, r"claims.tsv:3: column confidence: Field required"),
        ({"ref": "seven"}, r"claims.tsv:3: column ref: Input should be a valid integer"),
        ({"species": "unicorn"}, r"claims.tsv:3: unknown species 'unicorn'; expected a name of species.tsv"),
        ({"region": "pantry"}, r"claims.tsv:3: unknown region 'pantry'; expected a name of regions.tsv"),
        ({"row": "Another row"}, r"claims.tsv:3: .* a second time; expected it only at .*claims.tsv:2"),
    ],
)
def test_a_broken_claim_is_an_error_with_file_and_line(change: dict[str, str], message: str, tmp_path: Path, terms: Terms) -> None:
    with pytest.raises(DataError, match=message):
        read_claims(claims_file(tmp_path, {}, change), terms)


@pytest.mark.parametrize(
    ("row_type", "text", "message"),
    [
        (LabelRow, "order\trow\tmolecules\tform\tshift\treason\n1\tAlpha\tBDNF\tlevel\t-1\t\n", "t.tsv:2: .*a shift without a reason"),
        (
            CorrectionRow,
            "row\tcell\tref\tfield\tfrom_value\tto_value\tconfidence\tstatus\treason\nA\tB\t1\tdirection\tincrease\tup\thigh\tapplied\twhy\n",
            "t.tsv:2: .*unknown direction 'up', not one of increase, decrease, no_change",
        ),
        (
            CorrectionRow,
            "row\tcell\tref\tfield\tfrom_value\tto_value\tconfidence\tstatus\treason\nA\tB\t1\tform\tlevel\tmRNA\thigh\tapplied\t\n",
            "t.tsv:2: column reason",
        ),
        (ReferenceRow, "ref\tfirst_author\tyear\tspecies\tmodel\tbasis\n1\tA\t2020\trat\tanimal\tguess\n", "t.tsv:2: column basis"),
    ],
)
def test_a_broken_source_row_is_an_error_with_file_and_line(row_type: type[LabelRow], text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=message):
        placed_rows(path, row_type)


def test_index_of_names_both_places_of_a_repeated_key() -> None:
    rows = [("f:2", TermRow(name="a", label="x")), ("f:3", TermRow(name="a", label="x"))]
    with pytest.raises(DataError, match="f:3: 'a' a second time; expected it only at f:2"):
        index_of(rows, lambda row: row.name)
