"""Plain text teaches a network what stands around words: unmarked sentences in, a network whose first layers have learnt from them out.

Words are hidden and have to be guessed from their neighbours, a rare word by its ending and by whether the lexicons have it in a name. What is hidden
loses the lexicons' mark too, and a name is hidden whole, as its first word is.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Adam, Model, Optimizer, Softmax_v2

from entity_samples import Sample, document_of

HIDDEN = 0.25  # share of words; own choice, more than the usual 15 % for so small a network
WORDS = 6_000  # that are guessed as such; own choice
ENDINGS = 2_000  # classes of rarer words; own choice
BATCH = 2_000  # words
RATE = 0.002  # of learning at the start; falls to a tenth of it in a straight line
LENGTHS = range(4, 81)  # words of a sentence that is learnt from; shorter and longer ones are headings and lists
_ENDING = 3  # characters, as many as the network reads
_MASK, _NO_MARK = "[MASK]", "-"


class Plain(NamedTuple):
    """Tokens of a sentence, whether a blank follows each, and what the lexicons found there."""

    words: Sequence[str]
    spaces: Sequence[bool]
    marks: Sequence[str]


def plain(samples: Iterable[Sample], *, nlp: Language) -> list[Plain]:
    """Tokenise sentences as a run does."""
    docs = (document_of(sample, nlp=nlp, vocab=nlp.vocab) for sample in samples)
    rows = (Plain([t.text for t in doc], [bool(t.whitespace_) for t in doc], [t.lemma_ for t in doc]) for doc in docs)
    return [row for row in rows if len(row.words) in LENGTHS]


def chosen(samples: Sequence[Sample], *, kind: str, most: int, others: float, rng: random.Random) -> list[Sample]:
    """Draw sentences with a mention of a kind, and some without, because a corpus of articles has many of these.

    Parameters
    ----------
    samples
        Sentences with the lexicons' mentions.
    kind
        Of the mentions.
    most
        How many sentences with such a mention are taken.
    others
        How many without, as a share of those with.
    rng
        Draws.
    """
    having = [s for s in samples if any(m.kind == kind for m in s.mentions)]
    lacking = [s for s in samples if not any(m.kind == kind for m in s.mentions)]
    having = rng.sample(having, min(most, len(having)))
    return having + rng.sample(lacking, min(len(lacking), round(len(having) * others)))


class Classes:
    """Numbers what is to be guessed: a frequent word is a class of its own; rarer ones share one by ending and by being in a name of the kind."""

    def __init__(self, rows: Iterable[Plain], *, kind: str) -> None:
        counts = Counter(word.lower() for row in rows for word in row.words)
        self._known = {word: i for i, (word, _) in enumerate(counts.most_common(WORDS))}
        self._rare: dict[tuple[bool, str], int] = {}
        self._named = f".{kind}."

    def number(self, word: str, mark: str) -> int:
        """The class of a word with its mark."""
        known = self._known.get(word.lower())
        ending = word[-_ENDING:].lower() if word.isalpha() else "".join(sorted({_sort(c) for c in word}))
        return self._rare.setdefault((self._named in mark, ending), WORDS + len(self._rare) % ENDINGS) if known is None else known


def pretrain(network: Model[Any, Any], rows: Sequence[Plain], *, kind: str, vocab: Vocab, seed: int) -> Iterator[float]:
    """Teach a network in one pass, in place.

    Parameters
    ----------
    network
        From documents to a vector a token, its sizes known.
    rows
        Sentences.
    kind
        Of the mentions that are hidden whole and guessed as such.
    vocab
        Of the documents.
    seed
        Of order and hiding.

    Returns
    -------
        The loss of each batch, while the network learns.
    """
    rng = np.random.RandomState(seed)
    classes = Classes(rows, kind=kind)
    guess = Softmax_v2(nO=WORDS + ENDINGS, nI=network.get_dim("nO"))
    guess.initialize()
    optimizer = Adam(learn_rate=RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    order = [rows[i] for i in rng.permutation(len(rows))]
    done, total = 0, sum(len(row.words) for row in rows)
    for batch in _batches(order):
        hidden = [_hidden(row, kind=kind, rng=rng) for row in batch]
        targets = [classes.number(row.words[i], row.marks[i]) for row, places in zip(batch, hidden, strict=True) for i in places]
        if targets:
            optimizer.learn_rate = RATE * (1 - 0.9 * done / total)
            yield _step(network, guess, [_masked(row, places, vocab=vocab) for row, places in zip(batch, hidden, strict=True)], hidden, targets, optimizer)
        done += sum(len(row.words) for row in batch)


def _batches(rows: Iterable[Plain]) -> Iterator[list[Plain]]:
    batch: list[Plain] = []
    for row in rows:
        batch.append(row)
        if sum(len(one.words) for one in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _hidden(row: Plain, *, kind: str, rng: np.random.RandomState) -> list[int]:
    hides = (rng.rand(len(row.words)) < HIDDEN).tolist()
    for i, mark in enumerate(row.marks):
        if i and mark.startswith(f"I.{kind}"):
            hides[i] = hides[i - 1]
    return [i for i, hide in enumerate(hides) if hide]


def _masked(row: Plain, places: Iterable[int], *, vocab: Vocab) -> Doc:
    words, marks = list(row.words), list(row.marks)
    for i in places:
        words[i], marks[i] = _MASK, _NO_MARK
    return Doc(vocab, words=words, spaces=list(row.spaces), lemmas=marks)


def _step(network: Model[Any, Any], guess: Model[Any, Any], docs: list[Doc], hidden: list[list[int]], targets: list[int], optimizer: Optimizer) -> float:
    vectors, back = network.begin_update(docs)
    guesses, back_guess = guess.begin_update(np.concatenate([v[places] for v, places in zip(vectors, hidden, strict=True)]))
    right = (np.arange(len(targets)), np.array(targets))
    loss = -float(np.log(guesses[right] + 1e-9).mean())
    guesses[right] -= 1
    gradient = back_guess(guesses / len(targets))
    spread, start = [], 0
    for vector, places in zip(vectors, hidden, strict=True):
        one = np.zeros_like(vector)
        one[places] = gradient[start : start + len(places)]
        spread.append(one)
        start += len(places)
    back(spread)
    network.finish_update(optimizer)
    guess.finish_update(optimizer)
    return loss


def _sort(character: str) -> str:
    return "digit" if character.isdigit() else "letter" if character.isalpha() else "mark"
