"""Each new answer is taken in: an answer marks its survey as due, and the first mark starts a task."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django_tasks import task

from pilothouse.people.access import actor_for
from pilothouse.surveys.instruments.priority import rescore
from pilothouse.surveys.models import Response
from pilothouse.surveys.scored import Priority


def answered(response: Response) -> None:
    """Called for every response that reached an end."""
    if response.status == Response.COMPLETE:
        due(response.survey_id)


def due(survey_id: int) -> None:
    """Have what changed in a survey's answers taken in: one cheap write, and a task where none waits yet."""
    if Priority.objects.filter(survey=survey_id, live=True, due=False).update(due=True):
        transaction.on_commit(lambda: take_in.enqueue(survey_id))


@task()
def take_in(survey_id: int) -> None:
    """What the worker runs, with the present rights of whoever pressed "use as priority"."""
    Priority.objects.filter(survey=survey_id).update(due=False)  # an answer from here on starts the next task
    rows = Priority.objects.select_related("survey__item__product__workspace", "survey__live", "started_by")
    priority = rows.filter(survey=survey_id, live=True).first()
    if priority is None or priority.started_by is None:
        return
    try:
        actor = actor_for(priority.started_by, priority.survey.item.product.workspace.slug)
        actor.product(priority.survey.item.product.key, "write")
    except (Http404, PermissionDenied):
        Priority.objects.filter(pk=priority.pk).update(live=False)
        return
    rescore(actor, priority.survey)
