import pytest
from extractor.read.offsets import JOINT, LAYOUT, TextBuilder
from extractor.records import Section
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(alphabet="ab \n\t\u00a0é", max_size=12)
STEPS = st.lists(st.tuples(st.sampled_from(["add", "skip", "open", "close", "blank"]), WORDS), max_size=30)


@given(STEPS)
def test_every_mapped_character_stands_in_the_source_and_the_receipt_adds_up(steps):
    builder, source = TextBuilder(), ""
    builder.open("paragraph", section=Section.RESULTS)
    for step, words in steps:
        if step == "add":
            builder.add(words, len(source))
            source += words
        elif step == "skip":
            builder.skip("markup", len(words))
            source += words
        elif step == "open":
            builder.open("paragraph", section=Section.RESULTS)
        elif step == "close":
            builder.close()
        else:
            builder.blank()
    built = builder.build()
    assert built.receipt.read + sum(skip.characters for skip in built.receipt.skipped) == len(source)
    assert built.receipt.read == sum(end - start for start, end, _ in built.source_map.runs)
    for start, end, place in built.source_map.runs:
        for step in range(end - start):
            letter, origin = built.text[start + step], source[place + step]
            assert letter == origin or (letter == " " and origin.isspace())
    assert JOINT.join(built.text[p.start : p.end] for p in built.passages) == built.text
    assert all(" ".join(built.text[p.start : p.end].split()) == built.text[p.start : p.end] for p in built.passages)


def test_blanks_at_the_ends_of_a_passage_are_layout():
    builder = TextBuilder()
    builder.open("title", section=Section.TITLE)
    builder.add("\n  BDNF \n", 0)
    built = builder.build()
    assert built.text == "BDNF"
    assert [(skip.reason, skip.characters) for skip in built.receipt.skipped] == [(LAYOUT, 5)]


def test_a_blank_of_the_reader_is_in_no_run():
    builder = TextBuilder()
    builder.open("cell", section=Section.TABLE)
    builder.add("a", 0)
    builder.blank()
    builder.add("b", 1)
    built = builder.build()
    assert built.text == "a b"
    assert built.source_map.runs == ((0, 1, 0), (2, 3, 1))


def test_a_ligature_counts_as_the_one_character_it_is():
    builder = TextBuilder()
    builder.open("paragraph", section=Section.OTHER)
    builder.add("fi", 7, consumed=1)
    assert builder.build().receipt.read == 1


@pytest.mark.parametrize("words", ["1", " 1 "])
def test_a_citation_keeps_no_blanks(words):
    builder = TextBuilder()
    builder.open("paragraph", section=Section.OTHER)
    builder.add("rose", 0)
    start = builder.length
    builder.add(words, 4)
    builder.cite(start, ("b1",))
    (citation,) = builder.build().citations
    assert builder.build().text[citation.start : citation.end] == "1"


def test_text_outside_a_passage_is_counted_as_lost():
    builder = TextBuilder()
    builder.add("stray", 0)
    assert [(skip.reason, skip.characters) for skip in builder.build().receipt.skipped] == [("text between passages", 5)]
