"""What parsing hands to relate: sentences as spaCy Docs, with their place in the article. And mentions as groups of spans on a Doc, for pipelines of spaCy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from spacy.tokens import Doc, Span, SpanGroup

from extractor.records import Mention, Sentence

_ROWS = "mentions"


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence as a Doc. A token's place in the article is `sentence.start + token.idx`.

    `mentions` are those inside the sentence, by start; every one starts and ends at the edge of a token.
    """

    sentence: Sentence
    doc: Doc
    mentions: tuple[Mention, ...]


def put_mentions(doc: Doc, key: str, mentions: Iterable[Mention]) -> None:
    """Put mentions on a Doc as `doc.spans[key]`.

    Parameters
    ----------
    doc
        Gets the group.
    key
        Name of the group.
    mentions
        With offsets into `doc.text`.

    Returns
    -------
        Nothing. A span has the kind in capitals as its label, the identifier as `kb_id_`, the rule as `id_`; where tokens are longer than a
        mention, so is its span. The mentions themselves are in the group's `attrs`, and come back from `get_mentions` as they were.
    """
    given = list(mentions)
    group = SpanGroup(doc, name=key, attrs={_ROWS: [list(astuple(m)) for m in given]})
    group.extend([span_of(doc, mention) for mention in given])
    doc.spans[key] = group


def span_of(doc: Doc, mention: Mention) -> Span:
    """The tokens that a mention stands on. `mention` has offsets into `doc.text`."""
    span = doc.char_span(mention.start, mention.end, label=mention.kind.upper(), kb_id=mention.id or "", span_id=mention.rule, alignment_mode="expand")
    assert span is not None, f"no tokens at {mention.start}:{mention.end} of a text of {len(doc.text)} characters"
    return span


def get_mentions(doc: Doc, key: str) -> list[Mention]:
    """The mentions that `put_mentions` put on a Doc; none where it has no such group."""
    return [Mention(*row) for row in doc.spans[key].attrs.get(_ROWS, [])] if key in doc.spans else []
