"""Gold files as examples: words found where they stand, articles that are missing, counts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from extractor.errors import DataError, InputError
from extractor.evaluate.gold import GoldClaimRow
from extractor.learn import articles_of, counts, from_gold, missing_articles
from extractor.learn.examples import label, nearest, occurrences
from extractor.records import Article, Section

TEXT = "Zinc raised IL-10 and raised IL-1 in the cortex of rats. IL-1 was lower than IL-10 in the pons."


def row(**changes: object) -> GoldClaimRow:
    plain: dict[str, object] = {
        "cue": "raised", "evidence": TEXT[: TEXT.index(".") + 1], "agent": ("zinc",), "molecule": "IL-1", "region": "cortex", "species": "rat",
        "molecule_text": "IL-1", "region_text": "cortex", "species_text": "rats", "molecule_id_hint": "IL-1", "region_canonical": "cortex",
        "agent_type": "drug", "attribution": "own", "certainty": "asserted", "direction": "increase", "form": "level", "presupposed": False, "qualifiers": "",
    }  # fmt: skip
    return GoldClaimRow.model_validate({**plain, **changes})


def gold_file(folder: Path, **claims: list[GoldClaimRow]) -> Path:
    path = folder / "gold.jsonl"
    lines = [{"record_id": key, "claims": [one.model_dump(mode="json") for one in rows]} for key, rows in claims.items()]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "words", "starts"),
    [
        pytest.param("IL-10, IL-1 and IL-1β", "IL-1", [7], id="a longer name is another name"),
        pytest.param("choline, acetylcholine", "choline", [0], id="inside a word counts only without a word of its own"),
        pytest.param("acetylcholine", "choline", [6], id="inside a word"),
        pytest.param("(+) up, (+) down", "(+)", [0, 8], id="signs have no word edge"),
        pytest.param("none here", "BDNF", [], id="nowhere"),
    ],
)
def test_words_are_found_as_words(text: str, words: str, starts: list[int]) -> None:
    assert [start for start, _ in occurrences(text, words, within=(0, len(text)))] == starts


def test_words_are_found_only_in_the_part_that_is_asked_for() -> None:
    assert occurrences("up up up", "up", within=(1, 6)) == [(3, 5)]
    assert occurrences("up up up", "up", within=(1, 4)) == []


def test_the_nearest_two_spans_are_taken_and_the_first_of_equals() -> None:
    assert nearest([(0, 5), (20, 25)], [(28, 30), (60, 61)]) == ((20, 25), (28, 30))
    assert nearest([(10, 12)], [(6, 8), (14, 16)]) == ((10, 12), (6, 8))


def test_of_several_cues_the_one_nearest_to_the_molecule_is_taken() -> None:
    found = label(row(), TEXT, place="here")
    assert TEXT[slice(*found.evidence)] == row().evidence
    assert found.cue == (TEXT.rindex("raised"), TEXT.rindex("raised") + 6)
    assert found.molecule == (TEXT.index("IL-1 in"), TEXT.index("IL-1 in") + 4)
    assert label(row(molecule_text="IL-10"), TEXT, place="here").cue == (5, 11)


def test_a_molecule_outside_of_the_evidence_is_found_and_none_where_there_is_none() -> None:
    text = "BDNF was measured. Zinc raised it."
    changes = {"evidence": "Zinc raised it.", "molecule_text": "BDNF"}
    assert label(row(**changes), text, place="here").molecule == (0, 4)
    assert label(row(**changes), text, place="here", within=(19, len(text))).molecule is None
    assert label(row(molecule_text=None), TEXT, place="here").molecule is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"evidence": "Zinc lowered all."}, "gold:3: evidence 'Zinc lowered all.' is not in the text; expected words of the article, character for character"),
        ({"cue": "lower"}, "gold:3: cue 'lower' is not in the evidence; expected words of the evidence, character for character"),
    ],
)
def test_evidence_and_cue_must_stand_in_the_text(changes: dict[str, object], message: str) -> None:
    with pytest.raises(DataError) as caught:
        label(row(**changes), TEXT, place="gold:3")
    assert str(caught.value) == message


def test_a_gold_file_gives_examples_and_names_the_articles_that_are_missing(tmp_path: Path, make_article: Callable[..., Article]) -> None:
    path = gold_file(tmp_path, one=[row(), row(molecule_text=None)], two=[], gone=[row()])
    articles = {"one": make_article(TEXT), "two": make_article("Nothing.")}
    examples = from_gold(path, articles, source="abstracts")
    assert [(example.article, len(example.claims), example.source) for example in examples] == [
        (articles["one"], 2, "abstracts"),
        (articles["two"], 0, "abstracts"),
    ]
    assert missing_articles(path, articles) == ("gone",)
    assert counts(examples) == {"examples": 2, "negative": 1, "claims": 2, "without_molecule": 1}


def test_the_sections_that_were_annotated_are_kept(tmp_path: Path, make_article: Callable[..., Article]) -> None:
    path = tmp_path / "gold.jsonl"
    lines = [{"record_id": "1", "sections_annotated": ["results", "caption"], "claims": []}, {"record_id": "2", "sections_annotated": ["all"], "claims": []}]
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    one, two = from_gold(path, {"1": make_article("A."), "2": make_article("B.")}, source="elife")
    assert one.sections == {Section.RESULTS, Section.CAPTION}
    assert two.sections == frozenset()
    assert one.span is None


def test_articles_are_found_by_their_identifier_and_a_single_one_by_its_file(tmp_path: Path) -> None:
    many, single = tmp_path / "many.jsonl", tmp_path / "single.jsonl"
    many.write_text('{"record_id": "1", "title": "A"}\n{"record_id": "2", "title": "B"}\n', "utf-8")
    single.write_text('{"record_id": "3", "title": "C"}\n', "utf-8")
    assert sorted(articles_of([many, single])) == ["1", "2", "3", "single"]


def test_an_article_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        articles_of([tmp_path / "gone.jsonl"])


@pytest.mark.shared
def test_every_claim_of_the_annotated_abstracts_is_found(shared: Path) -> None:
    gold = shared / "gold" / "abstracts_dev.jsonl"
    articles = articles_of([shared / "corpora" / "depression" / "abstracts.jsonl"])
    examples = from_gold(gold, articles, source="abstracts")
    assert missing_articles(gold, articles) == ()
    assert counts(examples) == {"examples": 328, "negative": 91, "claims": 1302, "without_molecule": 0}


@pytest.mark.shared
def test_every_claim_of_the_annotated_full_texts_is_found(shared: Path) -> None:
    gold = shared / "gold" / "elife_dev.jsonl"
    articles = articles_of(shared / "corpora" / "elife_neuro_jats" / f"{record}.xml" for record in missing_articles(gold, {}))
    examples = from_gold(gold, articles, source="elife")
    assert counts(examples) == {"examples": 7, "negative": 0, "claims": 441, "without_molecule": 0}
    assert {example.sections for example in examples} == {frozenset({Section.ABSTRACT, Section.RESULTS, Section.CAPTION})}
