"""A file of answers made at once where it is small, else as a job whose page then offers it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.exchange.answers.sav import as_sav
from pilothouse.exchange.answers.writing import Tick, as_xlsx
from pilothouse.people.access import Actor
from pilothouse.surveys.files.table import Table, Wanted
from pilothouse.surveys.models import Survey
from pilothouse.workbench import jobs
from pilothouse.workbench.jobs import Running
from pilothouse.workbench.models import Job

AT_ONCE = 2_000
MAKERS: Mapping[str, Callable[[Table, Tick], IO[bytes]]] = {"xlsx": as_xlsx, "sav": as_sav}


def table_of(survey: Survey, wanted: Wanted) -> Table:
    return Table(survey, wanted)


def named(survey: Survey, form: str) -> str:
    return f"{survey.item.ref}-answers-{timezone.localdate().isoformat()}.{form}"


def begin(actor: Actor, survey: Survey, form: str, wanted: Wanted) -> Job:
    """Queue the file; its page goes on to where it can be fetched."""
    actor.require("read")
    return jobs.start(
        actor, make, _("Exporting the answers of %(ref)s") % {"ref": survey.item.ref}, product=survey.item.product,
        arguments={"pk": survey.pk, "form": form, "wanted": asdict(wanted)}, next_url=f"{survey.url}/export",
    )  # fmt: skip


@jobs.handler
def make(job: Running, actor: Actor, pk: int, form: str, wanted: dict[str, Any]) -> dict[str, Any]:
    rows = Survey.objects.select_related("item__product__workspace", "live")
    survey = actor.find(rows, "read", pk=pk)
    table = Table(survey, Wanted(**wanted))
    job.tick(0, total=table.responses().count())
    with MAKERS[form](table, job.tick) as file:
        path = place_of(job.row)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.name, path)
    return {"name": named(survey, form), "survey": survey.pk, "size": path.stat().st_size}


def place_of(job: Job) -> Path:
    return Path(settings.MEDIA_ROOT) / "exports" / job.pk.hex


def made(actor: Actor, survey: Survey) -> list[dict[str, Any]]:
    """The files that this person had made of a survey and that are still there, the newest first."""
    rows = Job.objects.filter(handler=make.path, created_by=actor.user, product=survey.item.product, status=Job.DONE)
    return [
        {"job": row, **(row.result or {}), "shown_size": filesizeformat((row.result or {}).get("size") or 0)}
        for row in rows.order_by("-created_at")[:20]
        if (row.result or {}).get("survey") == survey.pk and place_of(row).exists()
    ][:5]
