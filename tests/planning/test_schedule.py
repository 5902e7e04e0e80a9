"""The schedule of a plan: people's own days, what waits for what, what is late, refusals, dates taken over, its pages."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pilothouse.methods import rcpsp
from pilothouse.planning.models import DayOff, Plan, Skill, Worker
from pilothouse.planning.plans import actions, scheduling, staff, waiting
from pilothouse.workbench.jobs import JobFailed
from pilothouse.workbench.models import Event, Item, Job
from pilothouse.workbench.writing import actions as items
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo
from tests.api.calls import Api
from tests.datasets import dataset
from tests.planning.test_plans import NoJob

MONDAY = date(2026, 3, 2)


@pytest.fixture
def world(cast, monkeypatch):
    """Monday the 2nd of March 2026. Two developers, one of them on three days a week, and a designer; a release until the
    20th with four requirements, of which Pay waits for Login."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: MONDAY)
    release = items.create(cast.alice, cast.product, "release", {"title": "March", "due_on": "2026-03-20"})
    plan = actions.create_plan(cast.alice, cast.product, {"title": "Spring"}, [release])
    dev = Skill.objects.get()
    Skill.objects.filter(pk=dev.pk).update(name="Dev")
    design = actions.add_skill(cast.alice, cast.product, "Design")
    for skill, name, days in ((dev, "Lin", "5"), (dev, "Ada", "3"), (design, "Wei", "5")):
        staff.add_worker(cast.alice, skill, name, days)
    made = {}
    for title, days, drawn in (("Login", "4", "2"), ("Pay", "3", ""), ("Theme", "3", "4"), ("Audit", "1.5", "")):
        made[title] = items.create(cast.alice, cast.product, "requirement", {"title": title})
        actions.set_estimate(cast.alice, made[title], dev, days)
        actions.set_estimate(cast.alice, made[title], design, drawn)
        items.link(cast.alice, made[title], "planned_in", release)
    items.link(cast.alice, made["Login"], "blocks", made["Pay"])
    return plan, release, dev, made


def again(plan):
    return Plan.objects.select_related("item__product__workspace", "job").get(pk=plan.pk)


def laid_out(cast, plan):
    scheduling.lay_out(NoJob(), cast.alice, plan=plan.pk)
    plan = again(plan)
    return plan, {one["number"]: one for one in plan.schedule["items"]}


def test_each_item_has_its_days_and_says_what_it_waits_for(cast, world):
    plan, _release, _dev, made = world
    DayOff.objects.create(product=cast.product, from_on=MONDAY + timedelta(1), to_on=MONDAY + timedelta(1))
    DayOff.objects.create(
        product=cast.product, worker=Worker.objects.get(name="Lin"), from_on=date(2026, 3, 5), to_on=date(2026, 3, 6)
    )
    plan, rows = laid_out(cast, plan)
    # 11.5 days of work: until the 12th Lin has 6 and Ada 8 of 0.6 days, so it takes the 13th as well
    kept, login, pay = plan.schedule, rows[made["Login"].number], rows[made["Pay"].number]
    assert (kept["from"], kept["until"], kept["proved"], kept["punctual"]) == ("2026-03-02", "2026-03-13", True, True)
    assert pay["start"] >= login["finish"]
    assert all(not date.fromisoformat(one[name]).weekday() > 4 for one in rows.values() for name in ("start", "finish"))
    timetable, fits = scheduling.current(cast.alice, plan)
    assert fits
    assert waiting.waits(timetable, pay) == [f"Waits for {made['Login'].ref}."]
    said = {line for one in rows.values() for line in waiting.waits(timetable, one)}
    assert any(line.startswith(("Dev (", "Design (Wei) is busy with")) for line in said)
    assert [one.title for one in waiting.chain(timetable, kept)][-2:] == ["Login", "Pay"]
    assert waiting.sentence(kept) == "4 requirements take 9 working days, from 2026-03-02 to 2026-03-13."
    assert "No schedule with these people is shorter. With any number of people it would take" in waiting.certainty(
        kept
    )
    by_hand = {"Lin": 5.0, "Ada": 3.0, "Wei": 5.0}  # each part lasts as long as its person takes
    for one in rows.values():
        for part in one["parts"]:
            assert part["halves"] >= 2 * 1.5 * 5 / by_hand[part["who"][0]] - 1e-6


