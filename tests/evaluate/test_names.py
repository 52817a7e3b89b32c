import pytest
from extractor.errors import DataError
from extractor.evaluate.names import Name, form_words, known_species, related, resolve, same, shared, with_key, without_form_words


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("molecule", ("BDNF", "brain-derived neurotrophic factor (BDNF)"), ("BDNF",)),
        ("molecule", ("BDNF mRNA",), ("BDNF protein levels",)),
        ("molecule", ("noradrenaline",), ("norepinephrine",)),
        ("molecule", ("5-HT",), ("serotonin",)),
        ("molecule", ("a made-up peptide (AMUP)",), ("AMUP",)),
        ("region", ("hippocampus",), ("hippocampal",)),
        ("region", ("not stated",), (None,)),
        ("species", ("Sprague-Dawley",), ("rat",)),
        ("species", ("SH-SY5Y",), ("human",)),
        ("agent", ("ketamine",), ("Ketamine",)),
    ],
)
def test_the_same_thing_under_two_names(kind, one, other):
    assert same(resolve(kind, *one), resolve(kind, *other))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("molecule", "BDNF", "proBDNF receptor"),
        ("region", "hippocampus", "striatum"),
        ("region", "not stated", "brain"),
        ("region", "culture (neurons)", "culture (astrocytes)"),
        ("species", "rat", "mouse"),
        ("species", "rodent", "rat"),
    ],
)
def test_different_things(kind, one, other):
    assert not same(resolve(kind, one), resolve(kind, other))


@pytest.mark.parametrize(
    ("kind", "inner", "outer"),
    [
        ("region", "hippocampal CA1", "hippocampus"),
        ("region", "prefrontal cortex", "brain"),
        ("region", "culture (cells nobody has named)", "culture"),
        ("molecule", "GluA1", "AMPA receptor"),
        ("species", "rat", "rodent"),
        ("species", "C57BL/6", "rodent"),
    ],
)
def test_containment_is_lenient_only_and_goes_both_ways(kind, inner, outer):
    one, other = resolve(kind, inner), resolve(kind, outer)
    assert related(one, other)
    assert related(other, one)
    assert not same(one, other)


def test_no_group_of_species_but_rodent_matches_its_members():
    assert not related(resolve("species", "rat"), resolve("species", "mammal"))


def test_agents_share_a_name_a_synonym_or_words():
    def agents(*texts):
        return tuple(name for text in texts if (name := resolve("agent", text)) is not None)

    assert shared(agents("ketamine", "stress"), agents("Ketamine"))
    assert shared(agents("chronic unpredictable mild stress (CUMS)"), agents("CUMS"))
    assert shared(agents("single injection of compound zz"), agents("compound zz"))
    assert not shared(agents("ketamine"), agents("fluoxetine"))
    assert not shared(agents("ketamine"), ())


def test_form_words_are_left_out_unless_nothing_else_is_there():
    assert without_form_words("total BDNF protein levels") == "bdnf"
    assert without_form_words("protein") == "protein"
    assert {"mrna", "protein", "levels"} <= form_words()


def test_a_stated_identifier_helps_where_the_lexicons_know_none():
    unknown = resolve("molecule", "something quite new")
    assert unknown is not None
    assert unknown.key is None
    assert same(with_key(unknown, "chebi:1"), Name(shown="x", key="chebi:1", spellings=frozenset({"x"}), wider=frozenset()))
    assert with_key(None, "chebi:1") is None
    assert with_key(unknown, None) == unknown


def test_an_unknown_species_is_an_error_with_its_place():
    with pytest.raises(DataError, match=r"^gold\.jsonl:7: species 'unicorn'; expected a species of species\.tsv or 'not stated'"):
        known_species("unicorn", place="gold.jsonl:7")
    assert known_species("not stated", place="gold.jsonl:7") is None
