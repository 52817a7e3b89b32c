"""Every choice that a user can make and every threshold, with unit, default and source. Frozen: a run has one."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The settings of a run. Written to run.json; two runs with equal settings and data give equal claims."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agents: tuple[str, ...] = Field(default=(), description="keep only claims of these agents (name, synonym or identifier); empty keeps all")
    minimum_confidence: float = Field(default=0.0, ge=0, le=1, description="claims below this are not emitted; probability; own choice: show all")
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
