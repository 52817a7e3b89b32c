"""What all tests share: the corpora, the stages loaded once, and a maker of articles."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from extractor.records import Article, Passage, PassageKind, Receipt, Section
from hypothesis import settings

if TYPE_CHECKING:  # spaCy takes seconds to import, and most tests need none of it
    from extractor.pipeline import Pipeline
    from extractor.scan import Scanner
    from extractor.terms import Terms
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
JOINT = "\n\n"

settings.register_profile("patient", deadline=None)  # a loaded machine is no failure; each test has pytest's own time-out
settings.load_profile("patient")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real corpora beside the checkout."""
    if not (SHARED / "README.md").is_file():
        pytest.skip(f"no corpora at {SHARED}: this test measures on real texts")
    return SHARED


@pytest.fixture(scope="session")
def terms() -> Terms:
    """The terminology of the package."""
    from extractor.terms import load_terms

    return load_terms()


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default `Language`, with tokenizer, tagger and parser."""
    from extractor.parse.language import build_language

    return build_language()


@pytest.fixture(scope="session")
def scanner(terms: Terms, nlp: Language) -> Scanner:
    """A scanner with default settings."""
    from extractor.scan import Scanner
    from extractor.settings import Settings

    return Scanner(terms, nlp=nlp, settings=Settings())


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """All stages with default settings, and the trace of what each saw."""
    from extractor.pipeline import Pipeline
    from extractor.settings import Settings

    return Pipeline(Settings(trace=True))


def build_article(text: str, *, sections: Sequence[Section] = (Section.RESULTS,), kinds: Sequence[PassageKind] = ("paragraph",), **changes: object) -> Article:
    """Make an article whose passages are the blocks of `text` between blank lines; the last section and kind hold for all further ones."""
    blocks = text.split(JOINT)
    starts = [0, *accumulate(len(block) + len(JOINT) for block in blocks)]
    passages = tuple(
        Passage(start=start, end=start + len(block), kind=kinds[min(i, len(kinds) - 1)], section=sections[min(i, len(sections) - 1)])
        for i, (start, block) in enumerate(zip(starts, blocks, strict=False))
        if block
    )
    plain: dict[str, object] = {"id": "article-1", "title": "", "source": "article-1.txt", "sha256": "0" * 64, "receipt": Receipt(read=len(text))}
    return Article(text=text, passages=passages, **{**plain, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    """`make_article(text, sections=..., kinds=..., **fields)`: an article of the passages between the blank lines of a text."""
    return build_article


@pytest.fixture(scope="session")
def sent() -> Callable[[object], object]:
    """`sent(thing)`: the thing as another process gets it."""
    return lambda thing: pickle.loads(pickle.dumps(thing))


@pytest.fixture(scope="session")
def rules_pipeline() -> Pipeline:
    """All stages without the trained models of claims."""
    from extractor.pipeline import Pipeline
    from extractor.settings import Settings

    return Pipeline(Settings(rules_only=True))


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory, rules_pipeline: Pipeline) -> Path:
    """A folder of models of claims that have learned from every eighth sentence written for training, uncalibrated, all claims shown."""
    from extractor.learn import from_sentences
    from extractor.learn.dataset import study
    from extractor.learn.train import save, train, weighted

    studied = [study(example, rules_pipeline) for example in from_sentences(ROOT / "corpus" / "training")[::8]]
    trained = train(weighted(studied))
    folder = tmp_path_factory.mktemp("models") / "claims"
    models = trained.models(thresholds={"precise": 0.5, "balanced": 0.1, "complete": 0.0})
    save(trained, models, folder, articles=(one.example.article.id for one in studied))
    return folder
