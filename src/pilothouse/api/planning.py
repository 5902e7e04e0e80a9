"""Scorecards and plans: what people put into cells, the ranking, and what goes into which release."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Header, Router, Schema
from pydantic import ValidationError

from pilothouse.api.auth import caller
from pilothouse.api.idempotency import once
from pilothouse.api.items import find, visible
from pilothouse.people.access import Actor
from pilothouse.planning.models import Capacity, Plan, Scorecard, Skill
from pilothouse.planning.plans import actions as plans
from pilothouse.planning.plans.problem import KIND as PLANNED_KIND
from pilothouse.planning.plans.problem import gather
from pilothouse.planning.plans.telling import why_out
from pilothouse.planning.scorecards import actions as scorecards
from pilothouse.planning.scorecards.criteria import Criterion, slug_for
from pilothouse.planning.scorecards.table import Sheet, sheet
from pilothouse.workbench.models import Event, Item, Job
from pilothouse.workbench.writing.cleaning import Invalid

router = Router()
MOST_CARDS = 1_000


class CriterionIn(Schema):
    """Without a scale a feature is answered by yes (1), partly (0.5) or no (0)."""

    name: str = Field(min_length=1, max_length=100)
    weight: float = Field(1, ge=0)
    minimum: float | None = None
    maximum: float | None = None
    less: bool = False


class ScorecardIn(Schema):
    way: str
    title: str = ""
    items: list[str] = Field([], max_length=scorecards.MOST_ROWS, description="References, such as PH-12")
    blind: bool = False
    criteria: list[CriterionIn] = Field([], description="For the ways with criteria of one's own")
    decision: str = Field("", description="The decision whose options these items are; for decision matrices")


class CellIn(Schema):
    value: float | None = Field(description="Null takes one's own number back")
    confidence: int | None = None
    note: str = ""
    source: str = Field("", description="A page that says so")
    seen_on: date | None = Field(None, description="When somebody looked; today where it is empty")


class CapacityIn(Schema):
    skill: str
    days: float | None


class EstimateIn(Schema):
    skill: str
    days: str = Field(description='One number, or three: at best, likely, at worst, such as "2 3 6"')


@router.get("/products/{key}/scorecards", response=list[dict], summary="The scorecards of a product, newest first")
def cards(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    actor = caller(request)
    product = actor.product(key)
    rows = Scorecard.objects.visible_to(actor).filter(item__product=product, item__trashed_at=None)
    found = list(rows.select_related("item").order_by("-pk")[:MOST_CARDS])
    return [
        {"ref": f"{product.key}-{row.item.number}", "title": row.item.title, "way": row.way, "blind": row.blind,
         "adopted_at": row.adopted_at}
        for row in found
    ]  # fmt: skip


@router.post("/products/{key}/scorecards", response={201: dict}, summary="Make a scorecard")
def make(request: HttpRequest, key: str, payload: ScorecardIn, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    product = actor.product(key, "write")
    items = [find(actor, ref) for ref in payload.items]

    def act() -> tuple[int, Any]:
        made = scorecards.create_card(
            actor, product, payload.way, data_in(payload), items, blind=payload.blind, criteria=criteria_in(payload)
        )
        if payload.way == "features":
            scorecards.add_rows(actor, made, [made.item])
        return 201, told(sheet(actor, made))

    return once(request, act)


def data_in(payload: ScorecardIn) -> dict[str, Any]:
    """A decision matrix lies below its decision."""
    data: dict[str, Any] = {"title": payload.title or payload.way}
    return {**data, "parent": payload.decision} if payload.decision else data


def criteria_in(payload: ScorecardIn) -> list[Criterion]:
    found: list[Criterion] = []
    for one in payload.criteria:
        slug = slug_for(one.name, [other.slug for other in found])
        try:
            found.append(Criterion(slug=slug, **one.dict()))
        except ValidationError as error:
            raise Invalid({"criteria": error.errors()[0]["msg"]}) from None
    return found


def card_of(actor: Actor, ref: str, verb: str = "read") -> Scorecard:
    item = find(actor, ref, verb)
    if item.kind != scorecards.KIND or (verb != "read" and item.trashed_at):
        raise Http404
    return scorecards.card_for(item)


def told(found: Sheet) -> dict[str, Any]:
    """Rows in the order of the ranking. While a card is hidden they hold the caller's own numbers only."""
    card, ranking = found.card, found.ranking
    return {
        "ref": card.item.ref, "way": card.way, "hidden": card.hidden, "adopted_at": card.adopted_at,
        "criteria": [one.model_dump() for one in card.columns],
        "rows": [
            {
                "item": item.ref, "score": ranking.scores.get(item.pk), "place": ranking.place(item.pk),
                "missing": list(ranking.missing.get(item.pk, ())), "problem": ranking.problems.get(item.pk),
                "cells": {slug: cell.value for slug, cell in found.cells[item.pk].items()},
            }
            for item in found.rows
        ],
    }  # fmt: skip


