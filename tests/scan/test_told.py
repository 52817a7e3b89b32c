"""Names that an article shows to be genes."""

import re

import pytest
from extractor.records import Mention
from extractor.scan.told import Told, ToldRow
from extractor.tables import LEXICONS, read_rows

TOLD = Told()
SHOWN = "We raised anti-Xyzab antibodies. In the wing, Xyzab mRNA rose. The staining of Xyzab and of yXyzab was weak, and Xyzab fell."


def found(text: str, *, known: tuple[Mention, ...] = (), defined: dict[str, str] | None = None) -> list[str]:
    return [mention.text for mention in TOLD.find(text, known, defined=defined or {})]


def test_what_is_shown_twice_is_a_gene_wherever_it_stands() -> None:
    mentions = TOLD.find(SHOWN, [], defined={})
    assert [(m.start, m.text) for m in mentions] == [(at.start(), "Xyzab") for at in re.finditer(r"(?<![y-])Xyzab", SHOWN)]
    assert {(m.kind, m.label, m.rule, m.id) for m in mentions} == {("molecule", "gene", "told", None)}


@pytest.mark.parametrize(
    "text",
    [
        "The Xyzab mRNA rose. Then Xyzab fell, and Xyzab rose.",
        "We saw the Xyzab mRNA and the Xyzab protein.",
        "We recorded Xyzab neurons, then Xyzab neurons again; the Xyzab mRNA and the Xyzab protein rose.",
        "The Xyzab mRNA and the Xyzab protein are xyzab, as xyzab and xyzab and xyzab said of Xyzab.",
        "The GFP mRNA and the GFP protein rose in the GFP line.",
    ],
    ids=["shown once", "used twice", "kinds of cells", "a common word", "a reporter"],
)
def test_too_little_or_another_use_makes_no_gene(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("long", "known"), [("Xyzabus", True), ("xylem binding protein 2", True), ("xylo zone area", False)])
def test_what_is_short_for_something_is_one_only_if_that_may_be_a_protein(long: str, known: bool) -> None:
    assert bool(found(SHOWN, defined={"Xyzab": long})) is known


def test_what_a_list_knows_is_left_to_it_and_what_a_pattern_found_spreads() -> None:
    at = SHOWN.index("Xyzab mRNA")
    use = Mention(start=at, end=at + 5, text="Xyzab", kind="molecule", rule="lexicon.exact")
    assert found(SHOWN, known=(use,)) == []
    spread = TOLD.find(SHOWN, [Mention(start=at, end=at + 5, text="Xyzab", kind="molecule", rule="pattern.measured")], defined={})
    assert [m.start for m in spread] == [SHOWN.index("of Xyzab") + 3, SHOWN.rindex("Xyzab")]


def test_names_of_worms_need_an_article_on_worms() -> None:
    text = "The worm lost xyz-3, XYZ-3 and xyz-2.1 on day-3."
    assert found(text) == []
    assert found(text + " C. elegans, C. elegans and C. elegans.") == ["xyz-3", "XYZ-3", "xyz-2.1"]


@pytest.mark.parametrize("row", read_rows(LEXICONS / "told.tsv", ToldRow), ids=lambda row: f"{row.side} {row.shows} {row.example}")
def test_every_row_fits_its_example_and_not_its_counter(row: ToldRow) -> None:
    for text, fits in ((row.example, True), (row.counter, False)):
        opened = re.search(r"\[(.+?)\]", text)
        assert opened is not None
        before, name, behind = text[: opened.start()], opened[1], text[opened.end() :]
        if row.side == "before":
            match = re.search(f"(?:{row.words})$", before)
        elif row.side == "behind":
            match = re.match(row.words, behind)
        else:
            match = re.fullmatch(row.words, name) if row.side == "name" else re.search(row.words, before + name + behind)
        assert (match is not None) is fits
