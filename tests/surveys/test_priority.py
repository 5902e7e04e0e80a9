"""A survey used as priority: requirements take its scores, keep up with answers, and everything can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from pilothouse.surveys.answering import hooks
from pilothouse.surveys.definition import Row
from pilothouse.surveys.instruments import priority
from pilothouse.surveys.instruments.kano import in_order
from pilothouse.surveys.instruments.live import due, take_in
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.questions.wording import both
from pilothouse.surveys.scored import Priority, Score
from pilothouse.workbench.models import Event, Item, Link, Run
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo
from tests.cast import Cast
from tests.surveys.asked import answered, published
from tests.surveys.questions import asked
from tests.surveys.ranked import A, I, M, O, R, fields, people

pytestmark = pytest.mark.django_db


def test_the_order_of_the_page() -> None:
    rows = [
        ("Q", 0.9, -0.9), ("I", 0.2, -0.1), ("A", 0.5, -0.1), ("A", 0.8, -0.2), ("O", 0.9, -0.5), ("O", 0.6, -0.7),
        ("M", 0.1, -0.6), ("M", 0.3, -0.9), ("R", 0.2, -0.1), ("I", 0.3, -0.2),
    ]  # fmt: skip
    found = {n: {"kano": k, "kano_better": b, "kano_worse": w} for n, (k, b, w) in enumerate(rows)}
    assert in_order(found) == [7, 6, 5, 4, 3, 2, 9, 1, 8, 0]


def test_answers_become_runs_fields_links_and_an_order(cast: Cast, survey: Survey, items: list[Item]) -> None:
    answered(survey, people(*[(O, M, A)] * 20, *[(O, M, I)] * 5))
    batch = priority.use(cast.bob, survey, {})
    assert fields(items) == [("O", 2), ("M", 1), ("A", 3)]
    offline = Item.objects.get(pk=items[0].pk)
    assert (offline.fields["kano_better"], offline.fields["kano_worse"], offline.fields["kano_n"]) == (1, -1, 25)
    run = Run.objects.get(item=items[2])
    assert (run.method, run.version, run.actor) == ("kano", "1", cast.bob.user)
    assert run.inputs["rows"] == {"r3": {"1/3": 20, "3/3": 5}}
    assert run.inputs["survey"] == survey.item.ref
    assert run.result["counts"] == {"M": 0, "O": 0, "A": 20, "I": 5, "R": 0, "Q": 0}
    links = Link.objects.filter(source=survey.item, relation="scores")
    assert {link.target_id for link in links} == {item.pk for item in items}
    undone = undo(cast.bob, batch)
    assert undone.kept == ()
    assert fields(items) == [(None, None)] * 3
    assert not Link.objects.filter(relation="scores").exists()
    assert not Priority.objects.exists()
    assert not Score.objects.exists()


def test_it_is_taken_back_also_after_new_answers(cast: Cast, survey: Survey, items: list[Item]) -> None:
    answered(survey, people((O, M, A)))
    batch = priority.use(cast.alice, survey, {})
    answered(survey, people((A, A, M), (A, A, M)))
    priority.rescore(cast.alice, survey)
    assert fields(items) == [("A", 2), ("A", 3), ("M", 1)]
    undo(cast.alice, batch)
    assert fields(items) == [(None, None)] * 3


def test_nothing_to_use(cast: Cast, survey: Survey) -> None:
    with pytest.raises(Invalid, match="no answers about requirements"):
        priority.use(cast.alice, survey, {})
    assert not Priority.objects.exists()


def test_only_who_writes_may_use_it(cast: Cast, survey: Survey, client: Any) -> None:
    answered(survey, people((O, M, A)))
    with pytest.raises(Http404):
        priority.use(cast.gwen, survey, {})
    url = f"{survey.url}/priority"
    for actor, read, write in (
        (cast.alice, 200, 302),
        (cast.bob, 200, 302),
        (cast.gwen, 200, 404),
        (cast.charlie, 404, 404),
    ):
        client.force_login(actor.user)
        assert client.get(url).status_code == read
        for path in ("", "/on", "/off", "/now"):
            assert client.post(url + path).status_code == write
    client.force_login(cast.alice.user)
    assert client.post(f"{url}/else").status_code == 404


def test_the_order_changes_when_the_next_answer_arrives(cast: Cast, survey: Survey, items: list[Item]) -> None:
    answered(survey, people(*[(O, M, A)] * 15, *[(M, O, A)] * 15))
    priority.use(cast.alice, survey, {})
    assert fields(items)[:2] == [("M", 1), ("M", 2)]  # a tie goes to must-be, then to the older one
    [last] = answered(survey, people((O, M, A)))
    hooks.tell(last)  # answer 31
    assert Priority.objects.get().due
    take_in.func(survey.pk)
    assert fields(items) == [("O", 2), ("M", 1), ("A", 3)]
    assert Score.objects.get(item=items[0]).n == 31
    assert not Priority.objects.get().due


def test_many_answers_wait_for_one_task(
    cast: Cast, survey: Survey, items: list[Item], django_capture_on_commit_callbacks: Any
) -> None:
    answered(survey, people((O, M, A)))
    priority.use(cast.alice, survey, {})
    with django_capture_on_commit_callbacks() as started:
        for response in answered(survey, people((O, M, A), (O, M, A), (O, M, A))):
            hooks.tell(response)
    assert len(started) == 1


def test_unfinished_or_screened_out_people_start_nothing(cast: Cast, survey: Survey) -> None:
    answered(survey, people((O, M, A)))
    priority.use(cast.alice, survey, {})
    for status in (Response.STARTED, Response.SCREENED_OUT, Response.QUOTA_FULL):
        hooks.tell(Response(survey=survey, status=status))
    assert not Priority.objects.get().due


def test_one_event_a_day_and_only_for_a_change_that_matters(cast: Cast, survey: Survey, items: list[Item]) -> None:
    answered(survey, people(*[(O, M, A)] * 3))
    priority.use(cast.alice, survey, {})

    def events() -> int:
        return Event.objects.filter(item=items[2], verb="surveyed").count()

    def told(days: int) -> None:
        Event.objects.filter(verb="surveyed").update(at=timezone.now() - timezone.timedelta(days=days))

    assert events() == 1
    told(1)
    version = Item.objects.get(pk=items[2].pk).version
    answered(survey, people((O, M, A)))
    assert priority.rescore(cast.alice, survey) == 0  # surer, but the same
    row = Item.objects.get(pk=items[2].pk)
    assert (row.fields["kano_n"], row.version, events()) == (4, version, 1)
    answered(survey, people(*[(O, M, R)] * 9))
    assert priority.rescore(cast.alice, survey) == 1
    assert (fields(items)[2], events()) == (("R", 3), 2)
    answered(survey, people(*[(O, M, M)] * 20))
    priority.rescore(cast.alice, survey)  # again on the same day: the day's event says where it led
    latest = Event.objects.filter(item=items[2], verb="surveyed").latest("pk")
    assert (fields(items)[2], events(), latest.changes["kano"]) == (("M", 2), 2, ["A", "M"])
    assert Run.objects.filter(item=items[2]).count() >= 2


def test_the_switch(cast: Cast, survey: Survey, items: list[Item], client: Any) -> None:
    answered(survey, people((O, M, A)))
    client.force_login(cast.bob.user)
    client.post(f"{survey.url}/priority")
    client.post(f"{survey.url}/priority/off")
    for response in answered(survey, people((A, A, A), (A, A, A))):
        hooks.tell(response)
    assert not Priority.objects.get().due
    assert fields(items)[0] == ("O", 2)
    client.post(f"{survey.url}/priority/now")
    assert fields(items)[0] == ("A", 1)
    assert not Priority.objects.get().live
    client.post(f"{survey.url}/priority/on")
    due(survey.pk)
    assert Priority.objects.get().due


def test_who_has_left_keeps_nothing_up_to_date(cast: Cast, survey: Survey, items: list[Item]) -> None:
    answered(survey, people((O, M, A)))
    priority.use(cast.bob, survey, {})
    cast.bob.user.memberships.all().delete()
    answered(survey, people((A, A, A), (A, A, A)))
    take_in.func(survey.pk)
    assert fields(items)[0] == ("O", 2)
    assert not Priority.objects.get().live


def test_the_survey_used_last_decides(cast: Cast, survey: Survey, items: list[Item]) -> None:
    answered(survey, people((O, M, A)))
    priority.use(cast.alice, survey, {})
    rows = [Row(id="r1", text=both("Offline", "离线"), item=items[0].number)]
    second = published(cast.alice, cast.product, [asked("kano", rows=rows)], "Later")
    answered(second, people((A,), (A,)))
    batch = priority.use(cast.alice, second, {})
    assert fields(items)[0] == ("A", 1)
    answered(survey, people((M, M, M), (M, M, M)))
    priority.rescore(cast.alice, survey)
    assert fields(items)[0] == ("A", 1)
    assert Score.objects.get(survey=survey, item=items[0]).values["kano"] == "M"
    undo(cast.alice, batch)
    assert Score.objects.get(survey=survey, item=items[0]).leads


def test_items_of_other_products_are_never_written(cast: Cast, survey: Survey, items: list[Item]) -> None:
    """A row's number is a number of the survey's own product, whatever the document says."""
    other = actions.create(cast.alice, cast.private, "requirement", {"title": "Secret"})
    assert other.number == items[0].number
    answered(survey, people((O, M, A)))
    actions.trash(cast.alice, [items[1]])
    priority.use(cast.alice, survey, {})
    other.refresh_from_db()
    assert other.fields == {}
    assert fields(items) == [("O", 2), (None, None), ("A", 3)]
