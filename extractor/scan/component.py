"""The scan as a component of a spaCy pipeline: a `Doc` in, the same with its names as `doc.spans["lexicon"]` out."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.annotations import put_mentions
from extractor.records import Article, Mention, Passage, Receipt, Section
from extractor.scan import Scanner
from extractor.settings import Settings
from extractor.terms import load_terms

LEXICON = "lexicon"
_PARAGRAPH = "\n\n"


class LexiconComponent:
    """Finds names by lexicon and pattern. Picklable (the scanner is built anew); holds no state of any text.

    Parameters
    ----------
    nlp
        Supplies the tokenizer.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._scanner = Scanner(load_terms(), nlp=nlp, settings=Settings())

    def __reduce__(self) -> tuple[type[LexiconComponent], tuple[Language]]:
        return LexiconComponent, (self._nlp,)

    def __call__(self, doc: Doc) -> Doc:
        """Put the names of a text on its Doc."""
        put_mentions(doc, LEXICON, self.process(doc))
        return doc

    def process(self, doc: Doc) -> tuple[Mention, ...]:
        """Find the names of a text. Paragraphs are what stands between blank lines."""
        return self._scanner.scan(_article(doc.text)).mentions


@Language.factory("claim_lexicon", assigns=["doc.spans"])
def make_lexicon_component(nlp: Language, name: str) -> LexiconComponent:  # noqa: ARG001 - spaCy gives the name
    """Build the component `claim_lexicon`."""
    plain = type(nlp)(vocab=nlp.vocab)  # without the components, this one among them
    plain.tokenizer = nlp.tokenizer
    return LexiconComponent(plain)


def _article(text: str) -> Article:
    passages: list[Passage] = []
    start = 0
    for block in text.split(_PARAGRAPH):
        if block:
            passages.append(Passage(start=start, end=start + len(block), kind="paragraph", section=Section.ABSTRACT))
        start += len(block) + len(_PARAGRAPH)
    return Article(id="", text=text, passages=tuple(passages), title="", source="", sha256="", receipt=Receipt(read=len(text)))
