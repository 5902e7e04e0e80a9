"""Writing a batch of responses: rows, codes, the way back and the import's position in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from pilothouse.exchange.answers.deciding import Decider, Decision, Marked
from pilothouse.exchange.models import Import, Taken
from pilothouse.exchange.taking.write import note
from pilothouse.people.access import Actor
from pilothouse.surveys.instruments.live import due
from pilothouse.surveys.models import Code, Coding, Response, Survey, Version
from pilothouse.surveys.order import stamp
from pilothouse.workbench.jobs import Running, Superseded
from pilothouse.workbench.writing.insert import insert

BATCH = 1_000
MOMENTS = ("started_at", "finished_at")


@transaction.atomic
def write_batch(job: Running, actor: Actor, source: Import, decider: Decider, rows: Sequence[Marked]) -> None:
    """Raises Superseded when another worker has done it already, Cancelled when asked to stop."""
    before = source.position
    job.row.done = before + len(rows)
    job.report()
    decisions = decider.batch(rows, lock=True)
    carry_out(actor, source, decider.survey, decisions)
    note(source, decisions, checking=False)  # type: ignore[arg-type]
    counts = Counter(decision.outcome for decision in decisions)
    changed = Import.objects.filter(pk=source.pk, position=before).update(
        position=before + len(rows), **{outcome: F(outcome) + count for outcome, count in counts.items()}
    )
    if not changed:
        raise Superseded
    source.position = before + len(rows)


def carry_out(actor: Actor, source: Import, survey: Survey, decisions: Sequence[Decision]) -> None:
    mark = stamp()
    create(survey, [one for one in decisions if one.outcome == "created"], mark)
    taken = [Taken(source=source, response=one.response, changed=mark) for one in decisions if one.outcome == "created"]
    updated = [one for one in decisions if one.outcome == "updated"]
    taken += [
        Taken(source=source, response=one.response, changed=mark, before=change(one, mark)) for one in updated
    ]  # fmt: skip
    if updated:
        names = sorted({name for one in updated for name in one.after} | {"changed"})
        Response.objects.bulk_update([one.response for one in updated if one.response], names, batch_size=200)
    # A file may name one response in two of its parts: what stood there before the first counts.
    Taken.objects.bulk_create(taken, batch_size=500, ignore_conflicts=True)
    give_codes(actor, survey, decisions)
    due(survey.pk)


def create(survey: Survey, decisions: Sequence[Decision], mark: int) -> None:
    assert survey.live is not None
    rows = [response_of(survey, survey.live, one, mark) for one in decisions]
    insert(rows, as_they_are=True)
    made = Response.objects.filter(survey=survey, external_id__in=[row.external_id for row in rows])
    keys = dict(made.values_list("external_id", "pk"))
    for one, row in zip(decisions, rows, strict=True):
        row.pk, row._state.adding = keys[row.external_id], False
        one.response = row


def response_of(survey: Survey, version: Version, one: Decision, mark: int) -> Response:
    """Complete unless the file says otherwise; times that it does not name are those of the import."""
    assert one.read is not None
    values = dict(one.after)
    now = timezone.now()
    status = values.pop("status", Response.COMPLETE)
    finished = values.pop("finished_at", None)
    started = values.pop("started_at", None) or finished or now
    return Response(
        survey=survey, version=version, source=Response.IMPORTED, external_id=one.read.external_id, status=status,
        language=values.pop("language", version.questionnaire.source), started_at=started, changed=mark,
        finished_at=None if status == Response.STARTED else finished or started, **values,
    )  # fmt: skip


def change(one: Decision, mark: int) -> dict[str, Any]:
    """Set the new values; returns what stood there, as JSON, with the codes that are new."""
    assert one.response is not None
    before = {name: plain(getattr(one.response, name)) for name in one.after}
    for name, new in one.after.items():
        setattr(one.response, name, new)
    one.response.changed = mark
    return {"values": before, "codes": [list(code) for code in one.codes]}


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def give_codes(actor: Actor, survey: Survey, decisions: Sequence[Decision]) -> None:
    """Codes that the product has not are made; an answer has each of its codes once."""
    wanted = [(one.response, code) for one in decisions for code in one.codes if one.response]
    if not wanted:
        return
    codes = codes_of(survey, {name for _response, (_question, _key, name) in wanted})
    rows = [
        Coding(response=response, question=question, key=key, code=codes[name], by=actor.user)
        for response, (question, key, name) in wanted
    ]
    Coding.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def codes_of(survey: Survey, names: set[str]) -> Mapping[str, Code]:
    product = survey.item.product
    Code.objects.bulk_create([Code(product=product, name=name) for name in sorted(names)], ignore_conflicts=True)
    return {code.name: code for code in Code.objects.filter(product=product, name__in=names)}


@transaction.atomic
def take_back_batch(taken: Sequence[Taken]) -> tuple[int, list[int]]:
    """How many responses went back, and those that stay because they were changed since."""
    rows = Response.objects.select_for_update().in_bulk([one.response_id for one in taken])
    free = [one for one in taken if rows[one.response_id].changed == one.changed]
    kept = [one.response_id for one in taken if one not in free]
    Response.objects.filter(pk__in=[one.response_id for one in free if one.before is None]).delete()
    mark = stamp()
    for one in free:
        if one.before is not None:
            put_back(rows[one.response_id], one.before, mark)
    for survey in {row.survey_id for row in rows.values()}:
        due(survey)
    return len(free), kept


def put_back(response: Response, before: Mapping[str, Any], mark: int) -> None:
    for name, value in before["values"].items():
        setattr(response, name, parse_datetime(value) if name in MOMENTS and value else value)
    response.changed = mark
    response.save(update_fields=[*before["values"], "changed"])
    for question, key, name in before["codes"]:
        Coding.objects.filter(response=response, question=question, key=key, code__name=name).delete()
