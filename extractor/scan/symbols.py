"""Symbols of genes that an article shows to be such: open-class mentions, definitions and lists in, mentions of all uses out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractor.records import Mention
from extractor.scan.redefined import numbered
from extractor.terms import Terms

_SHAPE = re.compile(r"[A-Z][A-Za-z]{2,6}\d{1,2}[A-Za-z]{0,2}\d?|[A-Z][a-z]{3,9}-\d{1,2}[A-Z]?")
_RODENT = re.compile(r"[A-Z][a-z]{2,6}\d{1,3}[a-z]{0,2}\d?")
_TOLD = frozenset({"pattern.measured", "pattern.numbered_protein"})
_LISTED = re.compile(r"(?<![\w-])[A-Z][A-Za-z]{1,6}\d?\w{0,4}(?:, (?:and )?[A-Z][A-Za-z]{1,6}\d?\w{0,4}(?![\w-])){2,60}")
_MEMBER = re.compile(r"[A-Z]\w+")
_PREFIXED = re.compile(r"(?<![\w-])(?P<prefix>p|phospho|ac)(?P<symbol>[A-Z][A-Za-z]{1,6}(?:-?\d\w?(?:/\d)?)?)(?![\w-])")
_MODIFIED = frozenset({"kinase", "transcription factor", "protein", "synaptic protein", "enzyme", "gene", "receptor"})


def symbols(text: str, mentions: Sequence[Mention], *, defined: Mapping[str, str]) -> list[Mention]:
    """Find all uses of symbols that somewhere stand before `mRNA`, are defined with their number, or stand among known genes.

    Parameters
    ----------
    text
        The text of an article.
    mentions
        What is known so far.
    defined
        The abbreviations of the article.

    Returns
    -------
        Mentions without identifier.
    """
    told = {m.text for m in mentions if m.rule in _TOLD and _SHAPE.fullmatch(m.text)}
    told |= {short for short, long in defined.items() if _RODENT.fullmatch(short) and numbered(short, long)}
    told |= set(_beside_known(text, {m.text for m in mentions if m.kind == "molecule" and m.rule.startswith("lexicon")}))
    if not told:
        return []
    shapes = "|".join(re.escape(word) for word in sorted(told, key=len, reverse=True))
    return [_mention(use) for use in re.finditer(rf"(?<![\w-])(?:{shapes})(?![\w-])", text)]


def _beside_known(text: str, known: set[str]) -> Iterator[str]:
    """The symbols of lists of which at least half the members are known."""
    for run in _LISTED.finditer(text):
        members = _MEMBER.findall(run[0].replace("and ", ""))
        if 2 * sum(member in known for member in members) >= len(members):
            yield from (member for member in members if member not in known and _SHAPE.fullmatch(member))


def _mention(use: re.Match[str]) -> Mention:
    return Mention(start=use.start(), end=use.end(), text=use[0], kind="molecule", label="gene", rule="symbol")


def modified(text: str, *, terms: Terms) -> Iterable[Mention]:
    """Find known symbols behind a prefix that tells their state: `pAbc1`, `phosphoAbc1`, `acAbc1`."""
    for use in _PREFIXED.finditer(text):
        term = terms.find(use["symbol"], "molecule") if len(use["symbol"]) > 2 else None
        if term is not None and term.label in _MODIFIED:
            yield Mention(start=use.start(), end=use.end(), text=use[0], kind="molecule", id=term.id, name=term.name, label=term.label, rule="modified")
