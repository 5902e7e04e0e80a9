"""Jobs: they run, report, stop when asked, and come back after their worker was killed; two workers never both write."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from pilothouse.workbench import jobs
from pilothouse.workbench.models import Job

LOG: list[str] = []


@jobs.handler
def count(job, actor, to):
    for n in range(job.row.done + 1, to + 1):
        LOG.append(f"{actor.user.name} {translation.get_language()} {n}")
        job.row.done = n
        job.report()
    return {"counted": to}


@jobs.handler
def refuse(job, actor):
    raise jobs.JobFailed("no such file")


@jobs.handler
def break_down(job, actor):
    raise ValueError("secret detail")


@jobs.handler
def cancel_midway(job, actor):
    Job.objects.update(cancel_asked=True)
    job.report()
    raise AssertionError("must not come here")


@jobs.handler
def be_superseded(job, actor):
    Job.objects.update(attempt=9)
    job.report()
    raise AssertionError("must not come here")


@pytest.fixture(autouse=True)
def clean_log():
    LOG.clear()


def begin(actor, handler, **arguments) -> Job:
    return jobs.start(actor, handler, "Work", arguments=arguments)


def test_the_worker_runs_a_job_in_its_starters_language(cast, work):
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    job = begin(cast.alice, count, to=3)
    work()
    job.refresh_from_db()
    assert (job.status, job.result, job.done, job.percent) == (Job.DONE, {"counted": 3}, 3, 100)
    assert LOG == ["Alice zh-hans 1", "Alice zh-hans 2", "Alice zh-hans 3"]


@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        (refuse, Job.FAILED, "no such file"),
        (break_down, Job.FAILED, "our side"),
        (cancel_midway, Job.CANCELLED, ""),
        (be_superseded, Job.RUNNING, ""),
    ],
)
def test_how_a_job_can_end(cast, handler, status, words):
    job = begin(cast.alice, handler)
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert job.status == status
    assert words in job.message
    assert "secret" not in job.message


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(cast):
    job = begin(cast.alice, count, to=3)
    jobs.cancel(job)
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert (job.status, LOG) == (Job.CANCELLED, [])


def test_a_living_job_is_not_run_twice_and_a_dead_workers_job_goes_on_where_it_was(cast):
    job = begin(cast.alice, count, to=4)
    claimed = jobs.claim(str(job.pk))
    assert jobs.claim(str(job.pk)) is None
    assert jobs.revive() == 0
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    host = claimed.worker.rpartition(":")[0]
    Job.objects.update(worker=f"{host}:{dead.pid}", done=2)
    assert jobs.revive() == 1
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.attempt, len(LOG)) == (Job.DONE, 2, 2)
    with pytest.raises(jobs.Superseded):
        jobs.Running(claimed).report()


def test_a_turn_that_was_lost_with_its_worker_is_given_again_once(cast):
    job = begin(cast.alice, count, to=1)
    DBTaskResult.objects.update(status="RUNNING")
    for _start in range(2):
        jobs.revive()
    turns = DBTaskResult.objects.ready().values_list("args_kwargs__args", flat=True)
    assert list(turns) == [[str(job.pk)]]


@pytest.mark.parametrize(
    "change", [{"handler": "pilothouse.gone.run"}, {"handler": "os.getcwd"}, {"arguments": {"old": 1}}]
)
def test_what_another_version_queued_says_so(cast, change):
    job = begin(cast.alice, count, to=1)
    Job.objects.update(**change)
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert (job.status, LOG) == (Job.FAILED, [])
    assert "Another version" in job.message


def test_where_handlers_lay_before_leads_to_handlers(cast):
    assert all(isinstance(import_string(path), jobs.Handler) for path in jobs.MOVED.values())


def test_a_silent_worker_elsewhere_counts_as_gone(cast):
    job = begin(cast.alice, count, to=1)
    jobs.claim(str(job.pk))
    Job.objects.update(worker="another-host:1")
    job.refresh_from_db()
    assert not job.interrupted
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=2))
    job.refresh_from_db()
    assert job.interrupted


def test_who_sees_a_job(cast):
    own = begin(cast.alice, count, to=1)
    shared = jobs.start(cast.alice, count, "Work", product=cast.product, arguments={"to": 1})
    hidden = jobs.start(cast.alice, count, "Work", product=cast.private, arguments={"to": 1})

    def seen(actor):
        return set(Job.objects.visible_to(actor))

    assert seen(cast.alice) == {own, shared, hidden}
    assert seen(cast.bob) == seen(cast.gwen) == {shared}
    assert seen(cast.charlie) == set()


def test_someone_who_lost_the_right_cannot_run_on(cast):
    job = begin(cast.bob, count, to=1)
    cast.bob.user.memberships.all().delete()
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert (job.status, LOG) == (Job.FAILED, [])
