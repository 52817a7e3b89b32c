import pytest
from extractor.errors import InputError
from extractor.read.markup import DEEPEST, Fragment, Text, parse


def tree(source, **fields):
    return parse(Fragment(source, "a.xml", **fields))


def test_every_run_of_text_knows_its_place():
    source = '<?xml version="1.0"?>\n<!DOCTYPE p SYSTEM "p.dtd">\n<p x="a>b">TNF-&alpha; <!-- not --> &#946;<i>s</i><![CDATA[<&]]>\n</p>'
    runs = [child for child in tree(source).children if isinstance(child, Text)]
    assert [run.value for run in runs] == ["TNF-", "α", " ", " ", "β", "<&", "\n"]
    assert [source[run.start] for run in runs] == ["T", "&", " ", " ", "&", "<", "\n"]


def test_places_count_from_the_beginning_of_the_file():
    (run,) = tree("<p>a</p>", start=100).children
    assert run == Text("a", 103)


def test_namespaces_of_the_collection_are_known_in_its_members():
    node = tree('<m:p xlink:href="u">a</m:p>', namespaces="xmlns:m='m' xmlns:xlink='x'")
    assert (node.tag, dict(node.attributes)) == ("p", {"{x}href": "u"})


def test_plain_entities_of_the_file_are_read():
    assert tree('<!DOCTYPE p [<!ENTITY lab "Pool &#38; Co"> <!ENTITY drug "ketamine">]><p>&drug;</p>').text() == "ketamine"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<p>&b;</p>',
            "a.xml:2: the entity &b; is external, nested or too long; expected entities of HTML",
        ),
        ('<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>', "a.xml:1: the entity &x; is external, nested or too long"),
        ("<p>\n\n&nonsense;</p>", "a.xml:3: the entity &nonsense; is unknown"),
        ("<p>\n<i></p>", "a.xml:2: broken XML: Opening and ending tag mismatch: i line 2 and p; expected well-formed XML; get the file again"),
        ("<p>text", "a.xml:1: broken XML: "),
        ("<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1), f"a.xml:1: elements nested deeper than {DEEPEST}"),
        ("<p>&#0;</p>", "a.xml:1: broken XML: "),
    ],
)
def test_bad_markup_names_the_line(source, message):
    with pytest.raises(InputError) as caught:
        tree(source)
    assert str(caught.value).startswith(message)


def test_many_open_comments_in_a_document_type_take_no_time():
    with pytest.raises(InputError, match="broken XML"):
        tree("<!DOCTYPE p [" + "<!-- -->" * 5_000 + "<p>a</p>")


def test_nodes_can_be_searched():
    node = tree("<a><b>1</b><c><b> 2\n3 </b></c></a>")
    assert [found.text() for found in node.descendants("b")] == ["1", "2 3"]
    assert [found.tag for found in node.descendants()] == ["b", "c", "b"]
    assert node.find("x") is None
    assert node.characters() == 6
