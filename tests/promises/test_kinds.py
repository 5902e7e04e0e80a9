"""What every declared kind promises, by being declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from pilothouse.chapters import CHAPTERS
from pilothouse.jinja import icon
from pilothouse.kinds import KINDS, RELATIONS, STATIONS
from pilothouse.workbench import search
from pilothouse.workbench.frame import GO_KEYS
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.lifting import lift

NAV = Path(__file__).parents[2] / "src/pilothouse/templates/components/nav.html"  # its own keys are taken
EVERY = pytest.mark.parametrize("slug", KINDS)


@EVERY
def test_it_is_said_in_both_languages(slug):
    kind = KINDS[slug]
    texts = [
        kind.name,
        kind.asks,
        kind.example,
        *(field.name for field in kind.fields),
        *(state.name for state in kind.states),
    ]
    with translation.override("zh-hans"):
        chinese = [str(text) for text in texts]
    assert not [text for text in chinese if not any("\u4e00" <= character <= "\u9fff" for character in text)]


@EVERY
def test_it_has_an_icon_a_chapter_and_a_key(slug):
    kind = KINDS[slug]
    assert "<svg" in str(icon(kind.icon))
    assert kind.chapter in {chapter.number for chapter in CHAPTERS}
    assert list(GO_KEYS.values()).count(GO_KEYS[slug]) == 1
    assert f'"{GO_KEYS[slug]}"' not in NAV.read_text()


@EVERY
def test_it_is_made_found_changed_and_lifted(cast, slug):
    kind = KINDS[slug]
    values = {field.slug: example(field) for field in kind.fields}
    made = actions.create(cast.alice, cast.product, slug, {"title": f"Offline 离线 {slug}", **values})
    assert {name: made.fields[name] for name in values} == {
        name: kind.field_by_slug[name].clean(value) for name, value in values.items()
    }
    assert search.matching(Item.objects.live(), "离线", cast.alice.product_ids).get() == made
    for state in kind.states:
        actions.change(cast.alice, made, {"state": str(state.name)})
        made.refresh_from_db()
        assert (made.state, made.closed_at is not None) == (state.slug, state.closed)
    for target, relation in kind.lifts_to.items():
        [higher] = lift(cast.alice, [made], target, [{"title": "Higher"}])
        assert Link.objects.filter(source=made, target=higher, relation=relation).exists()


def example(field):
    by_type = {
        "number": field.minimum if field.minimum is not None else 1, "date": "2026-11-22", "flag": "yes", "link": "https://example.com/a",
        "email": "a@example.com", "text": "离线", "long": "Lines\nof text", "person": "Lin",
    }  # fmt: skip
    return str(field.options[0].name) if field.options else by_type[field.type]


def test_the_stations_form_one_chain():
    for upper in STATIONS[:-1]:
        reachable, frontier = set(), {upper}
        while frontier:
            frontier = {
                target
                for slug in frontier
                for target, relation in KINDS[slug].lifts_to.items()
                if RELATIONS[relation].thread
            } - reachable
            reachable |= frontier
        assert upper == "task" or "decision" in reachable, upper
