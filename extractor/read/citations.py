"""Citations found one by one in; ranges such as [3–7], and numbers in plain text, tied to all references that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractor.read.offsets import Built
from extractor.records import Citation, Reference

_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*")
_NUMBERS = re.compile(r"\d{1,4}")
_RANGE = re.compile(r"(\d{1,4})\s*[-‐‑‒–—−]\s*(\d{1,4})")
_INSIDE = r"\s*\d{1,4}(?:\s*[-‐‑‒–—−,;]\s*\d{1,4})*\s*"
_GROUPS = (re.compile(rf"\({_INSIDE}\)"), re.compile(rf"\[{_INSIDE}\]"))  # (12, 14–16)  [3]
LONGEST_RANGE = 60  # references; a longer one is a range of values, not of citations; own choice


def join_ranges(text: str, citations: Sequence[Citation], references: Sequence[Reference]) -> tuple[Citation, ...]:
    """Make one citation of two with only a dash between, and give every range the keys of the references inside it.

    Parameters
    ----------
    text
        The text of the article.
    citations
        In text order.
    references
        The bibliography in its order.

    Returns
    -------
        The citations; those whose keys are all in order and complete are unchanged.
    """
    order = {reference.key: place for place, reference in enumerate(references)}
    joined: list[Citation] = []
    for citation in citations:
        last = joined[-1] if joined else None
        if last and _DASH.fullmatch(text, last.end, citation.start):
            keys = _between(last.keys[-1], citation.keys[0], order=order, references=references)
            joined[-1] = Citation(last.start, citation.end, tuple(dict.fromkeys((*last.keys, *keys, *citation.keys))))
        else:
            joined.append(_filled(citation, text[citation.start : citation.end], order=order, references=references))
    return tuple(joined)


def _between(first: str, last: str, *, order: Mapping[str, int], references: Sequence[Reference]) -> tuple[str, ...]:
    start, end = order.get(first), order.get(last)
    if start is None or end is None or not start < end <= start + LONGEST_RANGE:
        return ()
    return tuple(reference.key for reference in references[start : end + 1])


def _filled(citation: Citation, words: str, *, order: Mapping[str, int], references: Sequence[Reference]) -> Citation:
    span = _RANGE.fullmatch(words.strip("[]() "))
    start = order.get(citation.keys[0])
    if span is None or start is None:
        return citation
    size = int(span.group(2)) - int(span.group(1))
    if not 0 < size <= LONGEST_RANGE or size < len(citation.keys) - 1:
        return citation
    keys = tuple(reference.key for reference in references[start : start + size + 1])
    return Citation(citation.start, citation.end, tuple(dict.fromkeys((*citation.keys, *keys))))


def choose_citations(built: Built, references: Sequence[Reference]) -> tuple[Citation, ...]:
    """Find citations by number in running text: "(12, 14–16)", "[3]", or raised numbers, whichever the paper uses most.

    Parameters
    ----------
    built
        The text; its own citations are raised numbers, their key the words themselves.
    references
        The numbered bibliography.

    Returns
    -------
        In text order, the brackets inside the span. A group in which any number is no number of the list, or a range runs backwards, is
        taken for something else ("(2021)", "(5–10)").
    """
    keys = {reference.number: reference.key for reference in references if reference.number is not None}
    raised = [(citation.start, citation.end, citation.keys[0]) for citation in built.citations]
    styles = [raised]
    for pattern in _GROUPS:
        spans = (span for passage in built.passages for span in pattern.finditer(built.text, passage.start, passage.end))
        styles.append([(span.start(), span.end(), span.group()) for span in spans])
    tied = [[Citation(start, end, found) for start, end, words in style if (found := _keys(words, keys))] for style in styles]
    return tuple(max(tied, key=lambda citations: len({key for citation in citations for key in citation.keys})))


def _keys(words: str, keys: Mapping[int, str]) -> tuple[str, ...]:
    numbers = expand(words)
    known = numbers and all(number in keys for number in numbers)
    return tuple(dict.fromkeys(keys[number] for number in numbers)) if known else ()


def expand(words: str) -> list[int]:
    """Return the numbers that a group of citations means; empty where a range makes no sense.

    Examples
    --------
    >>> expand("(12, 14–16)"), expand("[9-3]")
    ([12, 14, 15, 16], [])
    """
    numbers: list[int] = []
    for part in re.split(r"[,;]", words):
        span = _RANGE.search(part)
        if span:
            first, last = int(span.group(1)), int(span.group(2))
            if not first < last <= first + LONGEST_RANGE:
                return []
            numbers.extend(range(first, last + 1))
        else:
            numbers.extend(int(number) for number in _NUMBERS.findall(part))
    return numbers
