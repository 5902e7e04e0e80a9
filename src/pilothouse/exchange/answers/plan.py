"""The plan of an import of answers: what each column becomes, and what its values mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.answers.targets import Targets

POLICIES = ("changed", "skip")


@dataclass(frozen=True)
class AnswerColumn:
    """What becomes of one column. `values` says what a cell means where a person said so ("" leaves it empty);
    `places` that its numbers count the answers from one."""

    name: str
    target: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    places: bool = False


@dataclass(frozen=True)
class AnswerPlan:
    """`policy` is for responses that are here already; `unknown_empty` leaves unknown values out instead of refusing
    the row; `separator` parts several answers in one cell."""

    columns: tuple[AnswerColumn, ...] = ()
    policy: str = "changed"
    unknown_empty: bool = False
    separator: str = ";"

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> AnswerPlan:
        columns = tuple(AnswerColumn(**column) for column in kept.get("columns", ()))
        rest = {name: kept[name] for name in ("policy", "unknown_empty", "separator") if name in kept}
        return cls(columns=columns, **rest)

    def kept(self) -> dict[str, Any]:
        columns = [
            {"name": one.name, "target": one.target, "values": dict(one.values), "places": one.places}
            for one in self.columns
        ]
        return {
            "columns": columns, "policy": self.policy, "unknown_empty": self.unknown_empty,
            "separator": self.separator,
        }  # fmt: skip

    @property
    def identified(self) -> bool:
        return any(column.target == "external_id" for column in self.columns)

    def fitted(self, names: list[str], targets: Targets) -> AnswerPlan | None:
        """This plan for another file with the very same columns, where all that it names is still asked."""
        if [column.name for column in self.columns] != names:
            return None
        known = all(not column.target or targets.get(column.target) for column in self.columns)
        return self if known else None

    def problems(self, targets: Targets) -> list[str]:
        """Why this plan cannot be carried out; empty when it can."""
        used = [column.target for column in self.columns if column.target]
        found = [
            _("Two columns are to become “%(name)s”.") % {"name": target.name if target else slug[:60]}
            for slug, target in ((slug, targets.get(slug)) for slug in dict.fromkeys(used))
            if used.count(slug) > 1
        ]
        if unknown := [slug for slug in used if targets.get(slug) is None]:
            found.append(_("This questionnaire has no column “%(name)s”.") % {"name": unknown[0][:60]})
        if not any(slug.startswith(("q:", "all:", "codes:")) for slug in used):
            found.append(_("No column becomes an answer."))
        return found
