"""Sentences that carry their own names and cues: `[Ketamine](agent) [raised](cue) [BDNF](molecule)`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from extractor.annotations import ParsedSentence
from extractor.parse.language import blank_language, parse
from extractor.pipeline import Pipeline
from extractor.records import Article, CueMention, Mention, MentionKind, Passage, Receipt, Scan, Section, Sentence
from extractor.relate.links import Link
from extractor.relate.pairs import Pair
from extractor.relate.patterns import Rule, read_patterns
from extractor.relate.places import Ladder
from extractor.relate.units import Units, units_of
from extractor.relate.view import SentenceView, views
from extractor.scan.cues import cue_finder

if TYPE_CHECKING:
    from spacy.language import Language

MARK = re.compile(r"\[([^\]]+)\]\((\w+)(?::(\w+))?(?:=([\w:]+))?\)")
KINDS = get_args(MentionKind)


def read_marks(marked: str) -> tuple[str, tuple[Mention, ...], tuple[CueMention, ...]]:
    """Take the marks out: the plain text, its mentions and its cues.

    A mark is `[words](kind)`, `[words](kind:label)` or `[words](kind=id)`, the kind that of a mention, `both` for a molecule that is an
    agent too, or `cue` for words of lexicons/directions.tsv. A mention has its words as name and, if not told, `kind:words` as identifier.
    """
    text, last = "", 0
    mentions: list[Mention] = []
    cues: list[CueMention] = []
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        start, words, kind = len(text), mark[1], mark[2]
        text, last = text + words, mark.end()
        if kind == "cue":
            (cue,) = cue_finder().find(words)
            assert cue.text == words, f"{words!r} is no cue as a whole"
            cues.append(CueMention(start=start, end=len(text), text=words, lemma=cue.lemma, kind=cue.kind, direction=cue.direction, forms=cue.forms))
            continue
        for one in ("agent", "molecule") if kind == "both" else (kind,):
            assert one in KINDS, f"{one!r} is no kind of mention"
            known = mark[4] or f"{one}:{words.lower()}"
            mentions.append(Mention(start=start, end=len(text), text=words, kind=one, id=known, name=words, label=mark[3] or ""))  # type: ignore[arg-type]
    return text + marked[last:], tuple(mentions), tuple(cues)


@pytest.fixture(scope="session")
def blank() -> Language:
    """The tokenizer alone: sentences without a parse."""
    return blank_language()


@pytest.fixture(scope="session")
def make_parsed(nlp: Language, blank: Language) -> Callable[..., tuple[ParsedSentence, tuple[CueMention, ...]]]:
    """`make_parsed(marked, syntax=True)`: a marked sentence as relate gets it, with its cues."""

    def make(marked: str, *, syntax: bool = True) -> tuple[ParsedSentence, tuple[CueMention, ...]]:
        text, mentions, cues = read_marks(marked)
        (parsed,) = parse(text, [(Sentence(0, len(text), 0), mentions)], nlp=nlp if syntax else blank)
        return parsed, cues

    return make


@pytest.fixture(scope="session")
def make_view(make_parsed: Callable[..., tuple[ParsedSentence, tuple[CueMention, ...]]]) -> Callable[..., SentenceView]:
    """`make_view(marked, syntax=True)`: a marked sentence as the only one of an article's results."""

    def make(marked: str, *, syntax: bool = True) -> SentenceView:
        parsed, cues = make_parsed(marked, syntax=syntax)
        text = parsed.doc.text
        passage = Passage(start=0, end=len(text), kind="paragraph", section=Section.RESULTS, section_path=())
        article = Article(id="a", text=text, passages=(passage,), title="", source="a", sha256="", receipt=Receipt(read=len(text)))
        sentence = Sentence(0, len(text), 0)
        scan = Scan(sentences=(sentence,), selected=(sentence,), mentions=tuple(parsed.mentions), cues=cues, abbreviations={})
        (view,) = views(article, scan, [parsed])
        return view

    return make


@pytest.fixture
def last(pipeline: Pipeline) -> Callable[[Article], tuple[SentenceView, Pair, Ladder]]:
    """`last(article)`: the last sentence with a claim's pair, that pair, and the ladder of the article."""

    def find(article: Article) -> tuple[SentenceView, Pair, Ladder]:
        scan, shown = pipeline.views(article)
        view = shown[-1]
        return view, next(p for p in view.pairs if p.tied), Ladder(article, scan, pipeline.terms)

    return find


@pytest.fixture(scope="session")
def make_units(make_parsed: Callable[..., tuple[ParsedSentence, tuple[CueMention, ...]]]) -> Callable[..., Units]:
    """`make_units(marked, syntax=False)`: the units of a marked sentence, without a parse unless asked for."""

    def make(marked: str, *, syntax: bool = False) -> Units:
        return units_of(*make_parsed(marked, syntax=syntax))

    return make


@pytest.fixture
def make_rule(tmp_path: Path) -> Callable[..., Rule]:
    """`make_rule(gap=..., ...)`: a rule of one line; it ties any cue to any molecule unless told more."""

    def make(**fields: object) -> Rule:
        row = {"rule": "some", "target": "molecule", "example": "x", "counter": "y", **({} if {"gap", "path"} & fields.keys() else {"gap": ".*"}), **fields}
        path = tmp_path / "some.jsonl"
        path.write_text(json.dumps(row), "utf-8")
        return read_patterns(path)[0]

    return make


@pytest.fixture
def make_link(make_rule: Callable[..., Rule]) -> Callable[..., Link]:
    """`make_link(units, **fields)`: the first cue of the units tied to their first molecule, by a rule that says nothing more."""

    def make(units: Units, **fields: object) -> Link:
        plain = {"cue": units.where("VERBCUE", "NOUNCUE", "ADJCUE")[0], "molecule": units.where("MOL", "BOTH")[0], "rule": make_rule()}
        return Link(**{**plain, **fields})  # type: ignore[arg-type]

    return make
