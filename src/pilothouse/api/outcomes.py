"""What became of it: readings of metrics, predictions and verdicts of releases, scores, and the whole thread."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Status

from pilothouse.api.auth import caller
from pilothouse.api.idempotency import once
from pilothouse.api.items import MOST, find, tagged
from pilothouse.api.outcome_schemas import (
    PredictionIn,
    PredictionOut,
    PredictionPatch,
    ReadingIn,
    ReadingOut,
    ReadingPage,
    ScoreIn,
    ThreadOut,
    VerdictIn,
    VerdictOut,
    prediction_out,
    reading_out,
    thread_out,
)
from pilothouse.api.schemas import ItemOut, item_out
from pilothouse.outcomes import actions, closing
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.thread.whole import whole_thread
from pilothouse.workbench.writing import scoring
from pilothouse.workbench.writing.cleaning import Invalid

router = Router()


@router.get("/items/{ref}/readings", response=ReadingPage, summary="Readings of a metric, newest first")
def readings(request: HttpRequest, ref: str, cursor: str = "", limit: int = Query(50, ge=1, le=MOST)) -> Any:
    metric = of_kind(caller(request), ref, "metric")
    rows = Reading.objects.filter(metric=metric, removed_at=None).select_related("recorded_by").order_by("-on", "-id")
    found = list(older(rows, cursor)[: limit + 1])
    following = str(found[limit - 1].pk) if len(found) > limit else None
    return {"items": [reading_out(row) for row in found[:limit]], "next": following}


def older(rows: Any, cursor: str) -> Any:
    """The rows after the one that the cursor names."""
    if not cursor:
        return rows
    last = rows.filter(pk=int(cursor)).first() if cursor.isdecimal() and len(cursor) < 18 else None
    if last is None:
        raise Invalid({"cursor": _("This place in the list cannot be read. Start again from the first page.")})
    return rows.filter(Q(on__lt=last.on) | Q(on=last.on, pk__lt=last.pk))


@router.post("/items/{ref}/readings", response={200: ReadingOut, 201: ReadingOut}, summary="Record a reading")
def record(request: HttpRequest, ref: str, payload: ReadingIn, idempotency_key: str | None = Header(None)) -> Any:
    """The same reading twice is kept once: 201 the first time, 200 after that."""
    actor = caller(request)
    metric = of_kind(actor, ref, "metric", "write")
    return once(request, lambda: recorded(actor, metric, payload.model_dump(mode="json")))


def recorded(actor: Actor, metric: Item, data: dict[str, Any]) -> tuple[int, Any]:
    new = actions.record(actor, metric, [data])
    known = {name: value for name, value in actions.clean_reading(data).items() if name in ("on", "value", "source")}
    row = Reading.objects.filter(metric=metric, removed_at=None, **known).select_related("recorded_by").latest("id")
    return (201 if new else 200), reading_out(row)


@router.delete("/readings/{reading_id}", response={204: None}, summary="Remove a reading")
def remove(request: HttpRequest, reading_id: int) -> Any:
    actor = caller(request)
    rows = Reading.objects.filter(removed_at=None).select_related("metric__product__workspace")
    actions.remove_reading(actor, actor.find(rows, "write", pk=reading_id))
    return Status(204, None)


@router.get("/items/{ref}/predictions", response=list[PredictionOut], summary="What a release is expected to change")
def predictions(request: HttpRequest, ref: str) -> Any:
    """Each with what the readings say of it so far."""
    actor = caller(request)
    return [prediction_out(one) for one in closing.judged(actor, of_kind(actor, ref, "release"))]


@router.post("/items/{ref}/predictions", response={201: PredictionOut}, summary="Predict what a release will change")
def predict(request: HttpRequest, ref: str, payload: PredictionIn, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    release = of_kind(actor, ref, "release", "write")
    metric = metric_of(actor, release, payload.metric)

    def act() -> tuple[int, Any]:
        entry = actions.predict(actor, release, metric, payload.model_dump(mode="json"))
        return 201, prediction_out(judged_one(actor, release, entry.changes["prediction"]))

    return once(request, act)


def judged_one(actor: Actor, release: Item, prediction_id: int) -> closing.Judged:
    return next(one for one in closing.judged(actor, release) if one.prediction.pk == prediction_id)


@router.patch("/predictions/{prediction_id}", response=PredictionOut, summary="Change a prediction")
def amend(request: HttpRequest, prediction_id: int, payload: PredictionPatch) -> Any:
    """While nothing was approved on it; after that it stays, and this is refused with 422."""
    actor = caller(request)
    row = prediction_of(actor, prediction_id)
    now = {name: getattr(row, name) for name in PredictionPatch.model_fields}
    actions.amend(actor, row, {**now, "review_on": row.review_on.isoformat(), **payload.given()})
    return prediction_out(judged_one(actor, row.release, row.pk))


@router.delete("/predictions/{prediction_id}", response={204: None}, summary="Withdraw a prediction")
def withdraw(request: HttpRequest, prediction_id: int) -> Any:
    """While nothing was approved on it; after that it stays, and this is refused with 422."""
    actor = caller(request)
    actions.withdraw(actor, prediction_of(actor, prediction_id))
    return Status(204, None)


def prediction_of(actor: Actor, prediction_id: int) -> Prediction:
    rows = Prediction.objects.filter(removed_at=None).select_related("release__product__workspace")
    return actor.find(rows, "write", pk=prediction_id)


@router.post("/items/{ref}/verdict", response={201: VerdictOut}, summary="Close a release with a verdict")
def verdict(request: HttpRequest, ref: str, payload: VerdictIn) -> Any:
    """The release is done, and a decision keeps the verdict with what was predicted and what the readings said."""
    actor = caller(request)
    release = of_kind(actor, ref, "release", "write")
    proposed = closing.overall(closing.judged(actor, release))
    closing.close(actor, release, payload.verdict, payload.why)
    review = release.links_out.filter(relation=closing.REVIEW).order_by("-id").select_related("target__product").first()
    return Status(
        201,
        {
            "verdict": payload.verdict,
            "proposed": proposed,
            "release": item_out(find(actor, ref)),
            "review": review.target.ref if review else None,
        },
    )


@router.post("/items/{ref}/score", response=ItemOut, summary="Score an item by RICE")
def score(request: HttpRequest, ref: str, payload: ScoreIn, response: HttpResponse) -> Any:
    """Reach x impact x confidence / effort; the inputs stand on the item, and the run is kept."""
    actor = caller(request)
    scoring.score(actor, find(actor, ref, "write"), payload.model_dump(exclude_unset=True))
    return tagged(find(actor, ref), response)


@router.get("/items/{ref}/thread", response=ThreadOut, summary="The whole thread of an item")
def thread(
    request: HttpRequest, ref: str, station: str = Query("", description="a kind of which up to 500 are wanted")
) -> Any:
    """Every station from what people said to the review, what stands there, what is missing, and how strong the
    evidence is."""
    actor = caller(request)
    found = find(actor, ref)
    return thread_out(found, whole_thread(actor, found, station))


def of_kind(actor: Actor, ref: str, kind: str, verb: str = "read") -> Item:
    found = find(actor, ref, verb)
    if found.kind != kind:
        raise Http404
    return found


def metric_of(actor: Actor, release: Item, ref: str) -> Item:
    try:
        metric = of_kind(actor, ref, "metric")
    except Http404:
        metric = None
    if metric is None or metric.product_id != release.product_id or metric.trashed_at:
        raise Invalid({"metric": _("Choose the metric that should move.")})
    return metric
