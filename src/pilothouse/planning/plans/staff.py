"""Who works on a product, and when they are away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.kinds import FieldError
from pilothouse.kinds.declare import Field
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.models import DayOff, Skill, Worker
from pilothouse.planning.words import named, storable
from pilothouse.workbench.writing.cleaning import Invalid

WEEK = Field(slug="days", name="", type="number", minimum=0.1, maximum=7)
DAY = Field(slug="day", name="", type="date")


def add_worker(actor: Actor, skill: Skill, name: str, days: str) -> Worker:
    actor.require("write", skill.product)
    name = named(name, "worker", 100, _("A person has a name of at most 100 characters."))
    try:
        share = WEEK.clean(days or "5")
    except FieldError as error:
        raise Invalid({"days": error}) from None
    return Worker.objects.create(skill=skill, name=name, days=share)


def add_days_off(actor: Actor, product: Product, worker: Worker | None, given: Mapping[str, Any]) -> DayOff:
    """Days off of one person, or of everybody; one day where only the first is given."""
    actor.require("write", product)
    begin = day(given, "from_on")
    end = day(given, "to_on") or begin
    if begin is None or end is None or end < begin:
        raise Invalid({"from_on": _("Days off need a first day, and a last one that is not before it.")})
    name = storable(" ".join(str(given.get("name") or "").split())[:100], "name")
    return DayOff.objects.create(product=product, worker=worker, from_on=begin, to_on=end, name=name)


def day(given: Mapping[str, Any], name: str) -> date | None:
    try:
        text = DAY.clean(given.get(name))
    except FieldError as error:
        raise Invalid({name: error}) from None
    return date.fromisoformat(text) if text else None
