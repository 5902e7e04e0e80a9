"""How items hang together. A thread relation points downstream: from the evidence to what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Relation:
    """`name` reads from source to target, `inverse` from target to source."""

    slug: str
    name: Any
    inverse: Any
    thread: bool = False


RELATIONS = {
    relation.slug: relation
    for relation in (
        Relation(slug="quoted_as", name=_("quoted as"), inverse=_("quoted from"), thread=True),
        Relation(slug="supports", name=_("supports"), inverse=_("supported by"), thread=True),
        Relation(slug="contradicts", name=_("contradicts"), inverse=_("contradicted by")),
        Relation(slug="scores", name=_("scores"), inverse=_("scored by"), thread=True),
        Relation(slug="leads_to", name=_("leads to"), inverse=_("follows from"), thread=True),
        Relation(slug="addressed_by", name=_("addressed by"), inverse=_("addresses"), thread=True),
        Relation(slug="planned_in", name=_("planned in"), inverse=_("contains"), thread=True),
        Relation(slug="delivered_by", name=_("delivered by"), inverse=_("delivers"), thread=True),
        Relation(slug="measured_by", name=_("measured by"), inverse=_("measures"), thread=True),
        Relation(slug="reviewed_in", name=_("reviewed in"), inverse=_("reviews"), thread=True),
        Relation(slug="asked_by", name=_("asked by"), inverse=_("asked for")),
        Relation(slug="works_at", name=_("works at"), inverse=_("employs")),
        Relation(slug="concerns", name=_("concerns"), inverse=_("concerned by")),
        Relation(slug="blocks", name=_("blocks"), inverse=_("blocked by")),
        Relation(slug="goes_with", name=_("goes with"), inverse=_("goes with")),
        Relation(slug="duplicates", name=_("duplicates"), inverse=_("duplicated by")),
        Relation(slug="relates", name=_("relates to"), inverse=_("relates to")),
    )
}
