"""Writing what a respondent sent. Each write says which state it was made from, so that two at once lose nothing: the
later one is made again on top of the earlier. Finishing is counted under a lock of the survey, so that a quota is
never overfilled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pilothouse.surveys import flow, order
from pilothouse.surveys.answering import flags, hooks
from pilothouse.surveys.answering.published import questionnaire_of
from pilothouse.surveys.models import QuotaCount, Response, Survey
from pilothouse.workbench.models import Item

TRIES = 50
WRITTEN = (
    "answers", "off_path", "seen", "language", "status", "end", "flags", "finished_at", "seconds", "save_count",
    "changed",
)  # fmt: skip
TOTAL = ""  # the name under which all complete responses of a survey are counted
Change = Callable[[Response], bool]


class Busy(Exception):
    """Others wrote the same response again and again."""


def state_of(response: Response) -> flow.State:
    return flow.State(response.answers, response.hidden, response.language, response.seed)


def route_of(response: Response, full: set[str] | frozenset[str] = frozenset()) -> flow.Route:
    return flow.pages(questionnaire_of(response.version), state_of(response), set(response.seen), full)


def save(response: Response, change: Change) -> None:
    """Let `change` alter an unfinished response and keep it; it is called again where another write came first, and
    returns whether there is anything to keep. A response that it brings to an end is finished."""
    for _attempt in range(TRIES):
        if response.status != Response.STARTED or not change(response):
            return
        route = route_of(response, full_quotas(response.survey_id, questionnaire_of(response.version).quotas))
        if route.end is None and write(response):
            return
        if route.end is not None and finish(response):
            return
        response.refresh_from_db(fields=WRITTEN)
    raise Busy


def write(response: Response) -> bool:
    """False where the stored response is no longer the one this was made from."""
    response.changed = order.stamp()
    values = {name: getattr(response, name) for name in WRITTEN if name != "save_count"}
    rows = Response.objects.filter(pk=response.pk, save_count=response.save_count, status=Response.STARTED)
    written = rows.update(**values, save_count=F("save_count") + 1)
    response.save_count += written
    return bool(written)


def full_quotas(survey_id: int, quotas: list[Any]) -> set[str]:
    """Which quotas are filled; no query where there are none."""
    counts = counted(survey_id) if quotas else {}
    return {quota.id for quota in quotas if counts.get(quota.id, 0) >= quota.limit}


def counted(survey_id: int) -> dict[str, int]:
    return dict(QuotaCount.objects.filter(survey_id=survey_id).values_list("quota", "count"))


def finish(response: Response) -> bool:
    """Bring it to its end and count it, all or nothing. False where another write came first."""
    questionnaire = questionnaire_of(response.version)
    with transaction.atomic():
        survey = Survey.objects.select_for_update(no_key=True).only("id", "collection").get(pk=response.survey_id)
        counts = counted(survey.pk)
        full = {quota.id for quota in questionnaire.quotas if counts.get(quota.id, 0) >= quota.limit}
        route = route_of(response, full)
        if route.end is None:
            return False
        most = survey.rules.most_responses
        if route.end.kind == "complete" and most is not None and counts.get(TOTAL, 0) >= most:
            route = replace(route, end=flow.full_end(questionnaire))
        close(response, route)
        if not write(response):
            return False
        if response.status == Response.COMPLETE:
            count(response, counts)
        transaction.on_commit(lambda: hooks.tell(response))
    return True


def close(response: Response, route: flow.Route) -> None:
    """Only what stands on the path counts; the rest is kept apart."""
    assert route.end is not None
    response.status, response.end = route.end.kind, route.end.id
    response.off_path = {id: value for id, value in response.answers.items() if id not in route.answers}
    response.answers, response.seen = route.answers, route.done
    response.finished_at = timezone.now()
    response.flags = flags.at_the_end(response, questionnaire_of(response.version))


def count(response: Response, counts: dict[str, int]) -> None:
    """One more for each quota it fills, and for all; the survey's item shows the number without an event."""
    filled = flow.met(questionnaire_of(response.version), state_of(response))
    add(response.survey_id, [TOTAL, *(quota.id for quota in filled)], counts)
    show_number(response.survey.item_id, counts.get(TOTAL, 0) + 1)


def add(survey_id: int, names: list[str], counts: dict[str, int], step: int = 1) -> None:
    known = [name for name in names if name in counts]
    if known:
        QuotaCount.objects.filter(survey_id=survey_id, quota__in=known).update(count=F("count") + step)
    new = [QuotaCount(survey_id=survey_id, quota=name, count=step) for name in names if name not in counts]
    QuotaCount.objects.bulk_create(new if step > 0 else [])


def show_number(item_id: int, number: int) -> None:
    item = Item.objects.select_for_update(no_key=True).only("id", "fields").get(pk=item_id)
    Item.objects.filter(pk=item_id).update(fields={**item.fields, "responses": number})
