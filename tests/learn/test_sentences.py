"""Sentences written for training: what a line says, which occurrence is meant, and what is wrong with a broken line."""

from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.learn import Example, counts, from_sentences
from extractor.learn.sentences import species_of
from extractor.records import Section

TRAINING = Path(__file__).resolve().parents[2] / "corpus" / "training"
TEXT = "Zinc raised BDNF and raised NT-3 in the pons of male Wistar rats, which had little BDNF before zinc."
LINE = "= Zinc | drug | BDNF | level | pons | increase | male Wistar rats | raised"


def write(folder: Path, text: str, *, species: str = "") -> Path:
    (folder / "some.txt").write_text(text, "utf-8")
    if species:
        (folder / "species.tsv").write_text(f"words\tspecies\n{species}\n", "utf-8")
    return folder


def one(folder: Path, *lines: str, text: str = TEXT, species: str = "") -> Example:
    (example,) = from_sentences(write(folder, "\n".join(("## group", text, *lines)), species=species))
    return example


def test_an_item_is_an_article_of_one_paragraph(tmp_path: Path) -> None:
    example = one(tmp_path, LINE)
    article = example.article
    assert (article.id, article.source, article.text, article.keywords) == ("some:2", "some.txt", TEXT, ("group",))
    assert [(p.start, p.end, p.kind, p.section) for p in article.passages] == [(0, len(TEXT), "paragraph", Section.ABSTRACT)]
    assert (example.source, example.sections, example.span) == ("sentences", frozenset(), None)


def test_a_line_is_a_claim(tmp_path: Path) -> None:
    (claim,) = one(tmp_path, LINE).claims
    row = claim.row
    assert (row.agent, row.agent_type, row.form, row.direction) == (("Zinc",), "drug", "level", "increase")
    assert (row.molecule, row.molecule_id_hint, row.molecule_text, row.cue) == ("BDNF", "BDNF", "BDNF", "raised")
    assert (row.region, row.region_canonical, row.region_text) == ("pons", "pons", "pons")
    assert (row.species, row.species_text) == ("rat", "male Wistar rats")
    assert (row.certainty, row.presupposed, row.attribution, row.evidence) == ("asserted", False, "own", TEXT)
    assert claim.evidence == (0, len(TEXT))
    assert [TEXT[slice(*span)] for span in (claim.cue, claim.molecule) if span] == ["raised", "BDNF"]


def test_a_dash_is_not_stated_and_flags_are_read(tmp_path: Path) -> None:
    (claim,) = one(tmp_path, "= Zinc ; zinc | drug | NT-3 | level | - | increase | - | raised | presupposed, hedged,background").claims
    row = claim.row
    assert row.agent == ("Zinc", "zinc")
    assert (row.region, row.region_canonical, row.region_text) == ("not stated", "not stated", None)
    assert (row.species, row.species_text) == ("not stated", None)
    assert (row.certainty, row.presupposed, row.attribution) == ("hedged", True, "background")


@pytest.mark.parametrize(
    ("molecule", "cue", "at"),
    [
        ("BDNF", "raised", (TEXT.index("BDNF"), TEXT.index("raised"))),
        ("BDNF@2", "raised", (TEXT.rindex("BDNF"), TEXT.rindex("raised"))),
        ("BDNF", "little", (TEXT.rindex("BDNF"), TEXT.index("little"))),
        ("NT-3", "raised", (TEXT.index("NT-3"), TEXT.rindex("raised"))),
        ("NT-3", "raised@1", (TEXT.index("NT-3"), TEXT.index("raised"))),
    ],
)
def test_the_nearest_occurrences_are_meant_unless_a_number_says_otherwise(tmp_path: Path, molecule: str, cue: str, at: tuple[int, int]) -> None:
    (claim,) = one(tmp_path, f"= Zinc | drug | {molecule} | level | - | increase | - | {cue}").claims
    assert (claim.molecule and claim.molecule[0], claim.cue[0]) == at
    assert "@" not in claim.row.molecule + claim.row.cue


