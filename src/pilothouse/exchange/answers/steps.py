"""The steps of an import of answers: a file comes in, is mapped, checked, taken, and can be taken back."""

from __future__ import annotations

import shutil
import uuid
from collections import Counter
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.exchange.answers.deciding import Decider, Decision, batches, marked
from pilothouse.exchange.answers.guessing import guess
from pilothouse.exchange.answers.long import guessed, source_of
from pilothouse.exchange.answers.plan import AnswerPlan
from pilothouse.exchange.answers.reading import Reader
from pilothouse.exchange.answers.taking import BATCH, take_back_batch, write_batch
from pilothouse.exchange.answers.targets import Targets
from pilothouse.exchange.answers.trading import matched
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.reading.source import Source, open_source
from pilothouse.exchange.taking.guessing import MOST_SAMPLE
from pilothouse.exchange.taking.steps import MOST_BYTES, again, clean_name, going_back, may_undo, store
from pilothouse.exchange.taking.write import note
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.surveys import actions
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.models import Survey
from pilothouse.surveys.rows import KIND
from pilothouse.workbench import jobs
from pilothouse.workbench.jobs import JobFailed, Running
from pilothouse.workbench.models import Job


def receive(
    actor: Actor, product: Product, survey: Survey | None, name: str, file: BinaryIO, *, most: float = MOST_BYTES
) -> Import:
    """Keep a file; without a survey one is to be made from it. Raises TooLarge or Unreadable, keeping nothing."""
    actor.require("write", product)
    source = Import(
        product=product, kind=KIND, answers=True, survey=survey, name=clean_name(name), created_by=actor.user
    )
    try:
        source.size = store(file, source.file, most)
        source.reading = guessed(open_source(source.folder), MOST_SAMPLE).kept()
        source.plan = first_proposal(source)
        source.save()
    except BaseException:
        shutil.rmtree(source.folder, ignore_errors=True)
        raise
    return source


def first_proposal(source: Import) -> dict[str, Any]:
    """A file that does not make tasks in the way that was guessed waits for a person to say how it is read."""
    try:
        return proposal(source)
    except Unreadable:
        if not source.reading["long"]:
            raise
        return {}


def proposal(source: Import) -> dict[str, Any]:
    """The plan of the last import with these very columns, else a guess; of a file without a survey, none yet."""
    if source.survey is None:
        return {}
    table, targets = source_of(source), targets_of(source)
    names = table.columns()
    if table.reading.long:
        plan = guess(targets, names, table.sample(MOST_SAMPLE), labels_of(table))
        return matched(plan, targets, table).kept()
    last = Import.objects.filter(survey=source.survey, job__isnull=False).exclude(pk=source.pk)
    for kept in last.values_list("plan", flat=True)[:20]:
        if fitted := AnswerPlan.of(kept).fitted(names, targets):
            return fitted.kept()
    return guess(targets, names, table.sample(MOST_SAMPLE), labels_of(table)).kept()


def labels_of(table: Source) -> dict[int, str]:
    return {place: one.label for place, one in table.described().items() if one.label}


def asked(survey: Survey) -> Questionnaire:
    """What the answers belong to: the version that people answer, else the draft, which an import publishes."""
    return survey.live.questionnaire if survey.live else survey.questionnaire


def targets_of(source: Import, language: str = "") -> Targets:
    assert source.survey is not None
    return Targets(asked(source.survey), language)


def problems_of(source: Import) -> list[str]:
    return AnswerPlan.of(source.plan).problems(targets_of(source))


def reader_of(source: Import, table: Source) -> Reader:
    plan = AnswerPlan.of(source.plan)
    return Reader(plan, targets_of(source), dates=table.reading.dates, escaped=not table.reading.converted)


def begin_check(actor: Actor, source: Import) -> Job:
    return begin_job(actor, source, check, "check_job", _("Checking %(name)s"), f"{source.url}/check")


def begin(actor: Actor, source: Import) -> Job:
    """Start the import, or let it go on where it stopped; one that runs, is done or goes back is left alone. Raises
    NotReady."""
    survey = source.survey
    assert survey is not None
    actor.require("write", source.product)
    if survey.live is None:
        publish_closed(actor, survey)
    with transaction.atomic():
        row = again(source)
        if row.job and (row.finished_at or not row.job.over or going_back(row)):
            return row.job
        return begin_job(actor, source, run, "job", _("Importing %(name)s"), source.url)


