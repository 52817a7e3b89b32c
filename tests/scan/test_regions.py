"""Places as texts write them. Each sentence carries its own gold: `[mention](name of the term)`, `?` for a place without one."""

import re

import pytest
from extractor.records import Mention
from extractor.scan.dictionary import Dictionary
from extractor.scan.regions import widen
from extractor.tables import LEXICONS, TermRow, numbered_rows
from extractor.terms import Terms
from hypothesis import given
from hypothesis import strategies as st

TERMS = Terms({"region": tuple((f"regions.tsv:{no}", row) for no, row in numbered_rows(LEXICONS / "regions.tsv", TermRow))})
DICTIONARY = Dictionary(TERMS)
MARK = re.compile(r"\[([^\]]+)\]\(((?:[^()]|\([^()]*\))+)\)")


def places(text: str) -> list[Mention]:
    return widen(text, DICTIONARY.find(text), terms=TERMS)


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, gold, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        gold.append((len(text), len(text) + len(match[1]), match[2]))
        text, last = text + match[1], match.end()
    return text + marked[last:], gold


MARKED = [
    # modifiers
    "BDNF rose in the [left dorsolateral prefrontal cortex](dorsolateral prefrontal cortex) of rats.",
    "BDNF rose in the [rostral hippocampus](hippocampus) of rats.",
    "BDNF rose in the [left dorsal hippocampus](dorsal hippocampus) of rats.",
    "GABA fell in the [deep layers of the entorhinal cortex](entorhinal cortex).",
    "GABA fell in the [caudal part of the dorsal striatum](dorsal striatum).",
    "GABA fell in the layers of the [entorhinal cortex](entorhinal cortex).",
    "Zinc rose in the [CA3 area](CA3) and the [thalamic region](thalamus).",
    "The [hypothalamic](hypothalamus)-[pituitary](pituitary) unit was cut.",
    # coordination
    "Dopamine fell in the [basolateral](basolateral amygdala) and [central amygdala](central amygdala).",
    "Dopamine fell in the [medial](medial septum) and [lateral septum](lateral septum).",
    "Dopamine fell in the [dorsal](dorsal hippocampus) and [ventral hippocampus](ventral hippocampus).",
    "Dopamine fell in the [central](central amygdala), [lateral](lateral amygdala) and the [medial amygdala](medial amygdala).",
    "Dopamine fell in [CA1](CA1) and [CA3](CA3).",
    "Dopamine fell in the [prefrontal](prefrontal cortex) and [cingulate cortices](cingulate cortex).",
    "Dopamine rose in the [nucleus accumbens core](nucleus accumbens core) and [shell](nucleus accumbens shell).",
    "Dopamine rose in the [liver](liver) and [kidney](kidney).",
    # adjectives
    "The [hippocampal](hippocampus) BDNF rose.",
    "After cortical spreading depression [striatal](striatum) adenosine rose.",
    "Renal failure raised urea in [plasma](plasma).",
    "Cardiac output fell and [cardiac](heart) noradrenaline rose.",
    "Brain-derived neurotrophic factor rose in [brain](brain).",
    # cells and cultures
    "GABA rose in [hippocampal neurons](hippocampus) of mice.",
    "NO rose in [primary rat astrocytes](culture (astrocytes)).",
    "NO rose in [cultured rat hippocampal neurons](culture (hippocampal neurons)).",
    "NO rose in [BV2 cells](culture (BV2 microglial cells)) and in [cultured melanotrophs](culture).",
    "NO rose in [platelets](platelets) of patients.",
    "Tubulin fell in the [Purkinje cell dendrites](Purkinje cells) and in [hippocampal axons](hippocampus).",
    "Insulin rose in the [ventral nerve cord](ventral nerve cord) and in the [larval brain](larval brain) after axon growth.",
    # open names
    "GABA rose in the [RMG interneurons](?), less so in [PAM dopaminergic neurons](?).",
    "Fibres reached the [intercollicular nucleus](?) in birds.",
    "Fibres reached [areas 9 and 46](?) in monkeys.",
    "Fibres reached [area 25](infralimbic cortex) in monkeys.",
    "A similar nucleus was seen in each cell.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_places_are_read_as_marked(marked: str) -> None:
    text, gold = unmarked(marked)
    assert [(m.start, m.end, m.name or "?") for m in places(text)] == gold


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("the rostral hippocampus", "region.modified"),
        ("the intercollicular nucleus", "region.open"),
        ("hippocampal neurons", "region.cells"),
        ("cultured rat astrocytes", "region.culture"),
        ("the hippocampus", "lexicon.name"),
    ],
)
def test_the_rule_says_what_found_the_place(text: str, rule: str) -> None:
    assert [m.rule for m in places(text)] == [rule]


def test_a_modified_place_keeps_the_identifier_of_what_the_lexicon_knows() -> None:
    (place,) = places("in the caudal hippocampus")
    assert (place.text, place.id, place.name, place.kind, place.label) == ("caudal hippocampus", "uberon:0002421", "hippocampus", "region", "brain")


def test_mentions_of_abbreviations_are_grown_too() -> None:
    text = "the left IC"
    short = Mention(start=9, end=11, text="IC", kind="region", id="uberon:0034891", name="insular cortex", label="brain", rule="abbreviation")
    (place,) = widen(text, [short], terms=TERMS)
    assert (place.text, place.name, place.start) == ("left IC", "insular cortex", 4)


VOCABULARY = (
    "left dorsal ventral medial and or , of the deep layers part nucleus nuclei cortex hippocampus hippocampal amygdala central basolateral "
    "CA1 plasma neurons cultured rat area 25 brain-derived septum/striatum \n (thalamic) PFC. İ ß μ nucleus accumbens core shell"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_offsets_are_true_and_mentions_do_not_overlap(text: str) -> None:
    found = places(text)
    assert all(text[m.start : m.end] == m.text and m.text.strip() == m.text and m.kind == "region" for m in found)
    assert all(before.end <= after.start for before, after in zip(found, found[1:], strict=False))
    assert all(m.name is None or TERMS.named(m.name, "region") is not None for m in found)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(text[m.start : m.end] == m.text for m in places(text))
