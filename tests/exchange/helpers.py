"""Importing in one call, by the very steps and jobs that the pages use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.models import Import
from pilothouse.exchange.taking import steps
from pilothouse.people.access import Actor, actor_for
from pilothouse.people.models import Product
from pilothouse.workbench import jobs
from pilothouse.workbench.models import Job

ROWS = "时间,评分,标题,内容,备注\n2026-01-02,5,很好用,连接很快,a\n2026-01-03,许多,连不上,一直转圈,b\n2026-01-03,许多,<script>alert(1)</script>,=cmd,c\n"


def again(actor: Actor) -> Actor:
    """As the next request sees this person."""
    return actor_for(actor.user, actor.workspace.slug)


def receive(actor: Actor, product: Product, path: Path, kind: str = "feedback", **plan: Any) -> Import:
    with path.open("rb") as file:
        source = steps.receive(again(actor), again(actor).product(product.key), kind, path.name, file)
    source.plan |= plan
    source.save()
    return source


def work(job: Job, *, status: str = Job.DONE) -> Job:
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert job.status == status, job.message
    return job


def dry_run(actor: Actor, source: Import) -> dict[str, int]:
    return work(steps.begin_check(again(actor), source)).result


def run(actor: Actor, source: Import) -> dict[str, int]:
    work(steps.begin(again(actor), source))
    source.refresh_from_db()
    return {name: count for name, count in source.counts.items() if count}


def take(actor: Actor, product: Product, path: Path, kind: str = "feedback", **plan: Any) -> dict[str, int]:
    return run(actor, receive(actor, product, path, kind, **plan))


def map_to(source: Import, **targets: str) -> None:
    """Point columns, by name, at targets; `new:number` makes an own field of that type."""
    for column in source.plan["columns"]:
        if (wanted := targets.get(column["name"])) is not None:
            column["target"], _colon, kind = wanted.partition(":")
            column["type"] = kind or "text"
    source.save()


def uploaded(client, text: str | bytes = ROWS, name: str = "reviews.csv", kind: str = "feedback"):
    data = text.encode() if isinstance(text, str) else text
    return client.post(f"/w/harbor/TW/{kind}/import", {"file": SimpleUploadedFile(name, data)})
