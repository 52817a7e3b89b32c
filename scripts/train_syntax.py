"""Train the syntax that the package ships: tagger, parser and sentence boundaries, from CRAFT's treebank.

    python scripts/syntax_vectors.py --corpora ../shared/corpora --out build/vectors
    python scripts/train_syntax.py --data ../shared/corpora/craft --vectors build/vectors --out extractor/models/syntax

In: treebank_{train,dev}.conllu and concepts_{train,dev}.jsonl. Out: a spaCy pipeline in a folder, with metrics.json beside its weights.
The articles of the dev files are never trained on; the weights of the last step are kept, so that no choice is made on them either.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Annotated, Any

import spacy
import typer
from extractor.errors import UsageError
from extractor.parse.language import blank_language
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.vectors import Vectors
from thinc.api import Adam, NumpyOps, Optimizer, compounding, fix_random_seed, set_current_ops, warmup_linear

from craft_treebank import GoldSentence, Tree, document, gold_tree, mismatch, project, read_treebank

SINGLE = 0.85  # share of draws that take one sentence: half of the sentences then come alone, as at run time, and half in runs
LONGEST_RUN = 8
WARMUP = 250
STEPS = 4500
EVERY = 1000  # steps between two looks at the dev articles
SMALL, LARGE, GROWTH = 100, 1000, 1.001  # words a batch, as spaCy's own configuration has them
TIMED_SENTENCES, TIMINGS = 1500, 5


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of the network. The defaults are spaCy's stock configuration for speed; `hidden` and `pieces` are the parser's."""

    width: int = 96
    depth: int = 4
    rows: int = 1
    hidden: int = 128
    pieces: int = 3
    vectors: Path | None = None


def training_language(shape: Shape) -> Language:
    """Build the untrained pipeline; `rows` multiplies the rows of the stock hash tables, `vectors` are static vectors made by spaCy."""
    nlp = spacy.blank("en")
    if shape.vectors:
        nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings).from_disk(shape.vectors)
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": shape.width, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [n * shape.rows for n in (5000, 1000, 2500, 2500)], "include_static_vectors": shape.vectors is not None,
    }  # fmt: skip
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": shape.width, "depth": shape.depth, "window_size": 1, "maxout_pieces": 3}
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": shape.width, "upstream": "*"}
    upper = {"hidden_width": shape.hidden, "maxout_pieces": shape.pieces, "use_upper": True, "extra_state_tokens": False, "state_type": "parser"}
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}, "label_smoothing": 0.05})
    nlp.add_pipe("parser", config={"model": {"@architectures": "spacy.TransitionBasedParser.v2", "tok2vec": listener, **upper}})
    return nlp


def runs(sentences: Sequence[tuple[str, Tree]], rng: random.Random) -> Iterator[list[Tree]]:
    """Cut a treebank into single sentences and runs of three to eight, none across the end of a paragraph; another cut with each call."""
    for _, group in groupby(sentences, key=lambda pair: pair[0]):
        trees = iter([tree for _, tree in group])
        while run := list(islice(trees, 1 if rng.random() < SINGLE else rng.randint(3, LONGEST_RUN))):
            yield run


def example(trees: Sequence[Tree], nlp: Language) -> Example:
    """Make an example whose prediction starts from the right tokens."""
    gold = document(trees, nlp.vocab)
    return Example(Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold]), gold)


def batches(sentences: Sequence[tuple[str, Tree]], nlp: Language, *, seed: int) -> Iterator[list[Example]]:
    """Go through the treebank again and again, cut and shuffled anew each time, in batches that grow."""
    rng = random.Random(seed)
    size = compounding(SMALL, LARGE, GROWTH)
    while True:
        examples = [example(run, nlp) for run in runs(sentences, rng)]
        rng.shuffle(examples)
        yield from minibatch_by_words(examples, size=size)


