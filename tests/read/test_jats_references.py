import pytest
from extractor.read.jats_references import references_of
from extractor.read.markup import Fragment, parse
from extractor.records import Reference


def references(entries):
    return references_of(parse(Fragment(f"<article xmlns:xlink='http://www.w3.org/1999/xlink'><back><ref-list>{entries}</ref-list></back></article>", "a.xml")))


def test_an_element_citation_gives_all_fields():
    entry = """<ref id="bib1"><label>[12]</label><element-citation><person-group><name><surname>Mora</surname><given-names>A</given-names></name>
    <name><surname>Lund</surname></name></person-group><article-title>Cold <italic>water</italic></article-title><source>Pool</source><year>2001</year>
    <pub-id pub-id-type="doi">10.1000/p.1</pub-id><pub-id pub-id-type="pmid">11</pub-id></element-citation></ref>"""
    assert references(entry) == (Reference("bib1", 12, "10.1000/p.1", "11", "Cold water", "Mora", 2001),)


@pytest.mark.parametrize(
    ("citation", "doi"),
    [
        ('<ext-link xlink:href="https://doi.org/10.1000/a(1)b">link</ext-link>', "10.1000/a(1)b"),
        ("Pool 2001, doi:10.1000/p.2.", "10.1000/p.2"),
        ('<pub-id pub-id-type="doi">https://doi.org/10.1000/p.3</pub-id>', "10.1000/p.3"),
        ("Pool 2001", None),
    ],
)
def test_a_doi_is_found_wherever_it_stands(citation, doi):
    (reference,) = references(f'<ref id="b1"><mixed-citation>{citation}</mixed-citation></ref>')
    assert reference.doi == doi


def test_without_labels_the_place_in_the_list_is_the_number():
    found = references('<ref id="x"><citation>Mora 1999</citation></ref><ref><nlm-citation><collab>Pool Group</collab></nlm-citation></ref>')
    assert [(r.key, r.number, r.first_author, r.year) for r in found] == [("x", 1, None, 1999), ("2", 2, "Pool Group", None)]


def test_the_lists_of_sub_articles_are_not_ours():
    source = "<article><back/><sub-article><back><ref-list><ref id='s'/></ref-list></back></sub-article></article>"
    assert references_of(parse(Fragment(source, "a.xml"))) == ()
