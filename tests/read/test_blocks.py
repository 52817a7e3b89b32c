import pytest
from extractor.read.blocks import Block, Line, continues, is_heading, is_marked

PROSE = Block((Line("Swimming raised the growth factor in the brain of every rat that we looked at, and in most of the mice.", 0),))


def block(text, **fields):
    return Block((Line(text, 0),), **fields)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("RESULTS", True),
        ("Methods", True),
        ("GROWTH FACTORS AND POOLS", True),
        ("Most Factors Rise After Swimming", True),
        ("Effects of swimming on growth", True),
        ("It rose in rats.", False),
        ("in rats", False),
        ("Swimming, and", True),
        ("Swimming,", False),
        ("A line " * 40, False),
        ("BDNF", True),
    ],
)
def test_headings(text, heading):
    assert is_heading(block(text), after=[PROSE]) is heading


def test_a_short_line_before_a_short_line_or_before_rows_is_no_heading():
    assert not is_heading(block("Most Factors Rise"), after=[block("Also short.")])
    assert not is_heading(block("Most Factors Rise"), after=[])
    assert is_heading(block("anything.", level=2), after=[])


@pytest.mark.parametrize(
    ("previous", "text", "fields", "expected"),
    [
        ("the treatment with", "ketamine raised it.", {}, True),
        ("as shown in mice", "(84, 85), though one", {}, True),
        ("as shown in mice (3).", "ketamine raised it.", {}, False),
        ("as shown in mice", "Ketamine raised it.", {}, False),
        ("as shown in the hippocampus of mice " * 5, "BDNF knock-outs.", {"flows": True}, True),
        ("the treatment with", "ketamine", {"rows": True}, False),
        ("", "ketamine", {}, False),
    ],
)
def test_a_sentence_goes_on_over_a_page(previous, text, fields, expected):
    assert continues(previous, block(text, **fields)) is expected


def test_capitals_mark_a_heading_but_an_acronym_does_not():
    assert [is_marked(text) for text in ("AUTHOR NOTES HERE", "BDNF", "p-mTOR", "A. B. C.", "Discussion")] == [True, True, False, False, True]


def test_the_text_of_a_block_is_without_its_underline():
    assert Block((Line("Results \n", 0), Line("=====\n", 9)), level=1).text == "Results"
    assert Block((Line("a\n", 0), Line("b\n", 2))).characters == 4
