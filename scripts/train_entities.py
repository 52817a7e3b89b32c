"""Train the entity models of the package and measure them on documents that they never saw.

    python scripts/train_entities.py --data CORPORA --out extractor/models
    python scripts/train_entities.py --data CORPORA --out extractor/models --only region
    python scripts/train_entities.py --data CORPORA --out extractor/models --score-only

In: a folder with whitetext/, anatem/, linnaeus/, craft/, depression/, bel_claims/, lexicons/ and, beside it, gold/abstracts_dev.jsonl (whose abstracts
are left out). Out: a folder a model; the scores on standard output. The same seed and data give the same models on the same machine.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import spacy
import typer
from extractor.parse.language import blank_language
from extractor.scan import Scanner
from extractor.settings import Settings
from extractor.terms import Terms, load_terms
from spacy.language import Language
from spacy.training import Example
from spacy.util import compounding, fix_random_seed
from thinc.api import Adam, NumpyOps, set_current_ops

from entity_blur import Blur, blurred
from entity_corpora import anatem, bel, craft, depression, elife, linnaeus, marked, split, whitetext
from entity_network import Size, network
from entity_pretraining import Plain, chosen, plain, pretrain
from entity_samples import Sample, distantly, example, renamed, samples, told_apart
from entity_scores import score
from entity_species import disregarded, one_sided, other_species, species_names, with_fewer_empty

SEED = 7
MENTIONS = Path(__file__).resolve().parents[1] / "gold" / "mentions_dev.jsonl"
HELD_BACK = 0.2  # of WhiteText by abstract, of AnatEM by article; own choice
RENAMED = 0.2  # share of names that another name replaces, drawn anew each epoch; own choice, measured in docs/entities.md
EPOCHS = {"region": 9, "species": 6, "chemistry": 4, "cell": 20}
BEL_TEXTS = 2_000  # of 9,532, drawn; own choice, for the time that training takes
LINNAEUS_TIMES = 2  # that each of its sentences is read in a pass; own choice, as it marks fewer names than CRAFT
EMPTY = 0.35  # share of sentences without a species that are kept for learning species; own choice, for the time that training takes
OTHER_SPECIES = 0.5  # share of names of two words that another species replaces, drawn anew each epoch; own choice
BLUR = Blur(words=0.2, codes=0.5, mentions=0.2, kind="region")  # own choice, measured in docs/entities.md
PLAIN = 40_000  # sentences with a region of eLife and depression abstracts; own choice, nearly all that there are
PLAIN_OTHERS = 0.1  # of sentences without a region, to one with; own choice
CRAFT_ARTICLES = 20  # of 60, drawn; as above
RATE = 0.002  # of learning at the start; falls to zero in a straight line
DROPOUT = 0.3
NO_CELL = re.compile(r"cells?|\w+(?:al|ar|ic|oid)", re.IGNORECASE)  # `cells`, `neuronal`: marked by AnatEM, no place of a claim
CODES = 0.15  # share of code names (two letters, a hyphen, digits) among the new names of agents
# own choice, measured in docs/entities.md
SIZES = {"region": Size(96, 2), "species": Size(48, 2), "chemistry": Size(64, 2), "cell": Size(48, 3, (2000, 500, 1500, 1500, 500))}


@dataclass(frozen=True, slots=True)
class Task:
    """What one model learns: its labels, its sentences, those it is measured on (by the name of the corpus), and how names are varied.

    `classes` are the lexicons' classes of what the corpus marks; None where it marks all. `plain` gives sentences to learn words from beforehand.
    """

    labels: tuple[str, ...]
    learn: Sequence[Sample]
    held: Mapping[str, Sequence[Sample]]
    vary: Callable[[Sample, random.Random], Sample]
    classes: frozenset[str] | None = None
    plain: Callable[[], Sequence[Plain]] | None = None


def unchanged(sample: Sample, _: random.Random) -> Sample:
    """Leave the names as they are."""
    return sample


def region_task(data: Path, scanner: Scanner) -> Task:
    """WhiteText, split by abstract. It has no organs, cells and fluids. Plain text of the field comes first."""
    cut = partial(samples, label="REGION", scanner=scanner)
    learn, held = (list(cut(part)) for part in split(whitetext(data), share=HELD_BACK, seed=SEED))

    def plain_text() -> list[Plain]:
        texts = list(cut([*elife(data, without=gold_records(data, "elife_dev")), *depression(data, without=gold_records(data))]))
        first = chosen(texts, kind="region", most=PLAIN, others=PLAIN_OTHERS, rng=random.Random(SEED))
        return plain([*first, *learn, *learn], nlp=blank_language())

    return Task(("REGION",), learn, {"whitetext": held}, partial(blurred, blur=BLUR), frozenset({"brain", "nerve"}), plain_text)


def cell_task(data: Path, scanner: Scanner) -> Task:
    """The cells of AnatEM, split by article. In a claim cells are a region; what is no name has a label that a run does not take."""
    learn, held = (
        [told_apart(s, general=NO_CELL, label="CELL") for s in samples(part, label="REGION", scanner=scanner)]
        for part in split(anatem(data, kind="Cell"), share=HELD_BACK, seed=SEED)
    )
    return Task(("REGION", "CELL"), learn, {"anatem": held}, unchanged, frozenset({"cell", "culture"}))


def species_task(data: Path, scanner: Scanner) -> Task:
    """LINNAEUS and CRAFT, each by its own split. The words that LINNAEUS marks and CRAFT does not are as LINNAEUS has them."""
    cut = partial(samples, label="SPECIES", scanner=scanner)
    taxa = partial(craft, data, ontologies=("NCBITaxon",))
    held = {"linnaeus": list(cut(linnaeus(data, "devel"))), "craft": list(cut(taxa("dev")))}
    marking, leaving = list(cut(linnaeus(data, "train"))), list(cut(taxa("train")))
    words = one_sided(marking, leaving)
    learn = with_fewer_empty([*marking * LINNAEUS_TIMES, *(disregarded(s, words) for s in leaving)], share=EMPTY, rng=random.Random(SEED))
    return Task(("SPECIES",), learn, held, partial(other_species, names=species_names(data / "lexicons" / "reach_Species.tsv.gz"), share=OTHER_SPECIES))


def chemistry_task(data: Path, scanner: Scanner, *, terms: Terms) -> Task:
    """The proteins of CRAFT; abstracts and BEL texts with the lexicons' names and the BEL terms as distant labels; new names put in their places."""
    cut = partial(samples, label="MOLECULE", scanner=scanner)
    proteins = partial(craft, data, ontologies=("PR",))
    rng = random.Random(SEED)
    learn = [distantly(s, keep=True) for s in cut(rng.sample(proteins("train"), CRAFT_ARTICLES))]
    learn += [distantly(s) for s in cut(depression(data, without=gold_records(data)))]
    learn += [distantly(s) for s in cut(rng.sample(bel(data, functions="pgr"), BEL_TEXTS))]
    held = {"craft": list(cut(proteins("dev"))), "mentions_dev": list(cut(marked(depression(data, without=()), MENTIONS)))}
    return Task(("MOLECULE", "AGENT"), learn, held, partial(_varied, names=new_names(data, terms=terms)))


