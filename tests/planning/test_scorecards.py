"""Scorecards: the published numbers through the product, apart and together, and who may do what."""

from __future__ import annotations

import re

import pytest
from django.http import Http404

from pilothouse.planning.models import Entry, Scorecard
from pilothouse.planning.scorecards import actions
from pilothouse.planning.scorecards.comparison import Pair, compare
from pilothouse.planning.scorecards.criteria import slug_for
from pilothouse.planning.scorecards.formula import parse
from pilothouse.planning.scorecards.sensitivity import flips
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.views.compare import Column, in_words
from pilothouse.workbench.models import Run
from pilothouse.workbench.writing import actions as items
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo

RICE = {"A": (2000, 2, 80, 3), "B": (5000, 0.5, 100, 1)}


@pytest.fixture
def requirements(cast):
    return [items.create(cast.alice, cast.product, "requirement", {"title": title}) for title in "ABC"]


def card_of(cast, requirements, way="rice", **more):
    return actions.create_card(cast.alice, cast.product, way, {"title": "Spring"}, requirements, **more)


def fill(actor, card, requirement, *values):
    for column, value in zip(card.columns, values, strict=True):
        actions.set_cell(actor, card, requirement, column.slug, {"value": str(value)})


def test_rice_gives_the_published_numbers_and_becomes_the_order(cast, requirements):
    card = card_of(cast, requirements)
    a, b, c = requirements
    fill(cast.alice, card, a, *RICE["A"])
    fill(cast.alice, card, b, *RICE["B"])
    found = sheet(cast.alice, card)
    assert found.ranking.order == (b.pk, a.pk)
    assert round(found.ranking.scores[a.pk], 1) == 1066.7
    assert set(found.ranking.missing[c.pk]) == {"reach", "impact", "confidence", "effort"}
    events = actions.adopt(cast.alice, card)
    a.refresh_from_db()
    assert round(a.score, 1) == 1066.7
    assert (a.fields["reach"], a.fields["score_way"]) == (2000, "rice")
    assert Run.objects.get(item=a).inputs["confidence"] == 0.8
    undo(cast.alice, events[0].batch)
    a.refresh_from_db()
    assert a.score is None
    assert "reach" not in a.fields


def test_what_stands_on_the_item_counts_until_somebody_scores(cast):
    item = items.create(cast.alice, cast.product, "requirement", {"title": "A", "reach": 100, "impact": "2"})
    card = card_of(cast, [item])
    cell = sheet(cast.alice, card).cells[item.pk]["reach"]
    assert (cell.value, cell.kept) == (100, True)
    actions.set_cell(cast.bob, card, item, "reach", {"value": "300"})
    actions.set_cell(cast.alice, card, item, "reach", {"value": "200"})
    cell = sheet(cast.alice, card).cells[item.pk]["reach"]
    assert (cell.value, cell.kept, cell.own.value) == (250, False, 200)


def test_blind_numbers_are_one_s_own_until_all_are_done(cast, requirements):
    card = card_of(cast, requirements, "ice", blind=True, people=[cast.bob.user])
    a = requirements[0]
    fill(cast.alice, card, a, 9, 9, 9)
    fill(cast.bob, card, a, 2, 9, 9)
    assert sheet(cast.bob, card).cells[a.pk]["impact"].value == 2
    with pytest.raises(Invalid):
        actions.adopt(cast.alice, card)
    with pytest.raises(Invalid):
        actions.reveal(cast.bob, card)
    assert not actions.finish(cast.alice, card)
    assert actions.finish(cast.bob, card)
    found = sheet(cast.bob, card)
    cell = found.cells[a.pk]["impact"]
    assert (cell.value, cell.disputed) == (5.5, True)
    assert found.disputed[0][0] == a


def test_ahp_weighs_criteria_by_pairs(cast, requirements):
    card = card_of(cast, requirements, "ahp")
    for (first, second), times in {("value", "strategy"): 3, ("value", "risk"): 5, ("value", "cost"): 5}.items():
        actions.judge(cast.alice, card, first, second, times)
        actions.judge(cast.bob, card, second, first, 1 / times)
    a, b, _c = requirements
    fill(cast.alice, card, a, 5, 1, 1, 1)
    fill(cast.alice, card, b, 1, 5, 1, 1)
    assert sheet(cast.alice, card).ranking.order[0] == a.pk


