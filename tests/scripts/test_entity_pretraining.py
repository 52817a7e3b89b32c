"""Learning words from plain text: what is hidden, what is to be guessed, and that guessing is learnt."""

import random
import sys
from pathlib import Path

import numpy
import pytest
import spacy
from extractor.parse.language import blank_language
from extractor.records import Mention
from thinc.api import Model

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from entity_network import Size, network  # noqa: E402
from entity_pretraining import WORDS, Classes, Plain, chosen, plain, pretrain  # noqa: E402
from entity_samples import Sample  # noqa: E402

PONS = Mention(10, 14, "pons", "region", label="brain", rule="lexicon.plain")


def sentences(count: int) -> list[Plain]:
    rng = random.Random(3)
    made = []
    for _ in range(count):
        words = ["the", rng.choice(["red", "blue"]), "nucleus", "fired", "at", "night"]
        made.append(Plain(words, [True] * len(words), ["-", "B.region.brain.plain", "I.region.brain.plain", "-", "-", "-"]))
    return made


def layers() -> tuple[Model, spacy.Language]:
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("en")
    recogniser = nlp.add_pipe("ner", config=network(Size(16, 1, (100,) * 5)))
    recogniser.add_label("REGION")
    nlp.initialize()
    return recogniser.model.get_ref("tok2vec").layers[0], nlp


def weights(model: Model) -> list[numpy.ndarray]:
    return [node.get_param(name) for node in model.walk() for name in node.param_names]


def test_sentences_become_tokens_with_the_lexicons_marks_and_too_short_ones_are_left_out() -> None:
    rows = plain([Sample("d", "It is the pons.", (PONS,), ()), Sample("d", "Results", (), ())], nlp=blank_language())
    assert rows == [Plain(["It", "is", "the", "pons", "."], [True, True, True, False, False], ["-", "-", "-", "B.region.brain.plain", "-"])]


def test_sentences_with_a_mention_are_drawn_and_a_share_of_others() -> None:
    having = [Sample(f"h{i}", "It is the pons.", (PONS,), ()) for i in range(20)]
    lacking = [Sample(f"l{i}", "It is not.", (), ()) for i in range(20)]
    drawn = chosen([*lacking, *having], kind="region", most=10, others=0.5, rng=random.Random(1))
    assert [s.document[0] for s in drawn] == ["h"] * 10 + ["l"] * 5
    assert len(chosen(having, kind="region", most=100, others=0.5, rng=random.Random(1))) == 20


def test_frequent_words_are_guessed_as_such_and_rare_ones_by_ending_and_mark() -> None:
    common = [f"w{i}" for i in range(WORDS)]
    classes = Classes([Plain(common, [True] * WORDS, ["-"] * WORDS)], kind="region")
    assert classes.number("W7", "-") == classes.number("w7", "B.region.brain.plain") < WORDS
    rare = classes.number("tectal", "-")
    assert rare >= WORDS
    assert rare == classes.number("rectal", "-") != classes.number("tectal", "B.region.brain.plain")
    assert classes.number("17-8", "-") == classes.number("3-44", "-") != rare


def test_guessing_is_learnt_and_the_same_seed_gives_the_same_weights() -> None:
    (first, nlp), (second, other) = layers(), layers()
    before = [array.copy() for array in weights(first)]
    losses = list(pretrain(first, sentences(8_000), kind="region", vocab=nlp.vocab, seed=5))
    assert losses[-1] < losses[0] - 1
    assert not all(numpy.array_equal(a, b) for a, b in zip(before, weights(first), strict=True))
    list(pretrain(second, sentences(8_000), kind="region", vocab=other.vocab, seed=5))
    assert all(numpy.array_equal(a, b) for a, b in zip(weights(first), weights(second), strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_a_name_is_hidden_whole(seed: int) -> None:
    seen: list[tuple[str, ...]] = []
    base, nlp = layers()

    def forward(model: Model, docs: list[spacy.tokens.Doc], is_train: bool) -> tuple[object, object]:
        seen.extend(tuple(token.text for token in doc) for doc in docs)
        assert all(token.lemma_ == "-" for doc in docs for token in doc if token.text == "[MASK]")
        return model.layers[0](docs, is_train)

    spying = Model("spy", forward, layers=[base], dims={"nO": 16})
    list(pretrain(spying, sentences(100), kind="region", vocab=nlp.vocab, seed=seed))
    assert {words[1:3] for words in seen} == {("red", "nucleus"), ("blue", "nucleus"), ("[MASK]", "[MASK]")}
