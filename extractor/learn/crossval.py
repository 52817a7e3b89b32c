"""Cross-validation by article: studied examples in, claims of every article by models that never saw it out, calibrated and counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.evaluate.match import Alignment, align
from extractor.evaluate.statements import GoldArticle, statement
from extractor.learn.calibrate import Judged, fit_calibration
from extractor.learn.dataset import Studied
from extractor.learn.train import Trained, train, weighted
from extractor.learn.weigh import FittedTrees, Weighed, fit_trees
from extractor.normalise import claims_from, weigh
from extractor.normalise.among import described
from extractor.records import Claim
from extractor.relate.artefact import PARTS
from extractor.relate.learned import Decider
from extractor.relate.models import Calibration, ClaimModels
from extractor.schema import claim_record

FOLDS = 5
HELD_OUT = frozenset({"abstracts", "elife", "paragraphs"})
"""Sources whose articles take part in the folds; sentences written for the purpose are always trained on, and never tested on."""


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated article with the claims that models found in it."""

    studied: Studied
    claims: tuple[Claim, ...]
    fold: int


def fold_of(studied: Studied, folds: int = FOLDS) -> int | None:
    """The fold in which an example is tested; None for what is only trained on. An article's paragraphs stay together."""
    if studied.example.source not in HELD_OUT:
        return None
    return fold_of_article(studied.example.article.id, folds)


def fold_of_article(article: str, folds: int = FOLDS) -> int:
    """The fold of an article, by its identifier alone."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % folds


def claims_of(studied: Studied, models: ClaimModels, *, by: type[Decider] = Decider) -> tuple[Claim, ...]:
    """The claims that models find in the annotated sentences of an example; `by` is who decides."""
    decider, article = by(models=models, ladder=studied.ladder, terms=studied.terms), studied.example.article
    return claims_from(article, (candidate for view in studied.views for candidate in decider.candidates(view)), models.weigher)


def out_of_fold(studied: Sequence[Studied], *, tested: frozenset[str], folds: int = FOLDS) -> Iterator[Read]:
    """Read every example of the tested sources with models trained on the other folds; the claims are not calibrated."""
    for fold in range(folds):
        models = train(weighted(one for one in studied if fold_of(one, folds) != fold)).models()
        yield from (Read(one, claims_of(one, models), fold) for one in studied if fold_of(one, folds) == fold and one.example.source in tested)


def nested(studied: Sequence[Studied], *, tested: frozenset[str], gold: Mapping[str, GoldArticle], folds: int = FOLDS) -> Iterator[Read]:
    """Like `out_of_fold`, weighed: for each fold calibration and weigher come from a cross-validation inside the other folds."""
    for fold in range(folds):
        others = [one for one in studied if fold_of(one, folds) != fold]
        inner = list(out_of_fold(others, tested=tested, folds=folds))
        models = replace(train(weighted(others)).models(), calibration=calibrated(inner, gold), weigher=weigher(inner, gold).arrays())
        yield from (Read(one, claims_of(one, models), fold) for one in studied if fold_of(one, folds) == fold and one.example.source in tested)


def calibrated(reads: Sequence[Read], gold: Mapping[str, GoldArticle]) -> Calibration:
    """Fit the calibration to claims of articles that their models never saw."""
    return fit_calibration([judged for one in reads for judged in judge(one, gold[one.studied.example.key])])


def weigher(reads: Sequence[Read], gold: Mapping[str, GoldArticle]) -> FittedTrees:
    """Fit the trees that weigh claims to claims of articles that their models never saw."""
    return fit_trees([_weighed(one, gold[one.studied.example.key]) for one in reads])


def _weighed(read: Read, gold: GoldArticle) -> Weighed:
    return Weighed(rows=described(read.studied.example.article, read.claims), right=tuple(judged.right for judged in judge(read, gold)))


def cross_weighed(reads: Sequence[Read], gold: Mapping[str, GoldArticle], folds: int = FOLDS) -> Iterator[Read]:
    """Give claims out of fold the confidence of trees that were fitted to the claims of the other folds."""
    known = [(one, _weighed(one, gold[one.studied.example.key])) for one in reads]
    for fold in range(folds):
        trees = fit_trees([weighed for one, weighed in known if one.fold != fold]).arrays()
        yield from (replace(one, claims=weigh(one.studied.example.article, one.claims, trees)) for one in reads if one.fold == fold)


def judge(read: Read, gold: GoldArticle) -> list[Judged]:
    """Say of every claim whether it is paired with a gold claim at the exact level."""
    aligned = align_read(read, gold)
    right = {p for _, p in aligned.pairs["exact"]}
    return [Judged(parts=tuple(c.probabilities[part] for part in PARTS), right=i in right) for i, c in enumerate(read.claims)]


def align_read(read: Read, gold: GoldArticle) -> Alignment:
    """Pair the claims of a read article with its gold."""
    article = read.studied.example.article
    return align(gold, [statement(claim_record(claim, article)) for claim in read.claims])


@dataclass(frozen=True, slots=True)
class Final:
    """Models trained on everything, with calibration and weigher from claims out of fold, and those claims as other folds weigh them."""

    trained: Trained
    calibration: Calibration
    weigher: FittedTrees
    reads: tuple[Read, ...]


def final(studied: Sequence[Studied], *, tested: frozenset[str], gold: Mapping[str, GoldArticle]) -> Final:
    """Train on everything."""
    reads = list(out_of_fold(studied, tested=tested))
    return Final(
        trained=train(weighted(studied)), calibration=calibrated(reads, gold), weigher=weigher(reads, gold), reads=tuple(cross_weighed(reads, gold))
    )  # fmt: skip