@router.get("/items/{ref}/scorecard", response=dict, summary="A scorecard with its ranking")
def card(request: HttpRequest, ref: str) -> dict[str, Any]:
    actor = caller(request)
    return told(sheet(actor, card_of(actor, ref)))


@router.put("/items/{ref}/scorecard/{item}/{criterion}", response=dict, summary="Put one's own number into a cell")
def cell(request: HttpRequest, ref: str, item: str, criterion: str, payload: CellIn) -> dict[str, Any]:
    actor = caller(request)
    found = card_of(actor, ref, "write")
    value = "" if payload.value is None else repr(payload.value)
    given = {"value": value, "note": payload.note, "confidence": payload.confidence,
             "source": payload.source, "seen_on": payload.seen_on}  # fmt: skip
    scorecards.set_cell(actor, found, find(actor, item, "write"), criterion, given)
    return told(sheet(actor, found))


def written(request: HttpRequest, write: Callable[[], Event]) -> Any:
    """How many items something was written into, and the batch that takes it back from all of them."""

    def act() -> tuple[int, Any]:
        noted = write()
        return 200, {"items": noted.changes["items"], "batch": str(noted.batch)}

    return once(request, act)


@router.post("/items/{ref}/scorecard/adoption", response={200: dict}, summary="Sort the items by this scorecard")
def adopt(request: HttpRequest, ref: str, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    found = card_of(actor, ref, "write")
    return written(request, lambda: scorecards.adopt(actor, found)[-1])


def plan_of(actor: Actor, ref: str, verb: str = "read") -> Plan:
    item = find(actor, ref, verb)
    if item.kind != plans.KIND or (verb != "read" and item.trashed_at):
        raise Http404
    return plans.plan_for(item)


def started(request: HttpRequest, ref: str, start: Callable[[Actor, Plan], Job]) -> Any:
    """The job that makes a plan or its schedule."""
    actor = caller(request)
    row = plan_of(actor, ref, "write")
    return once(request, lambda: (202, {"job": str(start(actor, row).pk)}))


@router.get("/items/{ref}/plan", response=dict, summary="What goes into which release, and why the rest does not")
def plan(request: HttpRequest, ref: str) -> dict[str, Any]:
    actor = caller(request)
    return plan_told(actor, plan_of(actor, ref))


def plan_told(actor: Actor, row: Plan) -> dict[str, Any]:
    found, result = gather(actor, row), row.result
    key = row.item.product.key
    left = [number for number in found.items if str(number) not in result["plan"]] if result else []
    return {
        "ref": row.item.ref, "releases": [f"{key}-{number}" for number in row.releases],
        "solved_at": row.solved_at, "committed_at": row.committed_at,
        "stale": bool(result) and row.committed_at is None and found.digest() != row.basis,
        "value": result and result["value"], "gap": result and result["gap"],
        "plan": {f"{key}-{one}": f"{key}-{release}" for one, release in result["plan"].items()} if result else {},
        "left_out": {f"{key}-{number}": why_out(found, number, result) for number in left} if result else {},
    }  # fmt: skip


@router.post("/items/{ref}/plan/solution", response={202: dict}, summary="Plan the releases, as a job")
def solve(request: HttpRequest, ref: str, idempotency_key: str | None = Header(None)) -> Any:
    return started(request, ref, plans.start)


@router.post("/items/{ref}/plan/commitment", response={200: dict}, summary="Put the items into their releases")
def commit(request: HttpRequest, ref: str, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    row = plan_of(actor, ref, "write")
    return written(request, lambda: plans.commit(actor, row)[0])


@router.put("/items/{ref}/estimate", response=dict, summary="Estimate a requirement for a skill")
def estimate(request: HttpRequest, ref: str, payload: EstimateIn) -> dict[str, Any]:
    actor = caller(request)
    item: Item = find(actor, ref, "write")
    if item.kind != PLANNED_KIND or item.trashed_at:
        raise Http404
    skill = Skill.objects.visible_to(actor).filter(product=item.product, name=payload.skill).first()
    if skill is None:
        raise Invalid({"skill": _("This product has no such skill.")})
    plans.set_estimate(actor, item, skill, payload.days)
    rows = visible(actor).get(pk=item.pk).estimates.select_related("skill")
    return {row.skill.name: {"low": row.low, "likely": row.likely, "high": row.high} for row in rows}


@router.put("/items/{ref}/capacity", response=dict, summary="Say how many days a release has for a skill")
def capacity(request: HttpRequest, ref: str, payload: CapacityIn) -> dict[str, Any]:
    """A skill that the product does not know yet is added. Null counts the days from the calendar again."""
    actor = caller(request)
    release: Item = find(actor, ref, "write")
    if release.kind != "release" or release.trashed_at:
        raise Http404
    skill = plans.add_skill(actor, release.product, payload.skill)
    plans.set_capacity(actor, release, skill, "" if payload.days is None else payload.days)
    rows = Capacity.objects.filter(release=release).select_related("skill")
    return {row.skill.name: row.days for row in rows}
