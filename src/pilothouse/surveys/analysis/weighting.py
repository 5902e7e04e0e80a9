"""Weights that bring known shares (age, region …) of a survey's answers to what they are among everybody."""

from __future__ import annotations

import json
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.methods import MethodError, raking
from pilothouse.people.access import Actor
from pilothouse.surveys.analysis.figures import effective
from pilothouse.surveys.analysis.frame import Array, Frame, frame_of
from pilothouse.surveys.analysis.keeping import stamp_of
from pilothouse.surveys.analysis.picking import Selection, split
from pilothouse.surveys.models import Survey
from pilothouse.workbench.models import Event
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid

CAP, SMALLEST_CAP, LARGEST_CAP = 5.0, 1.5, 100.0
MOST_MARGINS, KEPT = 6, 20
BASE = "weight"
Margins = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Weights:
    """`refused` is the method's code where no weights could be found (the answers then count alike)."""

    margins: Margins
    cap: float
    values: Array | None = None
    deff: float = 1.0
    ess: float = 0.0
    trimmed: int = 0
    missing: int = 0
    error: float = 0.0
    refused: str = ""
    where: str = ""


found_before: OrderedDict[tuple[Any, ...], Weights] = OrderedDict()


def read(survey: Survey, selection: Selection) -> tuple[Frame, Weights | None]:
    """The responses that a page is about, weighted if the survey is; weights are found before anything is filtered."""
    frame = frame_of(survey, flagged=selection.flagged)
    weights = weights_of(frame, selection.flagged)
    if weights is not None and weights.values is not None:
        frame = frame.with_weights(weights.values)
    return (frame.where(selection.mask(frame)) if selection.pairs else frame), weights


def weights_of(frame: Frame, flagged: bool = True) -> Weights | None:
    kept = frame.survey.analysis.get("weighting") or {"margins": {}}
    if not kept["margins"] and not has_base(frame):
        return None
    key = (frame.survey.code, stamp_of(frame.store), frame.store.watermark, flagged, json.dumps(kept, sort_keys=True))
    if key not in found_before:
        found_before[key] = raked(frame, kept["margins"], kept.get("cap") or CAP)
        while len(found_before) > KEPT:
            found_before.popitem(last=False)
    return found_before[key]


def raked(frame: Frame, margins: Margins, cap: float) -> Weights:
    """Weights with a mean of 1; nan for people who lack a margin."""
    base = base_of(frame)
    if not margins:
        values = base / base.mean()
        n = effective(values)
        return Weights(margins, cap, values, len(values) / n, n)
    columns = {name: codes_of(frame, name) for name in margins} | {BASE: base.tolist()}
    try:
        found = raking.analyse(columns, margins=margins, cap=cap, base_weight=BASE)
    except MethodError as error:
        return Weights(margins, cap, refused=error.code, where=error.field or "")
    values = np.array([np.nan if weight is None else weight for weight in found.weights], dtype=float)
    values /= np.nanmean(values)
    return Weights(
        margins, cap, values, found.deff_kish, found.ess, found.trimmed, found.missing, found.margin_error
    )  # fmt: skip


def has_base(frame: Frame) -> bool:
    return bool((~np.isnan(frame.fact("weight", np.float64))).any())


def base_of(frame: Frame) -> Array:
    """The weights that came with the responses, 1 for those that came without."""
    base = frame.fact("weight", np.float64)
    return np.where(np.isnan(base) | (base <= 0), 1.0, base)


def codes_of(frame: Frame, name: str) -> list[str | None]:
    """A choice as the ids of its options; None where it was left out."""
    question, key = split(name)
    if (question, key) not in frame.book.by_key:
        return [None] * frame.n
    labels = np.array([*frame.labels(question, key), None], dtype=object)
    return labels[frame.column(question, key)].tolist()


@transaction.atomic
def weigh(actor: Actor, survey: Survey, margins: Margins, cap: float = CAP) -> Event | None:
    """Keep margins (none: no weights). Shares of a question are brought to 100 where they miss it by a hair."""
    actor.require("write")
    wanted = {"margins": {name: checked(name, shares) for name, shares in margins.items()}, "cap": cap}
    if len(margins) > MOST_MARGINS:
        raise Invalid({"margins": _("At most %(n)s questions can be weighted by.") % {"n": MOST_MARGINS}})
    if not SMALLEST_CAP <= cap <= LARGEST_CAP:
        raise Invalid({"cap": _("The largest weight is between 1.5 and 100 times the usual one.")})
    before = survey.analysis.get("weighting")
    after = wanted if margins else None
    if before == after:
        return None
    keep(survey, after)
    entry = event(actor, survey.item, "weighed", {"weighting": [before, after]}, uuid.uuid4())
    entry.save()
    return entry


def keep(survey: Survey, weighting: Any) -> None:
    survey.analysis = {**survey.analysis, "weighting": weighting}
    Survey.objects.filter(pk=survey.pk).update(analysis=survey.analysis)


def checked(name: str, shares: Mapping[str, float]) -> dict[str, float]:
    total = sum(shares.values())
    if any(share < 0 for share in shares.values()) or abs(total - 100) > 0.5:
        raise Invalid({name: _("These shares add up to %(total)s, not to 100.") % {"total": f"{total:g}"}})
    return {code: share * 100 / total for code, share in shares.items()}


def undo_weighing(entry: Event) -> bool:
    survey = Survey.objects.filter(item=entry.item_id).first()
    before, after = entry.changes["weighting"]
    if survey is None or survey.analysis.get("weighting") != after:
        return False
    keep(survey, before)
    return True
