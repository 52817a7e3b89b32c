"""What of the molecule was measured, by the words beside its name."""

from collections.abc import Callable

import pytest
from extractor.records import Form
from extractor.relate.form import forms_of
from extractor.relate.links import Link
from extractor.relate.units import MeasureRow, Units
from extractor.tables import LEXICONS, read_rows


@pytest.mark.parametrize(
    ("marked", "forms"),
    [
        ("It [raised](cue) [BDNF](molecule).", ("level",)),
        ("It [raised](cue) [BDNF](molecule) levels.", ("level",)),
        ("It [raised](cue) [BDNF](molecule) mRNA.", ("mRNA",)),
        ("It [raised](cue) the mRNA of [BDNF](molecule).", ("mRNA",)),
        ("It [raised](cue) the release of [dopamine](molecule).", ("release",)),
        ("It [raised](cue) [dopamine](molecule) turnover.", ("turnover",)),
        ("It [raised](cue) [dopamine](molecule) uptake.", ("uptake",)),
        ("It [raised](cue) [D2 receptor](molecule) binding.", ("binding",)),
        ("It [raised](cue) [MAO](molecule) activity.", ("activity",)),
        ("It [raised](cue) [ERK](molecule) phosphorylation.", ("phospho",)),
        ("It [raised](cue) [p-ERK](molecule).", ("phospho",)),
        ("It [raised](cue) [phospho-ERK](molecule) levels.", ("phospho",)),
        ("It [inhibited](cue) [MAO](molecule).", ("activity",)),
        ("It [raised](cue) [BDNF](molecule) mRNA and protein.", ("mRNA", "level")),
        ("It [raised](cue) the mRNA and protein levels of [BDNF](molecule).", ("mRNA", "level")),
        ("It [raised](cue) [BDNF](molecule), and the activity of rats was scored; mRNA.", ("level",)),
    ],
)
def test_the_form_is_told_by_the_words_beside_the_name(
    marked: str, forms: tuple[str, ...], make_units: Callable[..., Units], make_link: Callable[..., Link]
) -> None:
    units = make_units(marked)
    link = make_link(units)
    mention = units.items[link.molecule].mention("molecule")
    assert mention is not None
    assert forms_of(units, link, mention) == forms


def test_every_form_but_the_plain_ones_has_its_words() -> None:
    rows = read_rows(LEXICONS / "measures.tsv", MeasureRow)
    assert {row.form for row in rows} == set(Form)
    words = [word for row in rows for word in set(row.words)]
    assert all(word == word.lower() for word in words)
