"""What the stages of an article cost, what plain spaCy costs over the same text, and which claims the cascade loses: paths in, one `Cost` each out.

The stages are called here one by one; that they give what `Pipeline.run` gives is checked on every article.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from extractor.annotations import ParsedSentence
from extractor.normalise import claims_from, merge
from extractor.parse.language import build_language, parse
from extractor.records import Article, Claim, Mention, Scan, Section, Sentence
from extractor.relate import relate
from extractor.relate.artefact import load_models
from extractor.settings import Settings
from extractor.terms import load_terms
from spacy.language import Language
from thinc.api import NumpyOps

from measure_stages import first_article, pipeline, scanner

STAGES = ("read", "scan", "parse", "relate")
PLAIN = ("plain", "plain_same_blas")
RULES = "relate_rules"
"""The name under which relating by the rules alone is booked; it is no stage of the pipeline as shipped."""
SYNTAX = ("tok2vec", "tagger", "parser")
_PROSE = frozenset({"title", "paragraph", "caption"})
_UNREAD = frozenset({Section.METHODS, Section.TABLE})
"""Sections whose statements are no claims by definition; the pipeline leaves them out for what they say, not for speed."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """One article. `cpu` and `wall` are seconds by stage, by the names of `PLAIN` those of the plain pipeline, and by `RULES` those of the rules alone;
    `claims` are those of the cascade, by the models as shipped.

    `lost` and `gained` are claims by identity against parsing every sentence of the sections that are read; `methods` are the further
    claims that methods and tables would give. `agrees` says that the stages called one by one gave what the pipeline gives.
    """

    article: str
    characters: int
    sentences: int
    selected: int
    selected_characters: int
    cpu: dict[str, float] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)
    claims: int = 0
    every: int = 0
    lost: int = 0
    gained: int = 0
    methods: int = 0
    agrees: bool = True


class Clock:
    """Adds up the processor time of this process and the time on the wall, by name."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}
        self.wall: dict[str, float] = {}

    def timed(self, name: str, call: Callable[[], T]) -> T:
        """Call a function and book its time under a name."""
        cpu, wall = time.process_time(), time.perf_counter()
        result = call()
        self.cpu[name] = self.cpu.get(name, 0.0) + time.process_time() - cpu
        self.wall[name] = self.wall.get(name, 0.0) + time.perf_counter() - wall
        return result


@lru_cache(maxsize=1)
def language() -> Language:
    """The shipped language, as the pipeline builds it."""
    return build_language()


@lru_cache(maxsize=2)
def plain_language(*, blis: bool = True) -> Language:
    """The shipped syntax model as plain spaCy: tokenizer, tok2vec, tagger and parser, nothing else.

    It multiplies matrices with BLIS, as spaCy does where nobody says otherwise, or like the pipeline with NumPy's BLAS.
    """
    nlp = build_language()
    for name in list(nlp.pipe_names):
        if name not in SYNTAX:
            nlp.remove_pipe(name)
    for name in SYNTAX if blis else ():
        for layer in nlp.get_pipe(name).model.walk():  # type: ignore[attr-defined]
            layer.ops = NumpyOps()
    return nlp


def cost_of(path: Path, *, losses: bool = True) -> Cost:
    """Time one article in every way.

    Parameters
    ----------
    path
        A file of one article.
    losses
        Whether to parse every sentence as well, to see what the cascade loses; it costs several times the rest.
    """
    clock = Clock()
    article = clock.timed("read", lambda: first_article(path))
    scan = clock.timed("scan", lambda: scanner().scan(article))
    claims = _claims(article, scan, clock=clock)
    texts = [article.text[p.start : p.end] for p in article.passages]
    for name, nlp in (("plain", plain_language()), ("plain_same_blas", plain_language(blis=False))):
        clock.timed(name, partial(_exhaust, nlp, texts))
    whole = {claim.claim_id for claim in pipeline().run(article).claims}
    every = _claims(article, everything(article, scan, unread=_UNREAD)) if losses else claims
    further = _claims(article, everything(article, scan, unread=frozenset())) - every if losses else set()
    return Cost(
        article=path.stem, characters=len(article.text), sentences=len(scan.sentences), selected=len(scan.selected),
        selected_characters=sum(s.end - s.start for s in scan.selected), cpu=clock.cpu, wall=clock.wall,
        claims=len(claims), every=len(every), lost=len(every - claims), gained=len(claims - every), methods=len(further), agrees=claims == whole,
    )  # fmt: skip


