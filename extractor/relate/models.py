"""The trained models of claims: named features in, probabilities and reasons out.

The models are scikit-learn logistic regressions; here they are tables of weights, so that a sentence is decided by looking its features up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, fsum
from operator import add
from typing import Literal

from extractor.records import MentionKind
from extractor.trees import BoostedTrees, logit

Task = Literal["claim", "region", "species", "agent", "form", "agent_type", "attribution", "certainty"]
TASKS: tuple[Task, ...] = ("claim", "region", "species", "agent", "form", "agent_type", "attribution", "certainty")
Mode = Literal["precise", "balanced", "complete"]
SLOT_TASKS: Mapping[MentionKind, Task] = {"agent": "agent", "region": "region", "species": "species"}
NO_CLAIM = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """Features that several questions have in common, and the sum of their weights for each class."""

    features: frozenset[str]
    scores: tuple[float, ...]


@dataclass(frozen=True)
class LinearModel:
    """A logistic regression over features that are there or not. `weights` has one number for each class."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    intercept: tuple[float, ...]

    def part(self, features: Iterable[str]) -> Part:
        """Sum up features once that are in many questions."""
        known = frozenset(features)
        return Part(features=known, scores=self._sums(known, (0.0,) * len(self.classes)))

    def _sums(self, features: Iterable[str], start: tuple[float, ...]) -> tuple[float, ...]:
        """Add the weights of features; the sums are exact, so that the order of a set does not show."""
        if self._second is not None:
            return start[0], fsum((start[1], *filter(None, map(self._second.get, features))))
        return tuple(map(fsum, zip(start, *filter(None, map(self.weights.get, features)), strict=True)))

    @cached_property
    def _second(self) -> dict[str, float] | None:
        """The weights of the second class where there are two and the first has none, as scikit-learn fits them; half of the look-ups in memory."""
        if len(self.classes) != 2 or any(first for first, _ in self.weights.values()):
            return None
        return {feature: second for feature, (_, second) in self.weights.items()}

    def probabilities(self, features: Iterable[str], *, part: Part | None = None) -> dict[str, float]:
        """The probability of each class; they sum to 1. Features that the model has not seen count nothing.

        Parameters
        ----------
        features
            Each counts once, however often it is given.
        part
            Further features, summed up by `part` of this model.
        """
        own, scores = set(features), self.intercept
        if part is not None:
            own -= part.features
            scores = tuple(map(add, scores, part.scores))
        scores = self._sums(own, scores)
        highest = max(scores)
        raised = [exp(score - highest) for score in scores]
        total = sum(raised)
        return {name: value / total for name, value in zip(self.classes, raised, strict=True)}

    def reasons(self, features: Iterable[str], chosen: str) -> list[tuple[str, float]]:
        """The features with what each adds to the score of a class over the best other one, strongest first."""
        at = self.classes.index(chosen)
        ranked = self.probabilities(features)
        other = max((i for i in range(len(self.classes)) if i != at), key=lambda i: ranked[self.classes[i]])
        found = [(feature, self.weights[feature][at] - self.weights[feature][other]) for feature in dict.fromkeys(features) if feature in self.weights]
        return sorted(found, key=lambda item: -abs(item[1]))


@dataclass(frozen=True, slots=True)
class Calibration:
    """From the probabilities of a claim's parts to the probability that all of it is right: a logistic regression over their logits."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, parts: Sequence[float]) -> float:
        """The probability that direction, region and species are all right, from those of each."""
        score = self.intercept + sum(weight * logit(part) for weight, part in zip(self.weights, parts, strict=True))
        return 1 / (1 + exp(-score))


@dataclass(frozen=True, slots=True)
class ClaimModels:
    """All models of one training, with the thresholds of the modes: the least confidence of a claim that is shown."""

    tasks: Mapping[Task, LinearModel]
    calibration: Calibration
    thresholds: Mapping[Mode, float]
    proposing: float
    """The least probability of a pair that is made a claim at all, before calibration."""
    weigher: BoostedTrees | None = None
    """Weighs the claims of an article beside each other, after merging."""

    def probabilities(self, task: Task, features: Iterable[str]) -> dict[str, float]:
        """Ask one model."""
        return self.tasks[task].probabilities(features)
