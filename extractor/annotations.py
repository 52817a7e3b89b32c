"""What parsing hands to relate: sentences as spaCy Docs, with their place in the article."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.records import Mention, Sentence


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence as a Doc. A token's place in the article is `sentence.start + token.idx`.

    `mentions` are those inside the sentence, by start; every one starts and ends at the edge of a token.
    """

    sentence: Sentence
    doc: Doc
    mentions: tuple[Mention, ...]
