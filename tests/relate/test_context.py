"""The ladder: what a sentence does not say is looked for around it, and the rung is kept."""

from collections.abc import Callable

import pytest
from extractor.records import Article, Distance, Mention, MentionKind, Scan, Section, Sentence, Slot
from extractor.relate.context import Context, slot_of, species_of, unique
from extractor.scan.sentences import sentences
from extractor.terms import Terms

MakeArticle = Callable[..., Article]
KINDS: dict[str, MentionKind] = {
    "rats": "species",
    "mice": "species",
    "men": "species",
    "cortex": "region",
    "striatum": "region",
    "lithium": "agent",
    "ketamine": "agent",
}


@pytest.fixture
def context_of(make_article: MakeArticle, terms: Terms) -> Callable[..., tuple[Context, tuple[Sentence, ...]]]:
    """`context_of(text, sections)`: the context of an article whose names are those of `KINDS`, and its sentences."""

    def make(text: str, *sections: Section) -> tuple[Context, tuple[Sentence, ...]]:
        article = make_article(text, sections=sections or (Section.RESULTS,))
        spans = tuple(sentences(article, longest=2_000))
        found: list[Mention] = []
        for words, kind in KINDS.items():
            at = text.find(words)
            while at >= 0:
                term = terms.find(words, kind)
                known = (term.id, term.name, term.label) if term else (None, None, "")
                found.append(Mention(at, at + len(words), words, kind, *known))
                at = text.find(words, at + 1)
        mentions = tuple(sorted(found, key=lambda m: m.start))
        return Context(article, Scan(sentences=spans, selected=spans, mentions=mentions, cues=(), abbreviations={}), terms), spans

    return make


MakeContext = Callable[..., tuple[Context, tuple[Sentence, ...]]]


def told(slot: Slot | None) -> tuple[str, Distance | None] | None:
    return None if slot is None else (slot.text, slot.distance)


def test_the_species_of_the_sentence_comes_first(context_of: MakeContext) -> None:
    context, (_, second) = context_of("In mice it rose. In rats BDNF fell.")
    assert told(context.species(second, near=25, climb=True)) == ("rats", Distance.SENTENCE)


def test_then_that_of_the_paragraph_then_of_the_article(context_of: MakeContext) -> None:
    context, spans = context_of("We studied rats.\n\nWith mice it rose. BDNF fell.\n\nBDNF rose.", Section.METHODS, Section.RESULTS)
    assert told(context.species(spans[2], near=spans[2].start, climb=True)) == ("mice", Distance.PARAGRAPH)
    assert told(context.species(spans[3], near=spans[3].start, climb=True)) == ("rats", Distance.ARTICLE)


def test_a_background_finding_does_not_climb(context_of: MakeContext) -> None:
    context, (_, second) = context_of("In mice it rose. BDNF fell.")
    assert context.species(second, near=17, climb=False) is None


def test_an_article_without_species_has_none(context_of: MakeContext) -> None:
    context, (only,) = context_of("BDNF fell.")
    assert context.species(only, near=0, climb=True) is None
    assert context.dominant("species") is None


def test_regions_come_from_the_sentences_before_then_from_the_title(context_of: MakeContext) -> None:
    context, spans = context_of("The cortex and sleep\n\nThe striatum was cut. BDNF fell.\n\nBDNF rose.", Section.TITLE, Section.ABSTRACT, Section.RESULTS)
    assert [told(slot) for slot in context.regions(spans[2])] == [("striatum", Distance.PARAGRAPH)]
    assert [told(slot) for slot in context.regions(spans[3])] == [("cortex", Distance.ARTICLE)]


def test_a_title_of_two_regions_tells_none(context_of: MakeContext) -> None:
    context, spans = context_of("The cortex and the striatum\n\nBDNF rose.", Section.TITLE, Section.RESULTS)
    assert context.regions(spans[-1]) == []


def test_agents_of_an_abstract_are_those_of_its_title(context_of: MakeContext) -> None:
    text = "Sleep under lithium\n\nRats got ketamine. BDNF fell."
    for section, agent, distance in ((Section.ABSTRACT, "lithium", Distance.ARTICLE), (Section.RESULTS, "ketamine", Distance.PARAGRAPH)):
        context, spans = context_of(text, Section.TITLE, section)
        mentions, rung = context.agents(spans[2])
        assert ([m.text for m in mentions], rung) == ([agent], distance)


def test_the_agent_named_most_is_the_last_resort(context_of: MakeContext) -> None:
    context, spans = context_of("It was lithium, lithium and ketamine.\n\nBDNF fell.")
    mentions, rung = context.agents(spans[1])
    assert ([m.text for m in mentions], rung) == (["lithium"], Distance.ARTICLE)
    assert context_of("BDNF fell.")[0].agents(Sentence(0, 10, 0))[0] == []


def test_title_and_abstract_weigh_more_than_the_rest(context_of: MakeContext) -> None:
    context, _ = context_of("On rats\n\nWith mice, mice and mice.", Section.TITLE, Section.RESULTS)
    dominant = context.dominant("species")
    assert dominant is not None
    assert dominant.text == "rats"


def test_mentions_between_two_places_start_there(context_of: MakeContext) -> None:
    context, _ = context_of("rats mice men rats")
    assert [m.text for m in context.between("species", 1, 14)] == ["mice", "men"]
    assert context.between("species", 14, 14) == []


@pytest.mark.parametrize(
    ("name", "species"), [("rat", "rat"), ("Sprague-Dawley", "rat"), ("C57BL/6", "mouse"), ("SH-SY5Y", "human"), ("no such beast", "no such beast")]
)
def test_a_strain_or_a_cell_line_gives_its_species(name: str, species: str, terms: Terms) -> None:
    term = terms.find(name, "species")
    assert species_of(term.name if term else name, terms) == species


def test_slots_that_name_the_same_thing_are_one() -> None:
    def slot(text: str, known: str | None, start: int) -> Slot:
        return Slot(text=text, start=start, end=start + len(text), id=known, name=None)

    first, again, other = slot("cortex", "x:1", 0), slot("cortical", "x:1", 10), slot("Cortex", None, 20)
    assert unique([first, again, other]) == [first, other]
    assert unique([]) == []


def test_a_slot_is_filled_with_all_a_mention_says() -> None:
    mention = Mention(start=3, end=7, text="rats", kind="species", id="ncbitaxon:10116", name="rat")
    assert slot_of(mention, Distance.CLAUSE) == Slot(text="rats", start=3, end=7, id="ncbitaxon:10116", name="rat", distance=Distance.CLAUSE)
