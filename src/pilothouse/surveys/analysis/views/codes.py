"""Coding open answers: one by one by key, several that are chosen, or all that hold a phrase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis import coding
from pilothouse.surveys.analysis.frame import Asked, Frame, frame_of
from pilothouse.surveys.analysis.naming import column_name, short
from pilothouse.surveys.analysis.open_answers import code_chart, newest
from pilothouse.surveys.analysis.picking import Selection
from pilothouse.surveys.analysis.views.common import page_of
from pilothouse.surveys.analysis.words import phrases
from pilothouse.surveys.building.pages import survey_of
from pilothouse.surveys.models import Code, Coding, Survey
from pilothouse.surveys.questions import TYPES
from pilothouse.workbench.models import Event
from pilothouse.workbench.pages import go, is_fragment, page, show, tell
from pilothouse.workbench.views.common import Ref, undo_url
from pilothouse.workbench.writing.cleaning import Invalid

PAGE, SEARCHED, KEYS, SUGGESTED = 40, 5_000, 9, 12
LONGEST_WORDS = 100


@page
@require_safe
def codes(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """?question=q6&words=queue&uncoded=1; without a question, the first that asks for words."""
    survey = survey_of(request, actor, ref)
    actor.require("inspect")
    frame, selection, context = page_of(request, actor, survey, "results", "/codes")
    texts = [asked for asked in frame.book.by_key.values() if asked.column.measure == "text"]
    asked = asked_in(request.GET, texts)
    context |= {
        "questions": [(key_of(one), short(column_name(one), 90)) for one in texts],
        "asked": asked,
        "splits": False,
    }
    if asked is not None:
        context |= coding_context(request, frame, selection, asked)
    return show(request, "surveys/analysis/codes.html", context)


def key_of(asked: Asked) -> str:
    return f"{asked.column.question}.{asked.column.key}"


def asked_in(given: Any, texts: list[Asked]) -> Asked | None:
    """The column named by question and key, or by both in one; the first where none is named."""
    wanted = given.get("of") or f"{given.get('question', '')}.{given.get('key', '')}"
    return next((one for one in texts if key_of(one) == wanted), texts[0] if texts and wanted == "." else None)


def coding_context(request: HttpRequest, frame: Frame, selection: Selection, asked: Asked) -> dict[str, Any]:
    words, uncoded = request.GET.get("words", "")[:LONGEST_WORDS].strip(), request.GET.get("uncoded") == "1"
    before = request.GET.get("before", "")
    found = list(answers(frame, asked, words, uncoded))
    start = next((place + 1 for place, (pk, _text) in enumerate(found) if str(pk) == before), 0)
    shown, base = found[start : start + PAGE], f"{frame.survey.url}/codes"

    def here(before: str = "") -> str:
        return selection.url(base, of=key_of(asked), words=words, uncoded="1" if uncoded else "", before=before)

    counted, book = coding.counted(frame, asked, selection), book_of(frame.survey, asked)
    return {
        "of": key_of(asked),
        "words": words,
        "uncoded": uncoded,
        "n": len(found),
        "total": int(frame.known(asked).sum()),
        "rows": rows_of(asked, shown),
        "book": book,
        "keyed": book[:KEYS],
        "counted": counted,
        "chart_spec": code_chart(counted),
        "saturation": coding.saturated(frame, asked),
        "suggested": phrases([text for _pk, text in found], SUGGESTED),
        "next_url": here(str(shown[-1][0])) if len(found) > start + PAGE else None,
        "first_url": here() if start else None,
        "title": column_name(asked),
        "book_options": [(str(code.pk), code.name) for code in book],
        "word_url": lambda text: selection.url(base, of=key_of(asked), words=text),
    }


def answers(frame: Frame, asked: Asked, words: str, uncoded: bool) -> Iterator[tuple[int, str]]:
    """(response, text) of the newest few thousand, those that hold the words, those without a code yet."""
    ids = frame.response_ids[newest(frame, asked)[:SEARCHED]]
    done = {pk for pk, _code in coding.codings_of(frame, asked)} if uncoded else set()
    sought = words.casefold()
    for pk, text in zip(ids.tolist(), frame.read_texts(asked, ids), strict=True):
        if text and pk not in done and sought in text.casefold():
            yield pk, text


def rows_of(asked: Asked, shown: list[tuple[int, str]]) -> list[dict[str, Any]]:
    given: dict[int, list[Code]] = {}
    rows = Coding.objects.filter(
        response__in=[pk for pk, _text in shown], question=asked.column.question, key=asked.column.key
    )
    for row in rows.select_related("code").order_by("id"):
        given.setdefault(row.response_id, []).append(row.code)
    return [{"pk": pk, "text": text, "codes": given.get(pk, [])} for pk, text in shown]


def book_of(survey: Survey, asked: Asked) -> list[Code]:
    """The product's codes, those of this question first, so that their keys stay the same while coding."""
    used = dict.fromkeys(
        Coding.objects.filter(response__survey=survey, question=asked.column.question)
        .order_by("code__created_at")
        .values_list("code", flat=True)
    )
    every = Code.objects.filter(product=survey.item.product).order_by("created_at")
    return sorted(every, key=lambda code: code.pk not in used)


