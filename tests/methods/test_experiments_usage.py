"""Funnel, retention and growth: published examples, SQL against Python, real events, invariants, refusals."""

from __future__ import annotations

import csv
import datetime as dt
import random
from itertools import product

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, funnel, growth_accounting, retention, stickiness
from pilothouse.methods.shared.periods import PERIODS
from tests.datasets import dataset
from tests.methods.cases import close, published

events = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30), st.sampled_from("abcx")), min_size=1, max_size=60)


# Published ------------------------------------------------------------------------------------------------------


@published("funnel")
def test_window_funnel_of_clickhouse(case):
    result = funnel.analyse(**case["inputs"])
    close({str(user): level for user, level in result.level.items()}, case["expected"]["level"], 0, "level")


@published("retention")
def test_retention_of_clickhouse(case):
    result = retention.analyse(**case["inputs"])
    close(result.cohorts["2020-01-01"], case["expected"]["cohort_2020-01-01"], 0, "cohort")


@published("stickiness")
def test_stickiness(case):
    close(stickiness.analyse(**case["inputs"]), case["expected"], 0)


@published("growth_accounting")
def test_growth_accounting(case):
    close(growth_accounting.analyse(**case["inputs"]), case["expected"], 0)


# SQL says the same ----------------------------------------------------------------------------------------------


def loaded(rows):
    connection = duckdb.connect()
    connection.execute("create table ev (user_id integer, ts timestamp, event varchar)")
    start = dt.datetime(2026, 1, 1)
    connection.executemany(
        "insert into ev values (?, ?, ?)", [[u, start + dt.timedelta(hours=t), e] for u, t, e in rows]
    )
    return connection


@settings(max_examples=25, deadline=None)
@given(events, st.sampled_from(funnel.MODES), st.sampled_from([None, 5, 12]), st.sampled_from(funnel.DIALECTS))
def test_funnel_in_sql_agrees(rows, mode, hours, dialect):
    window = hours and hours * 3600
    timed = [(user, when * 3600, event) for user, when, event in rows]
    here = funnel.analyse(timed, chain=list("abc"), window=window, mode=mode)
    with loaded(rows) as connection:
        query = funnel.sql("ev", list("abc"), window=window, mode=mode, dialect=dialect)
        assert connection.execute(query).fetchall() == [here.reached]


