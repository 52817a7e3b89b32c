import pytest
from extractor.errors import InputError
from extractor.read.jats import Origin, jats_article
from extractor.read.markup import Fragment, parse
from extractor.records import Section

ORIGIN = Origin("a.xml", "a", "0" * 64)


def article(body="", *, meta="", back="", front="", rest=""):
    source = f"""<article xmlns:xlink="x" xmlns:mml="m"><front>{front}<article-meta><title-group><article-title>T</article-title></title-group>{meta}</article-meta></front>
    <body>{body}</body><back>{back}</back>{rest}</article>"""
    return jats_article(parse(Fragment(source, "a.xml")), origin=ORIGIN, place="a.xml:1")


def passages(found, *, kind="paragraph"):
    return [found.text[p.start : p.end] for p in found.passages if p.kind == kind]


def test_inline_tags_add_and_remove_no_blanks():
    found = article("<sec><p>TNF-<italic>α</italic> and H<sub>2</sub>O<sub>2</sub> raised Ca<sup>2+</sup> in the <italic>CA1 </italic>region</p></sec>")
    assert passages(found) == ["TNF-α and H2O2 raised Ca2+ in the CA1 region"]


def test_an_abstract_without_paragraphs_is_read():
    found = article(meta="<abstract>Ketamine <bold>raised</bold> BDNF.</abstract>")
    assert [(found.text[p.start : p.end], p.section, p.section_path) for p in found.passages[1:]] == [
        ("Ketamine raised BDNF.", Section.ABSTRACT, ("Abstract",)),
    ]


@pytest.mark.parametrize(
    ("attributes", "section"),
    [("", "abstract"), ('abstract-type="summary"', "abstract"), ('abstract-type="executive-summary"', "other"), ('abstract-type="toc"', "other")],
)
def test_only_a_real_abstract_is_one(attributes, section):
    found = article(meta=f"<abstract {attributes}><p>Text.</p></abstract>")
    assert found.passages[-1].section == section


def test_a_digest_is_known_by_its_heading_too():
    assert article(meta="<abstract><title>eLife digest</title><p>Text.</p></abstract>").passages[-1].section is Section.OTHER


def test_the_nearest_known_heading_wins():
    body = """<p>Loose.</p><sec><title>Results</title><sec><title>Swimming lowers BDNF</title><p>a</p><sec><title>Statistical analysis</title><p>b</p></sec></sec></sec>
    <sec sec-type="results|discussion"><title>What we saw</title><p>c</p></sec><sec><title>3. Conclusions</title><p>d</p></sec><sec><title>Odd</title><p>e</p></sec>"""
    found = article(body)
    got = [(found.text[p.start : p.end], p.section.value, p.section_path) for p in found.passages if p.kind == "paragraph"]
    assert got == [
        ("Loose.", "introduction", ()),
        ("a", "results", ("Results", "Swimming lowers BDNF")),
        ("b", "methods", ("Results", "Swimming lowers BDNF", "Statistical analysis")),
        ("c", "results", ("What we saw",)),
        ("d", "conclusion", ("3. Conclusions",)),
        ("e", "other", ("Odd",)),
    ]


@pytest.mark.parametrize(
    ("front", "meta", "expected"),
    [
        ("", '<article-id pub-id-type="pmc">12</article-id><article-id pub-id-type="pmid">9</article-id>', "PMC12"),
        ("", '<article-id pub-id-type="pmid">9</article-id>', "9"),
        (
            '<journal-meta><journal-id journal-id-type="publisher-id">eLife</journal-id></journal-meta>',
            '<article-id pub-id-type="publisher-id">00012</article-id><article-id pub-id-type="doi">10.7554/eLife.00012</article-id>',
            "elife00012",
        ),
        ("", '<article-id pub-id-type="doi">10.1000/x</article-id>', "10.1000/x"),
        ("", "", "a"),
    ],
)
def test_the_identity_is_the_most_stable_there_is(front, meta, expected):
    assert article(front=front, meta=meta).id == expected


def test_keywords_and_organisms_are_kept_and_are_no_prose():
    found = article(meta='<kwd-group kwd-group-type="research-organism"><kwd>rat</kwd></kwd-group><kwd-group><kwd>BDNF</kwd></kwd-group>')
    assert (found.organisms, found.keywords, found.text) == (("rat",), ("rat", "BDNF"), "T")
    assert [(skip.reason, skip.characters) for skip in found.receipt.skipped if skip.reason == "keywords"] == [("keywords", 7)]


def test_sub_articles_are_skipped_by_their_kind():
    found = article(rest='<sub-article article-type="reply"><body><p>Thanks.</p></body></sub-article>')
    assert ("sub-article (reply)", 7) in [(skip.reason, skip.characters) for skip in found.receipt.skipped]


def test_floats_and_back_matter_are_read():
    found = article(back="<ack><p>Thanks.</p></ack>", rest="<floats-group><fig><label>Fig 1</label><caption><p>Cap.</p></caption></fig></floats-group>")
    assert [(found.text[p.start : p.end], p.section.value) for p in found.passages[1:]] == [("Thanks.", "other"), ("Fig 1", "caption"), ("Cap.", "caption")]


def test_methods_in_the_back_are_methods():
    assert article(back="<sec><title>Methods</title><p>a</p></sec>").passages[-1].section is Section.METHODS


def test_an_article_without_text_is_refused():
    with pytest.raises(InputError, match=r"a\.xml:1: no title, abstract or body; expected an article with text"):
        jats_article(parse(Fragment("<article><front/></article>", "a.xml")), origin=ORIGIN, place="a.xml:1")
