"""The steps of an import: a file comes in, is read, mapped, checked, imported, and can be taken back."""

from __future__ import annotations

import shutil
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.exchange.models import Import, Problem, Template
from pilothouse.exchange.reading.cells import visible
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.reading.source import Reading, Row, Source, open_source
from pilothouse.exchange.taking.decide import Decider
from pilothouse.exchange.taking.guessing import MOST_SAMPLE, as_of_now, guess
from pilothouse.exchange.taking.plan import Plan, Reader, option_slug
from pilothouse.exchange.taking.scan import Scan, completed, scan
from pilothouse.exchange.taking.write import BATCH, note, write_batch
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench import jobs
from pilothouse.workbench.jobs import JobFailed, Running
from pilothouse.workbench.models import CustomField, Job
from pilothouse.workbench.models.custom import forget_kinds, kind_of
from pilothouse.workbench.upkeep import settle
from pilothouse.workbench.writing.undo import Undone, undo

MOST_BYTES = 200 * 1024 * 1024
PREVIEW_ROWS = 50


class TooLarge(Exception):
    """The file is larger than an import may be."""


def receive(
    actor: Actor, product: Product, kind: str, name: str, file: BinaryIO, *, most: float = MOST_BYTES
) -> Import:
    """Keep a file and make a first guess at how to read it. Raises TooLarge or Unreadable, keeping nothing."""
    actor.require("write", product)
    source = Import(product=product, kind=kind, name=clean_name(name), created_by=actor.user)
    try:
        source.size = store(file, source.file, most)
        table = open_source(source.folder)
        if not table.columns():
            raise Unreadable(_("This file holds no words and no numbers."))
        source.reading = table.reading.kept()
        source.plan = proposal(actor, source).kept()
        source.save()
    except BaseException:
        shutil.rmtree(source.folder, ignore_errors=True)
        raise
    return source


def clean_name(name: str) -> str:
    """The last part of a path of any system, without signs that cannot be shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:255] or "file"


def store(file: BinaryIO, path: Path, most: float = MOST_BYTES) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with path.open("wb") as out:
        while chunk := file.read(1 << 20):
            size += len(chunk)
            if size > most:
                raise TooLarge
            out.write(chunk)
    return size


def source_of(source: Import) -> Source:
    return Source(source.folder, Reading.of(source.reading))


def proposal(actor: Actor, source: Import) -> Plan:
    """The plan of a template or of the last import with these very columns, else a guess."""
    table = source_of(source)
    names = table.columns()
    kept = [row.plan for row in Template.objects.filter(product=source.product, kind=source.kind)]
    last = Import.objects.filter(product=source.product, kind=source.kind, answers=False, job__isnull=False)
    last = last.exclude(pk=source.pk)
    kept += last.values_list("plan", flat=True)[:20]
    kind = kind_of(source.product, source.kind)
    for plan in map(Plan.of, kept):
        if fitted := plan.fitted(names):
            return as_of_now(fitted, kind, may_add=actor.may("manage"))
    sample = table.sample(MOST_SAMPLE)
    return guess(kind, names, sample, may_add=actor.may("manage"), key=source.product.key)


def problems_of(actor: Actor, source: Import) -> list[str]:
    """Why the plan cannot be carried out by this person; empty when it can."""
    plan = Plan.of(source.plan)
    found = plan.problems(kind_of(source.product, source.kind))
    if plan.new_columns() and not actor.may("manage"):
        found.append(_("Only owners and admins can add own fields."))
    return found


def begin_check(actor: Actor, source: Import) -> Job:
    actor.require("write", source.product)
    title = _("Checking %(name)s") % {"name": source.name}
    source.check_job = jobs.start(
        actor, check, title, product=source.product, arguments={"pk": str(source.pk)}, next_url=f"{source.url}/check"
    )
    source.save(update_fields=["check_job"])
    return source.check_job


def begin(actor: Actor, source: Import) -> Job:
    """Start the import, or let it go on where it stopped; one that runs, is done or goes back is left alone."""
    actor.require("write", source.product)
    with transaction.atomic():
        source = again(source)
        if source.job and (source.finished_at or not source.job.over or going_back(source)):
            return source.job
        title = _("Importing %(name)s") % {"name": source.name}
        source.job = jobs.start(
            actor, run, title, product=source.product, arguments={"pk": str(source.pk)}, next_url=source.url
        )
        source.save(update_fields=["job"])
    return source.job


def may_undo(actor: Actor, source: Import) -> bool:
    """Only whoever imported it, and only what is over and was not taken back yet."""
    over = source.job is not None and source.job.over
    return over and not going_back(source) and source.created_by_id == actor.user.pk


def going_back(source: Import) -> bool:
    """Taken back already, or just now."""
    return source.undone_at is not None or (source.undo_job is not None and not source.undo_job.over)


def begin_undo(actor: Actor, source: Import) -> Job | None:
    """Start taking it back; a second press finds the first at work, or all of it gone."""
    actor.require("write", source.product)
    with transaction.atomic():
        source = again(source)
        if may_undo(actor, source):
            source.undo_job = jobs.start(
                actor, take_back, _("Taking back %(name)s") % {"name": source.name}, product=source.product,
                arguments={"pk": str(source.pk)}, total=source.created + source.updated, next_url=source.url,
            )  # fmt: skip
            source.save(update_fields=["undo_job"])
    return source.undo_job


def again(source: Import) -> Import:
    """As it is now, and nobody else's until this transaction ends."""
    rows = Import.objects.select_for_update(of=("self",)).select_related("job", "undo_job", "product__workspace")
    return rows.get(pk=source.pk)


