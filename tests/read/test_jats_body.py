import pytest
from extractor.read.jats_body import BodyReader, Place
from extractor.read.markup import Fragment, parse
from extractor.read.offsets import TextBuilder
from extractor.records import Section

NAMESPACES = "xmlns:mml='m' xmlns:xlink='x'"


def read(source, *, section=Section.RESULTS, path=("Results",)):
    builder = TextBuilder()
    node = parse(Fragment(source, "a.xml", namespaces=NAMESPACES))
    BodyReader(builder).block(node, Place(section, path))
    built = builder.build()
    assert built.receipt.read + sum(skip.characters for skip in built.receipt.skipped) == node.characters()
    return built


def words(built):
    return [(p.kind, built.text[p.start : p.end]) for p in built.passages]


def test_a_figure_inside_a_paragraph_does_not_part_it():
    built = read("<p>BDNF rose <fig><label>Fig. 1.</label><caption><title>Rise.</title><p>Bars, SEM.</p></caption></fig>in rats.</p>")
    assert words(built) == [("paragraph", "BDNF rose in rats."), ("caption", "Fig. 1."), ("caption", "Rise."), ("caption", "Bars, SEM.")]
    assert [(p.section.value, p.section_path) for p in built.passages[1:]] == [("caption", ("Results", "Fig. 1"))] * 3


def test_supplements_of_a_figure_are_read_once():
    group = "<fig-group><fig><label>F1</label><caption><p>One.</p></caption></fig><fig><label>F1s1</label><caption><p>Two.</p></caption></fig></fig-group>"
    assert words(read(group)) == [("caption", "F1"), ("caption", "One."), ("caption", "F1s1"), ("caption", "Two.")]


def test_a_list_parts_a_paragraph():
    built = read("<p>We saw <list><list-item><label>1</label><p>a rise;</p></list-item></list> and that was all.</p>")
    assert words(built) == [("paragraph", "We saw"), ("paragraph", "a rise;"), ("paragraph", "and that was all.")]


def test_cells_are_never_fused_and_never_empty():
    table = """<table-wrap><label>Table 2</label><caption><title>Levels</title></caption><alternatives><graphic/><table><tr><th>Group</th><th>BDNF<break/>(ng)</th></tr>
    <tr><td><p>Stress</p><p>acute</p></td><td/><td>5<sup>a</sup></td></tr></table></alternatives><table-wrap-foot><fn><p>SEM.</p></fn></table-wrap-foot></table-wrap>"""
    built = read(table)
    assert [text for kind, text in words(built) if kind == "cell"] == ["Group", "BDNF (ng)", "Stress acute", "5a"]
    assert {(p.section, p.section_path) for p in built.passages if p.kind == "cell"} == {(Section.TABLE, ("Results", "Table 2"))}
    assert [text for kind, text in words(built) if kind == "caption"] == ["Table 2", "Levels", "SEM."]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("<inline-formula><mml:math> <mml:mi>α</mml:mi> </mml:math></inline-formula>", "TNF-α rose"),
        ("<inline-formula>Ca<sup>2+</sup></inline-formula>", "TNF-Ca2+ rose"),
        ("<inline-formula><tex-math>$\\alpha$</tex-math></inline-formula>", "TNF- rose"),
        ("<inline-formula><mml:math><mml:mi>a long formula</mml:mi></mml:math></inline-formula>", "TNF- rose"),
        ("<inline-formula><mml:math><mml:mfrac><mml:mn>6</mml:mn><mml:mn>3</mml:mn></mml:mfrac></mml:math></inline-formula>", "TNF- rose"),
        ("<disp-formula><label>(1)</label><mml:math><mml:mi>x</mml:mi></mml:math></disp-formula>", "TNF- rose"),
        ("<inline-formula><alternatives><tex-math>$\\beta$</tex-math><mml:math><mml:mi>β</mml:mi></mml:math></alternatives></inline-formula>", "TNF-β rose"),
    ],
)
def test_only_a_symbol_of_mathematics_is_read(formula, expected):
    assert words(read(f"<p>TNF-{formula} rose</p>")) == [("paragraph", expected)]


def test_citations_keep_the_keys_of_the_source():
    built = read('<p>It rose (<xref ref-type="bibr" rid="b1 b2">Mora, 2001; 2002</xref>; <xref ref-type="fig" rid="f1">Figure 1</xref>).</p>')
    assert [(built.text[c.start : c.end], c.keys) for c in built.citations] == [("Mora, 2001; 2002", ("b1", "b2"))]


def test_a_paragraph_that_is_a_doi_is_an_identifier():
    built = read('<sec><p>Text.</p><p><bold>DOI:</bold> <ext-link xlink:href="u">http://dx.doi.org/10.1000/x.1</ext-link></p></sec>')
    assert words(built) == [("paragraph", "Text.")]
    assert ("identifiers", 34) in [(skip.reason, skip.characters) for skip in built.receipt.skipped]


def test_a_footnote_waits_for_the_end_of_the_paragraph():
    assert words(read("<p>It rose<fn><p>In one rat.</p></fn> again.</p>")) == [("paragraph", "It rose again."), ("paragraph", "In one rat.")]


def test_a_box_without_a_caption_is_a_section():
    built = read("<boxed-text><title>Box 1</title><p>Text.</p></boxed-text>")
    assert words(built) == [("heading", "Box 1"), ("paragraph", "Text.")]
    assert built.passages[1].section_path == ("Results", "Box 1")


def test_unknown_elements_lose_no_text():
    assert words(read("<sec><p>a <new>b</new></p><newer>c</newer> d</sec>")) == [("paragraph", "a b"), ("paragraph", "c d")]


def test_cells_without_a_table_are_cells():
    built = read("<sec><array><tbody><tr><td>ACE</td><td>enzyme</td></tr></tbody></array><p><tr><td>x</td></tr></p></sec>")
    assert words(built) == [("cell", "ACE"), ("cell", "enzyme"), ("cell", "x")]


def test_the_names_of_authors_are_words_of_their_own():
    built = read(
        "<p>By <name><surname>Mora</surname><given-names>A</given-names></name>, <name><surname>Lund</surname><given-names>B</given-names></name>.</p>"
    )
    assert words(built) == [("paragraph", "By Mora A, Lund B.")]