def gold_records(data: Path, name: str = "abstracts_dev") -> frozenset[str]:
    """The identifiers of the annotated abstracts, or articles: no model may learn from them."""
    with (data.parent / "gold" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return frozenset(str(json.loads(line)["record_id"]) for line in lines)


def _varied(sample: Sample, rng: random.Random, *, names: Mapping[str, Sequence[str]]) -> Sample:
    def agent() -> str:
        if rng.random() < CODES:
            return f"{''.join(rng.choices('ABCDEGKLMNPRSTUVWZ', k=rng.randint(1, 3)))}{rng.choice('- ')}{rng.randint(10, 99_999)}"
        return rng.choice(names["AGENT"])

    return renamed(sample, names={"MOLECULE": lambda: rng.choice(names["MOLECULE"]), "AGENT": agent}, share=RENAMED, rng=rng)


def new_names(data: Path, *, terms: Terms) -> dict[str, list[str]]:
    """Names of genes and chemicals that the lexicons lack, short enough to stand in a sentence."""
    folder = data / "lexicons"
    return {
        "MOLECULE": [n for n in _names(folder / "reach_Gene_or_gene_product.tsv.gz") if terms.find(n, "molecule") is None],
        "AGENT": [n for n in _names(folder / "reach_chebi.tsv.gz") if terms.find(n, "molecule") is None and terms.find(n, "agent") is None],
    }


def _names(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            name = line.split("\t")[0].strip()
            if 3 <= len(name) <= 24 and name.count(" ") <= 2 and any(c.isalpha() for c in name) and not name.startswith("#") and "(" not in name:
                yield name


def train(task: Task, *, epochs: int, nlp: Language, size: Size = SIZES["chemistry"], seed: int = SEED) -> Language:
    """Train a recogniser.

    Parameters
    ----------
    task
        Labels and sentences.
    epochs
        Passes over the sentences.
    nlp
        Supplies the tokenizer of a run.
    size
        Of the network.
    seed
        Of weights, order and names.

    Returns
    -------
        A pipeline with one component, `ner`, whose weights are the averages of the training.
    """
    fix_random_seed(seed)
    rng = random.Random(seed)
    model = spacy.blank("en")
    recogniser = model.add_pipe("ner", config=network(size))
    for label in task.labels:
        recogniser.add_label(label)  # type: ignore[attr-defined]
    first = [example(s, nlp=nlp, vocab=model.vocab) for s in task.learn[:200]]
    model.initialize(lambda: first)
    _learn_words(model, task, seed=seed)
    optimizer = Adam(learn_rate=RATE, beta1=0.9, beta2=0.999, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    sizes = compounding(300.0, 2000.0, 1.002)
    order = list(range(len(task.learn)))
    kept = [example(s, nlp=nlp, vocab=model.vocab) for s in task.learn] if task.vary is unchanged else []
    for epoch in range(epochs):
        rng.shuffle(order)
        examples = (kept[i] if kept else example(task.vary(task.learn[i], rng), nlp=nlp, vocab=model.vocab) for i in order)
        losses: dict[str, float] = {}
        done = 0
        for batch in _batches(examples, sizes):
            optimizer.learn_rate = RATE * (1 - (epoch + done / len(order)) / epochs)  # type: ignore[assignment]
            model.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
            done += len(batch)
        typer.echo(f"epoch {epoch + 1}/{epochs}  loss {losses['ner']:.0f}")
    with model.use_params(optimizer.averages):
        return _clean(model, size)


def _learn_words(model: Language, task: Task, *, seed: int) -> None:
    """Let the first layers of the recogniser learn from plain text where a task has any."""
    if task.plain is not None:
        layers = model.get_pipe("ner").model.get_ref("tok2vec").layers[0]  # type: ignore[attr-defined]
        losses = list(pretrain(layers, task.plain(), kind=task.labels[0].lower(), vocab=model.vocab, seed=seed))
        typer.echo(f"plain text, {len(losses)} batches  loss {losses[0]:.2f} to {losses[-1]:.2f}")


def _batches(examples: Iterator[Example], sizes: Iterator[float]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    words, limit = 0, next(sizes)
    for one in examples:
        batch.append(one)
        words += len(one.predicted)
        if words >= limit:
            yield batch
            batch, words, limit = [], 0, next(sizes)
    if batch:
        yield batch


def _clean(model: Language, size: Size) -> Language:
    """Copy the recogniser into a pipeline whose vocabulary has not seen the training texts."""
    fresh = spacy.blank("en")
    copy = fresh.add_pipe("ner", config=network(size))
    copy.from_bytes(model.get_pipe("ner").to_bytes(exclude=["vocab"]), exclude=["vocab"])  # type: ignore[attr-defined]
    return fresh


def save(model: Language, path: Path, *, metrics: Mapping[str, object]) -> None:
    """Write a model and its scores beside its folder, then put them in its place, so that a reader never sees half a model."""
    new = path.with_name(f"{path.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    model.to_disk(new, exclude=["tokenizer", "vocab"])
    (new / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(path, ignore_errors=True)
    new.rename(path)


def main(
    data: Annotated[Path, typer.Option(help="The folder of corpora.")],
    out: Annotated[Path, typer.Option(help="Where the models go, a folder each.")],
    only: Annotated[str | None, typer.Option(help="One model: region, species, chemistry or cell.")] = None,
    score_only: Annotated[bool, typer.Option(help="Measure what is in OUT.")] = False,
) -> None:
    """Train and measure."""
    set_current_ops(NumpyOps(use_blis=False))  # OpenBLAS multiplies matrices of these sizes about three times as fast as blis
    terms, nlp = load_terms(), blank_language()
    scanner = Scanner(terms, nlp=nlp, settings=Settings())
    makers = {"region": region_task, "species": species_task, "chemistry": partial(chemistry_task, terms=terms), "cell": cell_task}
    for name, make in makers.items():
        if only not in (None, name):
            continue
        task = make(data, scanner)
        typer.echo(f"{name}: {len(task.learn)} sentences")
        model = spacy.load(out / name, exclude=["tokenizer", "vocab"]) if score_only else train(task, epochs=EPOCHS[name], nlp=nlp, size=SIZES[name])
        metrics: dict[str, dict[str, dict[str, float | None]]] = {}
        for corpus, held in task.held.items():
            for way, counts in score(model, held, label=task.labels[0], nlp=nlp, classes=task.classes).items():
                typer.echo(f"{name:10s}{corpus:14s}{way:10s}{counts}")
                metrics.setdefault(corpus, {})[way] = counts.figures()
        save(model, out / name, metrics=metrics)


if __name__ == "__main__":
    typer.run(main)
