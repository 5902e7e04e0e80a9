"""A snapshot made by hand, so that a rule is tried without a database."""

from __future__ import annotations

from collections import Counter

from pilothouse.kinds import KINDS
from pilothouse.people.models import Product
from pilothouse.steps.facts import Facts, Rows
from pilothouse.steps.reading import Asked, Card, Load, Planned, Sheet, Team, Voices, Weeks

STATE = {kind.slug: {state.category: state.slug for state in reversed(kind.states)} for kind in KINDS.values()}


def facts(counts=None, rows=None, **groups) -> Facts:
    """`counts` is {kind: {category: n}}, `rows` {"kind.check": (n, of)}; rows imply that there are so many items."""
    product = Product(key="TW", name="Tidewater")
    product.__dict__["kinds"] = KINDS
    checked, held = {}, {kind: by_state(kind, given) for kind, given in (counts or {}).items()}
    for name, (n, of) in (rows or {}).items():
        kind, _, check = name.partition(".")
        checked.setdefault(kind, {})[check] = Rows(n, of, 7 if n else None)
        held.setdefault(kind, {KINDS[kind].first_state.slug: of})
    empty = {
        "voices": Voices(), "surveys": [], "cards": [], "plans": [], "canvases": {}, "weeks": Weeks(), "forecasts": 0,
        "mine": Load(), "team": Team(people=3),
    }  # fmt: skip
    return Facts(None, product, counts=held, checked={**{kind: {} for kind in KINDS}, **checked}, **{**empty, **groups})


def by_state(kind: str, given: dict[str, int]) -> dict[str, int]:
    return {STATE[kind].get(category, category): n for category, n in given.items()}


def asked(instrument: str = "single", answers: int = 0, category: str = "active", **more) -> Asked:
    return Asked(number=9, title="Riders", category=category, answers=answers, instruments=frozenset({instrument}), languages=frozenset(more.pop("languages", {"en", "zh-hans"})), **more)  # fmt: skip


def sheet(notes: int = 5, **more) -> Sheet:
    return Sheet(number=9, notes=notes, **more)


def card(**more) -> Card:
    return Card(number=9, way="rice", **more)


def plan(**more) -> Planned:
    return Planned(number=9, **more)


def voices(channels=None, interviews=None) -> Voices:
    return Voices(Counter(channels or {}), Counter(interviews or {}))