def found(actor: Actor, pk: str) -> Import:
    rows = Import.objects.select_related("product__workspace")
    return actor.find(rows, "write", pk=uuid.UUID(pk))


@jobs.handler
def check(job: Running, actor: Actor, pk: str) -> dict[str, Any]:
    """The dry run: every row is decided, nothing is written but what is wrong with it."""
    source = found(actor, pk)
    source.problems.filter(checking=True).delete()
    decider, seen = prepared(job, actor, source)
    counts: Counter[str] = Counter()
    for rows in batches(source_of(source), seen, 0):
        decisions = decider.batch(rows)
        note(source, decisions, checking=True)
        counts.update(decision.outcome for decision in decisions)
        job.tick(counts.total())
    return dict(counts)


@jobs.handler
def run(job: Running, actor: Actor, pk: str) -> dict[str, Any]:
    source = found(actor, pk)
    decider, seen = prepared(job, actor, source, make=True)
    for rows in batches(source_of(source), seen, source.position):
        write_batch(job, actor, source, decider, rows)
        job.give_way()
    source.refresh_from_db()
    source.finished_at = timezone.now()
    source.save(update_fields=["finished_at"])
    settle(source.created + source.updated)
    return source.counts


@jobs.handler
def take_back(job: Running, actor: Actor, pk: str) -> dict[str, Any]:
    source = found(actor, pk)
    outcome = undo(actor, source.batch, step=job.give_way) if left_to_undo(source) else Undone(0, ())
    source.undone_at = timezone.now()
    source.save(update_fields=["undone_at"])
    return {"count": outcome.count, "kept": [item.ref for item in outcome.kept[:100]]}


def left_to_undo(source: Import) -> bool:
    """Nothing, where a worker was killed after the last of it and before it could say so."""
    return source.product.events.filter(batch=source.batch, undone_at=None).exists()


def prepared(job: Running, actor: Actor, source: Import, *, make: bool = False) -> tuple[Decider, Scan]:
    """Read the file once through, complete the plan, and make its own fields if this is no dry run."""
    if problems := problems_of(actor, source):
        raise JobFailed(" ".join(problems))
    table, plan = source_of(source), Plan.of(source.plan)
    job.tick(message=_("Reading the file"))
    try:
        seen = scan(table, plan, job.tick)
    except Unreadable as error:
        raise JobFailed(str(error)) from None
    plan = completed(plan, seen)
    job.tick(source.position, total=seen.total, message="")
    if make:
        make_fields(source, plan)
    reader = Reader(plan, kind_of(source.product, source.kind), table.reading.dates)
    return Decider(actor, source.product, reader), seen


@transaction.atomic
def make_fields(source: Import, plan: Plan) -> None:
    """The own fields that the plan names, once; new options join those that are there."""
    reader = Reader(plan, kind_of(source.product, source.kind))
    for column in plan.new_columns():
        field = reader.kind.field_by_slug[column.slug]
        options = [{"slug": option.slug, "name": str(option.name)} for option in field.options]
        row, new = CustomField.objects.get_or_create(
            product=source.product, kind=source.kind, slug=column.slug,
            defaults={"name": column.name[:60], "type": column.type, "options": options},
        )  # fmt: skip
        if not new:
            reopen(row, [{"slug": name, "name": name} for name in column.values] if row.type == "choice" else [])
    forget_kinds(source.product)


def reopen(row: CustomField, wanted: list[dict[str, str]]) -> None:
    there = {option["name"] for option in row.options}
    row.options += [{"slug": option_slug(o["name"]), "name": o["name"]} for o in wanted if o["name"] not in there]
    row.removed_at = None
    row.save(update_fields=["options", "removed_at"])


def batches(table: Source, seen: Scan, start: int) -> Iterator[Sequence[tuple[Row, int]]]:
    """The rows after the first `start`, a batch at a time, each with the row that it repeats."""
    rows = islice(zip(table.rows(), map(int, seen.earlier), strict=False), start, None)
    while part := list(islice(rows, BATCH)):
        yield part


def preview(actor: Actor, source: Import, count: int = PREVIEW_ROWS) -> list[tuple[Row, Any]]:
    """The first rows with what would become of them."""
    table, plan = source_of(source), Plan.of(source.plan)
    sample = table.sample(count)
    columns = scan_values(plan, table)
    reader = Reader(columns, kind_of(source.product, source.kind), table.reading.dates)
    decisions = Decider(actor, source.product, reader).batch([(row, 0) for row in sample])
    return list(zip(sample, decisions, strict=True))


def scan_values(plan: Plan, table: Source) -> Plan:
    """For a preview the options of new choice fields are those of its first rows."""
    sample = table.sample(MOST_SAMPLE)
    new = [place for place, column in enumerate(plan.columns) if column.target == "new" and column.type == "choice"]
    values = {place: [visible(row[place].strip()) for _number, row in sample] for place in new}
    values = {place: [name for name in dict.fromkeys(names) if name][:50] for place, names in values.items()}
    return completed(plan, Scan(0, None, values))  # type: ignore[arg-type]


def discard(source: Import) -> None:
    """Forget a file that was never imported."""
    shutil.rmtree(source.folder, ignore_errors=True)
    source.delete()


def problem_rows(source: Import) -> Iterator[tuple[Problem, Row | None]]:
    """Each row that was not taken, with its cells from the file; the file is read once."""
    rows = iter(source_of(source).rows())
    for problem in source.problems.filter(checking=False).iterator(chunk_size=2_000):
        row = next((row for row in rows if row[0] == problem.row), None)
        yield problem, row
