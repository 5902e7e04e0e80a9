"""Codes: names for what open answers say. Giving and taking them, counting them, and whether new ones still turn up."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.kinds import FieldError
from pilothouse.methods import MethodError, saturation
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.surveys.analysis import figures
from pilothouse.surveys.analysis.choices import tip
from pilothouse.surveys.analysis.figures import Share
from pilothouse.surveys.analysis.frame import Asked, Frame
from pilothouse.surveys.analysis.picking import Selection
from pilothouse.surveys.models import Code, Coding, Survey
from pilothouse.workbench.models import Event
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid, refuse_unstorable

MOST_CODES, MOST_AT_ONCE, LONGEST_NAME = 500, 5_000, 100
ENOUGH_ANSWERS, ENOUGH_CODES = 10, 3  # below that, saturation says nothing


@dataclass(frozen=True)
class Counted:
    """How many of the people whose answers are coded were given a code."""

    code: Code
    share: Share
    tip: str
    url: str


def codings_of(frame: Frame, asked: Asked) -> list[tuple[int, int]]:
    """(response, code) pairs of one column."""
    rows = Coding.objects.filter(response__survey=frame.survey, question=asked.column.question, key=asked.column.key)
    return list(rows.order_by("id").values_list("response", "code"))


def counted(frame: Frame, asked: Asked, selection: Selection) -> list[Counted]:
    """The share of each code among those who have any, most frequent first."""
    pairs = codings_of(frame, asked)
    if not pairs:
        return []
    codes = {code.pk: code for code in Code.objects.filter(pk__in={code for _pk, code in pairs})}
    known = np.isin(frame.response_ids, [pk for pk, _code in pairs])
    masks = [np.isin(frame.response_ids, [pk for pk, one in pairs if one == code]) for code in codes]
    found = figures.shares_of(masks, [str(code) for code in codes], known, frame.weights)
    base = f"{frame.survey.url}/responses"
    lines = [
        Counted(codes[int(one.code)], one, tip(codes[int(one.code)].name, one),
                selection.url(base, (f"c.{asked.column.question}", one.code)))
        for one in found if one.count
    ]  # fmt: skip
    return sorted(lines, key=lambda line: -line.share.share)


def saturated(frame: Frame, asked: Asked) -> saturation.Result | None:
    """Whether coded answers, in the order in which they were coded, still bring new codes."""
    by_response: dict[int, set[int]] = {}
    for pk, code in codings_of(frame, asked):
        by_response.setdefault(pk, set()).add(code)
    try:
        enough = len(by_response) >= ENOUGH_ANSWERS and len(set().union(*by_response.values())) >= ENOUGH_CODES
        return saturation.analyse(by_response.values()) if enough else None
    except MethodError:
        return None


@transaction.atomic
def new_code(actor: Actor, product: Product, name: str) -> Code:
    """A code of this name, the one that is there already if there is one."""
    actor.require("write")
    clean = " ".join(name.split())
    try:
        refuse_unstorable(clean)
    except FieldError as error:
        raise Invalid({"name": error}) from None
    if not clean or len(clean) > LONGEST_NAME:
        raise Invalid({"name": _("A code has a name of at most 100 characters.")})
    if Code.objects.filter(product=product).count() >= MOST_CODES:
        raise Invalid({"name": _("A product has at most %(n)s codes.") % {"n": MOST_CODES}})
    there = Code.objects.filter(product=product, name__iexact=clean).first()
    return there or Code.objects.create(product=product, name=clean)


@transaction.atomic
def give(
    actor: Actor, survey: Survey, asked: Asked, ids: Sequence[int], code: Code, *, take: bool = False
) -> Event | None:
    """Give a code to answers, or take it from them; None where nothing changed. Can be taken back."""
    actor.require("write")
    where = {"question": asked.column.question, "key": asked.column.key, "code": code}
    rows = survey.responses.filter(pk__in=list(ids)[:MOST_AT_ONCE])
    there = set(Coding.objects.filter(response__in=rows, **where).values_list("response", flat=True))
    changed = [pk for pk in rows.values_list("pk", flat=True) if (pk in there) == take]
    if not changed:
        return None
    if take:
        Coding.objects.filter(response__in=changed, **where).delete()
    else:
        made = [Coding(response_id=pk, by=actor.user, **where) for pk in changed]
        Coding.objects.bulk_create(made, batch_size=500)
    told = {"responses": changed, "question": asked.column.question, "key": asked.column.key, "code": code.pk}
    entry = event(actor, survey.item, "uncoded" if take else "coded", {**told, "name": code.name}, uuid.uuid4())
    entry.save()
    return entry


def undo_coding(entry: Event) -> bool:
    """Only of the survey that the event belongs to: a product that came in as a file may name any number."""
    told = entry.changes
    where = {"question": told["question"], "key": told["key"], "code_id": told["code"]}
    if not Code.objects.filter(pk=told["code"], product=entry.product_id).exists():
        return False
    rows = Coding.objects.filter(response__in=told["responses"], response__survey__item=entry.item_id, **where)
    if entry.verb == "coded":
        return bool(rows.delete()[0])
    there = set(rows.values_list("response", flat=True))
    live = Survey.objects.get(item=entry.item_id).responses.filter(pk__in=told["responses"])
    Coding.objects.bulk_create(
        [Coding(response=one, by=entry.actor, **where) for one in live if one.pk not in there], batch_size=500
    )
    return True