def test_moscow_tells_shares_and_contradictions(cast, requirements):
    card = card_of(cast, requirements, "moscow")
    a, b, c = requirements
    items.link(cast.alice, b, "blocks", a)
    for item, value, effort in ((a, 4, 70), (b, 3, 20), (c, 2, 10)):
        fill(cast.alice, card, item, value, effort)
    found = sheet(cast.alice, card)
    assert {code for code, _figures in found.ranking.remarks} == {"must_over_60", "needs_weaker"}
    assert found.ranking.order == (a.pk, b.pk, c.pk)


def test_a_flip_is_the_smallest_change_that_swaps(cast, requirements):
    card = card_of(cast, requirements)
    a, b, _c = requirements
    fill(cast.alice, card, a, *RICE["A"])
    fill(cast.alice, card, b, *RICE["B"])
    found = sheet(cast.alice, card)
    table = {key: {slug: cell.value for slug, cell in row.items()} for key, row in found.cells.items()}
    moves = {flip.criterion: flip for flip in flips(card.declared, table, found.ranking, card.columns, {}, a.pk)}
    assert moves["reach"].to == pytest.approx(2500 * 3 / (2 * 0.8))
    assert moves["effort"].to == pytest.approx(2000 * 2 * 0.8 / 2500)
    assert "impact" not in moves  # not even the largest impact would do


def test_cards_are_compared_with_the_widest_gap_first(cast, requirements):
    one, other = card_of(cast, requirements, "ice"), card_of(cast, requirements, "value_effort")
    for number, item in enumerate(requirements):
        fill(cast.alice, one, item, 9 - 3 * number, 5, 5)
        fill(cast.alice, other, item, [9, 2, 5][number], 5)
    found = compare({"one": sheet(cast.alice, one).ranking, "other": sheet(cast.alice, other).ranking})
    assert found.pairs[0].rho == pytest.approx(0.5)
    assert found.spread[found.items[0]] == 0.5
    assert found.items[-1] == requirements[0].pk
    assert found.pairs[0].few
    columns = {key: Column(key, key.title(), "", ranking=None) for key in ("one", "other")}
    said = [in_words(Pair("one", "other", 20, rho, rho), columns) for rho in (0.9, 0.5, 0.0, -0.7)]
    assert said[0] == "“One” and “Other” give nearly the same order."
    assert len(set(said)) == 4


@pytest.mark.parametrize(
    ("criterion", "given"),
    [
        ("reach", {"value": "many"}), ("reach", {"value": "-1"}), ("impact", {"value": "7"}), ("nope", {"value": "1"}),
        ("confidence", {"value": "101"}), ("reach", {"value": "1", "confidence": "0"}), ("reach", {"value": "1e99"}),
        ("reach", {"value": "1", "note": "\ud800"}),
    ],
)  # fmt: skip
def test_bad_cells_are_refused(cast, requirements, criterion, given):
    card = card_of(cast, requirements)
    with pytest.raises(Invalid):
        actions.set_cell(cast.alice, card, requirements[0], criterion, given)
    assert not Entry.objects.exists()


def test_guests_read_and_strangers_find_nothing(cast, client, requirements):
    card = card_of(cast, requirements)
    with pytest.raises(Http404):
        actions.set_cell(cast.gwen, card, requirements[0], "reach", {"value": "1"})
    client.force_login(cast.charlie.user)
    assert client.get(card.url).status_code == 404
    assert client.post(f"{card.url}/rows/{requirements[0].number}/reach", {"value": "1"}).status_code == 404


