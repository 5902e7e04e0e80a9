"""The guide's pages: how far a product has come, who may see them, and what they cost."""

from __future__ import annotations

import re

import pytest

from pilothouse.chapters import CHAPTERS
from pilothouse.chapters.terms import TERMS, word_of
from pilothouse.guide.library import trying
from pilothouse.guide.library.typed import example, written
from pilothouse.guide.measures import CHAPTERS as MEASURES
from pilothouse.guide.measures import progress_of
from pilothouse.guide.standing import FACTS, Standing, standing_of
from pilothouse.kinds import KINDS
from pilothouse.methods import REGISTRY
from pilothouse.outcomes.models import Reading
from pilothouse.steps.facts import Facts
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions
from tests.promises.world import fill

PAGES = ("guide", "guide/1", "guide/24", "guide/methods/", "guide/methods/rice", "guide/terms/")


def count_of(actor, product, number: int, slug: str) -> int:
    standing = standing_of(Facts(actor, product))
    return next(one.count for one in progress_of(number, standing) if one.measure.slug == slug)


def test_every_chapter_is_measured_by_what_exists():
    assert set(MEASURES) == {chapter.number for chapter in CHAPTERS}
    for number, measures in MEASURES.items():
        assert 3 <= len(measures) <= 5, number
        assert len({measure.slug for measure, _enough in measures}) == len(measures), number
        for measure, enough in measures:
            assert enough >= 1
            kind = measure.path.split("/")[0]
            assert kind in KINDS or measure.path in ("activity", "team", "roadmap/shares"), measure.slug
    used = {measure.slug for measures in MEASURES.values() for measure, _enough in measures}
    assert set(FACTS) <= used | {"surveys_bilingual"}, set(FACTS) - used


def test_nothing_is_counted_without_a_product():
    assert standing_of(None) == Standing()
    assert [one.state for one in progress_of(2, Standing())] == ["none"] * 5


def test_progress_follows_the_items_and_nothing_else(cast):
    assert count_of(cast.alice, cast.product, 2, "quote") == 0
    quote = actions.create(cast.alice, cast.product, "quote", {"title": "It did not open"})
    insight = actions.create(cast.alice, cast.product, "insight", {"title": "No signal at the gate"})
    assert count_of(cast.alice, cast.product, 2, "quote") == 1
    assert count_of(cast.alice, cast.product, 2, "insights_grounded") == 0
    actions.link(cast.alice, quote, "supports", insight)
    assert count_of(cast.alice, cast.product, 2, "insights_grounded") == 1
    actions.trash(cast.alice, [quote])
    assert count_of(cast.alice, cast.product, 2, "quote") == 0
    assert count_of(cast.alice, cast.product, 2, "insights_grounded") == 0


def test_readings_count_once_they_state_their_n(cast):
    metric = actions.create(cast.alice, cast.product, "metric", {"title": "Opened in two seconds"})
    Reading.objects.create(metric=metric, on="2026-11-01", value=91)
    Reading.objects.create(metric=metric, on="2026-11-08", value=93, n=400)
    assert count_of(cast.alice, cast.product, 10, "readings") == 2
    assert count_of(cast.alice, cast.product, 10, "readings_bounded") == 1
    assert count_of(cast.alice, cast.product, 10, "metrics_read") == 1


def test_another_products_items_do_not_count(cast):
    actions.create(cast.alice, cast.private, "quote", {"title": "Secret"})
    assert count_of(cast.alice, cast.product, 2, "quote") == 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_members_and_guests_read_it_and_strangers_do_not(client, cast, language):
    fill(cast)
    for who in (cast.alice, cast.bob, cast.gwen):
        who.user.language = language
        who.user.save()
        client.force_login(who.user)
        client.get(cast.product.url)
        for page in PAGES:
            assert client.get(f"{who.workspace.url}{page}").status_code == 200, (who.user.name, page)
    client.force_login(cast.charlie.user)
    for page in PAGES:
        assert client.get(f"{cast.alice.workspace.url}{page}").status_code == 404


def test_a_guest_is_not_sent_where_they_may_not_go(client, cast):
    client.force_login(cast.gwen.user)
    client.get(cast.product.url)
    html = client.get(f"{cast.gwen.workspace.url}guide/13").content.decode()
    assert "/canvases/new" not in html
    assert "/surveys/new" not in html
    assert "/persona/" in html
    assert "/roadmap/shares" not in client.get(f"{cast.gwen.workspace.url}guide/5").content.decode()
    assert 'id="try"' not in client.get(f"{cast.gwen.workspace.url}guide/methods/rice").content.decode()
    assert client.post(f"{cast.gwen.workspace.url}guide/methods/rice", {"items": "{}"}).status_code == 404


def test_more_items_cost_the_guide_and_the_home_no_more_queries(client, cast, django_assert_max_num_queries):
    client.force_login(cast.alice.user)
    fill(cast)
    pages = [cast.product.url, *(f"{cast.alice.workspace.url}{page}" for page in ("guide", "guide/3", "guide/10"))]
    client.get(cast.product.url)
    asked = {}
    for page in pages:
        with django_assert_max_num_queries(60 if page.endswith("guide") else 40) as few:
            client.get(page)
        asked[page] = len(few)
    for kind in ("need", "requirement", "insight", "metric", "decision"):
        for number in range(6):
            actions.create(cast.alice, cast.product, kind, {"title": f"{kind} {number}"})
    for page in pages:
        with django_assert_max_num_queries(asked[page]):
            client.get(page)


