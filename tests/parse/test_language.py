"""Sentences into Docs: the text stays, names start and end at the edge of a token."""

import warnings
from collections.abc import Iterator

import pytest
import spacy
from extractor.errors import UsageError
from extractor.parse.language import SYNTAX, blank_language, build_language, parse, tokenised
from extractor.records import Mention, Sentence
from hypothesis import given, settings
from hypothesis import strategies as st
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, get_current_ops
from threadpoolctl import threadpool_info, threadpool_limits


def mention(text: str, words: str, *, offset: int = 0) -> Mention:
    start = text.index(words)
    return Mention(start=offset + start, end=offset + start + len(words), text=words, kind="molecule")


@pytest.fixture(scope="module")
def blank() -> Language:
    return blank_language()


def tokens(text: str, blank: Language, *names: str) -> list[str]:
    return [token.text for token in tokenised(text, offset=0, mentions=[mention(text, name) for name in names], nlp=blank)]


def test_a_name_is_cut_out_of_a_longer_token(blank: Language) -> None:
    assert tokens("MK-801-treated rats", blank, "MK-801") == ["MK-801", "-", "treated", "rats"]
    assert tokens("antiBDNFserum", blank, "BDNF") == ["anti", "BDNF", "serum"]


def test_hyphens_and_slashes_part_words_but_not_names(blank: Language) -> None:
    assert tokens("stress-induced serotonin/dopamine release", blank) == ["stress", "-", "induced", "serotonin", "/", "dopamine", "release"]
    assert tokens("an IL-A-like peptide", blank, "IL-A") == ["an", "IL-A", "-", "like", "peptide"]
    assert "MK-801" in tokens("the MK-801 dose", blank, "MK-801")
    assert "5-HIAA/5-HT" in "".join(tokens("the 5-HIAA/5-HT ratio", blank, "5-HIAA/5-HT"))


@pytest.mark.parametrize("text", ["", " ", "BDNF", "  BDNF  rose .", "BDNF\nrose", "a\t\tb", "\u00a0x", "İ ß"])
def test_a_doc_reads_as_its_sentence(text: str, blank: Language) -> None:
    doc = tokenised(text, offset=0, mentions=(), nlp=blank)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


PIECES = st.sampled_from(["BDNF", "5-HT", "-", "/", "–", " ", "  ", "(", ")", "induced", "α", "İ", ".", "\n", "1.5", "mg/kg"])


@given(st.lists(PIECES, max_size=20).map("".join), st.data())
@settings(max_examples=150)
def test_every_mention_starts_and_ends_at_the_edge_of_a_token(blank: Language, text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, 50))
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    mentions = [Mention(start=offset + a, end=offset + b, text=text[a:b], kind="molecule") for a, b in spans if a < b]
    doc = tokenised(text, offset=offset, mentions=mentions, nlp=blank)
    starts = {offset + token.idx for token in doc} | {offset + token.idx + len(token) + len(token.whitespace_) for token in doc}
    ends = {offset + token.idx + len(token) for token in doc} | {offset + token.idx for token in doc}
    assert doc.text == text
    assert all(m.start in starts and m.end in ends for m in mentions if m.text.strip() == m.text)


def test_parsing_keeps_order_and_sorts_mentions(nlp: Language) -> None:
    text = "Ketamine raised BDNF. Stress lowered BDNF in rats."
    first, second = Sentence(0, 21, 0), Sentence(22, 50, 0)
    late, early = Mention(start=37, end=41, text="BDNF", kind="molecule"), Mention(start=22, end=28, text="Stress", kind="agent")
    parsed = list(parse(text, [(first, [mention(text, "BDNF")]), (second, [late, early])], nlp=nlp))
    assert [p.sentence for p in parsed] == [first, second]
    assert [p.doc.text for p in parsed] == [text[:21], text[22:]]
    assert parsed[1].mentions == (early, late)
    assert all(p.doc.has_annotation("DEP") and p.doc.has_annotation("TAG") for p in parsed)


def test_a_sentence_is_parsed_alike_alone_and_among_others(nlp: Language) -> None:
    text = "Ketamine raised BDNF in the hippocampus of rats. Stress lowered it."
    one, other = Sentence(0, 48, 0), Sentence(49, 67, 0)
    (alone,) = parse(text, [(one, [])], nlp=nlp)
    among = next(parse(text, [(one, []), (other, [])], nlp=nlp))
    assert [(t.text, t.dep_, t.head.i, t.tag_) for t in alone.doc] == [(t.text, t.dep_, t.head.i, t.tag_) for t in among.doc]


def test_no_sentences_no_docs(nlp: Language) -> None:
    assert list(parse("BDNF rose.", [], nlp=nlp)) == []


def test_a_plain_sentence_is_parsed_as_one_reads_it(nlp: Language) -> None:
    text = "The drug increased the level of the protein in rats."
    (parsed,) = parse(text, [(Sentence(0, len(text), 0), [])], nlp=nlp)
    roles = {token.text: (token.dep_, token.head.text) for token in parsed.doc}
    assert (roles["drug"], roles["level"], roles["increased"][0]) == (("nsubj", "increased"), ("dobj", "increased"), "ROOT")


def test_a_model_that_is_not_installed_is_refused() -> None:
    with pytest.raises(
        UsageError, match=r"^the model 'no_such_model' is not installed; expected the name of an installed .* model; install it with pip, or leave --model out$"
    ):
        build_language("no_such_model")


def test_building_leaves_the_warning_filters_alone() -> None:
    before = list(warnings.filters)
    blank_language()
    assert warnings.filters == before


def blis_of(nlp: Language) -> set[bool]:
    return {layer.ops.use_blis for name in nlp.pipe_names for layer in nlp.get_pipe(name).model.walk()}  # type: ignore[attr-defined]


def test_only_the_pipeline_of_the_package_multiplies_with_numpy(nlp: Language) -> None:
    assert blis_of(nlp) == {False}
    assert blis_of(spacy.load(SYNTAX)) == {True}
    ops = get_current_ops()
    assert isinstance(ops, NumpyOps)
    assert ops.use_blis


def test_the_saved_tokenizer_is_not_needed(nlp: Language) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Possible set union", category=FutureWarning)
        whole = combined_rule_tokenizer(spacy.load(SYNTAX))
    assert nlp.tokenizer.to_bytes(exclude=["vocab"]) == whole.to_bytes(exclude=["vocab"])  # type: ignore[attr-defined]


def threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def test_one_thread_parses_and_the_number_is_given_back(blank: Language) -> None:
    seen: list[set[int]] = []

    class Watch:
        def pipe(self, docs: Iterator[Doc], *, batch_size: int) -> Iterator[Doc]:
            assert batch_size
            seen.append(threads())
            return docs

    one = Language(blank.vocab)
    one.tokenizer = blank.tokenizer
    one._components.append(("watch", Watch()))
    with threadpool_limits(2, user_api="blas"):
        for _ in parse("BDNF rose.", [(Sentence(0, 10, 0), [])], nlp=one):
            assert threads() == {2}
    assert seen == [{1}]