def test_occurrences_inside_words_are_numbered_only_where_those_of_their_own_do_not_suffice(tmp_path: Path) -> None:
    text = "Choline raised acetylcholine, and choline fell; choline came back."
    line = "= Choline | drug | {} | level | - | increase | - | raised"
    second, third = one(tmp_path, line.format("choline@2"), line.format("choline@3"), text=text).claims
    assert second.molecule == (text.rindex("choline"), text.rindex("choline") + 7)
    assert third.molecule == second.molecule


def test_items_are_parted_by_blank_lines_and_may_be_negative(tmp_path: Path) -> None:
    text = f"## first\nNothing changed.\n\n{TEXT}\n{LINE}\n{LINE.replace('BDNF', 'NT-3')}\n\n\n## second\n\nNo more was seen.\n"
    found = from_sentences(write(tmp_path, text))
    assert [(example.article.id, len(example.claims), example.article.keywords[0]) for example in found] == [
        ("some:2", 0, "first"),
        ("some:4", 2, "first"),
        ("some:11", 0, "second"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("= Zinc | drug | BDNF", "3 fields; expected 8 or 9: `= agents | agent type | molecule | form | region or - | direction | species or - | cue | flags`"),
        (LINE.replace("= Zinc", "= Iron"), "'Iron' is not in the item, which holds 'Iron' 0 times; expected words of the item, character for character"),
        (LINE.replace("BDNF", "BDNF@3"), "'BDNF@3' is not in the item, which holds 'BDNF' 2 times; expected words of the item, character for character"),
        (LINE.replace("pons", "Pons"), "'Pons' is not in the item, which holds 'Pons' 0 times; expected words of the item, character for character"),
        (LINE.replace("pons", ""), "'' is not in the item, which holds '' 0 times; expected words of the item, character for character"),
        (LINE + " | sure", "flags ['sure']; expected some of presupposed, hedged, background"),
        (LINE.replace("drug", "food"), "agent_type 'food'; expected Input should be 'drug', 'procedure', 'stress', 'genetic' or 'disease'"),
        (LINE.replace("increase", "up"), "direction 'up'; expected Input should be 'increase', 'decrease' or 'no_change'"),
        (LINE.replace("male Wistar rats", "pons"), "species 'pons'; expected words of the species lexicon; mend the line, or add them to species.tsv"),
    ],
)
def test_a_broken_line_is_told_with_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        one(tmp_path, LINE, line)
    assert str(caught.value) == f"{tmp_path / 'some.txt'}:4: {message}"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"## g\n\n{LINE}\n", 3, "a claim without an item; expected a line of text above it"),
        (f"## g\n{TEXT}\n## h\n{LINE}\n", 4, "a claim without an item; expected a line of text above it"),
        (f"{TEXT}\n", 1, "an item without a group; expected a line `## name` above it"),
        (f"## g\n{TEXT}\n\n{TEXT}\n", 4, "an item a second time; expected each item once; delete it here or at {file}:2"),
    ],
)
def test_a_file_out_of_order_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(DataError) as caught:
        from_sentences(write(tmp_path, text))
    file = tmp_path / "some.txt"
    assert str(caught.value) == f"{file}:{line}: {message.format(file=file)}"


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no \.txt file; expected files of training sentences"):
        from_sentences(tmp_path)


@pytest.mark.parametrize(
    ("words", "species"),
    [("Wistar rats", "rat"), ("SH-SY5Y", "human"), ("hooded C57BL/6J mice", "mouse"), ("patients", "human"), ("healthy donors", "human")],
)
def test_words_are_resolved_to_the_species(words: str, species: str) -> None:
    assert species_of(words, known={"donors": "human"}, place="here") == species


def test_the_table_beside_the_files_names_what_the_lexicon_does_not(tmp_path: Path) -> None:
    line = LINE.replace("male Wistar rats", "pons")
    assert one(tmp_path, line, species="pons\thuman").claims[0].row.species == "human"


def test_all_training_sentences_are_read_and_all_their_words_are_found() -> None:
    examples = from_sentences(TRAINING)
    total = counts(examples)
    assert total["examples"] > 500
    assert total["claims"] > total["examples"]
    assert total["negative"] > total["examples"] / 5
    assert total["without_molecule"] == 0
    for example in examples:
        for claim in example.claims:
            text = example.article.text
            assert claim.molecule is not None
            assert (text[slice(*claim.molecule)], text[slice(*claim.cue)]) == (claim.row.molecule_text, claim.row.cue)
