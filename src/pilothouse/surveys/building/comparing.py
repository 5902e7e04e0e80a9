"""What differs between the draft and what people answer now, in words, and what it means for answers that are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.surveys.building.naming import short
from pilothouse.surveys.definition import Question, Questionnaire
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.questions import TYPES


@dataclass(frozen=True)
class Difference:
    """One thing that changed; `means` says what becomes of earlier answers, where they are touched."""

    tone: str  # new, gone, changed
    text: str
    means: str = ""


def differences(survey: Survey, language: str) -> list[Difference]:
    """From the live version to the draft, in the order of the questionnaire; nothing where nothing was published."""
    if survey.live is None:
        return []
    before, after = survey.live.questionnaire, survey.questionnaire
    old, new = ({one.id: one for one in document.questions()} for document in (before, after))
    gone = [removed(survey, question, language) for id, question in old.items() if id not in new]
    added = [
        Difference("new", _("%(name)s is new") % {"name": name(question, language)})
        for id, question in new.items()
        if id not in old
    ]
    kept = [one for id, question in new.items() if id in old for one in changed(survey, old[id], question, language)]
    return [*gone, *added, *kept, *order(before, after), *rest(before, after)]


def name(question: Question, language: str) -> str:
    return f"{question.code} {short(question.text.get(language), 60)}".strip()


def removed(survey: Survey, question: Question, language: str) -> Difference:
    count = answers_to(survey, question.id)
    text = _("%(name)s is removed") % {"name": name(question, language)}
    return Difference("gone", text, kept_words(count))


def kept_words(count: int) -> str:
    if not count:
        return ""
    text = ngettext("%(n)s earlier answer keeps it.", "%(n)s earlier answers keep it.", count)
    return text % {"n": count}


def answers_to(survey: Survey, question_id: str) -> int:
    return Response.objects.filter(survey=survey, answers__has_key=question_id).count()


def changed(survey: Survey, old: Question, new: Question, language: str) -> Iterator[Difference]:
    title = name(new, language)
    if old.type != new.type:
        yield retyped(survey, old, new, title)
    if old.text.words != new.text.words or old.help.words != new.help.words:
        yield reworded(survey, old, title)
    yield from parts(survey, old, new, title, language)
    if (old.show_if, old.required, old.shuffle, old.settings) != (new.show_if, new.required, new.shuffle, new.settings):
        yield Difference("changed", _("%(name)s: other settings") % {"name": title})


def retyped(survey: Survey, old: Question, new: Question, title: str) -> Difference:
    names = {"name": title, "old": kind(old), "new": kind(new)}
    count = answers_to(survey, old.id)
    means = ngettext(
        "%(n)s earlier answer was given to the other type; where it does not fit it counts as missing.",
        "%(n)s earlier answers were given to the other type; where they do not fit they count as missing.", count,
    )  # fmt: skip
    return Difference(
        "changed", _("%(name)s was %(old)s and is %(new)s") % names, means % {"n": count} if count else ""
    )


def kind(question: Question) -> str:
    return str(TYPES[question.type].name) if question.type in TYPES else question.type


def reworded(survey: Survey, old: Question, title: str) -> Difference:
    count = answers_to(survey, old.id)
    means = ngettext(
        "%(n)s person answered the earlier wording; the analysis can tell the versions apart.",
        "%(n)s people answered the earlier wording; the analysis can tell the versions apart.", count,
    )  # fmt: skip
    return Difference(
        "changed", _("%(name)s: another wording") % {"name": title}, means % {"n": count} if count else ""
    )


def parts(survey: Survey, old: Question, new: Question, title: str, language: str) -> Iterator[Difference]:
    """Answers and rows that came, went, or say something else now."""
    for list_name in ("options", "rows"):
        before = {part.id: part for part in getattr(old, list_name)}
        after = {part.id: part for part in getattr(new, list_name)}
        gone, fresh = [id for id in before if id not in after], [id for id in after if id not in before]
        same = [id for id in after if id in before and after[id].text.words != before[id].text.words]
        if gone:
            yield gone_parts(survey, old, list_name, gone, title, language)
        if fresh:
            text = ngettext("%(name)s: %(n)s answer added", "%(name)s: %(n)s answers added", len(fresh))
            rows = ngettext("%(name)s: %(n)s row added", "%(name)s: %(n)s rows added", len(fresh))
            words = {"name": title, "n": len(fresh)}
            yield Difference("new", (text if list_name == "options" else rows) % words)
        if same:
            text = ngettext(
                "%(name)s: %(n)s answer says it otherwise", "%(name)s: %(n)s answers say it otherwise", len(same)
            )
            means = _(
                "Earlier answers count under the new words. If it means something else now, add a new answer instead."
            )
            yield Difference("changed", text % {"name": title, "n": len(same)}, means)


def gone_parts(survey: Survey, old: Question, list_name: str, gone: list[str], title: str, language: str) -> Difference:
    text = ngettext("%(name)s: %(n)s answer removed", "%(name)s: %(n)s answers removed", len(gone))
    rows = ngettext("%(name)s: %(n)s row removed", "%(name)s: %(n)s rows removed", len(gone))
    names = ", ".join(f"“{short(part.text.get(language), 30)}”" for part in getattr(old, list_name) if part.id in gone)
    words = {"name": title, "n": len(gone)}
    count = answers_with(survey, old.id, set(gone))
    return Difference("gone", f"{(text if list_name == 'options' else rows) % words}: {names}", kept_words(count))


def answers_with(survey: Survey, question_id: str, ids: set[str]) -> int:
    """How many answers hold one of these ids: as a choice, in a list, or as a row."""
    rows = Response.objects.filter(survey=survey, answers__has_key=question_id)
    return sum(1 for answer in rows.values_list(f"answers__{question_id}", flat=True).iterator() if held(answer) & ids)


def held(answer: Any) -> set[str]:
    if isinstance(answer, list):
        return {one for one in answer if isinstance(one, str)}
    if not isinstance(answer, dict):
        return set()
    chosen = [answer["id"]] if "id" in answer else answer.get("ids", [])
    return {one for one in [*chosen, *answer] if isinstance(one, str)}


def order(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    both = {one.id for one in before.questions()} & {one.id for one in after.questions()}
    old, new = ([one.id for one in document.questions() if one.id in both] for document in (before, after))
    if old != new:
        yield Difference("changed", _("The questions come in another order"))


def rest(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    names = {
        "title": _("Another title"), "intro": _("Another introduction"), "ends": _("Other endings"),
        "quotas": _("Other quotas"), "hidden": _("Other hidden fields"), "languages": _("Other languages"),
        "consent": _("Another consent text: who answers from now on agrees to the new one"),
    }  # fmt: skip
    for part, text in names.items():
        if getattr(before, part) != getattr(after, part):
            yield Difference("changed", text)
    ways = [[(page.id, page.show_if, page.jumps) for page in document.pages] for document in (before, after)]
    if ways[0] != ways[1]:
        yield Difference("changed", _("Other pages or jumps"))
