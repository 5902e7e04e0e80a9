"""How decisions were weighed and competitors compared: matrices as anybody makes them, with the days of the story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from pilothouse.planning.models import Entry, Scorecard, Seat
from pilothouse.planning.scorecards import actions as cards
from pilothouse.planning.scorecards import deciding
from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.practice.chronicle import MATE, OWNER, Chronicle
from pilothouse.practice.year import weighed
from pilothouse.practice.year.choices import DECISIONS
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.insert import insert

SCALE = {"minimum": 1, "maximum": 5}


def tell(year: Chronicle) -> dict[str, tuple[Item, datetime]]:
    """The items that were made, by the keys of the story, each with its day."""
    told = {f"scorecard {key}": matrix(year, key) for key in weighed.MATRICES}
    return {**told, "scorecard features": features(year)}


def matrix(year: Chronicle, key: str) -> tuple[Item, datetime]:
    """The options lie below their decision already, so they are in its matrix."""
    _written, ago, criteria, options = weighed.MATRICES[key]
    owner, mate = year.actors
    card = deciding.weigh(owner, year.made[f"decision {key}"], [], people=[mate.user], criteria=columns(year, criteria))
    day = year.at(ago)
    insert(list(scores(year, card, key, options, day)), as_they_are=True)
    Seat.objects.filter(scorecard=card).update(done_at=day)
    if DECISIONS[key][1] != "open":
        actions.change(owner, card.item, {"state": "agreed"})
    return card.item, day


def columns(year: Chronicle, criteria: Mapping[str, Any]) -> list[Criterion]:
    return [
        Criterion(slug=slug, name=year.say(name), weight=weight, less=less, guidance=year.say(guidance), **SCALE)
        for slug, (weight, less, name, guidance) in criteria.items()
    ]


def scores(
    year: Chronicle, card: Scorecard, key: str, options: Mapping[str, Any], day: datetime
) -> Iterator[Entry]:  # fmt: skip
    by_slug = {one.slug: one for one in card.columns}
    for option, (_state, _title, _body, numbers) in options.items():
        for slug, said in numbers.items():
            for who, value in enumerate(said):
                sure, rests_on, why = weighed.REASONS.get((key, option, slug, who), (None, "", ""))
                yield Entry(
                    scorecard=card, item=year.made[f"option {key} {option}"], criterion=slug, at=day,
                    person=year.actors[who].user, value=by_slug[slug].clean(value) or 0.0, confidence=sure,
                    evidence=year.made[rests_on] if rests_on else None, note=year.say(why),
                )  # fmt: skip


def features(year: Chronicle) -> tuple[Item, datetime]:
    """Our own column is the card's own item."""
    owner, day = year.actors[OWNER], year.at(weighed.OPENED)
    criteria = [feature(year, slug) for slug in weighed.FEATURES]
    title = {"title": year.say(weighed.COMPARED)}
    card = cards.create_card(owner, year.product, "features", title, [], criteria=criteria)
    rows = {key: year.made[f"competitor {key}"] if key else card.item for key in weighed.OFFERED}
    cards.add_rows(owner, card, list(rows.values()))
    insert(list(answers(year, card, rows)), as_they_are=True)
    return card.item, day


def feature(year: Chronicle, slug: str) -> Criterion:
    weight, name = weighed.FEATURES[slug]
    low, high = weighed.SCALED.get(slug, (None, None))
    return Criterion(slug=slug, name=year.say(name), weight=weight, minimum=low, maximum=high)


def answers(year: Chronicle, card: Scorecard, rows: Mapping[str, Item]) -> Iterator[Entry]:
    by_slug = {one.slug: one for one in card.columns}
    for key, (page, ago, offered, other_days) in weighed.OFFERED.items():
        for slug, value in offered.items():
            seen = other_days.get(slug, ago)
            yield Entry(
                scorecard=card, item=rows[key], criterion=slug, person=year.actors[MATE].user, source=page,
                value=by_slug[slug].clean(value) or 0.0, note=year.say(weighed.NOTED.get((key, slug), "")),
                seen_on=year.today - timedelta(days=seen), at=year.at(min(seen, weighed.OPENED)),
            )  # fmt: skip
