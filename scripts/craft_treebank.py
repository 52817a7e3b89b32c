"""CRAFT's dependency treebank on the tokens of the run time: CoNLL-U and concept spans in, spaCy Docs with gold heads, labels and tags out.

The treebank has its own tokens (`Dhcr7|-|/|-`, `anti-rabbit`); the pipeline has scispaCy's, split further at hyphens and at the edges of names.
`project` carries the tree of a sentence over: tokens that are one at run time keep the head that leads out of them, pieces of one gold token hang on its last word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from extractor.errors import DataError
from extractor.parse.language import tokenised
from extractor.records import Mention
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_COLUMNS = 10
_HYPHENS = frozenset("-–‑−")
_TAGS = {".": ".", ",": ",", ":": ":", ";": ":"}  # tags of punctuation marks in this treebank; what else is not a word is SYM


@dataclass(frozen=True, slots=True)
class Node:
    """One token of the treebank: `[start, end)` in its sentence, and its head as an index into the sentence's tokens, itself for the root."""

    start: int
    end: int
    tag: str
    head: int
    label: str


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence of the treebank. `names` are the spans of the concepts annotated in it, as `[start, end)` in the sentence.

    The treebank's paragraphs join headings to what follows; `line` counts the lines of the article's text, which keeps them apart.
    """

    article: str
    paragraph: str
    text: str
    nodes: tuple[Node, ...]
    names: tuple[tuple[int, int], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence on the tokens of the run time; heads are indices, the root's its own."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]


def read_treebank(path: Path, *, concepts: Path | None = None) -> list[GoldSentence]:
    """Read a CoNLL-U file, with the concept spans of the same articles where a file of them is given.

    Parameters
    ----------
    path
        With `# newdoc id` and `# newpar id` comments.
    concepts
        One JSON object a line: `pmid`, `text`, `spans` as [[[start, end], ...], identifier].

    Raises
    ------
    DataError
        A line has not ten columns, or a head that is no token of its sentence.
    """
    sentences = list(_sentences(path))
    if concepts is None:
        return sentences
    articles = {row["pmid"]: row for row in map(json.loads, concepts.read_text("utf-8").splitlines())}
    return [named for article, group in groupby(sentences, key=lambda s: s.article) for named in _named(group, articles.get(article))]


def _sentences(path: Path) -> Iterator[GoldSentence]:
    article = paragraph = ""
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate([*path.read_text("utf-8").split("\n"), ""], 1):
        if line.startswith("# newdoc"):
            article = line.partition("=")[2].strip()
        elif line.startswith("# newpar"):
            paragraph = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            rows.append((number, line.split("\t")))
        elif not line and rows:
            yield _sentence(rows, path, article=article, paragraph=paragraph)
            rows = []


def _sentence(rows: Sequence[tuple[int, list[str]]], path: Path, *, article: str, paragraph: str) -> GoldSentence:
    text, nodes = "", []
    for index, (number, row) in enumerate(rows):
        if len(row) != _COLUMNS:
            raise DataError(f"{len(row)} columns", place=f"{path}:{number}", expected=f"{_COLUMNS}, separated by tabs, as CoNLL-U has them")
        if not row[6].isdigit() or int(row[6]) > len(rows):
            raise DataError(f"head {row[6]!r}", place=f"{path}:{number}", expected=f"a number from 0 to {len(rows)}")
        head = int(row[6]) - 1 if row[6] != "0" else index
        nodes.append(Node(start=len(text), end=len(text) + len(row[1]), tag=row[4], head=head, label=row[7] if head != index else "ROOT"))
        text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
    return GoldSentence(article=article, paragraph=paragraph, text=text.rstrip(), nodes=tuple(nodes))


def _named(sentences: Iterable[GoldSentence], article: Mapping[str, object] | None) -> Iterator[GoldSentence]:
    """Find each sentence in its article, from left to right, and the spans that lie inside it."""
    text = str(article["text"]) if article else ""
    spans: list[tuple[int, int]] = sorted({(start, end) for pieces, _ in article["spans"] for start, end in pieces}) if article else []  # type: ignore[attr-defined]
    after = line = 0
    for sentence in sentences:
        at = text.find(sentence.text, after)
        line += text.count("\n", after, at) if at >= 0 else 0
        after = at + len(sentence.text) if at >= 0 else after
        inside = tuple((start - at, end - at) for start, end in spans if at <= start and end <= after) if at >= 0 else ()
        yield GoldSentence(sentence.article, sentence.paragraph, sentence.text, sentence.nodes, inside, line)


def project(sentence: GoldSentence, nlp: Language) -> Tree:
    """Carry a gold tree over to the tokens that the run time makes of the sentence.

    Parameters
    ----------
    sentence
        Its names are handled as mentions are: no split inside, a split at their edges.
    nlp
        Supplies the tokenizer.
    """
    names = [Mention(start=start, end=end, text=sentence.text[start:end], kind="molecule") for start, end in sentence.names]
    doc = tokenised(sentence.text, offset=0, mentions=names, nlp=nlp)
    homes = _homes(sentence, doc)
    depths = [_depth(sentence.nodes, i) for i in range(len(sentence.nodes))]
    members: dict[int, list[int]] = {}
    for node, home in enumerate(homes):
        members.setdefault(home, []).append(node)
    top = {home: min(nodes, key=lambda n: (depths[n], sentence.nodes[n].label == "punct", n)) for home, nodes in members.items()}
    rows = [_row(i, doc, sentence, homes=homes, top=top) for i in range(len(doc))]
    tags, heads, labels = zip(*rows, strict=True)
    return Tree(tuple(t.text for t in doc), tuple(bool(t.whitespace_) for t in doc), tags, heads, labels)


def _row(index: int, doc: Doc, sentence: GoldSentence, *, homes: Sequence[int], top: Mapping[int, int]) -> tuple[str, int, str]:
    """Tag, head and label of a run-time token: those of the topmost gold token in it, or those of a piece of a longer gold token."""
    if index in top:
        node = sentence.nodes[top[index]]
        return node.tag, homes[node.head], node.label
    token = doc[index]
    node_index = next((n for n, node in enumerate(sentence.nodes) if node.start < token.idx + len(token) and token.idx < node.end), 0)
    tag, label = _piece(token.text, before_hyphen=index + 1 < len(doc) and doc[index + 1].text in _HYPHENS)
    return tag, homes[node_index], label


def _piece(text: str, *, before_hyphen: bool) -> tuple[str, str]:
    """Tag and label of a piece of a gold token that is not its last word."""
    if text in _HYPHENS:
        return "HYPH", "punct"
    if not any(map(str.isalnum, text)):
        return _TAGS.get(text, "SYM"), "punct"
    if text[0].isdigit():
        return "CD", "nummod"
    return ("AFX", "nmod") if before_hyphen else ("NN", "compound")


def _homes(sentence: GoldSentence, doc: Doc) -> list[int]:
    """For each gold token the run-time token that stands for it: the last with a letter or digit of those that overlap it, else the first."""
    homes = []
    for node in sentence.nodes:
        over = [t.i for t in doc if t.idx < node.end and node.start < t.idx + len(t) and not t.is_space]
        words = [i for i in over if any(map(str.isalnum, doc[i].text))]
        homes.append((words or over[:1])[-1])
    return homes


def _depth(nodes: Sequence[Node], index: int) -> int:
    depth = 0
    while nodes[index].head != index and depth <= len(nodes):
        index, depth = nodes[index].head, depth + 1
    return depth


def gold_tree(sentence: GoldSentence) -> Tree:
    """The sentence on the treebank's own tokens."""
    nodes = sentence.nodes
    ends = [following.start for following in nodes[1:]] + [nodes[-1].end]
    return Tree(
        tuple(sentence.text[n.start : n.end] for n in nodes), tuple(n.end < end for n, end in zip(nodes, ends, strict=True)),
        tuple(n.tag for n in nodes), tuple(n.head for n in nodes), tuple(n.label for n in nodes),
    )  # fmt: skip


