"""Places as texts write them: region mentions of the dictionary in, the same grown by modifiers, split by coordination, and open ones out.

`left dorsolateral prefrontal cortex` is one mention with the identifier of what the lexicon knows of it; in `medial and lateral septum`
both are mentions; `cultured rat hippocampal neurons` is a culture; `paratrigeminal nucleus` is a place without an identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.records import Mention
from extractor.scan.blockers import load_blockers
from extractor.scan.region_cells import open_cells
from extractor.scan.region_open import open_regions
from extractor.scan.region_words import RegionNames, RegionWords, region_names, region_words, word_after, words_before
from extractor.terms import Term, Terms

BLOCKERS = "region_blockers.tsv"
_LINKS = (", and the ", ", or the ", " and the ", " or the ", ", and ", ", or ", " and ", " or ", ", ", "/")
_OF = (" of the ", " of ")
_INSIDE = frozenset({"cell", "subcellular"})  # labels of what lies inside a place
_OUTSIDE = frozenset({"brain", "organ", "nerve"})  # labels of the places it lies in


def widen(text: str, mentions: Sequence[Mention], *, terms: Terms) -> list[Mention]:
    """Grow, split, add and drop region mentions.

    Parameters
    ----------
    text
        The text into which the offsets point.
    mentions
        Region mentions of the dictionary and of abbreviations; none overlap.
    terms
        The terminology, for modified names that are terms themselves.

    Returns
    -------
        Region mentions by start; none overlap. `rule` is the dictionary's for those left as they were, `region.*` for the others.

    Raises
    ------
    DataError
        A table of lexicons/ is broken.
    """
    blockers, words, names = load_blockers(BLOCKERS), region_words(), region_names(terms)
    standing = _joined(text, [m for m in mentions if not blockers.blocks(text, m.start, end=m.end)])
    found: list[Mention] = []
    for mention in standing:
        grown = _grown(text, mention, words=words, names=names)
        found.append(grown)
        found.extend(_coordinated(text, mention, grown=grown, words=words, names=names))
        found.extend(_continued(text, grown, words=words, names=names))
    found.extend(open_regions(text, mentions, words=words, names=names))
    found.extend(open_cells(text, words=words, names=names, terms=terms))
    return _apart(found)


def _joined(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Make one mention of a place and the cells it qualifies: `hippocampal neurons` are in the hippocampus."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined and text[joined[-1].end : mention.start] == " " else None
        if last is not None and _qualifies(last, mention):
            joined[-1] = replace(last, end=mention.end, text=text[last.start : mention.end], rule="region.cells")
        else:
            joined.append(mention)
    return joined


def _qualifies(place: Mention, inner: Mention) -> bool:
    """Whether a place says where the cells or the part of cells after it are: `hippocampal neurons`, `Purkinje cell dendrites`."""
    return (place.label in _OUTSIDE and inner.label in _INSIDE) or (place.label == "cell" and inner.label == "subcellular")


def _grown(text: str, mention: Mention, *, words: RegionWords, names: RegionNames) -> Mention:
    culture = _culture(text, mention, words=words, names=names)
    if culture is not None or mention.label in _INSIDE:
        return culture or mention
    end = _right_edge(text, mention, words=words)
    start = _left_edge(text, mention.start, words=words, names=names)
    whole = _whole_start(text, start, words=words, names=names)
    if (whole, end) == (mention.start, mention.end):
        return mention
    return _renamed(text, mention, start=whole, end=end, names=names)


def _renamed(text: str, mention: Mention, *, start: int, end: int, names: RegionNames) -> Mention:
    """The mention with a wider span, and the term that the wider name is, if any."""
    term = names.find(text[start:end]) or _nearer(text, mention, start=start, end=end, names=names)
    wider = replace(mention, start=start, end=end, text=text[start:end], rule="region.modified")
    return wider if term is None else replace(wider, id=term.id, name=term.name, label=term.label)


def _nearer(text: str, mention: Mention, *, start: int, end: int, names: RegionNames) -> Term | None:
    """The term that a shorter part of the wider name is, the mention itself left out: `left dorsal hippocampus` has `dorsal hippocampus`."""
    cuts = [first for first, _, _ in words_before(text, mention.start) if start < first]
    spans = [*((first, end) for first in reversed(cuts)), (mention.start, end)] if end > mention.end else [(first, end) for first in reversed(cuts)]
    return next((term for first, last in spans if (term := names.find(text[first:last])) is not None), None)


def _left_edge(text: str, start: int, *, words: RegionWords, names: RegionNames) -> int:
    """Where the modifiers before a place begin; one that is a place itself is not joined by a dash (`hypothalamic-pituitary`)."""
    for first, end, word in words_before(text, start):
        if word not in words.before or (text[end] == "-" and names.find(word) is not None):
            break
        start = first
    return start


def _right_edge(text: str, mention: Mention, *, words: RegionWords) -> int:
    after = word_after(text, mention.end)
    return after[0] if after is not None and after[1] in words.tail else mention.end


def _whole_start(text: str, start: int, *, words: RegionWords, names: RegionNames) -> int:
    """Where `deep layers of the` begins, if that stands before `start`."""
    if not text.endswith(_OF, 0, start):
        return start
    joint = next(of for of in _OF if text.endswith(of, 0, start))
    nearest = next(words_before(text, start - len(joint) + 1), None)
    if nearest is None or nearest[2] not in words.part | words.parts:
        return start
    first = _left_edge(text, nearest[0], words=words, names=names)
    return start if first == nearest[0] and nearest[2] in words.parts else first


def _coordinated(text: str, mention: Mention, *, grown: Mention, words: RegionWords, names: RegionNames) -> Iterator[Mention]:
    """Give the first conjuncts of `basolateral and central amygdala`: modifiers whose head noun stands with the last one."""
    place = min(grown.start, mention.start)
    if not text.endswith(_LINKS, 0, place):
        return
    tails = _head_tails(text, mention, start=_left_edge(text, mention.start, words=words, names=names))
    while tails and (link := next((link for link in _LINKS if text.endswith(link, 0, place)), None)):
        unit = _unit(text, place - len(link), words=words, names=names)
        if unit is None:
            return
        term = next((t for tail in tails if (t := names.find(f"{text[unit[0] : unit[1]]} {tail}"))), None)
        if term is not None:
            yield Mention(*unit, text=text[unit[0] : unit[1]], kind="region", id=term.id, name=term.name, label=term.label, rule="region.coordinated")
        place = unit[0]


def _head_tails(text: str, mention: Mention, *, start: int) -> tuple[str, ...]:
    """What a conjunct can be completed with: the words of the mention without its modifiers, longest first."""
    parts = text[start : mention.end].split()
    return tuple(" ".join(parts[i:]) for i in range(1, len(parts)))


def _unit(text: str, end: int, *, words: RegionWords, names: RegionNames) -> tuple[int, int] | None:
    """The run of position words that ends at a place."""
    if end >= len(text) or not end:
        return None
    first = end
    while first and text[first - 1].isalpha():
        first -= 1
    if text[first:end].lower() not in words.position:
        return None
    return _left_edge(text, first, words=words, names=names), end


def _continued(text: str, mention: Mention, *, words: RegionWords, names: RegionNames) -> Iterator[Mention]:
    """Give the second conjunct of `nucleus accumbens core and shell`: a word in place of the last one of the mention."""
    if " " not in mention.text:
        return
    link = next((link for link in (" and ", " or ", "/") if text.startswith(link, mention.end)), None)
    if link is None:
        return
    start = mention.end + len(link)
    after = word_after(text, start - 1) if text[start - 1] == " " else None
    if after is None or after[1] not in words.continued:
        return
    term = names.find(f"{mention.text.rsplit(' ', 1)[0]} {text[start : after[0]]}")
    if term is not None:
        yield Mention(start, after[0], text[start : after[0]], "region", term.id, term.name, term.label, "region.coordinated")


def _culture(text: str, mention: Mention, *, words: RegionWords, names: RegionNames) -> Mention | None:
    """The mention of cells as a culture, if the words before it say so: `primary rat astrocytes`."""
    if mention.label != "cell" and mention.rule != "region.cells":
        return None
    starts = [mention.start, *(mention.start + i + 1 for i, letter in enumerate(mention.text) if letter == " ")]
    cultured = None
    for first, _, word in words_before(text, mention.start):
        if word in words.culture:
            cultured = first
        elif word in words.filler or names.find(word) is not None:
            starts.append(first)
        else:
            break
    if cultured is None:
        return None
    written = (f"cultured {text[first : mention.end]}" for first in sorted(starts) if first >= cultured)
    term = next((t for name in written if (t := names.find(name))), None) or names.find("cell culture")
    if term is None:
        return None
    return Mention(cultured, mention.end, text[cultured : mention.end], "region", term.id, term.name, term.label, "region.culture")


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep of overlapping mentions the longest, of equally long ones the first with an identifier."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.name is None, m.start)):
        if mention.start in taken or mention.end - 1 in taken:
            continue
        taken.update(range(mention.start, mention.end))
        kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