def test_beyond_what_any_chapter_asks_for_the_rest_is_not_counted(client, cast, monkeypatch):
    for module in ("standing", "measures"):
        monkeypatch.setattr(f"pilothouse.guide.{module}.MOST", 2)
    url = f"{cast.alice.workspace.url}guide/4"
    client.force_login(cast.alice.user)
    client.get(cast.product.url)
    for number, shown in enumerate(("1", "2", "2+", "2+"), start=1):
        actions.create(cast.alice, cast.product, "task", {"title": f"Task {number}", "owner": "me"})
        assert f"<strong>{shown}</strong>" in client.get(url).content.decode(), number
    assert max(enough for measures in MEASURES.values() for _measure, enough in measures) <= 100


def test_what_was_left_empty_is_not_filled(cast):
    kept = [{"acceptance": "Opens in two seconds"}, {"acceptance": ""}, {"kano": "acceptance"}, {}]
    for number, fields in enumerate(kept):
        item = actions.create(cast.alice, cast.product, "requirement", {"title": f"Requirement {number}"})
        Item.objects.filter(pk=item.pk).update(fields=fields)
    assert count_of(cast.alice, cast.product, 11, "requirements_accepted") == 1
    for fields in ({"baseline": 71, "target": 95}, {"baseline": 0, "target": 1}, {"baseline": 71}):
        actions.create(cast.alice, cast.product, "metric", {"title": "Opened at once", **fields})
    assert count_of(cast.alice, cast.product, 14, "metrics_aimed") == 2


def test_what_is_not_there_is_not_there(client, cast):
    client.force_login(cast.alice.user)
    for page in ("guide/0", "guide/25", "guide/99999999999", "guide/methods/nope", "guide/methods/os"):
        assert client.get(f"{cast.alice.workspace.url}{page}").status_code == 404


def test_a_text_is_read_in_the_other_language_with_the_page_round_it_in_ones_own(client, cast):
    client.force_login(cast.alice.user)
    html = client.get(f"{cast.alice.workspace.url}guide/3?text=zh").content.decode()
    assert "什么时候用什么" in html
    assert 'lang="zh-Hans"' in html
    assert "How far you have come" in html
    assert "When to use what" in client.get(f"{cast.alice.workspace.url}guide/3?text=nope").content.decode()


def test_methods_are_found_by_name_question_and_initials_in_both_languages(client, cast):
    client.force_login(cast.alice.user)
    base = f"{cast.alice.workspace.url}guide/methods/"

    def found(query: str) -> list[str]:
        return re.findall(r'guide/methods/(\w+)"', client.get(f"{base}?{query}").content.decode())

    assert found("q=rice")[0] == "rice"
    assert "van_westendorp" in found("q=价格")
    assert {"van_westendorp", "gabor_granger"} <= set(found("q=price"))
    assert "kaplan_meier" in found("q=how long do customers stay")
    assert "cpm_pert" in found("q=gjlj")
    assert set(found("chapter=17")) == {row.id for row in REGISTRY.values() if row.chapter == 17}
    assert found("q=%00zzzz") == []
    assert len(found("")) == len(REGISTRY)


def test_a_method_is_tried_on_the_page(client, cast):
    client.force_login(cast.bob.user)
    url = f"{cast.bob.workspace.url}guide/methods/rice"
    given = {name: written(value) for name, value in example("rice").items()}
    html = client.post(url, given, headers={"HX-Request": "true"}).content.decode()
    assert "First comes B, last A." in html
    assert "<html" not in html
    typed = '{"<b>": {"reach": 1, "impact": 1, "confidence": 2, "effort": 1}}'
    answer = client.post(url, {"items": typed})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Confidence lies between 0 and 1." in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_a_computation_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(trying, "SECONDS", 0.01)
    assert trying.tried("rice", {"items": "{}"}) == {"too_long": True}
    assert trying.tried("rice", {"items": "1" * 100_001}) == {"too_much": True}


def test_the_palette_finds_chapters_methods_and_words(client, cast):
    client.force_login(cast.alice.user)

    def found(typed: str) -> set[str]:
        return {
            one["url"].rpartition("/guide/")[2]
            for one in client.get(f"{cast.alice.workspace.url}palette.json", {"q": typed}).json()
        }

    assert "methods/kano" in found("kano")
    assert {"terms/#evidence", "terms/#evidence-strength"} <= found("证据")
    assert "13" in found("Marketing")
    assert not [url for url in found("") if url.startswith(("methods", "terms"))]


def test_every_kind_has_its_word_and_its_list_leads_there(client, cast):
    assert not [slug for slug in KINDS if not word_of(slug)]
    client.force_login(cast.alice.user)
    html = client.get(f"{cast.product.url}need/").content.decode()
    assert f"{cast.alice.workspace.url}guide/terms/#need" in html


def test_words_are_found_in_either_language(client, cast):
    client.force_login(cast.alice.user)
    base = f"{cast.alice.workspace.url}guide/terms/"
    assert 'id="evidence"' in client.get(f"{base}?q=zj").content.decode()
    html = client.get(f"{base}?q=loses money").content.decode()
    assert 'id="unit-economics"' in html
    assert 'id="evidence"' not in html
    assert client.get(f"{base}?q=zzzz").status_code == 200
    assert client.get(base).content.decode().count("<dt>") == len(TERMS)
