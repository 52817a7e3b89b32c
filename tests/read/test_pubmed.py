from extractor.read.jats import Origin
from extractor.read.markup import Fragment, parse
from extractor.read.pubmed import pubmed_article
from extractor.records import Section

ORIGIN = Origin("a.xml", "a", "0" * 64)


def article(inside, *, data="", root="PubmedArticle"):
    source = f"<{root}><MedlineCitation><PMID>5</PMID><Article><ArticleTitle>T.</ArticleTitle>{inside}</Article></MedlineCitation><PubmedData>{data}</PubmedData></{root}>"
    return pubmed_article(parse(Fragment(source, "a.xml")), origin=ORIGIN, place="a.xml:1")


def test_a_structured_abstract_keeps_its_labels():
    found = article('<Abstract><AbstractText Label="RESULTS">BDNF <sup>+</sup> rose.</AbstractText><AbstractText>Plain.</AbstractText></Abstract>')
    assert [(found.text[p.start : p.end], p.section, p.section_path) for p in found.passages[1:]] == [
        ("BDNF + rose.", Section.ABSTRACT, ("Abstract", "Results")),
        ("Plain.", Section.ABSTRACT, ("Abstract",)),
    ]


def test_identifiers_are_those_of_the_record_not_of_the_works_it_cites():
    data = """<ReferenceList><Reference><Citation>C</Citation><ArticleIdList><ArticleId IdType="doi">10.1/cited</ArticleId></ArticleIdList></Reference></ReferenceList>
    <ArticleIdList><ArticleId IdType="doi">10.1/own</ArticleId><ArticleId IdType="pmc">PMC3</ArticleId></ArticleIdList>"""
    found = article("", data=data)
    assert (found.id, found.pmid, found.doi, found.pmcid) == ("5", "5", "10.1/own", "PMC3")
    assert [(r.number, r.doi, r.title) for r in found.references] == [(1, "10.1/cited", "C")]


def test_a_doi_may_stand_in_the_location():
    assert article('<ELocationID EIdType="pii">S1</ELocationID><ELocationID EIdType="doi">10.1/loc</ELocationID>').doi == "10.1/loc"


def test_headings_of_mesh_are_keywords():
    assert article(
        "<MeshHeadingList><MeshHeading><DescriptorName>Rats</DescriptorName><QualifierName>blood</QualifierName></MeshHeading></MeshHeadingList>"
    ).keywords == ("Rats",)


def test_a_book_is_read_like_an_article():
    source = "<PubmedBookArticle><BookDocument><PMID>8</PMID><ArticleTitle>B.</ArticleTitle><Abstract><AbstractText>Text.</AbstractText></Abstract></BookDocument></PubmedBookArticle>"
    found = pubmed_article(parse(Fragment(source, "a.xml")), origin=ORIGIN, place="a.xml:1")
    assert (found.id, found.text) == ("8", "B.\n\nText.")
