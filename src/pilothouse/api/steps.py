"""What is worth doing next in a product: every rule with what it found, as on its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from pilothouse.api.auth import caller
from pilothouse.steps.choosing import Step, judged

router = Router()


class StepOut(Schema):
    """One rule. `text` is what to do where it fires, else what should hold."""

    rule: str
    state: str = Field(description="fires, fulfilled or not_applicable")
    chapters: list[int]
    text: str
    reason: str = Field(description="Why, where it fires")
    enough: str = Field(description="When it is good enough")
    action: str
    url: str = Field(description="Where it is done; empty where it does not fire")
    method: str = Field(description="The method whose least sample it goes by, or empty")
    numbers: dict[str, Any] = Field(description="What was counted")
    hidden: bool = Field(description="You put it aside")
    hidden_until: datetime | None = Field(description="Null where it is hidden for good, or not hidden")


@router.get("/products/{key}/steps", response=list[StepOut], summary="What is worth doing next")
def steps(
    request: HttpRequest, key: str, state: str = Query("", description="only rules that found this, such as fires")
) -> Any:
    """Every rule in the order in which it would speak, with the numbers behind it."""
    actor = caller(request)
    found = judged(actor, actor.product(key, "inspect"))
    return [step_out(step) for step in found if not state or step.state == state]


def step_out(step: Step) -> dict[str, Any]:
    fires = step.state == "fires"
    return {
        "rule": step.slug, "state": step.state, "chapters": list(step.rule.chapters), "text": step.title,
        "reason": step.reason if fires else "", "enough": step.enough, "action": step.action,
        "url": step.url if fires else "", "method": step.rule.method, "numbers": step.numbers,
        "hidden": step.hidden is not None, "hidden_until": step.hidden.until if step.hidden else None,
    }  # fmt: skip
