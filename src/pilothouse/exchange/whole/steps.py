"""A product's file on its way in: kept until its job has read it, then thrown away."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from pilothouse.exchange.taking.steps import store
from pilothouse.exchange.whole.checks import BadFile
from pilothouse.exchange.whole.incoming import bring_in
from pilothouse.people.access import Actor
from pilothouse.workbench import jobs
from pilothouse.workbench.jobs import JobFailed, Running
from pilothouse.workbench.models import Job


def begin(actor: Actor, file: BinaryIO, key: str, name: str) -> Job:
    """Keep the file and queue the work. Raises TooLarge."""
    actor.require("create_product")
    path = place_of(uuid.uuid4().hex)
    store(file, path)
    arguments = {"file": path.name, "key": key, "name": name}
    return jobs.start(
        actor, take, _("Importing the product %(key)s") % {"key": key}, arguments=arguments,
        next_url=f"{actor.workspace.url}{key}/",
    )  # fmt: skip


def place_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / "products" / name


@jobs.handler
def take(job: Running, actor: Actor, file: str, key: str, name: str) -> dict[str, Any]:
    path = place_of(file)
    try:
        with path.open("rb") as opened:
            product = bring_in(actor, opened, key, name)
    except BadFile as error:
        path.unlink(missing_ok=True)
        raise JobFailed(str(error)) from None
    path.unlink(missing_ok=True)
    return {"key": product.key}
