"""Claims and a gold standard in, a report out."""

from extractor.evaluate.compare import Comparison, compare
from extractor.evaluate.funnel import Loss, Stage, losses
from extractor.evaluate.gold import load_gold
from extractor.evaluate.match import Alignment, Level
from extractor.evaluate.metrics import METRICS, Metric
from extractor.evaluate.report import Report, evaluate, load_run
from extractor.evaluate.scores import Scores, score
from extractor.evaluate.statements import GoldArticle, Statement

__all__ = [
    "METRICS",
    "Alignment",
    "Comparison",
    "GoldArticle",
    "Level",
    "Loss",
    "Metric",
    "Report",
    "Scores",
    "Stage",
    "Statement",
    "compare",
    "evaluate",
    "load_gold",
    "load_run",
    "losses",
    "score",
]
