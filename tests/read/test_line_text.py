import pytest
from extractor.read.blocks import Line
from extractor.read.line_text import LineReader
from extractor.read.offsets import TextBuilder
from extractor.records import Section


def read(*texts, raised=(), also=""):
    lines, start = [], 0
    for text in texts:
        lines.append(Line(text, start, raised if start == 0 else ()))
        start += len(text)
    builder = TextBuilder()
    reader = LineReader(builder, [*lines, Line(also, 0)])
    builder.open("paragraph", section=Section.RESULTS)
    reader.read(lines)
    built = builder.build()
    assert built.receipt.read + sum(skip.characters for skip in built.receipt.skipped) == start
    return built


@pytest.mark.parametrize(
    ("lines", "also", "expected"),
    [
        (("an antide-\n", "pressant drug"), "", "an antidepressant drug"),
        (("an antide\u0002", "pressant drug"), "", "an antidepressant drug"),
        (("a long-\n", "lasting rise"), "a long-lasting one", "a long-lasting rise"),
        (("a treatment-\n", "resistant rat"), "the treatment was resistant to treatment of resistant rats", "a treatment-resistant rat"),
        (("the GABA-\n", "A receptor"), "", "the GABA-A receptor"),
        (("the mTOR\ufffe", "Akt way"), "", "the mTOR-Akt way"),
        (("5-\n", "HT"), "", "5-HT"),
        (("so it was -\n", "and is"), "", "so it was - and is"),
        (("ends in a hyphen-\n",), "", "ends in a hyphen-"),
    ],
)
def test_hyphens_at_line_ends(lines, also, expected):
    assert read(*lines, also=also).text == expected


def test_ligatures_and_soft_hyphens_become_letters():
    built = read("The \ufb01eld was di\ufb00er\u00adent.")
    assert built.text == "The field was different."
    places = {start + step: place + step for start, end, place in built.source_map.runs for step in range(end - start)}
    assert [places[index] for index in (3, 4, 5, 6)] == [3, 4, 4, 5]


def test_raised_numbers_are_kept_for_the_citations():
    built = read("It rose1,2 in rats.", raised=((7, 10),))
    assert [(built.text[c.start : c.end], c.keys) for c in built.citations] == [("1,2", ("1,2",))]
