import pytest
from extractor.read.citations import choose_citations, expand, join_ranges
from extractor.read.offsets import Built
from extractor.records import Citation, Passage, Receipt, Reference, Section, SourceMap

REFERENCES = tuple(Reference(f"b{number}", number) for number in range(1, 21))


def keys(*numbers):
    return tuple(f"b{number}" for number in numbers)


def spans(text, *words):
    found, place = [], 0
    for word, key in words:
        place = text.index(word, place)
        found.append(Citation(place, place + len(word), key))
        place += len(word)
    return found


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("as seen [3–7].", [("3", keys(3)), ("7", keys(7))], [("3–7", keys(3, 4, 5, 6, 7))]),
        ("as seen [3, 7].", [("3", keys(3)), ("7", keys(7))], [("3", keys(3)), ("7", keys(7))]),
        ("as seen [7–3].", [("7", keys(7)), ("3", keys(3))], [("7–3", keys(7, 3))]),
        ("as seen [3–5].", [("3–5", keys(3))], [("3–5", keys(3, 4, 5))]),
        ("as seen [3–5].", [("3–5", keys(3, 5))], [("3–5", keys(3, 5, 4))]),
        ("as seen [1-2-4].", [("1", keys(1)), ("2", keys(2)), ("4", keys(4))], [("1-2-4", keys(1, 2, 3, 4))]),
        ("Mora, 2001–Lund, 2002", [("Mora, 2001", ("x",)), ("Lund, 2002", ("y",))], [("Mora, 2001–Lund, 2002", ("x", "y"))]),
    ],
)
def test_ranges(text, words, expected):
    found = join_ranges(text, spans(text, *words), REFERENCES)
    assert [(text[c.start : c.end], c.keys) for c in found] == expected


def built(text, citations=()):
    return Built(text, (Passage(0, len(text), "paragraph", Section.RESULTS),), tuple(citations), SourceMap(), Receipt(0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose (12, 14–16) in 2001 (2001) by half (5–90).", [("(12, 14–16)", keys(12, 14, 15, 16))]),
        ("It rose [1] and fell [2,3] again (4).", [("[1]", keys(1)), ("[2,3]", keys(2, 3))]),
        ("(a) It rose (n = 8).", []),
    ],
)
def test_numbers_in_text(text, expected):
    assert [(text[c.start : c.end], c.keys) for c in choose_citations(built(text), REFERENCES)] == expected


def test_raised_numbers_win_where_the_paper_uses_them():
    text = "It rose1,2 in rats (3) and mice4."
    raised = [Citation(7, 10, ("1,2",)), Citation(31, 32, ("4",))]
    assert [c.keys for c in choose_citations(built(text, raised), REFERENCES)] == [keys(1, 2), keys(4)]


def test_without_a_numbered_list_nothing_is_a_citation():
    assert choose_citations(built("It rose (1)."), [Reference("b1")]) == ()


def test_expand_refuses_what_makes_no_sense():
    assert [expand(words) for words in ("(1; 3)", "3–3", "1–900", "")] == [[1, 3], [], [], []]
