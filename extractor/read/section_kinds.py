"""The author's heading, or a `sec-type`, in; the kind of the section out, by `lexicons/sections.tsv`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from extractor.records import Section
from extractor.tables import LEXICONS, Row, read_rows

_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*|[ivx]+)[.):]*\s+|^\d+(?:\.\d+)*[.)]\s*")
_LONGEST_HEADING = 80  # characters; a heading word in a longer line is part of a sentence; own choice


class SectionRow(Row):
    """A heading as authors write it (lower case, no numbering) and the kind of section it opens."""

    heading: str
    section: Section
    role: Literal["", "references", "keywords", "caption", "furniture"] = ""


@cache
def heading_words() -> dict[str, SectionRow]:
    """Return the row of each known heading. Raises `DataError` where the table is broken."""
    return {row.heading: row for row in read_rows(LEXICONS / "sections.tsv", SectionRow)}


@cache
def section_of(heading: str) -> Section | None:
    """Return the kind of section that a heading opens, or None where its words are not known.

    Examples
    --------
    >>> section_of("2. Materials & Methods"), section_of("RESULTS:"), section_of("Ketamine raises BDNF")
    (<Section.METHODS: 'methods'>, <Section.RESULTS: 'results'>, None)
    """
    row = heading_words().get(normal_heading(heading)) if len(heading) <= _LONGEST_HEADING else None
    return row.section if row else None


def role_of(heading: str) -> str:
    """Return `references` or `keywords` where what follows the heading is that and no prose, else the empty string."""
    row = heading_words().get(normal_heading(heading)) if len(heading) <= _LONGEST_HEADING else None
    return row.role if row else ""


def normal_heading(heading: str) -> str:
    """Return a heading in lower case without numbering, closing punctuation, and with blanks for `|` and hyphens."""
    words = re.sub(r"[\s|_‐-]+", " ", heading.lower().replace("&", " and ")).strip()
    return _NUMBERING.sub("", words).strip(" .:;*#").replace("’", "'")


@cache
def caption_start() -> re.Pattern[str]:
    """Return what begins a caption, "Table 2 | ", "Fig. S1: "; its group is the label."""
    words = sorted((re.escape(row.heading) for row in heading_words().values() if row.role == "caption"), key=len, reverse=True)
    return re.compile(rf"\**((?:{'|'.join(words)})\.?\s*[SA]?\d{{1,3}}[A-Z]?)\**\s*(?:[|.:]|$)", re.IGNORECASE)
