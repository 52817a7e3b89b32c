"""agent_words.tsv and agent_frames.tsv: the rows do what their examples show, and broken tables are refused."""

import re
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.records import AgentType, Mention
from extractor.scan import agent_words as module
from extractor.scan.agent_open import open_agents
from extractor.scan.agent_words import Frame, agent_words, bare, frames, phrase_after, phrase_before

WORDS = agent_words()


def mentions(frame: Frame, text: str) -> list[str]:
    """The agents of a frame in a text in which square brackets mark a molecule."""
    plain = text.replace("[", "").replace("]", "")
    known = [Mention(m.start(), m.end() - 2, m[1], "molecule") for m in re.finditer(r"\[([^]]+)\]", text)]
    rules = (f"agent.{frame.row.frame_id}", f"agent.{frame.row.frame_id}.molecule")
    return [m.text for m in open_agents(plain, known, defined={}) if m.rule in rules]


@pytest.mark.parametrize(("frame", "example"), [pytest.param(f, text, id=f"{f.row.frame_id}-{text}") for f in frames() for text in f.row.examples])
def test_a_frame_finds_an_agent_in_its_examples(frame: Frame, example: str) -> None:
    assert mentions(frame, f"{example} then.") != []


@pytest.mark.parametrize(("frame", "counter"), [pytest.param(f, text, id=f"{f.row.frame_id}-{text}") for f in frames() for text in f.row.counters])
def test_a_frame_leaves_its_counters_alone(frame: Frame, counter: str) -> None:
    assert mentions(frame, f"{counter} then.") == []


def test_every_frame_has_examples_counters_and_a_name_of_its_own() -> None:
    assert len({f.row.frame_id for f in frames()}) == len(frames())
    assert all(f.row.examples and f.row.counters for f in frames())


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("low doses of methyl dioxane were given", "methyl dioxane"),
        ("2 or 3 mg dioxane, then", "dioxane"),
        ("20 or 40 micrograms dioxane", "dioxane"),
        ("CuCl(2) in water", "CuCl(2)"),
        ("dioxane (a solvent)", "dioxane"),
        ("dioxane resulted in oedema", "dioxane"),
        ("dioxane treatment of rats", "dioxane"),
        ("the", None),
        ("daily.\n\nDioxane", None),
    ],
)
def test_the_phrase_after_a_frame(text: str, phrase: str | None) -> None:
    found = phrase_after(text, 0, words=WORDS)
    assert (found and text[found.start : found.end]) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("after tannic acid", "tannic acid"),
        ("in rats given dioxane", "dioxane"),
        ("repeated isobutyl bromide", "isobutyl bromide"),
        ("(dioxane", "dioxane"),
        ("in slices, dioxane", "dioxane"),
        ("slices showed", None),
        ("the", None),
    ],
)
def test_the_phrase_before_a_frame(text: str, phrase: str | None) -> None:
    found = phrase_before(text, len(text), words=WORDS)
    assert (found and text[found.start : found.end]) == phrase


@pytest.mark.parametrize(
    ("word", "inner", "closed"),
    [("dioxane,", "dioxane", True), ("CuCl(2)", "CuCl(2)", False), ("dioxane)", "dioxane", True), ("(a", "", True), ("(-)-x", "(-)-x", False)],
)
def test_punctuation_is_no_part_of_a_word(word: str, inner: str, closed: bool) -> None:
    start, end, shut = bare(word, 0, end=len(word))
    assert (word[start:end], shut) == (inner, closed)


@pytest.mark.parametrize(("written", "named"), [("PAP-12", True), ("ethyl dioxanol", True), ("tannic acid", True), ("baseline", False), ("garden", False)])
def test_what_looks_like_the_name_of_a_substance(written: str, named: bool) -> None:
    assert WORDS.names(written) is named


@pytest.mark.parametrize(
    ("written", "usable"),
    [("dioxane", True), ("this dioxane", False), ("the compound", False), ("supportive", False), ("acid", False), ("5", False), ("hypoxia", True)],
)
def test_generic_words_and_bare_adjectives_are_no_agents(written: str, usable: bool) -> None:
    assert WORDS.usable(written) is usable


def test_an_adjective_serves_where_its_noun_is_in_the_frame() -> None:
    assert WORDS.usable("vaginal", adjective=True)
    assert not WORDS.usable("vaginal")


@pytest.mark.parametrize(("written", "label"), [("predator noise", "stress"), ("malt diet", "procedure"), ("sepsis", "disease"), ("dioxane", "drug")])
def test_words_of_the_name_tell_the_type(written: str, label: str) -> None:
    assert WORDS.label(written, AgentType.DRUG) == label


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("kind\twords\texample\nskip\tthe\tx\nskip\ta\tx\n", "kind 'skip' a second time"),
        ("kind\twords\texample\nskip\tthe\tx\n", "no row of kind adjective, barred"),
    ],
)
def test_a_table_of_words_with_a_kind_twice_or_missing_is_refused(body: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / module.WORDS).write_text(body, "utf-8")
    monkeypatch.setattr(module, "LEXICONS", tmp_path)
    with pytest.raises(DataError, match=message):
        agent_words.__wrapped__()


def test_a_frame_whose_link_is_no_expression_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = "frame_id\tlabel\tside\tgrade\twords\tlink\texamples\tcounters\n"
    (tmp_path / module.FRAMES).write_text(head + "odd\tdrug\tright\tgiven\tdose\t(of\tx\ty\n", "utf-8")
    monkeypatch.setattr(module, "LEXICONS", tmp_path)
    with pytest.raises(DataError, match="frame odd: missing"):
        frames.__wrapped__()
