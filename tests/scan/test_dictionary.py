"""One pass over a text finds every name, whole words only, the longest of each kind."""

import pytest
from extractor.records import Mention
from extractor.scan.dictionary import Dictionary, longest
from extractor.tables import TermRow
from extractor.terms import Terms
from hypothesis import given
from hypothesis import strategies as st

ROWS = {
    "molecule": (
        TermRow(id="hgnc:1033", name="brain-derived neurotrophic factor", label="protein", exact=("BDNF",)),
        TermRow(id="hgnc:6018", name="interleukin 6", label="cytokine", synonyms=("IL-6",)),
        TermRow(id="chebi:16827", name="corticosterone", label="hormone", exact=("CORT",)),
    ),
    "agent": (TermRow(id="chebi:16827", name="corticosterone", label="drug"), TermRow(name="stress", label="stress")),
    "region": (
        TermRow(id="uberon:1", name="brain", label="brain"),
        TermRow(name="CA1", label="brain"),
        TermRow(name="cortex", label="brain", adjectives=("cortical",)),
    ),
    "species": (TermRow(id="ncbitaxon:10116", name="rat", label="species"),),
}
DICTIONARY = Dictionary(Terms({kind: tuple((f"{kind}:{no}", row) for no, row in enumerate(rows)) for kind, rows in ROWS.items()}))  # type: ignore[misc]


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(m.text, m.kind, m.name) for m in DICTIONARY.find(text)]


def test_names_are_found_in_any_spelling_with_their_words_as_written() -> None:
    assert found("BDNF and Il‑6 of RATS in the cortical brain") == [
        ("BDNF", "molecule", "brain-derived neurotrophic factor"),
        ("Il‑6", "molecule", "interleukin 6"),
        ("RATS", "species", "rat"),
        ("cortical", "region", "cortex"),
        ("brain", "region", "brain"),
    ]


def test_a_mention_carries_what_its_row_says() -> None:
    (mention,) = DICTIONARY.find("(IL-6)")
    assert mention == Mention(start=1, end=5, text="IL-6", kind="molecule", id="hgnc:6018", name="interleukin 6", label="cytokine", rule=mention.rule)
    assert mention.rule.startswith("lexicon.")


@pytest.mark.parametrize("text", ["bdnf", "CORTEXT", "aBDNF", "BDNFx", "ratio", "stressed", "Cort", "IL-66", "CA10", ""])
def test_acronyms_in_another_case_and_parts_of_words_are_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["BDNF.", "(BDNF)", "BDNF-induced", "pro-BDNF", "BDNF/x", "“BDNF”", "\nBDNF\t"])
def test_signs_beside_a_name_do_not_hide_it(text: str) -> None:
    assert ("BDNF", "molecule", "brain-derived neurotrophic factor") in found(text)


def test_the_longest_of_a_kind_wins_and_other_kinds_stay() -> None:
    assert found("brain-derived neurotrophic factor") == [
        ("brain", "region", "brain"),
        ("brain-derived neurotrophic factor", "molecule", "brain-derived neurotrophic factor"),
    ]


def test_one_span_may_be_of_two_kinds() -> None:
    assert [(kind, text) for text, kind, _ in found("corticosterone")] == [("agent", "corticosterone"), ("molecule", "corticosterone")]


def test_of_equally_long_mentions_of_a_kind_the_first_is_kept() -> None:
    def mention(start: int, end: int, kind: str = "region") -> Mention:
        return Mention(start=start, end=end, text="x" * (end - start), kind=kind)  # type: ignore[arg-type]

    assert longest([mention(2, 5), mention(0, 3), mention(4, 8), mention(1, 2)]) == [mention(0, 3), mention(4, 8)]
    assert longest([mention(0, 3), mention(2, 8), mention(8, 9)]) == [mention(2, 8), mention(8, 9)]
    assert longest([mention(0, 3), mention(1, 4, "agent")]) == [mention(0, 3), mention(1, 4, "agent")]
    assert longest([]) == []


WORDS = st.sampled_from(
    ["BDNF", "brain-derived", "neurotrophic", "factor", "rats", "IL", "-", "6", "corticosterone", "CORT", "İ", "brain ", " ", "\n", "ß", "(", "CA1"]
)


@given(st.lists(WORDS, max_size=20).map("".join))
def test_offsets_are_true_and_mentions_of_one_kind_do_not_overlap(text: str) -> None:
    mentions = DICTIONARY.find(text)
    assert all(text[m.start : m.end] == m.text and m.text for m in mentions)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for kind in ROWS:
        own = [m for m in mentions if m.kind == kind]
        assert all(one.end <= other.start for one, other in zip(own, own[1:], strict=False))


@given(st.text(max_size=80))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    assert all(text[m.start : m.end] == m.text for m in DICTIONARY.find(text))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from(["molecule", "region"])), max_size=12))
def test_what_is_kept_overlaps_nothing_and_what_is_dropped_overlaps_something_as_long(spans: list[tuple[int, int, str]]) -> None:
    given_ = [Mention(start=start, end=start + size, text="x" * size, kind=kind) for start, size, kind in spans]  # type: ignore[arg-type]
    kept = longest(given_)
    overlapping = [[k for k in kept if k.kind == m.kind and k.start < m.end and m.start < k.end] for m in given_]
    assert all(others and max(k.end - k.start for k in others) >= m.end - m.start for m, others in zip(given_, overlapping, strict=True))
    assert all(one is other or one.kind != other.kind or one.end <= other.start or other.end <= one.start for one in kept for other in kept)
