"""The terminology: looked up by any spelling, climbed by its parents, refused with a message where a row is wrong."""

import gc

import pytest
from extractor.errors import DataError
from extractor.tables import TermRow
from extractor.terms import TABLES, Term, Terms, collector_paused, load_terms
from extractor.variants import fold

ROWS = (
    TermRow(id="uberon:1", name="brain", label="brain"),
    TermRow(id="uberon:2", name="cortex", label="brain", adjectives=("cortical",), parents=("brain",)),
    TermRow(id="uberon:3", name="prefrontal cortex", label="brain", synonyms=("frontal pole",), exact=("PFC",), parents=("cortex",)),
    TermRow(name="medial prefrontal cortex", label="brain", exact=("mPFC",), parents=("prefrontal cortex", "brain")),
)


def build(*rows: TermRow, kind: str = "region") -> Terms:
    return Terms({kind: tuple((f"some.tsv:{no}", row) for no, row in enumerate(rows, 2))})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("prefrontal cortex", "prefrontal cortex"),
        ("Prefrontal Cortexes", "prefrontal cortex"),
        ("prefrontal\u00a0cortex ", "prefrontal cortex"),
        ("uberon:3", "prefrontal cortex"),
        ("PFC", "prefrontal cortex"),
        ("frontal poles", "prefrontal cortex"),
        ("cortical", "cortex"),
        ("mPFC", "medial prefrontal cortex"),
        ("medial prefrontal cortex", "medial prefrontal cortex"),
    ],
)
def test_a_term_is_found_by_each_of_its_spellings(text: str, name: str) -> None:
    term = build(*ROWS).find(text, "region")
    assert term is not None
    assert term.name == name


@pytest.mark.parametrize("text", ["pfc", "MPFC", "striatum", "", "cort", "uberon:9"])
def test_what_no_row_writes_is_not_found(text: str) -> None:
    assert build(*ROWS).find(text, "region") is None


def test_kinds_are_kept_apart() -> None:
    terms = build(*ROWS)
    assert terms.find("cortex", "agent") is None
    assert terms.named("cortex", "species") is None
    assert terms.named("cortex", "region") is not None
    assert terms.named("PFC", "region") is None


def test_a_term_without_identifier_has_its_name_as_key() -> None:
    terms = build(*ROWS)
    keys = [term.key for name in ("cortex", "medial prefrontal cortex") if (term := terms.named(name, "region")) is not None]
    assert keys == ["uberon:2", "medial prefrontal cortex"]


def test_ancestors_come_nearest_first_each_once() -> None:
    terms = build(*ROWS)
    term = terms.named("medial prefrontal cortex", "region")
    assert term is not None
    assert [t.name for t in terms.ancestors(term)] == ["prefrontal cortex", "brain", "cortex"]
    top = terms.named("brain", "region")
    assert top is not None
    assert terms.ancestors(top) == ()
    for _ in range(2):  # the second answer is the one that was kept
        assert terms.wider(term) == {"prefrontal cortex", "brain", "cortex"}
        assert terms.wider(top) == frozenset()


def test_a_name_that_stands_twice_is_refused_with_its_line() -> None:
    with pytest.raises(DataError, match=r"^some\.tsv:3: region 'cortex' a second time; expected unique names; merge the two rows$"):
        build(TermRow(name="cortex", label="brain"), TermRow(id="uberon:2", name="cortex", label="brain"))


def test_an_unknown_parent_is_refused_with_its_line() -> None:
    with pytest.raises(DataError, match=r"^some\.tsv:3: unknown parent 'brian' of 'cortex'; expected a name of a region row; add the row or mend the name$"):
        build(TermRow(name="brain", label="brain"), TermRow(name="cortex", label="brain", parents=("brian",)))


def test_a_parent_may_stand_below_its_child() -> None:
    terms = build(TermRow(name="cortex", label="brain", parents=("brain",)), TermRow(name="brain", label="brain"))
    term = terms.named("cortex", "region")
    assert term is not None
    assert [t.name for t in terms.ancestors(term)] == ["brain"]


def test_a_parent_of_another_kind_is_unknown() -> None:
    rows = {"species": (("s:1", TermRow(name="rat", label="species")),), "region": (("r:1", TermRow(name="tail", label="organ", parents=("rat",))),)}
    with pytest.raises(DataError, match="^r:1: unknown parent 'rat' of 'tail'"):
        Terms(rows)  # type: ignore[arg-type]


@pytest.mark.parametrize("circle", [("a",), ("a", "b"), ("a", "b", "c")])
def test_parents_that_lead_back_are_refused(circle: tuple[str, ...]) -> None:
    terms = build(*(TermRow(name=name, label="brain", parents=(circle[(i + 1) % len(circle)],)) for i, name in enumerate(circle)))
    term = terms.named("a", "region")
    assert term is not None
    with pytest.raises(DataError, match="^region 'a' is its own ancestor; expected parents without a circle; mend the parents in the lexicon$"):
        terms.ancestors(term)


def test_spellings_say_their_style_and_exact_ones_keep_their_case() -> None:
    styles = {(s.exact or s.folded): s.style for s in build(*ROWS).spellings()}
    assert (styles["prefrontal cortex"], styles["frontal poles"], styles["PFC"], styles["cortical"]) == ("name", "synonym", "exact", "adjective")
    assert "corticals" not in styles
    assert all(s.folded == fold(s.folded) for s in build(*ROWS).spellings())


def test_an_acronym_is_found_with_blank_or_nothing_for_its_dash_and_in_the_plural() -> None:
    terms = build(TermRow(name="some cortex", label="brain", exact=("OFC-M1", "ACS", "A-B")))
    exact = {s.exact for s in terms.spellings() if s.exact}
    assert exact == {"OFC-M1", "OFC M1", "OFCM1", "OFC-M1s", "OFC M1s", "OFCM1s", "ACS", "ACSs", "A-B", "A-Bs"}


def test_the_first_row_with_a_spelling_owns_it() -> None:
    terms = build(TermRow(name="a region", label="brain", synonyms=("place",)), TermRow(name="b region", label="brain", synonyms=("place",)))
    term = terms.find("place", "region")
    assert term is not None
    assert term.name == "a region"


def test_the_lexicons_of_the_package_load_once_and_hold_every_kind(terms: Terms) -> None:
    assert load_terms() is terms
    kinds = {spelling.term.kind for spelling in terms.spellings()}
    assert kinds == set(TABLES) == {"molecule", "region", "species", "agent"}


@pytest.mark.parametrize(
    ("text", "kind", "key"), [("BDNF", "molecule", "hgnc:1033"), ("rats", "species", "ncbitaxon:10116"), ("ketamine", "agent", "chebi:6121")]
)
def test_well_known_names_are_grounded(text: str, kind: str, key: str, terms: Terms) -> None:
    term = terms.find(text, kind)  # type: ignore[arg-type]
    assert term is not None
    assert term.key == key


def test_no_term_of_the_package_is_its_own_ancestor(terms: Terms) -> None:
    every: set[Term] = {spelling.term for spelling in terms.spellings()}
    assert sum(bool(terms.ancestors(term)) for term in every) > 100


def test_every_term_of_the_package_is_found_by_its_name(terms: Terms) -> None:
    lost = [term for term in {s.term for s in terms.spellings()} if terms.find(term.name, term.kind) is None]
    assert not lost


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was_after_an_error_too(was_on: bool) -> None:
    def broken() -> None:
        with collector_paused():
            assert not gc.isenabled()
            raise ValueError("broken")

    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(ValueError, match="broken"):
            broken()
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
