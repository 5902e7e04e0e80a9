"""How answers are collected: who may answer, when, how many, and what is asked of a browser that answers.

Unlike the questionnaire this is not part of a version: it may change while answers come in.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Host = Annotated[str, Field(max_length=255, pattern=r"^[^\x00]*$")]


class Collection(BaseModel):
    model_config = ConfigDict(extra="forbid")

    access: Literal["open", "personal", "members"] = "open"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    most_responses: int | None = Field(None, ge=1)
    once_per_browser: bool = True
    save_and_return: bool = True
    proof_of_work: bool = True
    minimum_seconds: int = Field(0, ge=0, le=3_600)  # faster is flagged, never refused
    embed_hosts: list[Host] = Field([], max_length=20)
    redirect_hosts: list[Host] = Field([], max_length=20)
