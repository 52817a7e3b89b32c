"""A parsed sentence as a row of units, each a name, a cue or a word, with a one-letter code that patterns run over.

`ParsedSentence` in, `Units` out. The classes of words are rows of lexicons/word_classes.tsv and measures.tsv; a pattern names them
in capitals (`(?:DET|WORD)* MOL`) and `compile_pattern` turns the names into the codes.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from extractor.annotations import ParsedSentence
from extractor.errors import DataError
from extractor.records import CueMention, Form, Mention
from extractor.relate.memory import remembered
from extractor.relate.syntax import Syntax, syntax_of
from extractor.tables import LEXICONS, Row, Words, read_rows
from extractor.variants import fold

NAMES = frozenset({"MOL", "BOTH", "AGENT", "REGION", "SPECIES", "NUM"})
"""The classes of units whose own word no feature may tell: names and numbers."""
_STRUCTURE = (
    "WORD",
    "ADV",
    "NUM",
    "FORM",
    "COMMA",
    "SEMI",
    "OPEN",
    "CLOSE",
    "HYPHEN",
    "MOL",
    "BOTH",
    "AGENT",
    "REGION",
    "SPECIES",
    "VERBCUE",
    "NOUNCUE",
    "ADJCUE",
)
_PUNCTUATION = {
    ",": "COMMA",
    ";": "SEMI",
    ":": "SEMI",
    ".": "SEMI",
    "?": "SEMI",
    "—": "SEMI",
    "(": "OPEN",
    "[": "OPEN",
    ")": "CLOSE",
    "]": "CLOSE",
    "-": "HYPHEN",
    "–": "HYPHEN",
}
_NUMBER = re.compile(r"[~<>=≤≥±+-]?\d[\d.,]*%?|[%<>=≤≥±×]+")
_ADVERB = re.compile(r"[a-z]{2,}ly")
_NAME = re.compile(r"[A-Z]{2,}")
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class WordClassRow(Row):
    """A closed class of words and the name under which patterns see it."""

    name: str
    words: Words
    meaning: str


class MeasureRow(Row):
    """Words beside a molecule that say which form of it was measured."""

    form: Form
    words: Words


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a sentence. `start`, `end` are offsets into the article, `lower` is its folded text, `token` its head in the Doc."""

    start: int
    end: int
    lower: str
    name: str
    mentions: tuple[Mention, ...] = ()
    cue: CueMention | None = None
    token: int = -1

    def mention(self, kind: str) -> Mention | None:
        """The mention of this kind, or None."""
        for mention in self.mentions:  # a million times an hour: a loop takes a third of the time of a generator
            if mention.kind == kind:
                return mention
        return None


@dataclass(frozen=True)
class Units:
    """The units of one sentence, their codes, one letter a unit, and the parse where there is one. `memory` is for `remembered`."""

    items: tuple[Unit, ...]
    codes: str
    syntax: Syntax | None = None
    memory: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def class_at(self, token: int) -> str:
        """The class of the unit headed by a token, or of the token's own word."""
        return self._classes.get(token, "WORD")

    @cached_property
    def _classes(self) -> dict[int, str]:
        return {unit.token: unit.name for unit in reversed(self.items)}

    @remembered
    def naming(self, kind: str) -> list[int]:
        """The positions of all units with a mention of this kind."""
        return [i for i, unit in enumerate(self.items) if unit.mention(kind) is not None]

    @remembered
    def where(self, *names: str) -> list[int]:
        """The positions of all units of these classes."""
        letters = {code_of(name) for name in names}
        return [i for i, code in enumerate(self.codes) if code in letters]


@lru_cache(maxsize=1)
def word_classes() -> dict[str, str]:
    """Every listed word with the name of its class; words of measure are FORM."""
    classes: dict[str, str] = {}
    for row in read_rows(LEXICONS / "word_classes.tsv", WordClassRow):
        for word in row.words:
            classes.setdefault(word, row.name)
    for word in measures():
        classes.setdefault(word, "FORM")
    return classes


@lru_cache(maxsize=1)
def measures() -> dict[str, Form]:
    """Every word of measure with its form."""
    return {word: row.form for row in reversed(read_rows(LEXICONS / "measures.tsv", MeasureRow)) for word in row.words}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    names = [*_STRUCTURE, *dict.fromkeys(row.name for row in read_rows(LEXICONS / "word_classes.tsv", WordClassRow))]
    return dict(zip(names, _ALPHABET[: len(names)], strict=True))


def code_of(name: str) -> str:
    """The letter of a class. Raises `DataError` for a name that is none."""
    try:
        return _codes()[name]
    except KeyError:
        raise DataError(f"unknown class {name!r}", expected=f"one of {', '.join(_codes())}", repair="mend the pattern") from None


