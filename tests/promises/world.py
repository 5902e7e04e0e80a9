"""One of everything in Alice's workspace, each text marked, for promises that walk the whole product."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pilothouse.canvases import actions as canvases
from pilothouse.canvases import own
from pilothouse.canvases.figures import set_figure
from pilothouse.canvases.models import Vote
from pilothouse.kinds import KINDS
from pilothouse.people.models import digest
from pilothouse.planning.launch import actions as launch
from pilothouse.planning.models import Capacity, DayOff, Plan, PlanChoice, Skill, Worker
from pilothouse.planning.plans import actions as plans
from pilothouse.planning.plans.problem import gather
from pilothouse.planning.scorecards import actions as cards
from pilothouse.planning.scorecards.actions import card_for
from pilothouse.surveys import actions as surveys
from pilothouse.surveys.analysis import actions as analysis
from pilothouse.surveys.analysis import coding
from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.definition import Condition, Consent, End, Hidden, Option, Page, Question, Questionnaire, Quota
from pilothouse.surveys.models import Invitation, Response, Survey
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions

MARK = "CANARY"
CODE, TOKEN, INTERVIEW = "canary", "canary-token", UUID(int=7, version=4)
EVIL = "<script>alert(1)</script>"


def fill(cast) -> dict[str, Item]:
    """One item of each kind in TW, linked down the thread, with what its own page holds; one in the private product."""
    made = {}
    for slug in KINDS:
        data = {"title": f"{MARK} {slug}", "body": f"{MARK} body of {slug}: {EVIL}"}
        made[slug] = actions.create(cast.alice, cast.product, slug, {**data, "tags": [f"{MARK} tag"], "owner": "me"})
    for slug, kind in KINDS.items():
        for target, relation in kind.lifts_to.items():
            actions.link(cast.alice, made[slug], relation, made[target])
    actions.comment(cast.alice, made["requirement"], f"{MARK} comment @bob@example.com <img src=x onerror=alert(1)>")
    actions.create(cast.alice, cast.private, "need", {"title": f"{MARK} private"})
    ask(cast, made["survey"])
    score(cast, made)
    plan(cast, made)
    draw(cast, made)
    return made


def number(kind: str) -> int:
    """The number that an item of this kind has in the world."""
    return list(KINDS).index(kind) + 1


def questionnaire(words: str) -> Questionnaire:
    options = [Option(id=id, text={"en": f"{words} {id}", "zh-hans": f"{words} {id}"}) for id in ("a", "b")]
    said = {"en": words, "zh-hans": words}
    asked = [
        Question(id="q1", type="single", code="Q1", text=said, help=said, options=options, required=True),
        Question(id="q2", type="long", code="Q2", text={"en": f"{words} {{{{Q1}}}}", "zh-hans": words}),
        Question(id="q3", type="number", code="Q3", text=said, show_if=Condition(question="q1", op="is", value="a")),
    ]
    return Questionnaire(
        languages=["en", "zh-hans"], title=said, intro=said, consent=Consent(text=said),
        pages=[Page(id="p1", title=said, questions=asked)], hidden=[Hidden(code="channel", default=words[:500])],
        ends=[End(id="e1", title=said, text=said)],
        quotas=[Quota(id="many", name=words[:200], when=Condition(question="q1", op="is", value="a"), limit=90)],
    )  # fmt: skip


def ask(cast, item: Item, words: str = f"{MARK} {EVIL}") -> Survey:
    """A published survey with answers: three that count, one taken out, one under way, one by a personal link."""
    survey = survey_for(item)
    surveys.save_draft(cast.alice, survey, questionnaire(words).model_dump(mode="json"), survey.draft_version)
    Survey.objects.filter(pk=survey.pk).update(code=CODE)
    survey = survey_for(item)
    surveys.publish(cast.alice, survey, words)
    survey = survey_for(item)
    invited = Invitation.objects.create(
        survey=survey, token_digest=digest(TOKEN), name=f"{MARK} invited"[:200], email="ada@example.com"
    )
    given = {"q1": {"id": "a"}, "q2": words, "q3": 4}
    more = {"survey": survey, "version": survey.live, "language": "en", "hidden": {"channel": words}}
    done = [
        Response.objects.create(**more, answers=given, status=Response.COMPLETE, invitation=invited if n else None)
        for n in range(2)
    ]
    out = Response.objects.create(**more, answers={**given, "q2": f"{words} excluded"}, status=Response.COMPLETE)
    Response.objects.create(**more, answers={"q2": words}, key=INTERVIEW)
    analysis.exclude(cast.alice, survey, [out.pk], words[:400])
    frame = frame_of(survey)
    asked = next(one for one in frame.book.by_key.values() if one.column.measure == "text")
    coding.give(cast.alice, survey, asked, [done[0].pk], coding.new_code(cast.alice, cast.product, words[:100]))
    return survey


def score(cast, made: dict[str, Item], words: str = f"{MARK} {EVIL}") -> None:
    """A card that everybody sees, with criteria of one's own, and a blind one on which Alice has scored."""
    card = card_for(made["scorecard"])
    cards.add_rows(cast.alice, card, [made["requirement"], made["need"]])
    given = {"value": "50", "note": words, "confidence": "50", "evidence": made["quote"]}
    cards.set_cell(cast.alice, card, made["requirement"], "reach", given)
    hidden = cards.create_card(
        cast.alice, cast.product, "own", {"title": words}, [made["requirement"]], blind=True, people=[cast.bob.user]
    )
    for one in hidden.columns:
        cards.set_cell(cast.alice, hidden, made["requirement"], one.slug, {"value": "3", "note": f"{MARK} blind"})


