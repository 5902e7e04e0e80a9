"""The form that says what each column becomes: what it shows, and the plan that comes back from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilothouse.exchange.models import Import, Template
from pilothouse.exchange.reading import cells
from pilothouse.exchange.reading.source import Row
from pilothouse.exchange.taking import steps
from pilothouse.exchange.taking.guessing import MOST_SAMPLE, fractions, misfits
from pilothouse.exchange.taking.options import option_for
from pilothouse.exchange.taking.plan import POLICIES, ColumnPlan, Plan
from pilothouse.exchange.taking.targets import NEW, NEW_TYPES, Target, folded, option_index, targets_of
from pilothouse.kinds import Kind
from pilothouse.people.access import Actor
from pilothouse.people.models import User
from pilothouse.workbench.models.custom import kind_of

MOST_VALUES = 40
UNDECIDED = "?"


def context(actor: Actor, source: Import) -> dict[str, Any]:
    kind, plan = kind_of(source.product, source.kind), Plan.of(source.plan)
    sample = steps.source_of(source).sample(MOST_SAMPLE)
    targets = targets_of(kind)
    templates = Template.objects.filter(product=source.product, kind=source.kind)
    names = [column.name for column in plan.columns]
    people = known_people(actor)
    return {
        "plan": plan,
        "columns": [column_row(place, column, targets, sample, people) for place, column in enumerate(plan.columns)],
        "targets": target_options(targets, actor),
        "types": [(slug, type_names()[slug]) for slug in NEW_TYPES],
        "constants": constant_fields(kind, plan),
        "policies": list(zip(POLICIES, policy_names(), strict=True)),
        "fitting": [(row.pk, row.name) for row in templates if Plan.of(row.plan).fitted(names)],
        "remembered": steps_remembered(source),
    }


def steps_remembered(source: Import) -> bool:
    """Whether the plan is that of an earlier import rather than a guess."""
    earlier = Import.objects.filter(product=source.product, kind=source.kind, job__isnull=False, plan=source.plan)
    return earlier.filter(answers=False).exclude(pk=source.pk).exists()


def known_people(actor: Actor) -> set[str]:
    """The names and addresses by which a cell may call an owner."""
    rows = User.objects.filter(memberships__workspace=actor.workspace, is_active=True).values_list("name", "email")
    return {word.casefold() for row in rows for word in row}


def column_row(
    place: int, column: ColumnPlan, targets: dict[str, Target], sample: Sequence[Row], people: Container[str] = ()
) -> dict[str, Any]:
    values = [cells.visible(row[place].strip()) for _number, row in sample if place < len(row) and row[place].strip()]
    target = targets.get(column.target)
    return {
        "place": place,
        "plan": column,
        "examples": list(dict.fromkeys(value[:120] for value in values))[:3],
        "filled": len(values) * 100 // len(sample) if sample else 0,
        "checked": len(values),
        "misfits": misfits(target, [value for value in values if not cells.is_missing(value)], people)
        if target
        else [],
        "values": value_rows(column, target, values) if target and target.type == "choice" else [],
        "options": [(option.slug, str(option.name)) for option in target.options] if target else [],
    }


def value_rows(column: ColumnPlan, target: Target, values: Sequence[str]) -> list[dict[str, Any]]:
    """The values that stand in the column, the most frequent first, and the option that each becomes."""
    index = option_index(target.options)
    counted = Counter(value for value in values if not cells.is_missing(value)).most_common(MOST_VALUES)
    return [value_row(column, target, index, value, count) for value, count in counted]


def value_row(column: ColumnPlan, target: Target, index: Mapping[str, str], value: str, count: int) -> dict[str, Any]:
    """`guessed`: other people's word for the option, which is shown for a look."""
    found = option_for(target, value, index)
    chosen = column.values.get(value, UNDECIDED if found is None else found)
    return {"text": value, "count": count, "chosen": chosen, "guessed": chosen == found and folded(value) not in index}


def target_options(targets: dict[str, Target], actor: Actor) -> list[tuple[str, str]]:
    options = [("", _("Leave out")), *((slug, str(target.name)) for slug, target in targets.items())]
    return [*options, (NEW, _("New field of our own…"))] if actor.may("manage") else options


def type_names() -> dict[str, str]:
    return {
        "text": _("Text"), "long": _("Long text"), "number": _("Number"), "date": _("Date"), "choice": _("Choice"),
        "flag": _("Yes or no"), "link": _("Web address"),
    }  # fmt: skip


def policy_names() -> tuple[str, str, str]:
    return _("Update what differs"), _("Only fill what is empty"), _("Leave them as they are")


def constant_fields(kind: Kind, plan: Plan) -> list[dict[str, Any]]:
    """Choice fields and the state that no column fills: the same value for every row."""
    used = {column.target for column in plan.columns}
    return [
        {
            "slug": target.slug,
            "name": target.name,
            "options": [("", "–"), *((option.slug, str(option.name)) for option in target.options)],
            "value": plan.constants.get(target.slug, ""),
        }
        for target in targets_of(kind).values()
        if target.type == "choice" and target.slug not in used
    ]


def plan_from(given: QueryDict, source: Import) -> Plan:
    """The plan that a person chose. Names and numbers of columns come from the file, never from the form."""
    kind, old = kind_of(source.product, source.kind), Plan.of(source.plan)
    if (wanted := given.get("template", "")).isdecimal() and len(wanted) < 15:
        row = Template.objects.filter(product=source.product, kind=source.kind, pk=int(wanted)).first()
        if row and (fitted := Plan.of(row.plan).fitted([column.name for column in old.columns])):
            return fitted
    targets = targets_of(kind)
    sample = steps.source_of(source).sample(MOST_SAMPLE)
    columns = tuple(column_from(given, place, column, targets, sample) for place, column in enumerate(old.columns))
    slugs = {field["slug"] for field in constant_fields(kind, replace(old, columns=columns))}
    return Plan(
        columns=columns,
        constants={slug: value for slug in slugs if (value := given.get(f"constant-{slug}", "")[:100])},
        key=tuple(int(place) for place in given.getlist("key") if place.isdecimal() and int(place) < len(columns)),
        policy=given.get("policy") if given.get("policy") in POLICIES else old.policy,  # type: ignore[arg-type]
        title_from_body="title_from_body" in given,
        unknown_owner_empty="unknown_owner_empty" in given,
    )


def column_from(
    given: QueryDict, place: int, column: ColumnPlan, targets: dict[str, Target], sample: Sequence[Row]
) -> ColumnPlan:
    target = given.get(f"target-{place}", column.target)
    if target not in {"", NEW, *targets}:
        target = ""
    kind = given.get(f"type-{place}", column.type)
    values = column_row(place, replace(column, target=target), targets, sample)["values"]
    fits = fractions(targets[target], [row[place] for _n, row in sample]) if target in targets else False
    chosen = {row["text"]: given.get(f"value-{place}-{n}", row["chosen"]) for n, row in enumerate(values)}
    allowed = {"", *(option.slug for option in targets[target].options)} if target in targets else {""}
    return ColumnPlan(
        name=column.name,
        target=target,
        type=kind if kind in NEW_TYPES else "text",
        values={text: slug for text, slug in chosen.items() if slug in allowed},
        fractions=fits,
    )
