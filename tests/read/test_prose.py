from extractor.read.blocks import Block, Line
from extractor.read.prose import assemble
from extractor.records import Section

LONG = "Swimming raised the growth factor in the brain of every rat that we looked at, and in most of the mice too."


def blocks(*given):
    found, start = [], 0
    for item in given:
        text, fields = (item, {}) if isinstance(item, str) else item
        lines = []
        for line in text.splitlines(keepends=True):
            lines.append(Line(line, start))
            start += len(line)
        found.append(Block(tuple(lines), **fields))
    return found, start


def read(*given, left_out=()):
    found, total = blocks(*given)
    assembled = assemble(found, left_out=left_out)
    receipt = assembled.built.receipt
    assert receipt.read + sum(skip.characters for skip in receipt.skipped) == total + sum(len(text) for _, text in left_out)
    return assembled


def passages(assembled):
    text = assembled.built.text
    return [(p.kind, p.section.value, p.section_path, text[p.start : p.end]) for p in assembled.built.passages]


def test_sections_nest_by_level_and_number():
    found = read("Results", "1. First part of it", LONG, "1.1 Deeper part", LONG, "2. Second part", LONG, "Discussion", LONG)
    paths = [path for kind, _, path, _ in passages(found) if kind == "heading"]
    assert paths == [
        ("Results",),
        ("Results", "1. First part of it"),
        ("Results", "1. First part of it", "1.1 Deeper part"),
        ("Results", "2. Second part"),
        ("Discussion",),
    ]


def test_front_matter_is_no_prose_but_a_sentence_there_is_the_abstract():
    found = read("Pools and rats", "Ann Mora, Bo Lund", LONG, "Keywords: pool; rat", "Introduction", "It is warm.")
    assert [(kind, section) for kind, section, _, _ in passages(found)] == [
        ("title", "title"),
        ("paragraph", "abstract"),
        ("heading", "introduction"),
        ("paragraph", "introduction"),
    ]
    assert (found.title, found.keywords) == ("Pools and rats", ("pool", "rat"))
    assert {skip.reason for skip in found.built.receipt.skipped} >= {"front matter", "keywords"}


def test_without_any_known_heading_nothing_is_dropped():
    found = read("Pools and rats", "Ann Mora", LONG)
    assert [kind for kind, *_ in passages(found)][0] == "title"
    assert found.built.text.count("\n\n") == 2


def test_run_in_headings_name_the_section():
    found = read("Results", LONG, "Conclusions: It is good.", "Also: this.")
    assert [(section, path) for kind, section, path, _ in passages(found) if kind == "paragraph"] == [
        ("results", ("Results",)),
        ("conclusion", ("Conclusions",)),
        ("results", ("Results",)),
    ]


def test_a_caption_a_table_and_its_legend():
    rows = {"rows": True}
    found = read("Results", "Table 1 | Levels", ("\tRats\n", rows), ("BDNF\t5\n", rows), "Table 1 | (Continued)", ("VGF\t6\n", rows), "Means.", LONG * 4)
    assert [(kind, section, path[-1], text) for kind, section, path, text in passages(found)[1:-1]] == [
        ("caption", "caption", "Table 1", "Table 1 | Levels"),
        ("cell", "table", "Table 1", "Rats"),
        ("cell", "table", "Table 1", "BDNF"),
        ("cell", "table", "Table 1", "5"),
        ("cell", "table", "Table 1", "VGF"),
        ("cell", "table", "Table 1", "6"),
        ("caption", "caption", "Table 1", "Means."),
    ]
    assert passages(found)[-1][0] == "paragraph"


def test_the_bibliography_is_read_as_references_and_ends():
    found = read(
        "Results", "It rose (1, 2).", "References", "1. Mora A. Pool. (2001).\n2. Lund B. Pond.\n(2002).\n", "Funding: None.", "Appendix", "More text."
    )
    assert [(r.number, r.first_author, r.year) for r in found.references] == [(1, "Mora", 2001), (2, "Lund", 2002)]
    assert [c.keys for c in found.citations] == [("1", "2")]
    assert [text for *_, text in passages(found)] == ["Results", "It rose (1, 2).", "References", "Funding: None.", "Appendix", "More text."]
    assert {section for kind, section, _, _ in passages(found)[3:]} == {Section.OTHER.value}


def test_what_the_caller_left_out_is_counted():
    found = read("It rose.", "It fell.", left_out=[("page furniture", "Pool 7\n")])
    assert [(skip.reason, skip.characters) for skip in found.built.receipt.skipped] == [("layout blanks", 2), ("page furniture", 5)]
