"""A job as a page sees it: how far it is, cancel, try again. The fragment looks after itself on any page."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pilothouse.jinja import decimal
from pilothouse.people.access import Actor
from pilothouse.workbench import jobs
from pilothouse.workbench.models import Job
from pilothouse.workbench.pages import framed, is_fragment, page, show


def job_of(request: HttpRequest, actor: Actor, pk: uuid.UUID, verb: str = "read") -> Job:
    job = actor.find(Job.objects.select_related("workspace", "product__workspace"), verb, pk=pk)
    if job.product:
        framed(request, job.product)
    return job


@require_GET
@page
def job(request: HttpRequest, actor: Actor, pk: uuid.UUID) -> HttpResponse:
    """The fragment asks again every second; when the job is over it sends the page on."""
    found = job_of(request, actor, pk)
    response = show(request, "exchange/_job.html" if is_fragment(request) else "exchange/job.html", shown(found))
    if is_fragment(request) and found.over:
        response.headers["HX-Redirect"] = after(found)
    return response


@require_POST
@page
def cancel(request: HttpRequest, actor: Actor, pk: uuid.UUID) -> HttpResponse:
    found = own(job_of(request, actor, pk, "write"), actor)
    jobs.cancel(found)
    return answer(request, found)


@require_POST
@page
def retry(request: HttpRequest, actor: Actor, pk: uuid.UUID) -> HttpResponse:
    found = own(job_of(request, actor, pk, "write"), actor)
    jobs.retry(found)
    return answer(request, found)


def own(found: Job, actor: Actor) -> Job:
    """Whoever started it, or whoever manages the workspace."""
    if found.created_by_id != actor.user.pk:
        actor.require("manage")
    return found


def answer(request: HttpRequest, found: Job) -> HttpResponse:
    found.refresh_from_db()
    if is_fragment(request):
        return show(request, "exchange/_job.html", shown(found))
    return HttpResponseRedirect(after(found))


def after(found: Job) -> str:
    """Where its page goes on; a job without a product leads nowhere unless it went well."""
    return found.next_url if found.next_url and (found.product_id or found.status == Job.DONE) else found.url


def shown(found: Job) -> dict[str, Any]:
    return {"job": found, "job_note": note(found), "job_left": left(found.left)}


def note(found: Job) -> str:
    if found.status == Job.FAILED:
        return found.message
    if found.status == Job.CANCELLED:
        return _("Stopped. What was done so far stays.")
    if found.interrupted:
        return _("Interrupted: the worker has gone away. Nothing is lost.")
    if found.cancel_asked:
        return _("Stopping after the rows at hand…")
    if found.status == Job.WAITING:
        return _("Waiting: no worker has taken this up yet.") if found.overdue() else _("Starting…")
    if found.message or not found.total:
        return found.message
    return _("%(done)s of %(total)s") % {"done": decimal(found.done), "total": decimal(found.total)}


def left(span: timedelta | None) -> str:
    if span is None:
        return ""
    seconds = max(1, round(span.total_seconds()))
    if seconds < 90:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
