"""What cannot be told in one breath, because it is computed: how the next release was scored and planned, what riders
answered, what was measured, and the verdicts. At the end the whole history is put into the order of its days."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db import connection
from django.utils import timezone, translation

from pilothouse.canvases.models import Canvas, Figure
from pilothouse.outcomes import closing
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.practice import asking, story, weighing
from pilothouse.practice.chronicle import CHANGED, Chronicle
from pilothouse.practice.planning import LANGUAGES, Planning
from pilothouse.practice.year import boards, numbers, talks, waves, wishes
from pilothouse.workbench.models import Comment, Event, Item, Run
from pilothouse.workbench.writing.insert import insert, reserve
from pilothouse.workbench.writing.notices import notify

SCORED, PLANNED, ASKED, USED = 14, 13, 25, 1
LEAD = 18  # days before a release in which its prediction was made
NEWS = timedelta(days=14)  # what is older has been read


class Aftermath:
    """`days` says of items, and `when` of batches, on which day they happened; whatever else is as the events say."""

    def __init__(self, year: Chronicle) -> None:
        self.year, self.made, self.product = year, year.made, year.product
        self.owner, self.mate = year.actors
        self.days: dict[int, datetime] = {}
        self.when: dict[uuid.UUID, datetime] = {}
        self.single: dict[int, datetime] = {}

    def tell(self) -> None:
        with translation.override(LANGUAGES[self.year.language]):
            self.plan()
            self.weigh()
            self.survey()
            self.boards()
            self.outcomes()
            self.talk()
            self.settle()

    def plan(self) -> None:
        """Scored apart a fortnight ago, and planned the day after."""
        before = Event.objects.filter(product=self.product).order_by("-pk").values_list("pk", flat=True).first() or 0
        days = {offset: self.year.day(-offset) for offset in range(-30, 31)}
        scored, planned = self.year.at(SCORED), self.year.at(PLANNED)
        actors = [self.owner, self.mate]
        made = Planning(actors, self.product, self.year.language, self.made).tell(days, scored, planned)
        self.days.update({item.pk: scored for item in made})
        told = Event.objects.filter(product=self.product, pk__gt=before).values_list("pk", flat=True)
        self.single.update(dict.fromkeys(told, planned))

    def weigh(self) -> None:
        """Decisions by their options, competitors by their features."""
        for key, (item, day) in weighing.tell(self.year).items():
            self.made[key] = item
            self.days[item.pk] = day

    def survey(self) -> None:
        """Asked three weeks ago, and used as priority when sixty had answered; and those that came each quarter."""
        requirements = {key: self.made[f"requirement {key}"] for key in story.REQUIREMENTS}
        survey = asking.ask_riders(self.owner, self.product, self.year.language, requirements)
        self.made["survey riders"] = survey.item
        self.days[survey.item.pk] = self.year.at(ASKED)
        self.single.update(dict.fromkeys((event.pk for event in asking.told(survey)), self.year.at(USED)))
        for key, (item, ago) in waves.ask(self.owner, self.product, self.year.language, self.year.today).items():
            self.made[f"survey {key}"] = item
            self.days[item.pk] = self.year.at(ago)

    def boards(self) -> None:
        canvases = [self.made[f"canvas {key}"] for key in boards.BOARDS]
        Canvas.objects.bulk_create([Canvas(item=item) for item in canvases])
        insert([
            Figure(note=self.made[f"note {board}{place}"], measure=measure, value=value, by=self.owner.user,
                   said_on=self.year.today - timedelta(days=ago), at=self.year.at(ago))
            for board, notes in boards.FIGURES.items() for ago in boards.BOARDS[board][1:2]
            for place, measures in notes.items() for measure, value in measures.items()
        ], as_they_are=True)  # fmt: skip

    def outcomes(self) -> None:
        """Readings and verdicts in the order in which they came: a verdict knows only what had been read by then."""
        self.predict()
        readings = sorted(self.readings(), key=attrgetter("on"))
        for key, (*_rest, closed, verdict, why) in wishes.RELEASES.items():
            day = self.year.today - timedelta(days=closed)
            self.keep([row for row in readings if row.on <= day])
            readings = [row for row in readings if row.on > day]
            self.close(self.made[f"release {key}"], verdict, self.year.say(why), closed)
        self.keep(readings)

    def predict(self) -> None:
        """Made while a release was planned; only then did it move on."""
        rows = [
            Prediction(
                release=self.made[f"release {key}"], metric=self.made[f"metric {metric}"], baseline=baseline,
                expected=expected, probability=probability, review_on=self.year.today - timedelta(days=review),
                created_by=self.owner.user, created_at=self.year.at(ago + LEAD),
            )
            for key, ago, review, predictions in predicted()
            for metric, baseline, expected, probability in predictions
        ]  # fmt: skip
        written(rows)
        for row in rows:
            figures = {"baseline": row.baseline, "expected": row.expected, "probability": row.probability}
            changes = {"prediction": row.pk, "metric": row.metric_id, **figures}
            self.year.log(row.release, self.owner, "predicted", changes, row.created_at)

    def readings(self) -> Iterator[Reading]:
        for key, (*_rest, rows) in {**story.METRICS, **numbers.METRICS}.items():
            for ago, value, n in rows:
                yield Reading(
                    metric=self.made[f"metric {key}"], on=self.year.today - timedelta(days=ago), value=value, n=n,
                    recorded_by=self.owner.user, created_at=self.year.at(ago),
                )  # fmt: skip

    def keep(self, rows: Sequence[Reading]) -> None:
        written(rows)
        for row in rows:
            changes = {"readings": [row.pk], "figure": row.value, "on": row.on.isoformat()}
            self.year.log(row.metric, self.owner, "read", changes, row.created_at)

    def close(self, release: Item, verdict: str, why: str, ago: int) -> None:
        batch, at = closing.close(self.owner, release, verdict, why), self.year.at(ago)
        self.when[batch] = at
        review = Event.objects.filter(batch=batch, verb="created").values_list("item_id", flat=True)[0]
        self.days[review] = at
        Item.objects.filter(pk__in=[review, release.pk]).update(closed_at=at)
        row = Item.objects.get(pk=review)
        row.fields["review_on"] = at.date().isoformat()
        Item.objects.filter(pk=review).update(fields=row.fields)
        Run.objects.filter(item=release).update(at=at)

    def talk(self) -> None:
        """What the two wrote to each other under items."""
        rows = [
            Comment(
                item=self.made[key], author=self.year.actors[who].user, body=self.year.say(text),
                created_at=self.year.at(ago, CHANGED),
            )
            for key, ago, who, text in talks.COMMENTS
        ]  # fmt: skip
        written(rows)
        for row, (_key, _ago, who, _text) in zip(rows, talks.COMMENTS, strict=True):
            self.year.log(row.item, self.year.actors[who], "commented", {"comment": row.pk}, row.created_at)

    def settle(self) -> None:
        """All events in the order of their days, the items as old as these say, and an inbox with what is new."""
        real = list(Event.objects.filter(product=self.product).order_by("pk"))
        for entry in real:
            item_day = self.days.get(entry.item_id or 0)
            entry.at = self.when.get(entry.batch) or self.single.get(entry.pk) or item_day or entry.at
        Event.objects.filter(product=self.product).delete()
        events = sorted([*self.year.events, *real], key=attrgetter("at"))
        for entry in events:
            entry.pk = None
        insert(events, as_they_are=True)
        self.set_ages(events)
        for key, item in self.made.items():
            if item.external_id is None:
                Item.objects.filter(pk=item.pk).update(external_id=key)
        since = timezone.now() - NEWS
        news = Event.objects.filter(product=self.product, at__gte=since, verb__in=("created", "changed"))
        notify(list(news.select_related("item")))

    def set_ages(self, events: Sequence[Event]) -> None:
        """The first and the last day of each item, in one statement for all."""
        spans: dict[int, list[datetime]] = {}
        for entry in events:
            if entry.item_id and entry.verb != "linked":
                spans.setdefault(entry.item_id, [entry.at, entry.at])[1] = entry.at
        adapt = connection.ops.adapt_datetimefield_value
        rows = [(adapt(first), adapt(last), pk) for pk, (first, last) in spans.items()]
        table = connection.ops.quote_name(Item._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET created_at = %s, updated_at = %s WHERE id = %s", rows)  # noqa: S608


def predicted() -> list[tuple[str, int, int, Any]]:
    """(release, shipped and reviewed so many days ago, what was predicted)."""
    year = [(key, row[0], row[4], row[3]) for key, row in wishes.RELEASES.items()]
    hand = [
        (key, -story.RELEASES[key][1], -rows[0][4], [row[:4] for row in rows])
        for key, rows in story.PREDICTIONS.items()
    ]
    return year + hand


def written(rows: Sequence[Any]) -> None:
    """New rows of one model, with the moments and the keys that they were given here."""
    for row, key in zip(rows, reserve(type(rows[0]), len(rows)) if rows else (), strict=True):
        row.pk = key
    insert(rows, as_they_are=True)
