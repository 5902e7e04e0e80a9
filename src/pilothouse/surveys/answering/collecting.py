"""Ways to reach people, for the page where collecting is set up: link, QR code, snippet to embed, personal links."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from pilothouse.people import mail
from pilothouse.people.access import Actor
from pilothouse.surveys.analysis.actions import erase
from pilothouse.surveys.answering import invitations, respondents
from pilothouse.surveys.answering.words import own_name
from pilothouse.surveys.building.pages import survey_of
from pilothouse.surveys.models import Survey
from pilothouse.workbench.pages import download, go, page
from pilothouse.workbench.views.common import Ref

SHOWN = 200


def address(survey: Survey) -> str:
    return settings.PUBLIC_URL + survey.path


def snippet(survey: Survey, title: str) -> str:
    """To paste into another page; that page's host must be allowed."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="640" frameborder="0" loading="lazy"></iframe>',
        address(survey), title,
    )  # fmt: skip


def qr(text: str) -> Markup:
    """A code to scan, as SVG: dark on light in both themes, or no camera reads it."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=2, dark="#000", light="#fff", omitsize=True, nl=False
    )
    return Markup(out.getvalue().decode())  # noqa: S704 drawn here


def context(actor: Actor, survey: Survey) -> dict[str, Any]:
    """What `surveys/collect/invitations.html` takes."""
    rows = invitations.listed(survey)
    return {
        "invitations": [(one, invitations.standing(one)) for one in rows[:SHOWN]],
        "invited": len(rows),
        "mail": mail.configured(),
        "languages_named": [(one, own_name(one)) for one in survey.questionnaire.languages],
        "contacts": len(invitations.contacts(actor, survey)),
    }


@page
@require_POST
def invite(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref, "write")
    named = invitations.people(request.POST.get("people", "")[:1_000_000])
    if "contacts" in request.POST:
        named += invitations.contacts(actor, survey)
    language = request.POST.get("language", "")
    known = language if language in survey.questionnaire.languages else ""
    made = len(invitations.invite(actor, survey, named, known))
    text = ngettext("Made %(n)s personal link.", "Made %(n)s personal links.", made) % {"n": made}
    return back(request, survey, text if made else _("Nobody new was named, so no link was made."))


@page
@require_POST
def send(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref, "write")
    if survey.live is None or not mail.configured():
        return back(request, survey, _("Nothing was sent: the survey must be published and a mail server set up."))
    sent = invitations.send(actor, survey, remind="remind" in request.POST)
    return back(request, survey, ngettext("Sent %(n)s message.", "Sent %(n)s messages.", sent) % {"n": sent})


@page
@require_POST
def revoke(request: HttpRequest, actor: Actor, ref: Ref, pk: int) -> HttpResponse:
    survey = survey_of(request, actor, ref, "write")
    invitations.revoke(actor, survey, pk)
    return back(request, survey, _("The link no longer works."))


@page
@require_safe
def links(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Links are keys: only for who may write."""
    survey = survey_of(request, actor, ref, "write")
    rows = invitations.as_csv(invitations.listed(survey))
    return download(rows, "text/csv; charset=utf-8", f"{survey.item.ref}-links.csv")


@page
@require_safe
def code(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref)
    return download(qr(address(survey)), "image/svg+xml", f"{survey.item.ref}.svg")


@page
@require_POST
def respondent(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Somebody asks for their data, or to be forgotten, and gives the address of their own answers."""
    survey = survey_of(request, actor, ref, "write")
    found = respondents.named(survey, request.POST.get("address", ""))
    if found is None:
        return back(request, survey, _("No answers of this survey have that address."))
    if "erase" in request.POST:
        erase(actor, survey, found)
        return back(request, survey, _("The answers and everything that came with them are erased."))
    return download(respondents.as_json(found), "application/json", f"{survey.item.ref}-answers.json")


def back(request: HttpRequest, survey: Survey, text: str) -> HttpResponse | HttpResponseRedirect:
    return go(request, f"{survey.url}/collect#invitations", text)