@pytest.mark.parametrize(
    "way", ["rice", "ice", "wsjf", "value_effort", "opportunity", "moscow", "weighted", "ahp", "own"]
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_way_has_its_page(cast, client, requirements, way, language):
    cast.alice.user.language = language
    cast.alice.user.save()
    client.force_login(cast.alice.user)
    card = card_of(cast, requirements, way)
    for other in card.columns[1:]:
        if way == "ahp":
            actions.judge(cast.alice, card, card.columns[0].slug, other.slug, 2)
    values = {"opportunity": (8, 3), "moscow": (4, 2), "wsjf": (3, 2, 1, 5), "own": (4, 2)}.get(way)
    for item in requirements:
        for place, column in enumerate(card.columns):
            value = values[place] if values else (column.choices[0].value if column.choices else column.maximum or 3)
            answer = client.post(f"{card.url}/rows/{item.number}/{column.slug}", {"value": f"{value:g}"})
            assert answer.status_code == 200, answer.content.decode()
    page = client.get(card.url).content.decode()
    assert "Nothing is scored yet" not in page
    assert client.get(f"{card.url}/outcome").status_code == 200
    assert client.get(f"{card.url}/rows/{requirements[0].number}").status_code == 200
    assert client.post(f"{card.url}/adoption").status_code == 302
    requirements[0].refresh_from_db()
    assert requirements[0].score is not None


def test_the_page_takes_the_same_queries_for_more_rows(cast, client, django_assert_max_num_queries):
    client.force_login(cast.alice.user)
    many = [items.create(cast.alice, cast.product, "requirement", {"title": f"R{n}"}) for n in range(40)]
    card = card_of(cast, many)
    for item in many:
        fill(cast.alice, card, item, *RICE["A"])
    with django_assert_max_num_queries(26):
        client.get(card.url)


def test_selected_rows_become_a_scorecard(cast, client, requirements):
    client.force_login(cast.alice.user)
    assert client.get(f"{cast.product.url}scorecard/new").headers["Location"].endswith("/TW/scorecards/new")
    assert "scorecards/new" in client.get(f"{cast.product.url}requirement/bulk").content.decode()
    ids = [item.pk for item in requirements[:2]]
    page = client.post(f"{cast.product.url}scorecards/new", {"ids": ids}).content.decode()
    assert 'value="1,2"' in page
    made = client.post(f"{cast.product.url}scorecards/new", {"items": "1,2", "way": "ice", "title": "", "blind": "1"})
    card = Scorecard.objects.get()
    assert made.headers["Location"] == card.url
    assert (card.rows.count(), card.item.title, card.blind) == (2, "Order by ICE", False)
    assert client.post(f"{cast.product.url}scorecards/new", {"way": "tarot"}).status_code == 422


def test_nobody_is_asked_who_cannot_see_the_product(cast, client):
    client.force_login(cast.alice.user)
    made = items.create(cast.alice, cast.private, "requirement", {"title": "Secret"})
    card = actions.create_card(cast.alice, cast.private, "ice", {"title": "Apart"}, [made])
    assert client.post(f"{card.url}/people", {"people": [cast.bob.user.pk]}).status_code == 404
    assert card.seats.count() == 1


@pytest.mark.parametrize("name", ["class", "ｖａｌｕｅ", "价值 (高)", "1st", "min", "  ", "effort / day"])
def test_any_name_can_stand_in_a_formula(name):
    slug = slug_for(name, [])
    assert parse(f"{slug} * 2", [slug]).value({slug: 3}) == 6


def test_own_criteria_and_a_formula(cast, client, requirements):
    client.force_login(cast.alice.user)
    card = card_of(cast, requirements, "own")
    given = {
        "slug": ["value", "", ""], "name": ["Value", "工作量", ""], "weight": ["1", "1", ""], "minimum": ["0", "0", ""],
        "maximum": ["10", "", ""], "less": ["", "1", ""], "unit": ["", "", ""], "guidance": ["", "", ""],
    }  # fmt: skip
    wrong = client.post(f"{card.url}/criteria", {**given, "formula": "value / effort"})
    assert wrong.status_code == 422
    assert client.post(f"{card.url}/criteria", {**given, "formula": "value / 工作量"}).status_code == 302
    card = actions.card_for(card.item)
    fill(cast.alice, card, requirements[0], 6, 3)
    fill(cast.alice, card, requirements[1], 6, 0)
    found = sheet(cast.alice, card)
    assert found.ranking.scores == {requirements[0].pk: 2.0}
    assert found.ranking.problems[requirements[1].pk] == "This divides by zero."


def test_what_a_kano_survey_said_stands_beside_the_scorecards(cast, client, requirements):
    card = card_of(cast, requirements, "ice")
    for number, (item, code, better) in enumerate(zip(requirements, "IMA", (0.1, 0.2, 0.9), strict=True)):
        fill(cast.alice, card, item, 9 - number, 5, 5)
        item.fields |= {"kano": code, "kano_better": better}
        item.save(update_fields=["fields"])
    client.force_login(cast.gwen.user)
    page = client.get(f"{cast.product.url}scorecards/compare").content.decode()
    assert "Kano, by survey" in page
    assert re.search("Spearman [-−]0.5", page)  # 1, 2, 3 against 3, 1, 2
    assert "Must-be" in page
    assert (
        "Kano stands in the order"
        not in client.get(f"{cast.product.url}scorecards/compare", {"card": card.item.number}).content.decode()
    )