@page
@require_POST
def take(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Take the code `code` from `ids`."""
    return changed(request, actor, ref, take=True)


@page
@require_POST
def give(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Give the code `code`, or a new one called `name`, to `ids`, or to all answers that hold `words` (all=1)."""
    return changed(request, actor, ref, take=False)


def changed(request: HttpRequest, actor: Actor, ref: Ref, *, take: bool) -> HttpResponse:
    survey = survey_of(request, actor, ref, "write")
    frame = frame_of(survey)
    texts = [one for one in frame.book.by_key.values() if one.column.measure == "text"]
    asked = asked_in(request.POST, texts)
    if asked is None:
        raise Http404
    ids = chosen(request, frame, asked)
    try:
        code = code_in(request, actor, survey)
        event = coding.give(actor, survey, asked, ids, code, take=take)
    except Invalid as invalid:
        return refused(request, survey, asked, invalid)
    return answered(request, actor, survey, asked, ids, event)


def chosen(request: HttpRequest, frame: Frame, asked: Asked) -> list[int]:
    words = request.POST.get("words", "")[:LONGEST_WORDS].strip()
    if request.POST.get("all") == "1" and words:
        return [pk for pk, _text in answers(frame, asked, words, False)]
    return [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal() and len(pk) < 18]


def code_in(request: HttpRequest, actor: Actor, survey: Survey) -> Code:
    if name := request.POST.get("name", "").strip():
        return coding.new_code(actor, survey.item.product, name)
    wanted = request.POST.get("code", "")
    if not wanted:
        raise Invalid({"name": _("Choose a code, or type the name of a new one.")})
    return actor.find(Code, "write", pk=wanted, product=survey.item.product)


def answered(
    request: HttpRequest, actor: Actor, survey: Survey, asked: Asked, ids: list[int], event: Event | None
) -> HttpResponse:
    n = len(event.changes["responses"]) if event else 0
    text = ngettext("%(n)s answer coded.", "%(n)s answers coded.", n) % {"n": n} if n else _("Nothing changed.")
    undo = undo_url(actor, event.batch if event else None)
    if is_fragment(request) and len(ids) == 1:
        answer = survey.responses.get(pk=ids[0]).answers.get(asked.column.question)
        shown = text_of(asked, answer)
        context = {
            "row": rows_of(asked, [(ids[0], shown)])[0],
            "survey": survey,
            "of": key_of(asked),
            "keyed": book_of(survey, asked)[:KEYS],
            "writable": True,
        }
        return tell(show(request, "surveys/analysis/_coded_row.html", context), text, undo=undo)
    return go(request, back_to(request, survey, asked), text, undo=undo)


def text_of(asked: Asked, answer: Any) -> str:
    return TYPES[asked.question.type].cells(asked.question, answer).get(asked.column.key) or ""


def back_to(request: HttpRequest, survey: Survey, asked: Asked) -> str:
    words = request.POST.get("words", "")[:LONGEST_WORDS]
    return Selection().url(
        f"{survey.url}/codes", of=key_of(asked), words=words, uncoded=request.POST.get("uncoded", "")
    )


def refused(request: HttpRequest, survey: Survey, asked: Asked, invalid: Invalid) -> HttpResponse:
    return go(request, back_to(request, survey, asked), "; ".join(str(text) for text in invalid.errors.values()))