def publish_closed(actor: Actor, survey: Survey) -> None:
    """Answers need a version to belong to; publishing for an import asks nobody anything."""
    state = survey.item.state
    survey.live = actions.publish(actor, survey, _("Published for an import"))
    survey.item.refresh_from_db(fields=["state", "version", "fields"])
    actions.set_state(actor, survey, "closed" if state == "draft" else state)


def begin_undo(actor: Actor, source: Import) -> Job | None:
    """Start taking it back; a second press finds the first at work, or all of it gone."""
    with transaction.atomic():
        row = again(source)
        if not may_undo(actor, row):
            return row.undo_job
        return begin_job(actor, source, take_back, "undo_job", _("Taking back %(name)s"), source.url)


def begin_job(actor: Actor, source: Import, handler: Any, field: str, title: str, url: str) -> Job:
    actor.require("write", source.product)
    job = jobs.start(
        actor, handler, title % {"name": source.name}, product=source.product, arguments={"pk": str(source.pk)},
        next_url=url,
    )  # fmt: skip
    setattr(source, field, job)
    source.save(update_fields=[field])
    return job


def found(actor: Actor, pk: str) -> Import:
    rows = Import.objects.select_related("product__workspace", "survey__item", "survey__live").filter(answers=True)
    source = actor.find(rows, "write", pk=uuid.UUID(pk))
    if source.survey:
        source.survey.item.product = source.product
    return source


@jobs.handler
def check(job: Running, actor: Actor, pk: str) -> dict[str, Any]:
    """The dry run: every row is decided, nothing is written but what is wrong with it."""
    source = found(actor, pk)
    source.problems.filter(checking=True).delete()
    decider, table = prepared(job, source)
    counts: Counter[str] = Counter()
    try:
        for rows in batches(marked(table, decider.reader), 0, BATCH):
            decisions = decider.batch(rows)
            note(source, decisions, checking=True)  # type: ignore[arg-type]
            counts.update(decision.outcome for decision in decisions)
            job.tick(counts.total())
    except Unreadable as error:
        raise JobFailed(str(error)) from None
    return dict(counts)


@jobs.handler
def run(job: Running, actor: Actor, pk: str) -> dict[str, Any]:
    source = found(actor, pk)
    decider, table = prepared(job, source)
    assert source.survey is not None
    try:
        for rows in batches(marked(table, decider.reader), source.position, BATCH):
            write_batch(job, actor, source, decider, rows)
            job.give_way()
    except Unreadable as error:
        raise JobFailed(str(error)) from None
    source.refresh_from_db(fields=[*source.counts, "position"])
    source.finished_at = timezone.now()
    source.save(update_fields=["finished_at"])
    actions.log(actor, source.survey, "answers_imported", {"upload": source.name, "counts": source.counts})
    return source.counts


def prepared(job: Running, source: Import) -> tuple[Decider, Source]:
    if problems := problems_of(source):
        raise JobFailed(" ".join(problems))
    assert source.survey is not None
    table = source_of(source)
    job.tick(message=_("Reading the file"))
    try:
        total = sum(1 for _row in table.rows())
    except Unreadable as error:
        raise JobFailed(str(error)) from None
    job.tick(source.position, total=total, message="")
    return Decider(source.survey, reader_of(source, table)), table


@jobs.handler
def take_back(job: Running, actor: Actor, pk: str) -> dict[str, Any]:
    """Responses that it made go, those that it changed go back; what was changed since stays."""
    source = found(actor, pk)
    count, kept = 0, set[int]()
    job.tick(0, total=source.taken.count())
    while rows := list(source.taken.exclude(response__in=kept).order_by("-pk")[:500]):
        gone, stayed = take_back_batch(rows)
        kept |= set(stayed)
        source.taken.filter(pk__in=[row.pk for row in rows if row.response_id not in kept]).delete()
        count += gone
        job.give_way(count + len(kept))
    source.undone_at = timezone.now()
    source.save(update_fields=["undone_at"])
    if source.survey:
        actions.log(actor, source.survey, "answers_taken_back", {"upload": source.name, "count": count})
    return {"count": count, "kept": sorted(kept)[:100]}


def preview(source: Import, count: int) -> list[Decision]:
    """What would become of the first rows."""
    assert source.survey is not None
    table = source_of(source)
    decider = Decider(source.survey, reader_of(source, table))
    return decider.batch(list(islice(marked(table, decider.reader), count)))
