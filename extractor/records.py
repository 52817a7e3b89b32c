"""The records that travel between the stages. All are frozen; every span is `[start, end)` into `Article.text`.

`Article` comes out of a reader, `Scan` out of the scan, `Candidate` out of relate, `Claim` out of normalise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Direction(StrEnum):
    """What happened to the molecule under the agent, against the comparison group."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NO_CHANGE = "no_change"


class Form(StrEnum):
    """What of the molecule was measured."""

    LEVEL = "level"
    MRNA = "mRNA"
    PHOSPHO = "phospho"
    ACTIVITY = "activity"
    RELEASE = "release"
    UPTAKE = "uptake"
    TURNOVER = "turnover"
    BINDING = "binding"
    RATIO = "ratio"
    OTHER = "other"


class AgentType(StrEnum):
    """The kind of intervention or exposure."""

    DRUG = "drug"
    PROCEDURE = "procedure"
    STRESS = "stress"
    GENETIC = "genetic"
    DISEASE = "disease"


class Distance(StrEnum):
    """The rung of the context ladder on which a slot was found, nearest first."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"
    ARTICLE = "article"


class Section(StrEnum):
    """Where in the article a passage stands, by kind; the author's own headings are in `Passage.section_path`."""

    TITLE = "title"
    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    CAPTION = "caption"
    TABLE = "table"
    OTHER = "other"


PassageKind = Literal["title", "heading", "paragraph", "caption", "cell"]
MentionKind = Literal["molecule", "region", "species", "agent"]
Certainty = Literal["asserted", "hedged"]
Attribution = Literal["own", "background"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading, a caption or one table cell of `Article.text`; in reading order, never overlapping, a blank line between two."""

    start: int
    end: int
    kind: PassageKind
    section: Section
    section_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in the running text, tied to entries of `Article.references` by their `key`."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography. `key` is the source's own (`bib12`, `B12`, `12`)."""

    key: str
    number: int | None = None
    doi: str | None = None
    pmid: str | None = None
    title: str | None = None
    first_author: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Source text that was not read into the article, and why (`references`, `page furniture`, `mathematics`)."""

    reason: str
    characters: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of the characters of the source: `read` are in `Article.text`, the rest is in `skipped`."""

    read: int
    skipped: tuple[Skip, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Runs of article text with the place where they stand in the source.

    `runs` is sorted: `(text_start, text_end, source_start)`, the last into the decoded source text (JATS, PubMed, text, JSONL) or the
    extracted page text (PDF). What the reader made itself (a joint between passages) is in no run.
    """

    runs: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One paper. `text` is built once by the reader; nothing rewrites it.

    `id` is the source's own (PMC id, PubMed id, DOI, record id), else the file's stem; `sha256` is of the source bytes; `organisms` are
    the species that the source itself declares.
    """

    id: str
    text: str
    passages: tuple[Passage, ...]
    title: str
    source: str
    sha256: str
    receipt: Receipt
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    keywords: tuple[str, ...] = ()
    organisms: tuple[str, ...] = ()
    source_map: SourceMap = field(default_factory=SourceMap)


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing in the text. `id` and `name` are None for what no lexicon row or pattern could ground.

    `label` is the lexicon's class of the row (`cytokine`, `fluid`, `strain`, `drug`), `rule` says what found it.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    id: str | None = None
    name: str | None = None
    label: str = ""
    rule: str = "lexicon"


CueForm = Literal["base", "third", "past", "gerund", "noun", "adjective"]
CueKind = Literal["change", "act", "reverse", "modulate", "comparative", "null"]


@dataclass(frozen=True, slots=True)
class CueMention:
    """Words that may give a direction. `direction` is None where the word has none of its own ("reversed", "altered").

    `forms` are the forms of `lemma` that are spelled so ("increase": base and noun).
    """

    start: int
    end: int
    text: str
    lemma: str
    kind: CueKind
    direction: Direction | None
    forms: tuple[CueForm, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the index of its passage in `Article.passages`."""

    start: int
    end: int
    passage: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over an article found, sorted by start. `selected` sentences can hold a claim; `abbreviations` maps short to long forms."""

    sentences: tuple[Sentence, ...]
    selected: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[CueMention, ...]
    abbreviations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A filled slot of a claim: the author's words, where they stand, what they mean, and how far away they were found."""

    text: str
    start: int
    end: int
    id: str | None
    name: str | None
    distance: Distance | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that give the direction, exact."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that states the claim, exact, with the rules that read it."""

    start: int
    end: int
    text: str
    section: Section
    section_path: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one sentence: who changed which molecule, which way. Names and identifiers as the scan found them.

    `probabilities` are those of its parts (`claim`, `region`, `species`, `agent`), empty where the rules decided; `confidence` sums them up.
    """

    agents: tuple[Slot, ...]
    agent_type: AgentType | None
    molecule: Slot
    form: Form
    region: Slot | None
    direction: Direction
    cue: Cue
    species: Slot | None
    certainty: Certainty
    presupposed: bool
    attribution: Attribution
    citations: tuple[str, ...]
    qualifiers: Mapping[str, str]
    evidence: Evidence
    confidence: float
    probabilities: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate after normalisation and merging: one an article for each identity (CLAIMS.md), best evidence first."""

    claim_id: str
    loose_id: str
    agents: tuple[Slot, ...]
    agent_type: AgentType | None
    molecule: Slot
    form: Form
    region: Slot | None
    direction: Direction
    cue: Cue
    species: Slot | None
    certainty: Certainty
    presupposed: bool
    attribution: Attribution
    citations: tuple[str, ...]
    qualifiers: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    confidence: float
    probabilities: Mapping[str, float] = field(default_factory=dict)
