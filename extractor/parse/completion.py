"""Names that the lexicons lack, added to a scan: an article's text and its `Scan` in, the `Scan` with further mentions out.

Only sentences that are parsed anyway are read, and of them only those where a model may find something, so that the models cost a
fraction of what they would cost on the whole text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language

from extractor.annotations import ParsedSentence
from extractor.errors import UsageError
from extractor.parse.entities import GIVES, EntityFinder, combine, load_entities
from extractor.parse.grounding import Grounder
from extractor.parse.language import tokenised
from extractor.records import Mention, Scan, Sentence

ONLY_WHERE_NONE = frozenset({"region"})
"""Models that read only sentences where the lexicons found nothing of their kind: elsewhere they cost more than they find (docs/entities.md)."""
ONLY_UNKNOWN_WORDS = frozenset({"chemistry"})
"""Models that read only sentences with a word that neither is in a name nor has a vector: a new drug is a rare word."""
_SHORTEST_WORD = 3  # characters of a word that can be new; own choice


class NameCompleter:
    """Adds to a scan what trained models find in its selected sentences. Holds no state of any article; picklable.

    Parameters
    ----------
    finders
        By the name of the model; empty leaves every scan as it is.
    nlp
        Supplies the tokenizer, the same as for parsing, and the words that are known, those with a vector; without vectors all are unknown.
    grounder
        Gives new mentions an identifier where it knows one.
    """

    def __init__(self, finders: Mapping[str, EntityFinder], *, nlp: Language, grounder: Grounder) -> None:
        self._finders = dict(finders)
        self._nlp = nlp
        self._grounder = grounder

    def complete(self, text: str, scan: Scan) -> Scan:
        """Add mentions to a scan.

        Parameters
        ----------
        text
            Of the article.
        scan
            What the lexicons and patterns found in it.

        Returns
        -------
            The scan with the mentions of `entities.combine`, sorted; sentences and cues are the same. A name that the lexicons know stays out:
            the scan saw it and left it out for a reason (a blocker, the case of its letters, a longer name around it). New mentions have an
            identifier only where the grounder gives one; `rule` is `model.` and the kind.
        """
        tokens: dict[Sentence, ParsedSentence] = {}
        found: list[Mention] = []
        for name, finder in self._finders.items():
            kinds = finder.kinds if name in ONLY_WHERE_NONE else ()
            chosen = [(s, inside) for s, inside in _with_mentions(scan) if not any(m.kind in kinds for m in inside)]
            for sentence, inside in chosen:
                if sentence not in tokens:
                    tokens[sentence] = self._tokenised(text, sentence, inside)
            read = [tokens[sentence] for sentence, _ in chosen]
            found += finder.find([s for s in read if has_unknown_word(s, self._nlp.vocab.vectors)] if name in ONLY_UNKNOWN_WORDS else read)
        new = [m for m in found if not self._grounder.knows(m)]
        return replace(scan, mentions=tuple(map(self._grounder.grounded, combine(scan.mentions, new)))) if new else scan

    def _tokenised(self, text: str, sentence: Sentence, mentions: tuple[Mention, ...]) -> ParsedSentence:
        doc = tokenised(text[sentence.start : sentence.end], offset=sentence.start, mentions=mentions, nlp=self._nlp)
        return ParsedSentence(sentence=sentence, doc=doc, mentions=mentions)


def has_unknown_word(sentence: ParsedSentence, vectors: Container[int]) -> bool:
    """Whether a word of a sentence, outside of its mentions, has no vector."""
    offset = sentence.sentence.start
    named = {place for m in sentence.mentions for place in range(m.start - offset, m.end - offset)}
    return any(
        len(token) >= _SHORTEST_WORD and token.idx not in named and token.lower not in vectors and any(c.isalpha() for c in token.text)
        for token in sentence.doc
    )


def _with_mentions(scan: Scan) -> Iterator[tuple[Sentence, tuple[Mention, ...]]]:
    for sentence in scan.selected:
        first, last = bisect_left(scan.mentions, sentence.start, key=_start), bisect_left(scan.mentions, sentence.end, key=_start)
        yield sentence, tuple(m for m in scan.mentions[first:last] if m.end <= sentence.end)


def _start(mention: Mention) -> int:
    return mention.start


def name_completer(models: Sequence[str], *, nlp: Language, grounder: Grounder) -> NameCompleter:
    """Load models and build a completer.

    Parameters
    ----------
    models
        Names of models of the package, of `entities.GIVES`; empty builds a completer that adds nothing.
    nlp
        Supplies the tokenizer and the known words.
    grounder
        Gives new mentions an identifier where it knows one.

    Raises
    ------
    UsageError
        There is no model of a name.
    DataError
        The package lacks the files of a model.
    """
    unknown = sorted(set(models) - set(GIVES))
    if unknown:
        raise UsageError(f"no entity model {unknown[0]!r}", expected=f"any of {', '.join(sorted(GIVES))}", repair="mend the setting entity_models")
    return NameCompleter({name: load_entities([name], kinds=GIVES[name]) for name in models}, nlp=nlp, grounder=grounder)
