"""Plans: capacity counted and typed, what fits and why the rest does not, what-ifs, and the baseline."""

from __future__ import annotations

from datetime import date

import pytest

from pilothouse.planning.models import Capacity, DayOff, Plan, Skill, Worker
from pilothouse.planning.plans import actions
from pilothouse.planning.plans.beside import beside
from pilothouse.planning.plans.capacity import rooms
from pilothouse.planning.plans.problem import gather
from pilothouse.planning.plans.solving import solve
from pilothouse.planning.plans.telling import sentence, why_out
from pilothouse.workbench.jobs import JobFailed
from pilothouse.workbench.models import Link
from pilothouse.workbench.writing import actions as items
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo


class NoJob:
    def tick(self, *args, **kwargs): ...


@pytest.fixture
def world(cast):
    """Two releases of ten and five days of development; four requirements worth 8, 6, 5 and 1."""
    releases = [
        items.create(cast.alice, cast.product, "release", {"title": title, "start_on": start, "due_on": due})
        for title, start, due in (("May", "2026-05-04", "2026-05-15"), ("June", "2026-06-01", "2026-06-05"))
    ]
    plan = actions.create_plan(cast.alice, cast.product, {"title": "Spring"}, releases)
    skill = Skill.objects.get()
    Worker.objects.create(skill=skill, name="Lin", days=5)
    made = []
    for title, score, days in (("Login", 8, "6"), ("Report", 6, "4"), ("Theme", 5, "5"), ("Audit", 1, "4")):
        item = items.create(cast.alice, cast.product, "requirement", {"title": title})
        item.score = score
        item.save(update_fields=["score"])
        actions.set_estimate(cast.alice, item, skill, days)
        made.append(item)
    return plan, releases, skill, made


def solved(cast, plan):
    solve(NoJob(), cast.alice, plan=plan.pk)
    plan = Plan.objects.select_related("item__product__workspace").get(pk=plan.pk)
    return plan, gather(cast.alice, plan)


def test_capacity_is_counted_from_people_weekends_and_days_off(cast, world):
    _plan, releases, skill, _made = world
    lin = Worker.objects.get()
    Worker.objects.create(skill=skill, name="Ada", days=2.5)
    DayOff.objects.create(product=cast.product, from_on=date(2026, 5, 4), to_on=date(2026, 5, 5), name="Holiday")
    DayOff.objects.create(product=cast.product, worker=lin, from_on=date(2026, 5, 9), to_on=date(2026, 5, 11))
    found = rooms(cast.product, releases, [skill])
    assert found[releases[0].pk][skill.pk].days == (8 - 1) + 8 * 0.5
    actions.set_capacity(cast.alice, releases[0], skill, "3")
    assert rooms(cast.product, releases, [skill])[releases[0].pk][skill.pk].days == 3
    actions.set_capacity(cast.alice, releases[0], skill, "")
    assert not Capacity.objects.exists()


def test_the_best_choice_and_why_the_rest_is_out(cast, world):
    plan, releases, _skill, (login, report, theme, audit) = world
    plan, found = solved(cast, plan)
    assert plan.result["plan"] == {
        str(login.number): releases[0].number, str(report.number): releases[0].number, str(theme.number): releases[1].number
    }  # fmt: skip
    assert plan.result["proved"] or plan.result["gap"] <= 0.001
    assert sentence(found, plan.result) == "3 of 4 open requirements fit into 2 releases."
    said = " ".join(why_out(found, audit.number, plan.result))
    assert "4 more days of Everybody" in said
    assert "From a score of" in said


def test_prerequisites_couplings_deadlines_and_choices_hold(cast, world):
    plan, releases, _skill, (login, report, theme, audit) = world
    items.link(cast.alice, audit, "blocks", login)
    items.change(cast.alice, theme, {"due_on": "2026-05-20"})
    actions.choose(cast.alice, plan, report, "out")
    plan, found = solved(cast, plan)
    chosen = plan.result["plan"]
    assert chosen[str(audit.number)] == releases[0].number
    assert chosen.get(str(theme.number)) in (None, releases[0].number)
    assert why_out(found, report.number, plan.result) == ["You kept it out."]
    actions.choose(cast.alice, plan, report, "fixed", releases[1])
    plan, found = solved(cast, plan)
    assert plan.result["plan"][str(report.number)] == releases[1].number


