"""Places that no list holds."""

import pytest
from extractor.records import Mention
from extractor.scan.region_open import open_regions
from extractor.scan.region_words import RegionNames, region_words
from extractor.tables import TermRow
from extractor.terms import Terms

NAMES = RegionNames(Terms({"region": (("t:1", TermRow(id="uberon:0002298", name="brainstem", label="brain", synonyms=("reticular nuclei",))),)}))


def spans(text: str, *mentions: Mention) -> list[tuple[str, str | None]]:
    return [(m.text, m.name) for m in open_regions(text, mentions, words=region_words(), names=NAMES)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in the paratrigeminal nucleus of mice", [("paratrigeminal nucleus", None)]),
        ("in the nucleus reticularis lateralis of mice", [("nucleus reticularis lateralis", None)]),
        ("in the medial suprasylvian gyrus", [("medial suprasylvian gyrus", None)]),
        ("in lobules VI and VII", [("lobules VI and VII", None)]),
        ("in the reticular nuclei", [("reticular nuclei", "brainstem")]),
        ("in the nucleus of each cell", []),
        ("in a similar nucleus", []),
        ("", []),
    ],
)
def test_open_places_are_found_by_their_form(text: str, found: list[tuple[str, str | None]]) -> None:
    assert spans(text) == found


def test_a_known_place_inside_gives_the_open_one_its_identifier() -> None:
    known = Mention(start=4, end=12, text="thalamic", kind="region", id="uberon:0001897", name="thalamus", label="brain")
    assert spans("the thalamic submedial nucleus", known) == [("thalamic submedial nucleus", "thalamus")]


def test_a_head_noun_inside_a_known_place_is_left_to_it() -> None:
    known = Mention(start=4, end=16, text="red nucleus?", kind="region", name="red nucleus", label="brain")
    assert spans("the red nucleus?", known) == []
