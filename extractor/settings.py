"""Every choice that a user can make and every threshold, with unit, default and source. Frozen: a run has one."""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The settings of a run. Written to run.json; two runs with equal settings and data give equal claims."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agents: tuple[str, ...] = Field(default=(), description="keep only claims of these agents (name, synonym or identifier); empty keeps all")
    mode: Literal["precise", "balanced", "complete"] = Field(
        default="balanced",
        description="which claims are shown: only sure ones, those that balance errors against misses, or all; thresholds chosen on dev, in models.json",
    )
    rules_only: bool = Field(default=False, description="let the rules decide, without the trained models; for comparison")
    minimum_confidence: float = Field(default=0.0, ge=0, le=1, description="claims below this are not emitted; probability; own choice: show all")
    entity_models: tuple[Literal["region", "chemistry"], ...] = Field(
        default=(), description="trained models that add names which the lexicons lack, in the sentences that are parsed; empty: lexicons only"
    )
    gilda: bool = Field(default=False, description="look names that only a model found up with gilda, an optional package, for an identifier")
    trace: bool = Field(default=False, description="keep what each stage saw, for the evaluation's account of missed claims")
    maximum_sentence_characters: int = Field(
        default=2_000, gt=0, description="longer sentences are read in pieces of this size; characters; own choice: bounds the work on text without full stops"
    )
    abbreviation_passage_characters: int = Field(
        default=20_000, gt=0, description="longer passages are not searched for abbreviation definitions; characters; own choice"
    )

    def digest(self) -> str:
        """Return a SHA-256 of all settings, as 64 hexadecimal digits."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