def test_without_estimates_the_effort_field_counts_and_without_anything_it_is_named(cast, world):
    plan, _releases, skill, _made = world
    bare = items.create(cast.alice, cast.product, "requirement", {"title": "Bare"})
    months = items.create(cast.alice, cast.product, "requirement", {"title": "Months", "effort": "0.1"})
    found = gather(cast.alice, plan)
    assert found.aside == {bare.number: "no_effort", months.number: "no_value"}
    assert found.efforts[months.number] == {skill.name: 2.0}


def test_must_haves_that_do_not_fit_are_named_with_what_they_lack(cast, world):
    plan, _releases, _skill, made = world
    for item in made:
        actions.choose(cast.alice, plan, item, "must")
    with pytest.raises(JobFailed) as refused:
        solve(NoJob(), cast.alice, plan=plan.pk)
    assert "lacks" in str(refused.value)
    assert "days of Everybody" in str(refused.value)
    assert made[0].ref in str(refused.value)


def test_a_circle_is_named(cast, world):
    plan, _releases, _skill, (login, report, *_rest) = world
    items.link(cast.alice, login, "blocks", report)
    items.link(cast.alice, report, "blocks", login)
    with pytest.raises(JobFailed, match="circle") as refused:
        solve(NoJob(), cast.alice, plan=plan.pk)
    assert login.ref in str(refused.value)


def test_committing_links_once_and_undo_opens_the_plan_again(cast, world):
    plan, releases, _skill, (login, report, theme, audit) = world
    items.link(cast.alice, audit, "planned_in", releases[0])
    plan, _found = solved(cast, plan)
    events = actions.commit(cast.alice, plan)
    planned = set(Link.objects.filter(relation="planned_in").values_list("source_id", "target_id"))
    assert planned == {(login.pk, releases[0].pk), (report.pk, releases[0].pk), (theme.pk, releases[1].pk)}
    with pytest.raises(Invalid, match="already"):
        actions.commit(cast.bob, plan)
    with pytest.raises(Invalid):
        actions.choose(cast.alice, Plan.objects.get(pk=plan.pk), login, "out")
    undo(cast.alice, events[0].batch)
    assert set(Link.objects.filter(relation="planned_in").values_list("source_id", "target_id")) == {
        (audit.pk, releases[0].pk)
    }
    assert Plan.objects.get(pk=plan.pk).committed_at is None


def test_a_plan_made_from_other_numbers_is_not_committed(cast, world):
    plan, _releases, skill, (login, *_rest) = world
    plan, _found = solved(cast, plan)
    actions.set_estimate(cast.bob, login, skill, "7")
    with pytest.raises(Invalid, match="plan again"):
        actions.commit(cast.alice, plan)


def test_a_what_if_leaves_its_plan_alone_and_says_what_it_changes(cast, client, world):
    plan, _releases, _skill, (login, *_rest) = world
    actions.choose(cast.alice, plan, login, "must")
    plan, _found = solved(cast, plan)
    copy = actions.copy_plan(cast.alice, plan, "Without login")
    actions.choose(cast.alice, copy, login, "out")
    copy, found = solved(cast, copy)
    plan.refresh_from_db()
    assert str(login.number) in plan.result["plan"]
    assert str(login.number) not in copy.result["plan"]
    assert copy.base_id == plan.pk
    held = beside(found, copy.result, plan.result)
    assert login in held.went
    assert login not in held.came
    gained, lost = (sum(found.values[item.number] for item in rows) for rows in (held.came, held.went))
    assert held.now - held.before == pytest.approx(gained - lost)
    assert beside(found, copy.result, None) is None
    client.force_login(cast.alice.user)
    assert login.ref in client.get(copy.url).content.decode().split('id="beside"')[1].split("</section>")[0]


