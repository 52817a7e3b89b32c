import pytest
from extractor.read.reference_lines import Entry, next_number, own_doi, references_in, starts_item


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. Mora AB, Lund C. Cold water. *Pool*. (2001) 1:2–3. doi: 10.1000/p.1.", ("10.1000/p.1", None, "Cold water", "Mora", 2001)),
        ("[3] van der Berg H, et al. Is it warm? Pool 2002;1:4. PMID: 12345", (None, "12345", "Is it warm?", "van der Berg", 2002)),
        ("- Aan den Lund M, Mora A. Dry land. Pool (2003).", (None, None, "Dry land", "Aan den Lund", 2003)),
        ("World Pool Group [WPG]. Rules. Oslo: WPG (2004).", (None, None, "Rules", "World Pool Group", 2004)),
        ("nothing", (None, None, None, "nothing", None)),
    ],
)
def test_an_entry_is_read(text, expected):
    (found,) = references_in([Entry(text, 3)])
    assert (found.key, found.number) == ("3", 3)
    assert (found.doi, found.pmid, found.title, found.first_author, found.year) == expected


@pytest.mark.parametrize(
    ("line", "last", "number"),
    [
        ("1. Mora A.", None, 1),
        ("17. Mora A.", None, 17),
        ("- Mora A.", None, 1),
        ("Mora A.", None, 1),
        ("8. Lund B.", Entry("7. Mora A. (2001)", 7), 8),
        ("[8] Lund B.", Entry("7. Mora A. (2001)", 7), 8),
        ("(2004) 3:1-9.", Entry("7. Mora A.", 7), None),
        ("2004. Pool.", Entry("7. Mora A.", 7), None),
        ("3. Pool.", Entry("7. Mora A.", 7), None),
        ("- Lund B.", Entry("- Mora A. (2001)", 7), 8),
        ("- in the pool. (2001)", Entry("- Mora A. Swimming", 7), None),
        ("in the pool.", Entry("7. Mora A.", 7), None),
    ],
)
def test_which_line_begins_an_entry(line, last, number):
    assert next_number(line, [last] if last else []) == number


def test_items():
    assert [starts_item(line) for line in ("1. A", "[2] A", "• A", "(3) A", "1.5 mg", "-5 mg", "A 1.")] == [True, True, True, True, False, False, False]


def test_a_cited_doi_is_not_the_papers_own():
    references = references_in([Entry("1. Mora A. Pool. (2001). doi: 10.1000/p.1", 1)])
    assert own_doi(["10.1000/p.1.", "10.1000/own."], references) == "10.1000/own"
    assert own_doi(["10.1000/p.1"], references) is None