def train(nlp: Language, sentences: Sequence[tuple[str, Tree]], *, steps: int, seed: int, watch: Callable[[int, Optimizer], None] | None = None) -> Optimizer:
    """Train in place; returns the optimizer, which holds the averages of the weights.

    Parameters
    ----------
    sentences
        Paragraph identifier and tree.
    steps
        Batches in all; the rate rises for `WARMUP` of them, then falls to zero.
    watch
        Called after every `EVERY` steps.
    """
    fix_random_seed(seed)
    first = [example([tree], nlp) for _, tree in sentences]
    nlp.initialize(lambda: first)
    rates = warmup_linear(0.002, min(WARMUP, steps // 10), steps)
    optimizer = Adam(rates, beta1=0.9, beta2=0.999, eps=1e-8, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    for step, batch in enumerate(islice(batches(sentences, nlp, seed=seed), steps), 1):
        nlp.update(batch, drop=0.1, sgd=optimizer)
        optimizer.step_schedules()
        if watch and step % EVERY == 0 and step < steps:
            watch(step, optimizer)
    return optimizer


def scores(nlp: Language, gold: Sequence[GoldSentence], trees: Sequence[Tree]) -> dict[str, dict[str, float]]:
    """Score a pipeline four ways.

    Returns
    -------
        `sentences`: one at a time on run-time tokens, as the extractor parses. `paragraphs`: lines of the articles, boundaries found. `gold_tokens`: whole
        paragraphs on the treebank's own tokens. `against_gold_tokens`: single sentences on run-time tokens where every token that
        is none of the treebank's counts as wrong. Punctuation is left out of LAS and UAS, as spaCy does.
    """
    original = [gold_tree(sentence) for sentence in gold]
    paragraphs = [[i for i, _ in group] for _, group in groupby(enumerate(gold), key=lambda pair: (pair[1].article, pair[1].paragraph, pair[1].line))]
    across = [Example(example([tree], nlp).predicted, document([own], nlp.vocab)) for tree, own in zip(trees, original, strict=True)]
    return {
        "sentences": _figures(nlp, [example([tree], nlp) for tree in trees]),
        "paragraphs": _figures(nlp, [example([trees[i] for i in each], nlp) for each in paragraphs]),
        "gold_tokens": _figures(nlp, [example([original[i] for i in each], nlp) for each in paragraphs]),
        "against_gold_tokens": _figures(nlp, across),
    }


def _figures(nlp: Language, examples: list[Example]) -> dict[str, float]:
    found = nlp.evaluate(examples)
    return {name: round(100 * found[key], 2) for name, key in (("tags", "tag_acc"), ("UAS", "dep_uas"), ("LAS", "dep_las"), ("sentence_F", "sents_f"))}


def speeds(pipelines: Mapping[str, Language], trees: Sequence[Tree]) -> dict[str, int]:
    """Time pipelines in turn on the same single sentences: words a second of processor time, all components, the median of several rounds."""
    found: dict[str, list[float]] = {name: [] for name in pipelines}
    for _ in range(TIMINGS):
        for name, nlp in pipelines.items():
            docs = [example([tree], nlp).predicted for tree in trees[:TIMED_SENTENCES]]
            began = time.process_time()
            words = sum(len(doc) for doc in nlp.pipe(docs, batch_size=64))
            found[name].append(words / (time.process_time() - began))
    return {name: round(statistics.median(each)) for name, each in found.items()}


def save(nlp: Language, out: Path, metrics: Mapping[str, Any]) -> None:
    """Write the pipeline whole or not at all, without the words it saw in training: strings are kept for labels only."""
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    nlp.meta.update(name="syntax", description="Tagger and dependency parser trained on CRAFT (CC BY 3.0)", license="CC BY 3.0")
    nlp.to_disk(part)
    labels = {label for name in ("tagger", "parser") for label in nlp.get_pipe(name).labels}
    labels |= {label.partition("-")[2] for label in nlp.get_pipe("parser").move_names}
    strings = sorted(label for label in labels | set(spacy.blank("en").vocab.strings) if label)
    (part / "vocab" / "strings.json").write_text(json.dumps(strings, ensure_ascii=False, indent=0), "utf-8")
    (part / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", "utf-8")
    old = out.with_name(out.name + ".old")
    if out.exists():
        out.rename(old)
    part.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def prepared(data: Path, split: str, nlp: Language) -> tuple[list[GoldSentence], list[Tree]]:
    """Read one split and carry it over to run-time tokens. Raises `UsageError` where a file is missing."""
    files = data / f"treebank_{split}.conllu", data / f"concepts_{split}.jsonl"
    for file in files:
        if not file.is_file():
            raise UsageError(f"no file {file}", expected="treebank_*.conllu and concepts_*.jsonl of the CRAFT corpus", repair="name their folder with --data")
    gold = read_treebank(files[0], concepts=files[1])
    return gold, [project(sentence, nlp) for sentence in gold]


def run(data: Path, out: Path, *, shape: Shape, steps: int, seed: int, time_stock: bool = True) -> dict[str, Any]:
    """Train, score, time and save; returns what goes into metrics.json."""
    set_current_ops(NumpyOps(use_blis=False))  # OpenBLAS multiplies matrices of these sizes about three times as fast as blis
    tokenizer = blank_language()
    (gold, trees), (dev, dev_trees) = prepared(data, "train", tokenizer), prepared(data, "dev", tokenizer)
    sentences = [(f"{s.article} {s.paragraph}", tree) for s, tree in zip(gold, trees, strict=True)]
    nlp = training_language(shape)
    metrics: dict[str, Any] = {
        "shape": {k: v.name if isinstance(v, Path) else v for k, v in asdict(shape).items()}, "steps": steps, "seed": seed,
        "articles": {"train": len({s.article for s in gold}), "dev": len({s.article for s in dev})},
        "mismatch": {"train": mismatch(gold, trees), "dev": mismatch(dev, dev_trees)},
    }  # fmt: skip

    def look(step: int, optimizer: Optimizer) -> None:
        with nlp.use_params(optimizer.averages):
            found = _figures(nlp, [example([tree], nlp) for tree in dev_trees])
            typer.echo(f"{time.strftime('%H:%M:%S')} step {step} {found}")
            save(nlp, out, {**metrics, "stopped_at": step, "dev": {"sentences": found}})

    optimizer = train(nlp, sentences, steps=steps, seed=seed, watch=look)
    with nlp.use_params(optimizer.averages):
        metrics["dev"] = scores(nlp, dev, dev_trees)
        if time_stock:
            metrics["words_per_second"] = speeds({"this": nlp, "stock": _stock(sentences, seed)}, dev_trees)
        save(nlp, out, metrics)
    return metrics


def _stock(sentences: Sequence[tuple[str, Tree]], seed: int) -> Language:
    """Train the stock configuration for a moment, so that it takes as many transitions for a sentence as a trained one."""
    nlp = training_language(Shape())
    train(nlp, sentences, steps=60, seed=seed)
    return nlp


def main(
    data: Annotated[Path, typer.Option(help="The folder of treebank_*.conllu and concepts_*.jsonl.")],
    out: Annotated[Path, typer.Option(help="The folder of the model; one that is there is replaced.")],
    steps: Annotated[int, typer.Option(min=10, help="Batches to train on.")] = STEPS,
    seed: int = 0,
    width: Annotated[int, typer.Option(min=16)] = 96,
    depth: Annotated[int, typer.Option(min=1)] = 4,
    rows: Annotated[int, typer.Option(min=1, help="Times the rows of the stock hash tables.")] = 1,
    hidden: Annotated[int, typer.Option(min=8, help="Width of the parser's hidden layer.")] = 64,
    pieces: Annotated[int, typer.Option(min=1, help="Pieces of the parser's maxout.")] = 2,
    vectors: Annotated[Path | None, typer.Option(help="A folder of static vectors, as spaCy writes them.")] = None,
) -> None:
    """Train tagger and parser on CRAFT, score them on the dev articles, and write the model."""
    typer.echo(json.dumps(run(data, out, shape=Shape(width, depth, rows, hidden, pieces, vectors), steps=steps, seed=seed), indent=2))


if __name__ == "__main__":
    typer.run(main)
