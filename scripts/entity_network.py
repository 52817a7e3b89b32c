"""The shape of the entity models' network: a size in, a spaCy configuration out."""

from __future__ import annotations

from typing import NamedTuple

from thinc.api import Config

NETWORK = """
[model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
nO = null

[model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"

[model.tok2vec.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = {width}
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "LEMMA"]
rows = {rows}
include_static_vectors = false

[model.tok2vec.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = {width}
depth = {depth}
window_size = 1
maxout_pieces = 3
"""


class Size(NamedTuple):
    """Of a network: width, depth, and the rows of its tables of words, beginnings, endings, shapes and lexicon marks."""

    width: int
    depth: int
    rows: tuple[int, ...] = (5000, 1000, 2500, 2500, 1000)


def network(size: Size) -> Config:
    """Fill in a size."""
    return Config().from_str(NETWORK.format(width=size.width, depth=size.depth, rows=list(size.rows)))
