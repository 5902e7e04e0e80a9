"""All texts beside their translation."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys import actions
from pilothouse.surveys.building import edits, translating
from pilothouse.surveys.building.naming import language_name
from pilothouse.surveys.building.pages import head, number, survey_of
from pilothouse.surveys.building.showing_delta import differing
from pilothouse.surveys.models import Survey
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.pages import download, go, is_fragment, page, show
from pilothouse.workbench.views.common import Errors, Ref, undo_url
from pilothouse.workbench.writing.cleaning import Invalid

A_PAGE = 100
COMMON = (
    "en", "zh-hans", "zh-hant", "ja", "ko", "es", "fr", "de", "pt", "it", "ru", "ar", "hi", "id", "vi", "th", "tr",
    "nl", "pl", "sv",
)  # fmt: skip
BOM = "\ufeff"


@page
@require_http_methods(["GET", "POST"])
def languages(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref, "write")
    if request.method == "GET":
        return show(request, "surveys/build/languages.html", page_context(request, actor, survey))
    into, version = chosen(survey, request.POST.get("to", "")), number(request.POST.get("version", ""))
    base = actions.draft_at(survey, version) or survey.draft
    document = edits.copied(base)
    typed = {path: request.POST[f"t:{path}"] for path in request.POST.getlist("path") if f"t:{path}" in request.POST}
    count = translating.keep(document, into, typed)
    for path in request.POST.getlist("same"):
        translating.confirm(document, into, path)
    try:
        event = actions.save_draft(actor, survey, document, version)
    except actions.Overlap as overlap:
        there = {"collisions": differing(survey.questionnaire, survey.draft, overlap.mine)}
        context = {**page_context(request, actor, survey_for(survey.item), into), **there}
        return show(request, "surveys/build/languages.html", context, status=409)
    except Invalid as invalid:
        refused = {**page_context(request, actor, survey, into), "errors": Errors(invalid.errors)}
        return show(request, "surveys/build/languages.html", refused, status=422)
    if is_fragment(request):
        context = page_context(request, actor, survey_for(survey.item), into)
        return show(request, "surveys/build/languages_saved.html", context)
    text = ngettext("%(n)s text kept", "%(n)s texts kept", count) % {"n": count}
    return go(request, here(survey, request, into), text, undo=undo_url(actor, event.batch if event else None))


def here(survey: Survey, request: HttpRequest, into: str) -> str:
    shown = request.POST.get("show", "")
    return f"{survey.url}/languages?to={into}&show={shown if shown in ('missing', 'outdated') else ''}"


def chosen(survey: Survey, wanted: str) -> str:
    """The language to translate into; the first that is not the source."""
    others = survey.questionnaire.languages[1:]
    return wanted if wanted in others else others[0] if others else ""


def page_context(request: HttpRequest, actor: Actor, survey: Survey, into: str = "") -> dict[str, Any]:
    found = survey.questionnaire
    into = into or chosen(survey, request.GET.get("to", ""))
    wanted = request.GET.get("show", request.POST.get("show", ""))
    lines = translating.lines(found, into, wanted if wanted in ("missing", "outdated") else "") if into else []
    first = number(request.GET.get("from", "")) if number(request.GET.get("from", "")) < len(lines) else 0
    return {
        **head(actor, survey, "languages"),
        "into": into,
        "into_name": language_name(into) if into else "",
        "source_name": language_name(found.source),
        "lines": lines[first : first + A_PAGE],
        "next": first + A_PAGE if first + A_PAGE < len(lines) else None,
        "first": first,
        "shown": wanted,
        "rates": [
            {"code": code, "name": language_name(code), "fill": translating.fill(found, code), "source": not at}
            for at, code in enumerate(found.languages)
        ],
        "offered": [(code, language_name(code)) for code in COMMON if code not in found.languages],
        "collisions": [],
        "saved_at": timezone.localtime(),
    }


@page
@require_POST
def change(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Add a language, take one away, or make another one the source."""
    survey = survey_of(request, actor, ref, "write")
    document, (verb, _colon, code) = edits.copied(survey.draft), request.POST.get("do", "").partition(":")
    code = code or request.POST.get("language", "").strip().lower()
    verbs = {"add": edits.add_language, "remove": edits.remove_language, "source": edits.make_source}
    if verb not in verbs:
        raise Http404
    verbs[verb](document, code)
    try:
        event = actions.save_draft(actor, survey, document, survey.draft_version)
    except Invalid:
        return go(request, f"{survey.url}/languages", _("“%(code)s” is no code of a language.") % {"code": code[:20]})
    undo = undo_url(actor, event.batch if event else None)
    told = {"add": _("%(name)s is added"), "remove": _("%(name)s is taken away; its words are kept"),
            "source": _("%(name)s is the source now")}[verb]  # fmt: skip
    to = code if verb == "add" else ""
    return go(request, f"{survey.url}/languages?to={to}", told % {"name": language_name(code)}, undo=undo)


@page
@require_safe
def sheet(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """All texts as a sheet with one column for each language, to be translated elsewhere."""
    survey = survey_of(request, actor, ref, "write")
    found, out = survey.questionnaire, io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["path", *found.languages])
    for path, text in found.texts():
        if text:
            writer.writerow([path, *(guarded(text.words.get(code, "")) for code in found.languages)])
    return download(BOM + out.getvalue(), "text/csv; charset=utf-8", f"{survey.item.ref}-texts.csv")


def guarded(words: str) -> str:
    """A text that a spreadsheet would take for a formula is quoted; reading takes the quote away again."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words


@page
@require_POST
def take_sheet(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The sheet again, translated. Paths and languages that are not there are counted, not taken."""
    survey = survey_of(request, actor, ref, "write")
    back, file = f"{survey.url}/languages", request.FILES.get("file")
    if file is None or file.size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:  # type: ignore[operator]
        return go(request, back, _("Choose a file of at most 5 MB."))
    try:
        rows = list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"), newline="")))
        count, document = taken(edits.copied(survey.draft), rows)
        event = actions.save_draft(actor, survey, document, survey.draft_version)
    except (UnicodeDecodeError, csv.Error, Invalid):
        return go(
            request, back, _("This file could not be read: it must be the sheet from here, saved as CSV in UTF-8.")
        )
    text = ngettext("%(n)s text kept", "%(n)s texts kept", count) % {"n": count}
    return go(request, back, text, undo=undo_url(actor, event.batch if event else None))


def taken(document: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    count = 0
    for code in document["languages"]:
        typed = {row["path"]: unguarded(row[code]) for row in rows if row.get("path") and row.get(code)}
        count += translating.keep(document, code, typed)
    return count, document


def unguarded(words: str) -> str:
    return words[1:] if words[:1] == "'" and words[1:2] in ("=", "+", "-", "@") else words
