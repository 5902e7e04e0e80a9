"""Hostile numbers and words against scorecards, plans and launches: refused in words, nothing half written."""

from __future__ import annotations

import itertools

import pytest

from pilothouse.planning.models import Scorecard
from pilothouse.planning.scorecards.formula import FormulaError, parse
from tests.promises.test_hostile_text import EVERY, dangers
from tests.promises.test_urls import everything
from tests.promises.world import fill

NUMBERS = ["nan", "-inf", "1e400", "1e308", "0001" + "9" * 20, "1e308/1e-308", "²"]
TEXTS = [EVERY[name] for name in ("soup", "nul", "long")]
FORMULAS = [
    "9" * 999, "value * " + "9" * 900, "((value - 9) ** 0.5) > 1", "min((value - 9) ** 0.5, 2)", "sqrt((value - 9) ** 0.5)",
    "value ** 100 ** 100", "value\x00", "value\ud800", "(" * 300 + "value" + ")" * 300, "-" * 900 + "value", "value" + " + value" * 160,
    "value if (value - 9) ** 0.5 > 1 else 2", "1e309 * value", "value * 1e308 * 1e308", "0x" + "f" * 900 + "+value",
    "max(*value)", "value.real", "value[0]", "lambda: value", "(yield)", "f'{value}'", "...", "1j * value", "True + value",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS, ids=range(len(FORMULAS)))
def test_any_formula_is_a_number_or_a_refusal(text):
    try:
        found = parse(text, ["value", "effort"]).value({"value": 3.0, "effort": 0.0})
    except FormulaError:
        return
    assert isinstance(found, float)


def doors(card, made) -> list[tuple[str, dict[str, str], tuple[str, ...]]]:
    """Each post with the fields that take the evil in turn."""
    number, plan, launch = made["requirement"].number, f"{made['plan'].ref}/plan", f"{made['release'].ref}/launch"
    release, skill, first = made["release"].number, made["plan"].product.skills.get().pk, card.columns[0].slug
    criterion = dict.fromkeys(("slug", "minimum", "maximum", "less", "unit", "guidance"), "")
    cell = f"{card.item.ref}/scorecard/rows/{number}/{first}"
    return [
        (cell, {"value": "2"}, ("value", "note", "confidence", "evidence")),
        (cell, {"value": "2", "plain": "1"}, ("value", "note", "confidence", "evidence")),
        (f"{card.item.ref}/scorecard/rows", {}, ("items", "kind")),
        (f"{card.item.ref}/scorecard/pairs", {}, ("pair:value:effort", "pair:")),
        (f"{card.item.ref}/scorecard/people", {}, ("people",)),
        (f"{card.item.ref}/scorecard/criteria", {**criterion, "name": "x", "weight": "1", "formula": "x"}, ("name", "weight", *criterion, "formula")),
        ("TW/scorecards/new", {"way": "rice"}, ("way", "title", "items", "kind", "people")),
        ("TW/plans/new", {"releases": str(release)}, ("title", "releases", "scorecard")),
        (f"{plan}/setup", {"releases": str(release), "hurry": "1"}, ("releases", "scorecard", "hurry")),
        (f"{plan}/copy", {}, ("title",)), (f"{plan}/choices/{number}", {}, ("rule",)),
        (f"{plan}/capacity/{release}/{skill}", {}, ("value",)), (f"{plan}/estimates/{number}/{skill}", {}, ("value",)),
        ("TW/team/skills", {}, ("name",)), ("TW/team/workers", {"skill": str(skill), "name": "x", "days": "5"}, ("skill", "name", "days")),
        ("TW/team/days-off", {"from_on": "2026-11-02", "name": "x"}, ("from_on", "to_on", "name", "worker")),
        (f"{launch}/gates", {"name": "x"}, ("name", "owner")), (f"{launch}/notes", {}, ("changelog",)),
        (f"TW/roadmap/{number}/dates", {"from": "2026-11-02"}, ("from", "to", "version")),
        (f"TW/roadmap/{made['requirement'].pk}/place", {"column": "now"}, ("column", "before", "after")),
    ]  # fmt: skip


def test_planning_keeps_it_or_refuses_it_in_words(client, cast):
    made = fill(cast)
    client.force_login(cast.alice.user)
    client.get("/w/harbor/")
    card = Scorecard.objects.select_related("item__product__workspace").get(way="own")
    evils = itertools.cycle([*NUMBERS, *TEXTS])  # each field meets two by turns
    for path, data, fields in doors(card, made):
        before = everything()
        for name in fields:
            for evil in itertools.islice(evils, 2):
                answer = client.post(f"/w/harbor/{path}", {**data, name: evil})
                assert answer.status_code in (200, 302, 400, 404, 422), (path, name, evil[:40], answer.status_code)
                assert not dangers(answer), (path, name, evil[:40])
                if answer.status_code >= 400:
                    assert everything() == before, (path, name, evil[:40], "half written")
                else:
                    before = everything()
    pages = [card.url, f"{card.url}/rows/{made['requirement'].number}", "/w/harbor/TW/team", f"{made['plan'].url}/plan", f"{made['release'].url}/launch", "/w/harbor/TW/roadmap/?view=timeline", "/w/harbor/TW/scorecards/compare"]  # fmt: skip
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not dangers(answer), path
