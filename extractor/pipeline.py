"""The way of one article from text to claims: the stages in order. `Article` in, `ArticleResult` out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.annotations import ParsedSentence
from extractor.normalise import claims_from
from extractor.parse.completion import name_completer
from extractor.parse.grounding import Grounder, gilda_lookup
from extractor.parse.language import build_language, parse
from extractor.records import Article, Candidate, Claim, Mention, Scan, Sentence
from extractor.relate import relate
from extractor.relate.artefact import FOLDER, load_models
from extractor.relate.models import ClaimModels
from extractor.relate.view import SentenceView, views
from extractor.scan import Scanner
from extractor.settings import Settings
from extractor.terms import Terms, load_terms


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The claims of one article, sorted, with counts per stage; `trace` says what each stage saw, where the settings ask for it."""

    claims: tuple[Claim, ...]
    counts: Mapping[str, int]
    trace: Mapping[str, object] | None = None


class Pipeline:
    """All stages, loaded once. Holds no state of any article.

    Parameters
    ----------
    settings
        Of the run.
    model
        The name of an installed spaCy model that replaces the default syntax; None takes the default.
    models
        The trained models that decide about claims, or their folder; None takes those of the package.

    Raises
    ------
    DataError
        A lexicon or the models of claims are broken.
    UsageError
        The model is not installed, or gilda is not where the settings ask for it.
    """

    def __init__(self, settings: Settings, *, model: str | None = None, models: ClaimModels | Path | None = None) -> None:
        self._settings = settings
        self._models = None if settings.rules_only else models if isinstance(models, ClaimModels) else load_models(models or FOLDER)
        self._terms = load_terms()
        self._nlp = build_language(model)
        self._scanner = Scanner(self._terms, nlp=self._nlp, settings=settings)
        grounder = Grounder(self._terms, gilda_lookup() if settings.gilda else None)
        self._names = name_completer(settings.entity_models, nlp=self._nlp, grounder=grounder)
        self._viewed: tuple[Article, Scan] | None = None
        self._threshold = self._models.thresholds.get(settings.mode, 0.0) if self._models is not None else 0.0
        self._wanted_agents = {key for name in settings.agents for key in self._agent_keys(name)}

    def run(self, article: Article) -> ArticleResult:
        """Take one article through all stages."""
        scan = self._names.complete(article.text, self._scanner.scan(article))
        candidates = relate(article, scan, self._parsed(article, scan), terms=self._terms, models=self._models)
        weigher = self._models.weigher if self._models is not None else None
        claims = tuple(claim for claim in claims_from(article, candidates, weigher) if self._wanted(claim))
        counts = {
            "passages": len(article.passages), "sentences": len(scan.sentences), "selected": len(scan.selected), "mentions": len(scan.mentions),
            "cues": len(scan.cues), "candidates": len(candidates), "claims": len(claims),
        }  # fmt: skip
        return ArticleResult(claims=claims, counts=counts, trace=_trace(article, scan, candidates) if self._settings.trace else None)

    @property
    def terms(self) -> Terms:
        """The terminology that all stages share."""
        return self._terms

    def views(self, article: Article, *, span: tuple[int, int] | None = None) -> tuple[Scan, list[SentenceView]]:
        """Show what the models are asked about: the scan of an article, and its sentences (those inside `span`) with every pair in them."""
        if self._viewed is None or self._viewed[0] is not article:
            self._viewed = (article, self._names.complete(article.text, self._scanner.scan(article)))
        scan = self._viewed[1]
        if span is not None:
            scan = replace(scan, selected=tuple(s for s in scan.selected if span[0] <= s.start and s.end <= span[1]))
        return scan, list(views(article, scan, self._parsed(article, scan)))

    def _parsed(self, article: Article, scan: Scan) -> Iterator[ParsedSentence]:
        starts = [m.start for m in scan.mentions]

        def inside(sentence: Sentence) -> list[Mention]:
            near = scan.mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            return [m for m in near if m.end <= sentence.end]

        return parse(article.text, [(sentence, inside(sentence)) for sentence in scan.selected], nlp=self._nlp)

    def _wanted(self, claim: Claim) -> bool:
        if claim.confidence < max(self._settings.minimum_confidence, self._threshold):
            return False
        if not self._settings.agents:
            return True
        return any(key in self._wanted_agents for agent in claim.agents for key in (agent.id, agent.name, agent.text.lower()))

    def _agent_keys(self, name: str) -> set[str]:
        term = self._terms.find(name, "agent")
        return {name.lower()} if term is None else {term.key, term.name, name.lower()}


def _trace(article: Article, scan: Scan, candidates: list[Candidate]) -> dict[str, object]:
    chosen = set(scan.selected)
    return {
        "article_id": article.id,
        "text": article.text,
        "sentences": [[s.start, s.end, s in chosen] for s in scan.sentences],
        "mentions": [[m.start, m.end, m.kind, m.id, m.name] for m in scan.mentions],
        "cues": [[c.start, c.end] for c in scan.cues],
        "candidates": [
            {
                "start": c.evidence.start, "end": c.evidence.end, "molecule": [c.molecule.start, c.molecule.end, c.molecule.id, c.molecule.name],
                "direction": c.direction, "region_id": c.region.id if c.region else None, "region_name": c.region.name if c.region else None,
                "species_id": c.species.id if c.species else None, "species_name": c.species.name if c.species else None,
                "confidence": c.confidence,
            }
            for c in candidates
        ],
    }  # fmt: skip