@pytest.mark.django_db
def test_standard_sql_runs_on_other_engines():
    """On whichever database the tests run; SQLite has no intervals and no date_trunc, PostgreSQL has both."""
    from django.db import connection

    chance = random.Random(3)
    rows = [(chance.randrange(60), chance.randrange(900), chance.choice("abcx")) for _ in range(600)]
    start, full = dt.datetime(2026, 1, 1), connection.vendor == "postgresql"
    with connection.cursor() as cursor:

        def ask(query):
            cursor.execute(query)
            return cursor.fetchall()

        cursor.execute("create temporary table ev (user_id integer, ts timestamp, event varchar(9))")
        timed = [(user, (start + dt.timedelta(hours=hours)).isoformat(" "), event) for user, hours, event in rows]
        cursor.executemany("insert into ev values (%s, %s, %s)", timed)
        for mode, window in product(funnel.MODES, (None, 20 * 3600) if full else (None,)):
            here = funnel.analyse(timed, chain=list("abc"), window=window, mode=mode).reached
            assert ask(funnel.sql("ev", list("abc"), window=window, mode=mode)) == [here]
        for period in PERIODS if full else ():
            kept = retention.activity_sql("ev", origin="2026-01-01", period=period)
            cursor.execute(f"create temporary table by_{period} as {kept}")
            bits = ask(retention.sql_of_activity(f"by_{period}"))
            assert [row[1:] for row in bits] == [row[1:] for row in ask(retention.sql("ev", period=period))]
        cursor.execute("drop table ev")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 100)), min_size=1, max_size=60),
    st.sampled_from(["day", "week", "month"]),
)
def test_retention_in_sql_agrees(rows, period):
    first = dt.date(2026, 1, 1)
    visits = [(user, first + dt.timedelta(days=when)) for user, when in rows]
    here = retention.analyse(visits, period=period, until="2026-06-30")
    with loaded([(user, when * 24, "a") for user, when in rows]) as connection:
        there = connection.execute(retention.sql("ev", period=period)).fetchall()
        if period != "day" or max(when for _, when in rows) < retention.MOST_PERIODS:
            kept = retention.activity_sql("ev", origin="2026-01-01", period=period)
            connection.execute(f"create table activity as {kept}")
            again = connection.execute(retention.sql_of_activity("activity")).fetchall()
            assert [row[1:] for row in again] == [row[1:] for row in there]
    expected = {
        (c.date().isoformat() if isinstance(c, dt.datetime) else c.isoformat(), place): n for c, place, n in there
    }
    got = {(c, place): n for c, row in here.cohorts.items() for place, n in enumerate(row) if n}
    assert got == expected


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 60)), min_size=1, max_size=60))
def test_growth_and_stickiness_in_sql_agree(rows):
    weeks: dict[int, set[int]] = {
        week: set() for week in range(min(w for _, w in rows) // 7, max(w for _, w in rows) // 7 + 1)
    }
    monday = dt.date(2026, 1, 5)
    days: dict[str, set[int]] = {}
    for user, when in rows:
        weeks[when // 7].add(user)
        days.setdefault((monday + dt.timedelta(days=when)).isoformat(), set()).add(user)
    here = growth_accounting.analyse({week: list(users) for week, users in weeks.items()})
    shifted = [(user, (when + 4) * 24, "a") for user, when in rows]
    with loaded(shifted) as connection:
        there = connection.execute(growth_accounting.sql("ev")).fetchall()
        sticky = connection.execute(stickiness.sql("ev", window_days=7)).fetchone()
    columns = zip(here.active, here.new, here.retained, here.resurrected, here.churned, strict=True)
    assert [row[1:] for row in there] == [row for row in columns if row[0]]
    last = max(when for _, when in rows)
    recent = {(user, when) for user, when in rows if when > last - 7}
    assert sticky[1] == len({user for user, _ in recent})
    assert sticky[0] == pytest.approx(len(recent) / 7)


# Real events ----------------------------------------------------------------------------------------------------


def test_udacity_students():
    """Counts published with the course: 1,302 students enrolled, 1,237 with engagement, 743 with submissions."""
    folder = dataset("events_udacity_engagement")

    def read(name, user, date):
        with (folder / name).open(newline="") as stream:
            for row in csv.DictReader(stream):
                day, month, year = row[date].split("/")
                yield row[user], dt.datetime(2000 + int(year), int(month), int(day)), row

    rows = [(user, when, "enrol") for user, when, _ in read("enrollments.csv", "account_key", "join_date")]
    active = list(read("daily_engagement.csv", "acct", "utc_date"))
    rows += [(user, when, "active") for user, when, row in active if float(row["total_minutes_visited"]) > 0]
    rows += [
        (user, when, "submit") for user, when, _ in read("project_submissions.csv", "account_key", "creation_date")
    ]
    assert len({user for user, _, event in rows if event == "enrol"}) == 1302
    assert len({user for user, *_ in active}) == 1237
    assert len({user for user, _, event in rows if event == "submit"}) == 743
    result = funnel.analyse(rows, chain=["enrol", "active", "submit"])
    assert result.reached[0] == 1302
    assert result.reached[0] > result.reached[1] > result.reached[2] > 700
    first = funnel.analyse(rows, chain=["enrol", "active", "submit"], window=14 * 86400, mode="first_touch")
    assert first.reached[1] < result.reached[1]
    weekly = retention.analyse([(user, when) for user, when, event in rows if event == "active"], period="week")
    assert weekly.n == len({user for user, _, event in rows if event == "active"})
    assert weekly.curve[0] == 1
    assert weekly.curve[1] > weekly.curve[8] > 0.1


# Rules and invariants -------------------------------------------------------------------------------------------


def test_the_two_rules_differ_where_they_should():
    """Second start is in time, the first is not: best chain takes the second, first touch stops."""
    rows = [("u", 0, "a"), ("u", 100, "a"), ("u", 105, "b")]
    assert funnel.analyse(rows, chain=["a", "b"], window=10).reached == (1, 1)
    assert funnel.analyse(rows, chain=["a", "b"], window=10, mode="first_touch").reached == (1, 0)


def test_the_window_runs_from_the_start_or_from_the_step_before():
    rows = [("u", 0, "a"), ("u", 8, "b"), ("u", 16, "c")]
    assert funnel.analyse(rows, chain=list("abc"), window=10).level == {"u": 2}
    assert funnel.analyse(rows, chain=list("abc"), window=10, mode="first_touch").level == {"u": 3}


def test_strict_needs_a_later_time():
    rows = [("u", 5, "a"), ("u", 5, "b")]
    assert funnel.analyse(rows, chain=["a", "b"]).level == {"u": 2}
    assert funnel.analyse(rows, chain=["a", "b"], strict=True).level == {"u": 1}


@given(events, st.sampled_from(funnel.MODES))
def test_funnels_narrow_and_do_not_care_about_row_order(rows, mode):
    there = funnel.analyse(rows, chain=list("abc"), window=9, mode=mode)
    back = funnel.analyse(rows[::-1], chain=list("abc"), window=9, mode=mode)
    assert there.level == back.level
    assert list(there.reached) == sorted(there.reached, reverse=True)
    wider = funnel.analyse(rows, chain=list("abc"), window=90, mode=mode)
    assert all(w >= t for w, t in zip(wider.reached, there.reached, strict=True)) or mode == "first_touch"


def test_unbounded_and_bracket_retention():
    visits = {"2026-01-01": ["a", "b", "c", "d"], "2026-01-03": ["a"], "2026-01-05": ["b"], "2026-01-08": []}
    day = retention.analyse(visits, until="2026-01-08")
    assert day.cohorts["2026-01-01"] == (4, 0, 1, 0, 1, 0, 0, 0)
    later = retention.analyse(visits, until="2026-01-08", mode="unbounded")
    assert later.cohorts["2026-01-01"] == (4, 2, 2, 1, 1, 0, 0, 0)
    ranges = retention.analyse(visits, until="2026-01-08", mode="bracket", brackets=[(0, 0), (1, 3), (4, 7), (8, 14)])
    assert ranges.cohorts["2026-01-01"] == (4, 1, 1)


def test_a_week_that_is_not_over_is_left_out():
    visits = [("a", "2026-01-05"), ("b", "2026-01-06"), ("a", "2026-01-13")]
    assert retention.analyse(visits, period="week", until="2026-01-14").cohorts["2026-01-05"] == (2,)
    assert retention.analyse(visits, period="week", until="2026-01-18").cohorts["2026-01-05"] == (2, 1)


@given(st.lists(st.lists(st.integers(0, 9), max_size=10), min_size=1, max_size=8))
def test_the_accounts_balance(weeks):
    result = growth_accounting.analyse(dict(enumerate(weeks)))
    for place, active in enumerate(result.active):
        assert active == result.new[place] + result.retained[place] + result.resurrected[place]
        before = result.active[place - 1] if place else 0
        assert result.churned[place] == before - result.retained[place]
    assert sum(result.new) == result.n


def test_quiet_days_count_in_stickiness():
    result = stickiness.analyse({"2026-01-01": ["a"], "2026-01-04": ["a", "b"]}, window_days=4)
    assert (result.avg_dau, result.mau, result.days_active) == (0.75, 2, {1: 1, 2: 1})


@pytest.mark.parametrize(
    ("call", "code", "field", "row"),
    [
        (lambda: funnel.analyse([], chain=["a"]), "too_few", "events", None),
        (lambda: funnel.analyse([("u", 1, "a")], chain=["a", "a"]), "repeated_step", "chain", None),
        (lambda: funnel.analyse([("u", "soon", "a")], chain=["a"]), "not_a_time", "events", 0),
        (lambda: funnel.analyse([("u", 1)], chain=["a"]), "not_a_row", "events", 0),
        (lambda: funnel.analyse([("u", 1, "a")], chain=["a"], window=-1), "too_small", "window", None),
        (lambda: funnel.analyse([("u", 1, "a")], chain=["a"], mode="any"), "not_one_of", "mode", None),
        (lambda: retention.analyse([("a", "someday")]), "not_a_date", "visits", 0),
        (lambda: retention.analyse([("a", "2026-01-01")], period="year"), "not_one_of", "period", None),
        (lambda: retention.analyse([("a", "2026-01-01")], mode="bracket"), "too_few", "brackets", None),
        (lambda: stickiness.analyse({"d1": ["a"]}, window_days=2), "too_few", "active", None),
        (lambda: growth_accounting.analyse({}), "too_few", "active_by_week", None),
        (lambda: funnel.sql("", ["a"]), "not_a_name", "table", None),
        (lambda: funnel.sql("t", ["a"], dialect="basic"), "not_one_of", "dialect", None),
        (lambda: retention.activity_sql("t", origin="someday"), "not_a_date", "origin", None),
        (lambda: retention.sql_of_activity("t", periods=64), "too_large", "periods", None),
    ],
)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)


def test_gaps_are_counted_and_names_are_quoted():
    result = funnel.analyse([("u", 1, "a"), (None, 2, "a"), ("u", None, "a")], chain=["a"])
    assert result.missing == 2
    assert '"odd ""name"""' in funnel.sql('odd "name"', ["it's"])
    assert "'it''s'" in funnel.sql("t", ["it's"])