def test_what_ends_too_late_is_named_with_its_day(cast, world):
    plan, _release, _dev, made = world
    items.change(cast.alice, made["Pay"], {"due_on": "2026-03-05"})
    plan, rows = laid_out(cast, plan)
    timetable, _fits = scheduling.current(cast.alice, plan)
    lines = waiting.late_lines(timetable, plan.schedule)
    assert len(lines) == 1
    assert made["Pay"].ref in lines[0]
    assert lines[0].endswith("it is due on 2026-03-05.")
    assert waiting.lateness(rows[made["Pay"].number]) == "5 days late"


def test_typed_days_make_people_slower_or_stand_for_them(cast, world):
    plan, release, dev, _made = world
    counted = laid_out(cast, plan)[0].schedule["halves"]
    actions.set_capacity(cast.alice, release, dev, "12")  # half of what the calendar says
    assert laid_out(cast, plan)[0].schedule["halves"] > counted
    Worker.objects.all().delete()
    actions.set_capacity(cast.alice, release, Skill.objects.get(name="Design"), "15")
    plan, rows = laid_out(cast, plan)
    assert {part["who"] == [] for one in rows.values() for part in one["parts"]} == {True}


def refused(cast, plan):
    """By the button before any job begins, and by the job as well."""
    with pytest.raises(Invalid) as by_button:
        scheduling.start(cast.alice, again(plan))
    with pytest.raises(JobFailed) as by_job:
        scheduling.lay_out(NoJob(), cast.alice, plan=plan.pk)
    assert by_button.value.errors["schedule"] == str(by_job.value)
    assert again(plan).schedule is None
    return str(by_job.value)


def test_what_has_no_schedule_is_refused_by_name(cast, world):
    plan, release, dev, made = world
    bare = items.create(cast.alice, cast.product, "requirement", {"title": "Bare"})
    link = items.link(cast.alice, bare, "planned_in", release)
    assert refused(cast, plan) == f"Nobody has estimated {bare.ref}."
    items.unlink(cast.alice, link)
    actions.set_capacity(cast.alice, release, Skill.objects.get(name="Design"), "0")
    assert f"{made['Theme'].ref} takes 4 days of Design, and March has none." in refused(cast, plan)
    actions.set_capacity(cast.alice, release, Skill.objects.get(name="Design"), "")
    back = items.link(cast.alice, made["Pay"], "blocks", made["Login"])
    said = refused(cast, plan)
    assert "circle" in said
    assert made["Pay"].ref in said
    items.unlink(cast.alice, back)
    actions.set_estimate(cast.alice, made["Audit"], dev, "99999")
    assert refused(cast, plan) == f"{made['Audit'].ref} would take longer than ten years."
    Item.objects.filter(kind="requirement").update(trashed_at="2026-01-01T00:00Z")
    assert "nothing to schedule" in refused(cast, plan)


def test_dates_are_taken_over_once_they_fit_and_undone_together(cast, world):
    plan, _release, dev, made = world
    with pytest.raises(Invalid, match="no schedule yet"):
        scheduling.take_over(cast.alice, plan)
    plan, rows = laid_out(cast, plan)
    [noted] = scheduling.take_over(cast.bob, plan)
    assert noted.changes == {"items": 4}
    for title, item in made.items():
        item.refresh_from_db()
        days = rows[item.number]
        assert (item.fields["planned_from"], item.fields["planned_to"]) == (days["start"], days["finish"]), title
    assert Event.objects.filter(batch=noted.batch, item=made["Pay"], verb="changed").exists()
    undo(cast.bob, noted.batch)
    made["Pay"].refresh_from_db()
    assert not made["Pay"].fields.get("planned_from")
    actions.set_estimate(cast.bob, made["Pay"], dev, "5")
    with pytest.raises(Invalid, match="make it again"):
        scheduling.take_over(cast.alice, plan)


