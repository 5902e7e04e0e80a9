"""Where steps are told, to whom, how they are put aside, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pilothouse.people.models import User
from pilothouse.steps import choosing
from pilothouse.steps.declare import Finding
from pilothouse.steps.facts import Facts
from pilothouse.steps.models import Dismissal
from pilothouse.steps.rules import RULES
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions
from tests.api.calls import Api
from tests.promises.world import fill

HOME, STEPS = "/w/harbor/TW/", "/w/harbor/TW/steps"


def read(client, path, who=None):
    if who:
        client.force_login(who.user)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def insights(cast, n, start=0):
    return [
        actions.create(cast.alice, cast.product, "insight", {"title": f"Insight {i}"}) for i in range(start, start + n)
    ]


def test_a_new_product_says_one_thing_with_one_action(client, cast):
    html = read(client, HOME, cast.alice)
    assert html.count('class="what-next"') == 1
    assert 'href="/w/harbor/TW/feedback/new"' in html
    assert "What next" not in read(client, HOME, cast.gwen)  # who may only read is told nothing
    several = read(client, "/w/harbor/", cast.alice)
    assert several.count('class="what-next"') == 1


def test_never_more_than_three_at_home_one_in_a_chapter_one_on_an_item(client, cast):
    made = fill(cast)
    html = read(client, HOME, cast.alice)
    assert html.count('class="what-next"') == 3
    for number in range(1, 25):
        step = choosing.for_chapter(Facts(cast.alice, cast.product), number)
        assert step is None or number in step.rule.chapters
    assert choosing.for_chapter(None, 3) is None
    for item in made.values():
        assert read(client, item.url).count("data-line") <= 1
    assert "data-line" in read(client, insights(cast, 1)[0].url)


def test_a_step_leads_to_the_tool_with_its_inputs(client, cast):
    need = actions.create(cast.alice, cast.product, "need", {"title": "Nobody said so"})
    step = choosing.for_item(cast.alice, need)
    assert (step.slug, step.url) == ("need_unfounded", f"{need.url}#links")
    for one in choosing.judged(cast.alice, cast.product):
        if one.state == "fires":
            client.force_login(cast.alice.user)
            assert client.get(one.url.partition("#")[0], follow=True).status_code == 200, one.slug


@pytest.mark.parametrize("wanted", ["days", "good"])
def test_put_aside_it_comes_back_only_when_things_get_worse(client, cast, wanted):
    insights(cast, 4)
    client.force_login(cast.alice.user)
    answer = client.post(f"{STEPS}/insight_ungrounded/dismissal", {"for": wanted}, headers={"HX-Request": "true"})
    assert f"{STEPS}/insight_ungrounded/return" in answer.headers["HX-Trigger"]
    hidden = choosing.hidden_rules(cast.alice, cast.product)["insight_ungrounded"]
    assert (hidden.bad, hidden.until is None) == (4, wanted == "good")
    shown = lambda who: [s.slug for s in choosing.told(Facts(who, cast.product), RULES.values(), 99)]  # noqa: E731
    assert "insight_ungrounded" not in shown(cast.alice)
    assert "insight_ungrounded" in shown(cast.bob)  # another person is told
    insights(cast, 1, 4)
    assert "insight_ungrounded" not in shown(cast.alice)
    insights(cast, 1, 5)  # six are half as many again
    assert "insight_ungrounded" in shown(cast.alice)


def test_after_thirty_days_or_by_hand_it_is_told_again(client, cast):
    insights(cast, 2)
    client.force_login(cast.alice.user)
    path = f"{STEPS}/insight_ungrounded"
    assert client.post(f"{path}/dismissal").status_code == 302
    assert "Tell me again" in read(client, STEPS)
    Dismissal.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert choosing.hidden_rules(cast.alice, cast.product) == {}
    client.post(f"{path}/dismissal")
    client.post(f"{path}/dismissal", {"for": "good"})
    assert Dismissal.objects.count() == 1
    client.post(f"{path}/return")
    assert not Dismissal.objects.exists()


def test_a_small_worsening_is_no_reason_to_speak_again():
    aside = Dismissal(bad=1)
    assert choosing.holds(aside, Finding(True, bad=1))
    assert not choosing.holds(aside, Finding(True, bad=2))
    assert choosing.holds(Dismissal(bad=10), Finding(True, bad=14))
    assert not choosing.holds(Dismissal(bad=10), Finding(True, bad=15))
    assert choosing.holds(aside, None)


def test_the_setting_turns_them_off(client, cast):
    item = insights(cast, 1)[0]
    client.force_login(cast.alice.user)
    data = {"name": "Alice", "language": "en", "time_zone": "UTC", "theme": "system"}
    assert client.post("/w/harbor/settings", data).status_code == 302
    assert User.objects.get(pk=cast.alice.user.pk).next_steps is False
    for path in (HOME, item.url, "/w/harbor/"):
        assert 'class="what-next"' not in read(client, path)
    assert "turned off" in read(client, STEPS)
    client.post("/w/harbor/settings", {**data, "next_steps": "on"})
    assert 'class="what-next"' in read(client, HOME)


def test_the_page_shows_every_rule_with_its_numbers(client, cast):
    insights(cast, 2)
    html = read(client, STEPS, cast.alice)
    assert html.count('class="step-rule"') == len(RULES)
    assert "Give 2 insights their evidence" in html
    assert "counted 2" in html
    third = read(client, f"{STEPS}?chapter=11")
    assert third.count('class="step-rule"') == sum(11 in rule.chapters for rule in RULES.values())
    assert "No rule belongs" in read(client, f"{STEPS}?chapter=99")


def test_who_may_not_see_the_product_learns_nothing(client, cast):
    for who, path in ((cast.gwen, STEPS), (cast.charlie, STEPS), (cast.bob, "/w/harbor/SEC/steps")):
        client.force_login(who.user)
        assert client.get(path).status_code == 404
        assert client.post(f"{path}/first_words/dismissal").status_code == 404
    client.force_login(cast.alice.user)
    assert client.post(f"{STEPS}/no_such_rule/dismissal").status_code == 404
    assert not Dismissal.objects.exists()


def test_the_api_tells_the_same(client, cast):
    insights(cast, 2)
    api = Api(client, cast.alice, scope="read")
    found = api("GET", "/products/TW/steps").data
    assert [row["rule"] for row in found] == list(RULES)
    row = next(row for row in found if row["rule"] == "insight_ungrounded")
    assert (row["state"], row["numbers"], row["hidden"]) == ("fires", {"n": 2, "of": 2}, False)
    assert row["url"] == "/w/harbor/TW/insight/?evidence=no"
    fires = api("GET", "/products/TW/steps?state=fires").data
    assert {row["state"] for row in fires} == {"fires"}
    for who in (cast.gwen, cast.charlie):
        assert Api(client, who)("GET", "/products/TW/steps").status_code == 404


def test_more_items_cost_no_more_queries(cast, django_assert_max_num_queries):
    fill(cast)
    with django_assert_max_num_queries(40) as few:
        choosing.judged(cast.alice, cast.product)
    for kind in ("insight", "need", "requirement", "task", "quote"):
        for place in range(5):
            actions.create(cast.alice, cast.product, kind, {"title": f"{kind} {place}", "owner": "me"})
    with django_assert_max_num_queries(len(few)):
        choosing.judged(cast.alice, cast.product)
    item = Item.objects.filter(product=cast.product, kind="requirement").latest("pk")
    item.product = cast.product
    with django_assert_max_num_queries(2):
        choosing.for_item(cast.alice, item)


def test_what_was_just_marked_is_not_asked_for_any_more(client, cast):
    said = actions.create(cast.alice, cast.product, "feedback", {"title": "Boat", "body": "I missed my boat."})
    assert "Select the words" in read(client, said.url, cast.alice).partition('id="hints"')[2]
    answer = client.post(f"{said.url}/quotes", {"text": "my boat", "start": "9"}, headers={"HX-Request": "true"})
    assert 'id="hints" hx-swap-oob="outerHTML"></div>' in answer.content.decode()
    assert "/lift/insight" in answer.content.decode()
    wish = actions.create(cast.alice, cast.product, "requirement", {"title": "Keep it on the phone"})
    assert "Score it" in read(client, wish.url, cast.alice).partition('id="hints"')[2].partition("sheet-columns")[0]
    scored = {"reach": "5200", "impact": "3", "confidence": "80", "effort": "2.5"}
    answer = client.post(f"{wish.url}/score", scored, headers={"HX-Request": "true"})
    assert "Score it" not in answer.content.decode().partition('id="hints" hx-swap-oob')[2]
    assert 'id="hints" hx-swap-oob' in answer.content.decode()


def test_words_without_a_title_begin_with_themselves(client, cast):
    client.force_login(cast.alice.user)
    words = (
        "No signal in the lift, so the card never connects, and on Tuesday I missed the last boat because of it. " * 2
    )
    for given, title in (
        (words, "No signal in the lift, so the card never connects, and on Tuesday I missed the last boat…"),
        ("电梯里没有信号" * 20, ("电梯里没有信号" * 20)[:90]),
    ):
        client.post(f"{HOME}feedback/new", {"title": "", "body": given})
        assert Item.objects.latest("pk").title == title
    for kind, body in (("feedback", " "), ("need", "a body")):
        assert client.post(f"{HOME}{kind}/new", {"title": "", "body": body}).status_code == 422
