"""Many at the same moment: quotas, limits, links and tickets stay exact."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import Database
from django.test import Client

from pilothouse.surveys.models import QuotaCount, Response
from pilothouse.workbench.models import Item
from tests.surveys.respond import Respondent, opened, question, questionnaire
from tests.surveys.test_answering_rules import daily, invite, plain

pytestmark = pytest.mark.django_db
BROWSERS = 8


@pytest.fixture
def many(transactional_db, tmp_path):
    """A database that many connections may write at once: SQLite's tests run in memory, which many cannot share."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name, path = connection.connection, connection.settings_dict["NAME"], tmp_path / "many.sqlite3"
    copy = Database.connect(str(path))
    memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


def at_once(count: int, act) -> list:
    """`act(n)` in so many threads that wait for each other at the start."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        barrier.wait()
        try:
            results[n] = act(n)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_a_quota_and_a_limit_are_never_overfilled(many, cast):
    survey = opened(cast, daily(3), most_responses=4)
    people = [Respondent(survey).begin().send(q1="a" if n < 6 else "b") for n in range(BROWSERS)]
    at_once(BROWSERS, lambda n: people[n].send(t="x"))
    statuses = [one.response.status for one in people]
    assert statuses[:6].count("complete") <= 3
    assert statuses.count("complete") == 4
    assert statuses.count("quota_full") == BROWSERS - 4
    complete = Response.objects.filter(status="complete")
    counts = dict(QuotaCount.objects.values_list("quota", "count"))
    assert counts == {"": 4, "daily": complete.filter(answers__q1__id="a").count()}
    assert Item.objects.get(pk=survey.item_id).fields["responses"] == 4


@pytest.mark.django_db(transaction=True)
def test_one_link_used_by_many_at_once_is_one_response(many, cast):
    survey = opened(cast, plain(), access="personal")
    link = invite(survey)
    places = at_once(BROWSERS, lambda _n: Respondent(survey).begin(link).path)
    assert len(set(places)) == 1
    assert Response.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_ticket_and_one_page_sent_by_many_at_once_count_once(many, cast):
    survey = opened(cast, plain())
    form = Respondent(survey).get().form
    places = at_once(BROWSERS, lambda _n: Client().post(survey.path, form).headers["Location"])
    assert len(set(places)) == 1
    person = Respondent(survey).get(places[0]).send(q1="a")
    last, path = {**person.form, "t:": "x"}, person.path
    at_once(BROWSERS, lambda _n: Client().post(path, last).status_code)
    assert Response.objects.get().status == Response.COMPLETE
    assert QuotaCount.objects.get(quota="").count == 1


@pytest.mark.django_db(transaction=True)
def test_pages_sent_at_once_from_several_tabs_are_all_kept(many, cast):
    pages = [[question(f"t{n}", "text")] for n in range(6)]
    person = Respondent(opened(cast, questionnaire(*pages, [question("end", "text")]))).begin()
    for n in range(6):
        person.send(**{f"t{n}": "first"})
    base = person.path.split("?")[0]
    forms = [Respondent(person.survey).get(f"{base}?page=p{n + 1}").form for n in range(6)]
    at_once(6, lambda n: Client().post(base, {**forms[n], f"t{n}:": f"second {n}"}).status_code)
    assert person.response.answers == {f"t{n}": f"second {n}" for n in range(6)}