@lru_cache(maxsize=4096)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern whose class names are in capitals; blanks are for the reader only.

    Raises
    ------
    DataError
        A name is no class, or the rest is no regular expression.
    """
    letters = _NAME.sub(lambda m: code_of(m[0]), pattern).replace(" ", "")
    try:
        return re.compile(letters)
    except re.error as error:
        raise DataError(f"pattern {pattern!r}: {error}", expected="class names and the signs of regular expressions") from error


def units_of(parsed: ParsedSentence, cues: Sequence[CueMention]) -> Units:
    """Cut a parsed sentence into units: mentions and cues whole, all else by token.

    A bracket that only repeats the name before it (`brain-derived neurotrophic factor (BDNF)`) becomes part of that name's unit.
    """
    syntax = syntax_of(parsed.doc)
    items = _join_repeated(list(_pieces(parsed, cues, syntax)))
    return Units(items=tuple(items), codes="".join(code_of(unit.name) for unit in items), syntax=syntax)


def _pieces(parsed: ParsedSentence, cues: Sequence[CueMention], syntax: Syntax | None) -> Iterator[Unit]:
    """The units, each with the token that heads it where there is a parse."""
    base, end = parsed.sentence.start, 0
    spans = _named_spans(parsed, cues)
    after = {base + token.idx + len(token): token.i + 1 for token in parsed.doc} if spans and syntax is not None else {}
    for i, token in enumerate(parsed.doc):
        start = base + token.idx
        if start < end or token.is_space:
            continue
        named = spans.get(start)
        if named is None:
            end = start + len(token)
            lower = fold(token.text)
            yield Unit(start=start, end=end, lower=lower, name=_class_of(lower), token=-1 if syntax is None else i)
        else:
            end = named.end
            yield named if syntax is None else replace(named, token=syntax.root_of(i, after.get(end, i + 1)))


def _is_change_of(parsed: ParsedSentence, cue: CueMention) -> bool:
    """Whether an ambiguous noun is a change here: `depression of enzyme activity` is no disease."""
    return "noun" in cue.forms and parsed.doc.text.startswith(" of ", cue.end - parsed.sentence.start)


def _named_spans(parsed: ParsedSentence, cues: Sequence[CueMention]) -> dict[int, Unit]:
    """Mentions and cues as units by start; the longest at each place, cues only where no mention is."""
    spans: dict[int, Unit] = {}
    taken: set[int] = set()
    about = _wrapped(parsed.mentions)
    for mention in sorted((m for m in parsed.mentions if m not in about), key=lambda m: (m.start - m.end, m.start)):
        if mention.start in spans and spans[mention.start].end == mention.end:
            unit = spans[mention.start]
            spans[mention.start] = _named([*unit.mentions, mention])
        elif taken.isdisjoint(range(mention.start, mention.end)):
            spans[mention.start] = _named([mention])
            taken.update(range(mention.start, mention.end))
    for agent, molecule in about.items():
        if molecule in (unit := spans.get(molecule.start, _NOTHING)).mentions:
            spans[molecule.start] = _named([*unit.mentions, agent])
    for cue in cues:
        if _is_change_of(parsed, cue) or taken.isdisjoint(range(cue.start, cue.end)):
            spans[cue.start] = Unit(start=cue.start, end=cue.end, lower=fold(cue.text), name=_cue_class(cue), cue=cue)
    return spans


def _wrapped(mentions: Sequence[Mention]) -> dict[Mention, Mention]:
    """The agents that hold a molecule (`activation of mTOR`), with that molecule: they are the agent of its unit, and their other words stand for themselves."""
    molecules = [m for m in mentions if m.kind == "molecule"]
    agents = [m for m in mentions if m.kind == "agent"]
    return {a: m for a in agents for m in molecules if a.start <= m.start and m.end <= a.end and m.end - m.start < a.end - a.start}


_NOTHING = Unit(start=0, end=0, lower="", name="WORD")


def _named(mentions: Sequence[Mention]) -> Unit:
    kinds = {m.kind for m in mentions}
    first = mentions[0]
    name = "BOTH" if {"molecule", "agent"} <= kinds else next(n for k, n in _KIND_NAMES if k in kinds)
    return Unit(start=first.start, end=first.end, lower=fold(first.text), name=name, mentions=tuple(mentions))


_KIND_NAMES = (("molecule", "MOL"), ("region", "REGION"), ("agent", "AGENT"), ("species", "SPECIES"))


def _cue_class(cue: CueMention) -> str:
    if "adjective" in cue.forms:
        return "ADJCUE"
    return "NOUNCUE" if set(cue.forms) == {"noun"} else "VERBCUE"


@lru_cache(maxsize=16_384)
def _class_of(lower: str) -> str:
    """The class of a word, folded."""
    listed = word_classes().get(lower)
    if listed is not None:
        return listed
    if lower in _PUNCTUATION:
        return _PUNCTUATION[lower]
    if _NUMBER.fullmatch(lower):
        return "NUM"
    return "ADV" if _ADVERB.fullmatch(lower) else "WORD"


def _join_repeated(items: list[Unit]) -> list[Unit]:
    joined: list[Unit] = []
    i = 0
    while i < len(items):
        unit = items[i]
        if i + 3 < len(items) and items[i + 1].name == "OPEN" and items[i + 3].name == "CLOSE" and _same(unit, items[i + 2]):
            joined.append(Unit(start=unit.start, end=items[i + 3].end, lower=unit.lower, name=unit.name, mentions=unit.mentions, token=unit.token))
            i += 4
        else:
            joined.append(unit)
            i += 1
    return joined


def _same(one: Unit, other: Unit) -> bool:
    return any(m.id is not None and m.id == n.id and m.kind == n.kind for m in one.mentions for n in other.mentions)
