"""What columns, options and facts are called, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.surveys.analysis.frame import Asked, Frame, day_of
from pilothouse.surveys.analysis.picking import ANY, MISSING, split
from pilothouse.surveys.answering.flags import FLAGS
from pilothouse.surveys.definition import Question, Text
from pilothouse.surveys.instruments.words import plain, said
from pilothouse.surveys.models import Code, Response

LONGEST = 90


def short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def asked_of(question: Question) -> str:
    """A question's words, or its code where it has none."""
    return said(question.text) or question.code


def column_name(asked: Asked) -> str:
    """The question, and the part of it that the column holds."""
    whole, part = asked_of(asked.question), said(asked.column.label)
    return whole if not asked.column.key or part in ("", whole) else f"{whole} · {part}"


def option_name(asked: Asked, code: str) -> str:
    text: Text | None = asked.column.codes.get(code)
    return (said(text) if text else "") or code


def field_name(frame: Frame, name: str) -> str:
    """What a filter is about."""
    if name.startswith(("q.", "i.")):
        question, key = split(name)
        asked = frame.book.by_key.get((question, key)) if name.startswith("q.") else None
        return short(column_name(asked)) if asked else short(question_name(frame, question))
    if name.startswith("c."):
        return _("Code")
    if name.startswith("h."):
        return name[2:]
    return {
        "language": _("Language"), "source": _("Source"), "version": _("Version"), "status": _("Status"),
        "flag": _("Flag"), "from": pgettext("date", "From"), "to": pgettext("date", "Until"),
    }.get(name, name)  # fmt: skip


def question_name(frame: Frame, question: str) -> str:
    return next(
        (asked_of(asked.question) for (id, _key), asked in frame.book.by_key.items() if id == question), question
    )


def value_name(frame: Frame, name: str, value: str) -> str:
    if value in (MISSING, ANY):
        return _("no answer") if value == MISSING else _("answered")
    if name.startswith("q."):
        return answer_name(frame, *split(name), value)
    if name.startswith("c."):
        code = Code.objects.filter(product=frame.survey.item.product, pk=int(value) if value.isdecimal() else 0).first()
        return code.name if code else value
    words: dict[str, str | Promise] = (
        {**FLAGS} if name == "flag" else {**dict(Response.SOURCES), **dict(Response.STATUSES)}
    )
    return str(words.get(value, value))


def answer_name(frame: Frame, question: str, key: str, value: str) -> str:
    asked = frame.book.by_key.get((question, key))
    if asked is None:
        return value
    if asked.column.measure == "flag":
        return pgettext("option", "not chosen") if value == "no" else pgettext("option", "chosen")
    if asked.column.measure in ("number", "date"):
        return range_name(value, asked.column.measure == "date")
    return short(option_name(asked, value), 60)


def range_name(value: str, date: bool = False) -> str:
    open_end, (low, dots, high) = value.startswith(">"), value.lstrip(">").partition("..")
    ends = [end_name(end, date) for end in (low, high)]
    if not dots or low == high:
        return ends[0]
    if not low or not high:
        return (_("up to %(high)s") if not low else _("from %(low)s")) % {"low": ends[0], "high": ends[1]}
    return f"{'> ' if open_end else ''}{ends[0]} – {ends[1]}"


def end_name(end: str, date: bool) -> str:
    try:
        return day_of(float(end)).isoformat() if date else plain(float(end))
    except ValueError:
        return end
