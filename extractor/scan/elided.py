"""Members of lists that leave part of their name out: known mentions in, mentions of what is left out.

`GluN2A and -2B` names GluN2B; `kainate and AMPA receptors` names the kainate receptor. Only what the lexicons know when the name is
written out counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from extractor.records import Mention
from extractor.terms import Term, Terms

_GREEK = r"alpha|beta|gamma|delta|[α-δ]"
_END = re.compile(rf"(?P<number>-?\d{{1,2}}[A-Za-z]?)$|(?P<letter>(?<=\d)[A-Z])$|(?P<greek>[ -]?(?:{_GREEK}))$")
_LAST_LETTER = re.compile(r"(?<=\d)[A-Za-z]$")
_NEXT = re.compile(
    rf"(?:(?P<slash>\s?/\s?)|\s?,\s(?:and\s|or\s)?|\s(?:and|or|nor)\s)"
    rf"(?:(?P<number>-?\d{{1,2}}[A-Z]?)|(?P<letter>[A-D])|(?P<greek>-?(?:{_GREEK})))(?![\w-])(?!\s?[%/.°]?\w?\d)"
)
_BEFORE = re.compile(r"(?<![\w(\[-])(?P<first>(?:\d-)?[A-Za-zα-ω][\w()-]{0,19})(?:\s?/\s?|,\s(?:and\s|or\s)?|\s(?:and|or|nor)\s)$")
_HEADED = frozenset({"receptor", "transporter", "channel", "enzyme", "kinase", "lipid", "clinical chemistry", "family"})
_HEADS = frozenset({"receptor", "transporter", "channel"})
_ITS = re.compile(r" (?:and|or) ((?:its|their) (?:\w+ )?receptors?)(?!\w)")
_WORD = re.compile(r"\) ([a-z]{6,})")
_REACH = 32
"""Characters before a mention in which the member before it stands; the longest that the pattern allows. Own choice."""


def elided(text: str, mentions: Iterable[Mention], *, terms: Terms) -> list[Mention]:
    """Find the members of lists whose name is only whole with a part of their neighbour's.

    Parameters
    ----------
    text
        The text of an article.
    mentions
        What was found in it; molecules alone are looked at.
    terms
        Where the whole name must stand.

    Returns
    -------
        Mentions of the words that stand for the member: `-2B`, `kainate`.
    """
    molecules = [m for m in mentions if m.kind == "molecule"]
    starts = {m.end: m.start for m in molecules}
    return [made for m in molecules for made in (*_later(text, m, terms), *_earlier(text, m, terms), *_around(text, m, starts, terms))]


def _later(text: str, mention: Mention, terms: Terms) -> Iterator[Mention]:
    """`GluN2A`, then `/B`, `, -2B and -2C`: the beginning of the first with the end of the next."""
    end, words = mention.end, mention.text
    while (own := _END.search(words)) and (follows := _NEXT.match(text, end)) and (found := _completed(words, own, follows, terms)):
        term, words = found
        kind = follows.lastgroup or ""
        if term.name != mention.name:
            yield _mention(text, *follows.span(kind), term)
        end = follows.end()


def _completed(words: str, own: re.Match[str], follows: re.Match[str], terms: Terms) -> tuple[Term, str] | None:
    kind = follows.lastgroup or ""
    part = follows[kind].lstrip("-")
    if kind == "greek":
        base = words[: own.start()] if own.lastgroup == "greek" else None
    elif kind == "letter":
        base = words[: spot.start()] if follows["slash"] and (spot := _LAST_LETTER.search(words)) else None
    else:
        sure = follows["slash"] or follows[kind][0] == "-" or part[-1].isalpha()
        base = words[: own.start()] if sure and own.lastgroup == "number" else None
    whole = (base or "").rstrip(" -") + ("-" if own[0][0] == "-" else "") + part
    term = terms.find(whole, "molecule") if base else None
    return (term, whole) if term else None


def _earlier(text: str, mention: Mention, terms: Terms) -> Iterator[Mention]:
    """`kainate and` before `AMPA receptors`: the first with the head of the second."""
    own, _, head = mention.text.partition(" ")
    start = mention.start
    if not head or mention.label not in _HEADED:
        return
    while before := _BEFORE.search(text[max(0, start - _REACH) : start]):
        first = before["first"]
        term = terms.find(f"{first} {head}", "molecule")
        if term is None or term.name == mention.name or not _alike(first, own, head, terms):
            return
        start -= len(before[0])
        yield _mention(text, start, start + len(first), term)


def _around(text: str, mention: Mention, starts: Mapping[int, int], terms: Terms) -> Iterator[Mention]:
    """`serotonin (5-HT) receptors`, as one: the name, its short form in brackets, the head behind them. `oxytocin and its receptor`."""
    if (its := _ITS.match(text, mention.end)) and (term := terms.find(f"{mention.text} receptor", "molecule")):
        yield _mention(text, *its.span(1), term)
    begin, word = starts.get(mention.start - 2), _WORD.match(text, mention.end)
    if begin is None or word is None or text[mention.start - 2 : mention.start] != " (":
        return
    term = terms.find(f"{mention.text} {word[1]}", "molecule")
    if term is not None and term.label in _HEADS:
        yield _mention(text, begin, word.end(1), term)


def _alike(first: str, own: str, head: str, terms: Terms) -> bool:
    """Whether the member can share the head: it names nothing alone or the receptor itself, or both name alike things and the head is plural."""
    alone, other = terms.find(first, "molecule"), terms.find(own, "molecule")
    if alone is None or alone.label in _HEADS:
        return True
    return head.endswith("s") and other is not None and other.label == alone.label


def _mention(text: str, start: int, end: int, term: Term) -> Mention:
    return Mention(start=start, end=end, text=text[start:end], kind="molecule", id=term.id, name=term.name, label=term.label, rule="elided")
