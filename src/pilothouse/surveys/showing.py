"""Where surveys show on the workbench's pages: a section on the survey's item page, their verbs in history and undo."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilothouse.people.access import Actor
from pilothouse.surveys import actions
from pilothouse.surveys.models import Response
from pilothouse.surveys.rows import KIND, keep_rows, survey_for
from pilothouse.workbench.models import Event, Item, Link
from pilothouse.workbench.sections import Offer, add_copier, add_section, made_at, offer
from pilothouse.workbench.showing import words
from pilothouse.workbench.writing import actions as making
from pilothouse.workbench.writing import undo

ASKED_ABOUT = ("requirement", "need")


def register() -> None:
    making.COMPANIONS[KIND] = keep_rows
    add_section(KIND, survey_section)
    add_copier(KIND, copied)
    made_at(KIND, "surveys/new")
    offer(ASKED_ABOUT, Offer(name=gettext_lazy("Survey"), icon="clipboard-list", path="surveys/new"))
    for kind in ASKED_ABOUT:
        add_section(kind, asked_section)
    undo.BY_VERB.update(
        drafted=actions.undo_draft, undrafted=actions.undo_draft, published=actions.undo_publishing,
        collected=actions.undo_rules,
    )  # fmt: skip
    words.TOLD.update(
        drafted=told_draft, undrafted=told_draft, published=told_published,
        collected=lambda entry: _("changed how answers are collected"),
    )  # fmt: skip
    words.ICONS.update(drafted="clipboard-list", undrafted="undo-2", published="send", collected="inbox")


def copied(actor: Actor, item: Item, made: Item) -> None:
    actions.copy_onto(actor, survey_for(item), made)


def told_draft(entry: Event) -> str:
    count = len(entry.changes["draft"])
    figures = {"n": count}
    if entry.verb == "undrafted":
        text = ngettext(
            "took back %(n)s change of the questionnaire", "took back %(n)s changes of the questionnaire", count
        )
    else:
        text = ngettext("made %(n)s change in the questionnaire", "made %(n)s changes in the questionnaire", count)
    return text % figures


def told_published(entry: Event) -> str:
    return _("published version %(number)s of the questionnaire") % {"number": entry.changes["number"]}


def survey_section(actor: Actor, item: Item) -> dict[str, Any]:
    survey = survey_for(item)
    finished = Response.objects.filter(survey=survey, status=Response.COMPLETE).count()
    questions = sum(len(page["questions"]) for page in survey.draft.get("pages", ()))
    context = {"survey": survey, "finished": finished, "questions": questions}
    return {"template": "surveys/build/section.html", "context": context}


def asked_section(actor: Actor, item: Item) -> dict[str, Any] | None:
    """The surveys that ask about a requirement or a need, and a way to make one."""
    links = Link.objects.filter(target=item, relation__in=("concerns", "scores"))
    # Read first: joined, SQLite would walk the whole product to find these few.
    asking = list(links.values_list("source_id", flat=True)[:1_000])
    rows = Item.objects.live().visible_to(actor).of(KIND).filter(pk__in=asking).select_related("product__workspace")
    surveys = list(rows.order_by("-pk")[:20]) if asking else []
    return {"template": "surveys/build/asked.html", "context": {"surveys": surveys}}