def _exhaust(nlp: Language, texts: Sequence[str]) -> int:
    return sum(1 for _ in nlp.pipe(texts))


def _claims(article: Article, scan: Scan, *, clock: Clock | None = None) -> set[str]:
    """Parse the selected sentences, relate, merge, weigh; the identities of the claims."""
    watch = clock or Clock()
    parsed = watch.timed("parse", lambda: list(parse(article.text, sentences_with_mentions(scan), nlp=language())))
    claims = watch.timed("relate", lambda: _weighed(article, scan, parsed))
    if clock is not None:
        clock.timed(RULES, lambda: merge(article, relate(article, scan, parsed, terms=load_terms(), models=None)))
    least = load_models().thresholds[Settings().mode]
    return {claim.claim_id for claim in claims if claim.confidence >= least}


def _weighed(article: Article, scan: Scan, parsed: Sequence[ParsedSentence]) -> tuple[Claim, ...]:
    models = load_models()
    return claims_from(article, relate(article, scan, parsed, terms=load_terms(), models=models), models.weigher)


def sentences_with_mentions(scan: Scan) -> list[tuple[Sentence, list[Mention]]]:
    """The selected sentences, each with the mentions inside it."""
    starts = [m.start for m in scan.mentions]
    return [(s, [m for m in scan.mentions[bisect_left(starts, s.start) : bisect_left(starts, s.end)] if m.end <= s.end]) for s in scan.selected]


def everything(article: Article, scan: Scan, *, unread: Iterable[Section]) -> Scan:
    """The same scan with every sentence of prose selected, but for some sections."""
    left_out = frozenset(unread)
    passages = article.passages
    kept = [s for s in scan.sentences if passages[s.passage].kind in _PROSE and passages[s.passage].section not in left_out]
    return replace(scan, selected=tuple(kept))


@dataclass(frozen=True, slots=True)
class Summary:
    """A set of articles: figures by name, in the order in which they are shown."""

    name: str
    figures: dict[str, float | None]


def summary(name: str, costs: Sequence[Cost]) -> Summary:
    """Sum up a set of articles.

    Times are processor time, which other programs on the machine disturb least; `wall` ones are given beside them. `full` is read to
    relate; `rules_only` the same without the models of claims, `without_models` is read and scan alone.
    """
    n = len(costs)
    total = {stage: sum(cost.cpu[stage] for cost in costs) for stage in (*STAGES, RULES, *PLAIN)}
    wall = sum(cost.wall[stage] for cost in costs for stage in STAGES)
    full, light = sum(total[stage] for stage in STAGES), total["read"] + total["scan"]
    by_rules = full - total["relate"] + total[RULES]
    every = sum(cost.every for cost in costs)
    figures: dict[str, float | None] = {"articles": float(n), "characters_per_article": _share(sum(cost.characters for cost in costs), n)}
    figures |= {f"{stage}_ms": _share(1000 * seconds, n) for stage, seconds in total.items()}
    figures |= {
        "full_ms": _share(1000 * full, n),
        "articles_per_hour_and_core": _share(3600 * n, full),
        "articles_per_hour_and_core_wall": _share(3600 * n, wall),
        "articles_per_hour_and_core_rules_only": _share(3600 * n, by_rules),
        "articles_per_hour_and_core_without_models": _share(3600 * n, light),
        "plain_articles_per_hour_and_core": _share(3600 * n, total["plain"]),
        "times_plain": _share(total["plain"], full),
        "times_plain_same_blas": _share(total["plain_same_blas"], full),
        "times_plain_without_reading": _share(total["plain"], full - total["read"]),
        "selected_share": _share(sum(cost.selected for cost in costs), sum(cost.sentences for cost in costs)),
        "selected_characters_share": _share(sum(cost.selected_characters for cost in costs), sum(cost.characters for cost in costs)),
        "claims": float(sum(cost.claims for cost in costs)),
        "claims_parsing_everything": float(every),
        "lost_share": _share(sum(cost.lost for cost in costs), every),
        "gained_share": _share(sum(cost.gained for cost in costs), every),
        "further_in_methods_share": _share(sum(cost.methods for cost in costs), every),
        "stages_disagree_with_pipeline": float(sum(not cost.agrees for cost in costs)),
    }
    return Summary(name, figures)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
