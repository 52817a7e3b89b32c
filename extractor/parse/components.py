"""The entity models, and the rule that joins them with the lexicons, as components of a spaCy pipeline.

    nlp = spacy.blank("en")
    nlp.add_pipe("claim_lexicon")     doc.spans["lexicon"], what lexicons and patterns find
    nlp.add_pipe("claim_models")      doc.spans["models"], what trained models find
    nlp.add_pipe("claim_joiner")      doc.spans["names"] and doc.ents, both joined

A `Doc` in, the same with more groups of spans out.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from extractor.annotations import ParsedSentence, get_mentions, put_mentions, span_of
from extractor.parse.entities import GIVES, EntityFinder, combine, load_entities
from extractor.records import Mention, Sentence

LEXICON, MODELS, NAMES = "lexicon", "models", "names"


class ModelsComponent:
    """Finds names with trained models, which read the lexicons' names. Picklable; holds no state of any text.

    Parameters
    ----------
    finder
        The models.
    """

    def __init__(self, finder: EntityFinder) -> None:
        self._finder = finder

    def __call__(self, doc: Doc) -> Doc:
        """Put the names that the models find on a Doc."""
        put_mentions(doc, MODELS, self.process(doc))
        return doc

    def process(self, doc: Doc) -> list[Mention]:
        """Find names in a text, read as one sentence."""
        whole = Sentence(start=0, end=len(doc.text), passage=0)
        return self._finder.find([ParsedSentence(sentence=whole, doc=doc, mentions=tuple(get_mentions(doc, LEXICON)))]) if len(doc) else []


class JoinerComponent:
    """Joins the names of the lexicons with those of the models by the rule of `entities.combine`. Picklable; holds nothing."""

    def __call__(self, doc: Doc) -> Doc:
        """Put the joined names on a Doc; of those that overlap the longest become its entities, of equally long ones not the agent."""
        joined = self.process(doc)
        put_mentions(doc, NAMES, joined)
        doc.set_ents(filter_spans([span_of(doc, mention) for mention in sorted(joined, key=lambda m: m.kind == "agent")]))
        return doc

    def process(self, doc: Doc) -> list[Mention]:
        """The names of both sorts."""
        return combine(get_mentions(doc, LEXICON), get_mentions(doc, MODELS))


@Language.factory("claim_models", requires=["doc.spans"], assigns=["doc.spans"], default_config={"models": sorted(GIVES)})
def make_models_component(nlp: Language, name: str, models: Sequence[str]) -> ModelsComponent:  # noqa: ARG001 - spaCy gives both
    """Build the component `claim_models`. `models` are names of `entities.GIVES`."""
    return ModelsComponent(load_entities(models, kinds={kind for model in models for kind in GIVES[model]}))


@Language.factory("claim_joiner", requires=["doc.spans"], assigns=["doc.spans", "doc.ents"])
def make_joiner_component(nlp: Language, name: str) -> JoinerComponent:  # noqa: ARG001 - spaCy gives both
    """Build the component `claim_joiner`."""
    return JoinerComponent()