def test_the_page_the_job_and_the_api(cast, client, world, django_assert_max_num_queries):
    plan, release, dev, made = world
    client.force_login(cast.alice.user)
    url = plan.schedule_url
    assert "can be laid out" in client.get(url).content.decode()
    assert client.post(f"{url}/dates").status_code == 422
    assert client.post(f"{url}/solution").headers["Location"] == url
    assert Job.objects.get().handler == scheduling.lay_out.path
    Job.objects.update(status=Job.DONE)
    laid_out(cast, plan)
    for language in ("zh-hans", "en"):
        cast.alice.user.language = language
        cast.alice.user.save()
        page = client.get(url).content.decode()
        assert page.count('class="schedule-row"') == 4
        assert ("还" if language == "en" else "Begins at once") not in page
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(6):
        more = items.create(cast.alice, cast.product, "requirement", {"title": f"More {number}"})
        items.link(cast.alice, more, "planned_in", release)
        actions.set_estimate(cast.alice, more, dev, "1")
    laid_out(cast, plan)
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).content.decode().count('class="schedule-row"') == 10
    assert url in client.get(plan.url).content.decode() or not plan.result
    assert client.post(f"{url}/dates").status_code == 302
    assert "took over the dates of 10 items" in client.get(f"{plan.item.url}/history").content.decode()
    told = Api(client, cast.alice)("GET", f"/items/{plan.item.ref}/plan/schedule").data
    assert [one["ref"] for one in told["items"]].count(made["Pay"].ref) == 1
    assert not told["stale"]
    client.force_login(cast.gwen.user)
    assert client.get(url).status_code == 200
    assert client.post(f"{url}/solution").status_code == client.post(f"{url}/dates").status_code == 404
    client.force_login(cast.charlie.user)
    assert client.get(url).status_code == 404


def test_its_files_say_who_does_what_when_and_hold_no_formula(cast, client, world):
    plan, _release, _dev, made = world
    address = f"{plan.schedule_url}/export"
    client.force_login(cast.gwen.user)
    assert client.get(f"{address}.csv").status_code == 404  # nothing is laid out yet
    Worker.objects.filter(name="Lin").update(name='=HYPERLINK("x")')
    items.change(cast.alice, made["Pay"], {"title": "=1+1, 离线付款；" + "很" * 60, "due_on": "2026-03-05"})
    plan, rows = laid_out(cast, plan)
    text = b"".join(client.get(f"{address}.csv").streaming_content).decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    table = [dict(zip(head, line, strict=True)) for line in lines]
    assert len(table) == sum(len(one["parts"]) for one in rows.values()) == 6
    pay = next(row for row in table if row["Reference"] == made["Pay"].ref)
    assert (pay["Part"], pay["Waits for"]) == ("Dev", made["Login"].ref)
    long = {f"TW-{number}" for number in plan.schedule["chain"]}
    assert (
        {row["Reference"] for row in table if row["Makes it so long"] == "Yes"}
        == long
        < {one.ref for one in made.values()}
    )
    assert (pay["Begins"], pay["Ends"]) == (rows[made["Pay"].number]["start"], rows[made["Pay"].number]["finish"])
    assert int(pay["Days late"]) == waiting.too_late(rows[made["Pay"].number]) > 0
    assert not [cell for line in lines for cell in line if cell.startswith("=")]
    sheet = load_workbook(io.BytesIO(b"".join(client.get(f"{address}.xlsx").streaming_content))).active
    assert sheet.max_row == 7
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    cast.gwen.user.language = "zh-hans"
    cast.gwen.user.save()
    answer = client.get(f"{address}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    days = answer.content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert days.count("BEGIN:VEVENT") == len({day for day in days if day.startswith("UID:")}) == 6
    assert f"SUMMARY:{made['Pay'].ref} =1+1\\, 离线付款；{'很' * 60} · Dev（" in "\n".join(days)
    after = date.fromisoformat(pay["Ends"]) + timedelta(1)
    assert f"DTEND;VALUE=DATE:{after:%Y%m%d}" in days
    client.force_login(cast.charlie.user)
    assert {client.get(f"{address}.{form}").status_code for form in ("csv", "xlsx", "ics")} == {404}


def test_the_function_the_product_calls_reaches_the_published_optima():
    """`levelled` is what the job runs. j30 of PSPLIB (Kolisch and Sprecher 1997)."""
    collections = dataset("schedule_psplib")
    with (collections / "best_known.csv").open(newline="") as stream:
        known = {row["instance"]: int(row["best_known"]) for row in csv.DictReader(stream) if row["set"] == "j30"}
    for name in list(known)[:6]:
        project = rcpsp.read_file((collections / "j30" / name).read_text())
        found = scheduling.levelled({"tasks": project.tasks, "capacity": project.capacity, "links": project.links}, 20)
        assert (found.makespan, found.proved) == (known[name], True), name
