"""Word vectors from neighbours: words of one kind lie together, every source is read, and a missing one is named."""

import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest
from extractor.errors import UsageError
from extractor.parse.language import blank_language

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from syntax_vectors import SOURCES, paragraphs, word_vectors, words_of  # noqa: E402

LONG = "Zinc was measured in the plasma of twelve rats."
TITLE = "Copper in the liver of mice: a first look at it."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    files = {
        "craft/concepts_train.jsonl": json.dumps({"pmid": "1", "text": f"Title\n\n{LONG}"}),
        "depression/abstracts.jsonl": json.dumps({"title": TITLE, "abstract": None}),
        "functional_genomics/a_raw.json": json.dumps({"a": {"task": {"TEXT": "Iron fell in the spleen\nof all the animals.\n\nShort."}}}),
        "chemprot/a.jsonl": json.dumps({"text": "<< Aspirin >> inhibited [[ cyclo-oxygenase ]] in platelets."}),
        "bel_claims/a.jsonl": json.dumps({"evidence": LONG}),
        "whitetext/a.xml": f"<Set><ArticleTitle>{TITLE} <BrainRegion>Cortex</BrainRegion>!</ArticleTitle></Set>",
        "elife_neuro_jats/a.xml": "<article><p>Lead rose in <italic>bone</italic> more than in any muscle.</p><ref-list><p>A reference that is left out of the text.</p></ref-list></article>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_every_source_is_read_once(corpora: Path) -> None:
    assert list(paragraphs(corpora)) == [
        LONG,
        TITLE,
        "Iron fell in the spleen of all the animals.",
        "Aspirin inhibited cyclo-oxygenase in platelets.",
        f"{TITLE} Cortex!",
        "Lead rose in bone more than in any muscle.",
    ]


def test_a_missing_source_is_named(corpora: Path) -> None:
    (corpora / "whitetext" / "a.xml").unlink()
    with pytest.raises(UsageError, match=r"no file .*whitetext/\*\.xml; expected the corpora named in SOURCES; name their folder with --corpora"):
        list(paragraphs(corpora))


def test_sources_hold_no_article_that_scores_are_measured_on() -> None:
    assert not [name for name in SOURCES if name.startswith("craft") and "train" not in name]


def test_words_are_those_of_the_run_time() -> None:
    assert words_of("Stress-induced 5-HT", blank_language())[:3] == ["stress", "-", "induced"]


def test_words_with_the_same_neighbours_lie_together() -> None:
    rng = random.Random(0)
    lines = [["the", rng.choice(["rat", "mouse"]), rng.choice(["rose", "fell"]), rng.choice(["early", "late"])] for _ in range(400)]
    words, vectors = word_vectors(lines, words=7, contexts=7, dimensions=4)
    near = {word: vectors[words.index(word)] for word in words}
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(7), abs=1e-4)
    assert near["rat"] @ near["mouse"] > 0.95
    assert near["rose"] @ near["fell"] > 0.95
    assert abs(near["rat"] @ near["fell"]) < 0.5


def test_the_same_text_gives_the_same_vectors() -> None:
    lines = [["zinc", "rose", "in", "rats"], ["zinc", "fell", "in", "mice"]] * 5
    first, second = (word_vectors(lines, words=6, contexts=6, dimensions=3)[1] for _ in range(2))
    assert np.array_equal(first, second)
