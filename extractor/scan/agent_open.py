"""Agents as an open class: what a text says was given, done or removed, known or not. Text and mentions in, further agent mentions out.

A frame (`administration of X`, `X-treated`, `X (5 mg/kg)`) shows that X is an agent. A name found so is one wherever the article writes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from extractor.records import AgentType, Mention
from extractor.scan.agent_words import AgentWords, Frame, Grade, Phrase, agent_words, frames, phrase_after, phrase_before
from extractor.scan.dictionary import folded, longest
from extractor.variants import fold

_SUPPORT = 2  # frames that must agree before an ordinary word (`serum`) is an agent everywhere; own choice
_ACTS_BEFORE = re.compile(
    r"(?:\b[Aa]fter|[Ff]ollowing|[Uu]pon|[Ee]ffects? of|[Rr]esponse to|[Rr]esult of|[Cc]onsequences? of|[Ii]mpact of) (?:the )?(?:[a-z]+(?:al|ic|ed) )?$"
)
_AND = re.compile(r",? (?:and|or|plus|\+) (?:with )?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a frame."""

    phrase: Phrase
    frame: Frame
    core: Phrase


class Known:
    """The mentions found so far, looked up by place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._sorted = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self._sorted]
        self._widest = max((m.end - m.start for m in mentions), default=0)

    def over(self, start: int, *, end: int) -> list[Mention]:
        """The mentions that overlap a span."""
        low, high = bisect_left(self._starts, start - self._widest), bisect_left(self._starts, end)
        return [m for m in self._sorted[low:high] if m.end > start]


def open_agents(text: str, mentions: Sequence[Mention], *, defined: Mapping[str, str]) -> list[Mention]:
    """Find the agents of a text that its frames show.

    Parameters
    ----------
    text
        The text into which the offsets point.
    mentions
        All mentions known so far. Where an agent is known, nothing is added; the measured molecules that a frame shows to be given are
        agents there, too.
    defined
        The abbreviations of the article, short to long.

    Returns
    -------
        Agent mentions by start, that overlap no known agent nor each other.
    """
    known, words = Known(mentions), agent_words()
    pool: Counter[str] = Counter()
    labels: dict[str, AgentType] = {}
    found: list[Mention] = []
    for hit in _hits(text, words):
        mention = _mention(text, hit, known=known, words=words, defined=defined)
        if mention is not None:
            found.append(mention)
            if hit.frame.row.grade == "given" and not mention.rule.endswith("molecule"):
                pool[mention.text] += 1
                labels.setdefault(mention.text, AgentType(mention.label))
    names = {name: labels[name] for name, count in pool.items() if count >= _SUPPORT or words.names(name)}
    return longest([*found, *_again(text, _with_short_forms(text, names, defined, words=words), known=known)])


def wraps(agent: Mention, molecule: Mention) -> bool:
    """Whether an agent is something done to a molecule (`activation of mTOR`), which may itself be told as a change of it."""
    return agent.rule in _done() and (agent.start == molecule.start or agent.end - molecule.end in (0, 1))


@lru_cache(maxsize=1)
def _done() -> frozenset[str]:
    return frozenset(f"agent.{frame.row.frame_id}" for frame in frames() if frame.row.grade == "acting" and frame.row.side.startswith("whole"))


def _hits(text: str, words: AgentWords) -> Iterator[Hit]:
    triggers, lower = _triggers(), folded(text)
    for last, (length, rows) in triggers.iter(lower):
        start = last - length + 1
        if (start and lower[start - 1].isalpha()) or lower[last + 1 : last + 2].isalnum():
            continue
        for frame in rows:
            if (link := frame.link.match(text, last + 1)) is not None:
                yield from _phrases(text, frame, start=start, end=link.end(), words=words)
    for frame in frames():
        if not frame.row.words:
            for match in frame.link.finditer(text):
                yield from _phrases(text, frame, start=match.start(), end=match.end(), words=words)


@lru_cache(maxsize=1)
def _triggers() -> ahocorasick.Automaton:
    table: dict[str, list[Frame]] = {}
    for frame in frames():
        for word in frame.row.words:
            table.setdefault(fold(word), []).append(frame)
    automaton = ahocorasick.Automaton()
    for word, rows in table.items():
        automaton.add_word(word, (len(word), tuple(rows)))
    automaton.make_automaton()
    return automaton


def _phrases(text: str, frame: Frame, *, start: int, end: int, words: AgentWords) -> Iterator[Hit]:
    """The phrase of a frame, and a second one that is joined to it."""
    if frame.row.side.endswith("left"):
        joints = "-–‐" if frame.row.side.startswith("joined") else " -–‐"
        if start > 1 and text[start - 1] in joints and (before := phrase_before(text, start - 1, words=words)) is not None:
            yield Hit(_grown(before, frame, start=start, end=end), frame, before)
        return
    phrase = phrase_after(text, end, words=words)
    if phrase is None:
        return
    yield Hit(_grown(phrase, frame, start=start, end=phrase.end), frame, phrase)
    joint = _AND.match(text, phrase.end)
    second = phrase_after(text, joint.end(), words=words) if joint and frame.row.side == "right" and frame.row.grade in ("given", "seen") else None
    if second is not None and words.names(text[second.start : second.end]):
        yield Hit(second, frame, second)


def _grown(phrase: Phrase, frame: Frame, *, start: int, end: int) -> Phrase:
    """The phrase with its trigger, where that belongs to the name (`removal of X`)."""
    if frame.row.side == "whole right":
        return Phrase(start=start, end=phrase.end)
    return Phrase(start=phrase.start, end=end) if frame.row.side == "whole left" else phrase


def _mention(text: str, hit: Hit, *, known: Known, words: AgentWords, defined: Mapping[str, str]) -> Mention | None:
    """The agent of a hit, or None where its phrase names none."""
    row, (start, end) = hit.frame.row, (hit.phrase.start, hit.phrase.end)
    others = known.over(start, end=end)
    agents = [m.end for m in others if m.kind == "agent"]
    if agents:
        start = max(agents) + 1
        if start >= end or text[start - 1] != " " or row.side != "right" or not words.names(text[start:end]):
            return None
    if row.side.startswith("whole"):
        whole = _whole(text, hit, others=others, words=words)
        return _made(text, start, end=end, label=row.label, rule=row.frame_id) if whole else None
    head = [m for m in others if m.end >= end - 1 and not (m.label == "fluid" and row.side == "right" and words.names(text[start:end]))]
    molecule = next((m for m in head if m.kind == "molecule" and m.start >= start), None)
    if molecule is not None:
        return (
            _made(text, molecule.start, end=molecule.end, label=AgentType.DRUG, rule=f"{row.frame_id}.molecule")
            if row.grade not in ("named", "chemical")
            else None
        )
    written = text[start:end]
    if head or not words.usable(written) or not _fits(written, row.grade, words=words):
        return None
    return _made(text, start, end=end, label=words.label(defined.get(written, written), row.label), rule=row.frame_id)


def _whole(text: str, hit: Hit, *, others: Sequence[Mention], words: AgentWords) -> bool:
    """Whether a phrase with its trigger is an agent."""
    grade, core = hit.frame.row.grade, hit.core
    if grade == "acting":
        return _acts(text, hit.phrase.start, end=hit.phrase.end, words=words)
    if grade == "measured" and not any(m.kind == "molecule" and m.start >= core.start for m in others):
        return False
    return words.usable(text[core.start : core.end], adjective=True)


def _fits(written: str, grade: Grade, *, words: AgentWords) -> bool:
    """Whether a name looks as the grade of its frame asks."""
    if grade == "chemical":
        return words.chemical(written)
    kept = grade == "looks" and words.label(written, AgentType.DRUG) != AgentType.DRUG
    return grade in ("given", "seen") or kept or words.names(written)


def _acts(text: str, start: int, *, end: int, words: AgentWords) -> bool:
    """Whether a phrase is said to do something: it follows `after` or `effect of`, or a verb of change follows it."""
    following = re.match(r" (?:[a-z]+ly |also |did not |does not |failed to |can |may |could |was sufficient to )*([a-z]+)", text[end : end + 60])
    return bool(_ACTS_BEFORE.search(text[max(0, start - 50) : start])) or (following is not None and following[1] in words.sets["verb"])


def _made(text: str, start: int, *, end: int, label: AgentType, rule: str) -> Mention:
    return Mention(start=start, end=end, text=text[start:end], kind="agent", label=label, rule=f"agent.{rule}")


def _with_short_forms(text: str, names: Mapping[str, AgentType], defined: Mapping[str, str], *, words: AgentWords) -> dict[str, AgentType]:
    """The names, the abbreviations of those that are defined, and the long forms of those that are abbreviations."""
    more = dict(names)
    by_fold = {fold(name): label for name, label in names.items()}
    for short, long in defined.items():
        label = by_fold.get(fold(long))
        if label is not None:
            more.setdefault(short, label)
        elif short in names:
            more.setdefault(long, names[short])
        elif words.chemical(long) and text.count(short) > _SUPPORT:
            more.setdefault(short, AgentType.DRUG)
            more.setdefault(long, AgentType.DRUG)
    return more


def _again(text: str, names: Mapping[str, AgentType], *, known: Known) -> Iterator[Mention]:
    """Every occurrence of the names; those with capitals or digits inside only as written."""
    if not names:
        return
    automaton = ahocorasick.Automaton()
    for name, label in names.items():
        automaton.add_word(fold(name), (name, label))
    automaton.make_automaton()
    lower = folded(text)
    for last, (name, label) in automaton.iter(lower):
        start, end = last - len(name) + 1, last + 1
        whole = not (start and lower[start - 1].isalnum()) and not (end < len(lower) and lower[end].isalnum() and lower[end : end + 2].rstrip() != "s")
        as_written = text[start:end] == name or name[1:].islower()
        if whole and as_written and not known.over(start, end=end):
            yield _made(text, start, end=end, label=label, rule="again")
