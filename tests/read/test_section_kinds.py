import pytest
from extractor.read.section_kinds import caption_start, heading_words, normal_heading, role_of, section_of
from extractor.records import Section


def test_every_row_is_written_the_way_headings_are_looked_up():
    rows = heading_words()
    assert len(rows) > 200
    assert [heading for heading in rows if normal_heading(heading) != heading] == []
    assert {row.section for row in rows.values()} >= {
        Section.ABSTRACT,
        Section.INTRODUCTION,
        Section.METHODS,
        Section.RESULTS,
        Section.DISCUSSION,
        Section.CONCLUSION,
    }


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("INTRODUCTION", "introduction"),
        ("2. Materials & Methods", "methods"),
        ("Materials\u00a0and\u00a0methods", "methods"),
        ("materials|methods", "methods"),
        ("III. Results:", "results"),
        ("results|discussion", "results"),
        ("Results and Discussion", "results"),
        ("4.2.1 Statistical analysis.", "methods"),
        ("Authors’ contributions", "other"),
        ("eLife digest", "other"),
        ("executive-summary", "other"),
        ("COI-statement", "other"),
        ("Results of earlier work", None),
        ("Ketamine raises BDNF", None),
        ("", None),
        ("results " * 30, None),
    ],
)
def test_headings(heading, section):
    assert section_of(heading) == section


def test_roles():
    assert [role_of(heading) for heading in ("REFERENCES", "Key words", "Results", "long " * 50)] == ["references", "keywords", "", ""]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("TABLE 1 | Changes", "TABLE 1"),
        ("**Fig. 2A.** Rise", "Fig. 2A"),
        ("Figure S3: x", "Figure S3"),
        ("Table 4", "Table 4"),
        ("Figure 1 shows", None),
        ("Tables 1", None),
    ],
)
def test_captions_begin_with_a_label_and_a_mark(line, label):
    found = caption_start().match(line)
    assert (found.group(1) if found else None) == label
