"""Answers of readers to stand-off lines, and how far readers agree."""

import json
import sys
from pathlib import Path

import pytest
import typer
from extractor.errors import DataError

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from standoff_paragraphs import OUT, agreement, aligned_readings, lines, main, paragraphs_of, told, write  # noqa: E402

FIRST, SECOND = "After zinc, BDNF was lower in the pons of rats.", "Iron raised NT-3 in mice."
TEXT = f"{FIRST}\n\n{SECOND}"
START = len(FIRST) + 2


def claim(**changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "cue": "lower", "evidence": FIRST, "agent": ["zinc"], "molecule": "BDNF", "region": "pons", "species": "rat",
        "molecule_text": "BDNF", "region_text": "pons", "species_text": "rats", "molecule_id_hint": "BDNF", "region_canonical": "pons",
        "agent_type": "drug", "attribution": "own", "certainty": "asserted", "direction": "decrease", "form": "level", "presupposed": False, "qualifiers": "",
    }  # fmt: skip
    return {**plain, **changes}


IRON = claim(
    agent=["Iron"], molecule="NT-3", molecule_id_hint="NT-3", molecule_text="NT-3", region="not stated", region_canonical="not stated", region_text=None,
    direction="increase", species="mouse", species_text="mice", evidence=SECOND, cue="raised",
)  # fmt: skip


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "texts.jsonl").write_text(json.dumps({"record_id": "7", "abstract": TEXT}) + "\n", "utf-8")
    head = {"corpus": "some", "file": "texts.jsonl", "record_id": "7", "title": "passed over"}
    both = [{**head, "start": 0, "end": len(FIRST), "text": FIRST}, {**head, "start": START, "end": len(TEXT), "text": SECOND}]
    (tmp_path / "paragraphs.json").write_text(json.dumps(both), "utf-8")
    return tmp_path


def answers(folder: Path, name: str, **claims: list[dict[str, object]]) -> Path:
    path = folder / name
    keys = {"first": "7:0", "second": f"7:{START}", "unknown": "7:5"}
    path.write_text(json.dumps({keys[key]: found for key, found in claims.items()}), "utf-8")
    return path


def test_answers_become_lines_and_the_second_answer_is_the_second_reader(corpora: Path) -> None:
    one = answers(corpora, "1.json", second=[IRON], first=[claim()])
    two = answers(corpora, "2.json", first=[])
    found = lines([one, two], paragraphs_of([corpora / "paragraphs.json"]), corpora=corpora)
    assert [(line.start, line.reader, len(line.claims)) for line in found] == [(0, 1, 1), (0, 2, 0), (START, 1, 1)]
    assert found[2].claims[0].cue_at == (TEXT.index("raised"), TEXT.index("raised") + 6)


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ({"first": [], "unknown": []}, "paragraph '7:5'; expected a paragraph of the paragraph files"),
        ({"first": []}, f"readings of paragraphs: {{'7:{START}': 0}}; expected 1 to 2 of each"),
        ({"first": [claim(cue="higher")], "second": []}, "cue 'higher' is not in the evidence"),
        ({"first": [claim(evidence=SECOND)], "second": []}, f"claim 1 of '7:0': evidence {SECOND!r} is not in the text"),
        ({"first": [claim(direction="up")], "second": []}, "Input should be 'increase', 'decrease' or 'no_change'"),
    ],
)
def test_broken_answers_are_told(corpora: Path, claims: dict[str, list[dict[str, object]]], message: str) -> None:
    path = answers(corpora, "1.json", **claims)
    with pytest.raises(DataError) as caught:
        lines([path], paragraphs_of([corpora / "paragraphs.json"]), corpora=corpora)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_third_reading_is_one_too_many(corpora: Path) -> None:
    path = answers(corpora, "1.json", first=[], second=[])
    with pytest.raises(DataError, match="expected 1 to 2 of each"):
        lines([path] * 3, paragraphs_of([corpora / "paragraphs.json"]), corpora=corpora)


def test_a_paragraph_that_is_not_in_its_article_is_told(corpora: Path) -> None:
    given = corpora / "paragraphs.json"
    given.write_text(given.read_text("utf-8").replace("Iron raised", "Lead raised"), "utf-8")
    with pytest.raises(DataError, match=f"paragraph '7:{START}' is not in some/texts.jsonl; expected the text that was annotated"):
        lines([answers(corpora, "1.json", first=[], second=[])], paragraphs_of([given]), corpora=corpora)


def test_agreement_is_counted_over_the_paragraphs_that_both_read(corpora: Path) -> None:
    other = claim(agent=["copper"], region="cortex", region_canonical="cortex", region_text=None)
    one = answers(corpora, "1.json", first=[claim(), claim(form="mRNA")], second=[IRON])
    two = answers(corpora, "2.json", first=[other])
    path = corpora / "out.jsonl"
    write(lines([one, two], paragraphs_of([corpora / "paragraphs.json"]), corpora=corpora), path)
    pairs = aligned_readings(path, corpora=corpora)
    found = agreement(pairs)
    assert {name: (figure.value, count) for name, (figure, count) in found.items() if name in ("exact.f1", "aligned.direction", "aligned.region")} == {
        "exact.f1": (0.0, 3),
        "aligned.direction": (1.0, 1),
        "aligned.region": (0.0, 1),
    }
    assert (found["aligned.form"][0].value, found["aligned.agent"][0].value) == (1.0, 0.0)
    table = list(told(pairs))
    assert table[0] == "1 paragraphs, 2 claims of the first reader, 1 of the second"
    assert "| F1 of claims about one molecule in one statement | 0.667 | | 3 claims |" in table


def test_the_command_writes_and_measures(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = answers(corpora, "1.json", first=[claim()], second=[IRON])
    path = corpora / "out.jsonl"
    main(corpora, answers=[given, given], paragraphs=[corpora / "paragraphs.json"], out=path, agreement=True)
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "out.jsonl: 4 lines, 4 claims"
    assert "| exact.f1 | 1.000 | 1.000 to 1.000 | 4 claims |" in printed
    assert len(path.read_text("utf-8").splitlines()) == 4


def test_a_command_that_asks_for_nothing_is_refused(corpora: Path) -> None:
    with pytest.raises(typer.BadParameter, match="--answers and --paragraphs go together"):
        main(corpora)


@pytest.mark.shared
def test_the_figures_of_the_readme_are_those_of_the_file(shared: Path) -> None:
    readme = (ROOT / "gold" / "README.md").read_text("utf-8")
    table = list(told(aligned_readings(OUT, corpora=shared / "corpora")))
    assert len(table) > 10
    assert [line for line in table if line not in readme] == []
