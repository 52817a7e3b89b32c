"""Word vectors for the syntax: plain text with free licences in, a folder of spaCy vectors out. No network, no model, half a minute.

    python scripts/syntax_vectors.py --corpora ../shared/corpora --out build/vectors

A word is known by its neighbours: counts of the words one and two places to its left and right, each place on its own, as positive
pointwise mutual information, reduced by a singular value decomposition (Levy, Goldberg and Dagan 2015, doi:10.1162/tacl_a_00134; that the four
places are kept apart is our own choice, as it groups words by part of speech). The texts of the treebank's dev articles are not among them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from extractor.errors import UsageError
from extractor.parse.language import blank_language, tokenised
from lxml import etree
from scipy import sparse
from sklearn.utils.extmath import randomized_svd
from spacy.language import Language
from spacy.vectors import Vectors

WORDS = 16_000  # as many as occur a dozen times in five million words, and as fit the size of the model
CONTEXTS = 3_000
DIMENSIONS = 48
PLACES = (-2, -1, 1, 2)
SMOOTHING = 0.75  # exponent on context counts, from the paper named above
SHORTEST = 40  # characters; shorter paragraphs are headings and labels

_MARKS = re.compile(r"<<|>>|\[\[|\]\]")


def _lines(path: Path, *fields: str) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        for field in fields:
            yield from str(row.get(field) or "").split("\n")


def _marked(path: Path) -> Iterator[str]:
    yield from (_MARKS.sub(" ", text) for text in _lines(path, "text"))


def _annotated(path: Path) -> Iterator[str]:
    for tasks in json.loads(path.read_text("utf-8")).values():
        for task in tasks.values():
            yield from re.split(r"\n\s*\n", task.get("TEXT", ""))


def _xml(path: Path) -> Iterator[str]:
    tree = etree.parse(str(path), etree.XMLParser(no_network=True, load_dtd=False, resolve_entities="internal"))
    for element in tree.iter("p", "article-title", "ArticleTitle", "AbstractText"):
        if not any(above.tag == "ref-list" for above in element.iterancestors()):
            yield "".join(map(str, element.itertext()))


SOURCES: Mapping[str, Callable[[Path], Iterator[str]]] = {
    "craft/concepts_train.jsonl": lambda path: _lines(path, "text"),
    "depression/abstracts.jsonl": lambda path: _lines(path, "title", "abstract"),
    "functional_genomics/*raw.json": _annotated,
    "chemprot/*.jsonl": _marked,
    "bel_claims/*.jsonl": lambda path: _lines(path, "evidence"),
    "whitetext/*.xml": _xml,
    "elife_neuro_jats/*.xml": _xml,
}


def paragraphs(corpora: Path) -> Iterator[str]:
    """Read every paragraph of the sources once, runs of blanks made one. Raises `UsageError` where a source is missing."""
    seen: set[str] = set()
    for pattern, reader in SOURCES.items():
        files = sorted(corpora.glob(pattern))
        if not files:
            raise UsageError(f"no file {corpora / pattern}", expected="the corpora named in SOURCES", repair="name their folder with --corpora")
        for text in (" ".join(text.split()) for path in files for text in reader(path)):
            if len(text) >= SHORTEST and text not in seen:
                seen.add(text)
                yield text


def words_of(text: str, nlp: Language) -> list[str]:
    """The lower-cased run-time tokens of a paragraph."""
    return [token.text.lower() for token in tokenised(text, offset=0, mentions=(), nlp=nlp)]


def word_vectors(lines: Sequence[Sequence[str]], *, words: int = WORDS, contexts: int = CONTEXTS, dimensions: int = DIMENSIONS) -> tuple[list[str], Any]:
    """Make vectors of length one for the most frequent words.

    Parameters
    ----------
    lines
        Tokens of each paragraph; contexts do not reach over its ends.
    words, contexts
        How many of the most frequent words get a vector, and serve as neighbours.

    Returns
    -------
        The words, most frequent first, and an array of shape (words, dimensions) and type float32.
    """
    counts = Counter(word for line in lines for word in line)
    known = sorted(counts, key=lambda word: (-counts[word], word))[:words]
    index = {word: i for i, word in enumerate(known)}
    gap = [-1] * max(PLACES)
    ids = np.array([i for line in lines for i in (*(index.get(word, -1) for word in line), *gap)], dtype=np.int64)
    association = sparse.hstack([_information(_neighbours(ids, place, shape=(len(known), min(contexts, len(known))))) for place in PLACES])
    left, strength, _ = randomized_svd(association.tocsr(), dimensions, n_iter=4, random_state=0)
    vectors = left * np.sqrt(strength)
    return known, (vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)).astype(np.float32)


def _neighbours(ids: Any, place: int, *, shape: tuple[int, int]) -> Any:
    """Count how often each word has each context `place` tokens to its right, left where negative."""
    here, there = (ids[:-place], ids[place:]) if place > 0 else (ids[-place:], ids[:place])
    both = (here >= 0) & (there >= 0) & (there < shape[1])
    return sparse.coo_matrix((np.ones(int(both.sum()), dtype=np.float32), (here[both], there[both])), shape=shape).tocsr()


def _information(counts: Any) -> Any:
    """Positive pointwise mutual information of counts."""
    per_word = np.asarray(counts.sum(axis=1)).ravel()
    per_context = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    cells = counts.tocoo()
    values = np.log(cells.data * per_context.sum() / (per_word[cells.row] * per_context[cells.col]))
    kept = values > 0
    return sparse.csr_matrix((values[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape)


def main(
    corpora: Annotated[Path, typer.Option(help="The folder of the corpora.")],
    out: Annotated[Path, typer.Option(help="The folder of the vectors.")],
) -> None:
    """Make word vectors from the corpora."""
    nlp = blank_language()
    lines = [words_of(text, nlp) for text in paragraphs(corpora)]
    known, data = word_vectors(lines)
    vectors = Vectors(strings=nlp.vocab.strings, data=data, keys=[nlp.vocab.strings.add(word) for word in known], attr="LOWER", name="syntax")
    vectors.to_disk(out)
    typer.echo(f"{len(lines)} paragraphs, {sum(map(len, lines))} tokens, {len(known)} words with a vector")


if __name__ == "__main__":
    typer.run(main)