@pytest.mark.parametrize("typed", ["-1", "many", "3 2 1", "1 2", "1e99", "nan"])
def test_bad_estimates_are_refused(cast, world, typed):
    _plan, _releases, skill, made = world
    with pytest.raises(Invalid):
        actions.set_estimate(cast.alice, made[0], skill, typed)


def test_the_problem_takes_the_same_queries_for_more_items(cast, world, django_assert_max_num_queries):
    plan, _releases, skill, _made = world
    for number in range(30):
        item = items.create(cast.alice, cast.product, "requirement", {"title": f"R{number}"})
        actions.set_estimate(cast.alice, item, skill, "1")
    with django_assert_max_num_queries(10):
        gather(cast.alice, plan)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages(cast, client, world, language):
    plan, releases, skill, made = world
    cast.alice.user.language = language
    cast.alice.user.save()
    client.force_login(cast.alice.user)
    assert client.get(f"{cast.product.url}plan/new").headers["Location"].endswith("/TW/plans/new")
    assert client.get(f"{cast.product.url}plans/new").status_code == 200
    assert client.get(plan.url).status_code == 200
    plan, _found = solved(cast, plan)
    page = client.get(plan.url).content.decode()
    assert made[0].ref in page
    answer = client.post(f"{plan.url}/estimates/{made[0].number}/{skill.pk}", {"value": "2 6 9"})
    assert answer.status_code == 200
    assert b"<td" in answer.content
    assert client.post(f"{plan.url}/capacity/{releases[0].number}/{skill.pk}", {"value": "12"}).status_code == 200
    assert (
        client.post(f"{plan.url}/choices/{made[3].number}", {"rule": f"fixed:{releases[1].number}"}).status_code == 302
    )
    assert client.post(f"{plan.url}/commitment").status_code == 422
    plan, _found = solved(cast, plan)
    assert client.post(f"{plan.url}/commitment").status_code == 302
    assert client.get(plan.url).status_code == 200
    assert client.post(f"{plan.url}/copy", {"title": "B"}).status_code == 302
    assert client.get(plan.item.url).status_code == 200
    assert client.get(f"{plan.item.url}/history").status_code == 200


def test_the_team_page(cast, client, world):
    client.force_login(cast.alice.user)
    url = f"{cast.product.url}team"
    assert client.post(f"{url}/skills", {"name": "设计"}).status_code == 302
    skill = Skill.objects.get(name="设计")
    assert client.post(f"{url}/workers", {"skill": skill.pk, "name": "小林", "days": "2.5"}).status_code == 302
    assert client.post(f"{url}/workers", {"skill": skill.pk, "name": "小林", "days": "9"}).status_code == 422
    assert client.post(f"{url}/days-off", {"from_on": "2026-05-05", "to_on": "2026-05-01"}).status_code == 422
    assert client.post(f"{url}/days-off", {"from_on": "2026-05-05"}).status_code == 302
    assert "小林" in client.get(url).content.decode()
    client.force_login(cast.gwen.user)
    assert client.post(f"{url}/skills", {"name": "x"}).status_code == 404


def test_what_something_valuable_waits_for_comes_along(cast, world):
    plan, _releases, skill, made = world
    enabler, bare, asked = (items.create(cast.alice, cast.product, "requirement", {"title": t}) for t in "XYZ")
    actions.set_estimate(cast.alice, enabler, skill, "1")  # nobody has scored it
    items.link(cast.alice, enabler, "blocks", made[0])
    asked.score = 50
    asked.save(update_fields=["score"])
    actions.set_estimate(cast.alice, asked, skill, "1")
    items.link(cast.alice, bare, "blocks", asked)  # nobody has estimated what it waits for
    found = gather(cast.alice, plan)
    assert enabler.number in found.candidates
    assert (enabler.number, made[0].number) in found.ahead
    assert found.aside[asked.number] == "waits"
    _plan, found = solved(cast, plan)
    result = _plan.result
    assert made[0].number not in map(int, result["plan"]) or str(enabler.number) in result["plan"]
    assert "nobody has estimated" in why_out(found, asked.number, result)[0]
