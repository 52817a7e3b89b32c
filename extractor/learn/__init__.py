"""Annotated texts in, examples to learn from out: gold files, stand-off paragraphs, sentences written for the purpose."""

from extractor.learn.examples import Example, LabelledClaim, Source, articles_of, counts, from_gold, missing_articles
from extractor.learn.sentences import from_sentences
from extractor.learn.standoff import from_paragraphs

__all__ = ["Example", "LabelledClaim", "Source", "articles_of", "counts", "from_gold", "from_paragraphs", "from_sentences", "missing_articles"]