def document(trees: Sequence[Tree], vocab: Vocab) -> Doc:
    """Join sentences to one Doc with tags, heads, labels and sentence starts; a blank stands between two sentences."""
    starts = [sum(len(t.words) for t in trees[:i]) for i in range(len(trees))]
    return Doc(
        vocab,
        words=[word for t in trees for word in t.words],
        spaces=[space for t in trees for space in (*t.spaces[:-1], True)],
        tags=[tag for t in trees for tag in t.tags],
        heads=[start + head for start, t in zip(starts, trees, strict=True) for head in t.heads],
        deps=[label for t in trees for label in t.labels],
        sent_starts=[i == 0 for t in trees for i in range(len(t.words))],
    )


def mismatch(sentences: Sequence[GoldSentence], trees: Sequence[Tree]) -> dict[str, float]:
    """How far run-time tokens and gold tokens differ: counts, and shares of tokens and sentences that differ.

    Returns
    -------
        Shares are of run-time tokens that are no gold token, gold tokens that are no run-time token, sentences with any such token.
    """
    pairs = [({(n.start, n.end) for n in sentence.nodes}, _spans(tree)) for sentence, tree in zip(sentences, trees, strict=True)]
    gold, found, both = (sum(len(x) for x in each) for each in ((g for g, _ in pairs), (f for _, f in pairs), (g & f for g, f in pairs)))
    return {
        "gold_tokens": gold, "run_time_tokens": found, "run_time_tokens_differing": 1 - both / found,
        "gold_tokens_differing": 1 - both / gold, "sentences_differing": sum(g != f for g, f in pairs) / len(pairs),
    }  # fmt: skip


def _spans(tree: Tree) -> set[tuple[int, int]]:
    spans, at = set(), 0
    for word, space in zip(tree.words, tree.spaces, strict=True):
        spans.add((at, at + len(word)))
        at += len(word) + space
    return spans