def draw(cast, made: dict[str, Item], words: str = f"{MARK} {EVIL}") -> None:
    """A canvas with the note on it, which has a dot and a number; a layout of the product's own."""
    actions.change(cast.alice, made["canvas"], {"layout": "technology_radar"})
    canvas = canvases.canvas_for(Item.objects.select_related("product__workspace").get(pk=made["canvas"].pk))
    actions.change(cast.alice, made["note"], {"parent": made["canvas"], "cell": "tools"})
    Vote.objects.create(note=made["note"], user=cast.bob.user)
    note = canvases.note_on(cast.alice, canvas, made["note"].number)
    set_figure(cast.alice, canvas, note, "ring", {"value": "2", "source": words})
    cell = {"name": words[:100], "asks": words, "area": [1, 1, 1, 1]}
    own.create_own(cast.alice, cast.product, {"name": words[:100], "asks": words, "cells": [cell]})


def plan(cast, made: dict[str, Item], words: str = f"{MARK} {EVIL}") -> None:
    """A plan with somebody to do it, a release with gates, and somebody who was told."""
    row = plans.plan_for(made["plan"])
    Plan.objects.filter(pk=row.pk).update(releases=[made["release"].number])
    skill = Skill.objects.create(product=cast.product, name=words[:60])
    worker = Worker.objects.create(skill=skill, name=words[:100])
    DayOff.objects.create(product=cast.product, worker=worker, from_on=date(2026, 11, 2), to_on=date(2026, 11, 3), name=words[:100])  # fmt: skip
    Capacity.objects.create(release=made["release"], skill=skill, days=3)
    plans.set_estimate(cast.alice, made["requirement"], skill, "1 2 3")
    PlanChoice.objects.create(plan=row, item=made["requirement"], rule=PlanChoice.MUST)
    row = plans.plan_for(made["plan"])
    result = {
        "plan": {str(made["requirement"].number): made["release"].number}, "value": 1.0, "bound": 1.0, "gap": 0.0,
        "proved": True, "used": {str(made["release"].number): {skill.name: [2.0, 3.0]}}, "out": {}, "values": {},
    }  # fmt: skip
    Plan.objects.filter(pk=row.pk).update(result=result, basis=gather(cast.alice, row).digest())
    launch.add_gates(cast.alice, made["release"], [words])
    launch.tell(cast.alice, made["release"], made["feedback"])
