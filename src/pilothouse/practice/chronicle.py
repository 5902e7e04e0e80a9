"""A year told in one breath: items, links and their histories are gathered with their days, then written at once.

Whatever ends up in the product went through the same `clean` as anything a person types; only the writing is done in
bulk, and with the days of the story instead of the moment of loading.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from fractional_indexing import generate_n_keys_between

from pilothouse.kinds import Kind
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench import search
from pilothouse.workbench.models import Event, Item, Link, Run
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.writing import scoring
from pilothouse.workbench.writing.actions import created_changes, link_events, new_item
from pilothouse.workbench.writing.changes import as_kept, event, set_tags
from pilothouse.workbench.writing.cleaning import Known, clean
from pilothouse.workbench.writing.insert import insert, reserve

SEED = 1
OWNER, MATE = 0, 1
MADE, TIED, CHANGED = 8, 11, 14  # hours of the day at which things happen


@dataclass
class Row:
    """An item to be: what it was made with, and what was changed on which day by whom."""

    key: str
    kind: str
    values: dict[str, Any]
    at: datetime
    by: Actor
    steps: list[tuple[datetime, Actor, dict[str, Any]]]
    parent: str = ""
    under: str = ""
    scored: bool = False


@dataclass
class Tie:
    source: str
    relation: str
    target: str
    at: datetime
    by: Actor


@dataclass
class Chronicle:
    """`made` maps a key of the story to its item, once `write` was called."""

    actors: Sequence[Actor]
    product: Product
    language: int
    today: date
    rows: list[Row] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    made: dict[str, Item] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    known: list[Known] = field(default_factory=lambda: [{}, {}])

    def __post_init__(self) -> None:
        self.draw = Random(SEED)  # noqa: S311  a story, not a secret

    def say(self, value: Any) -> Any:
        """The half of a pair that is in this language; anything else as it is."""
        return value[self.language] if isinstance(value, tuple) and len(value) == 2 else value

    def day(self, ago: int) -> str:
        return (self.today - timedelta(days=ago)).isoformat()

    def at(self, ago: int, hour: int = MADE) -> datetime:
        """Some minute in the three hours from then on."""
        moment = datetime.combine(self.today - timedelta(days=ago), time(hour))
        return timezone.make_aware(moment + timedelta(seconds=self.draw.randrange(3 * 3600)))

    def add(
        self,
        kind: str,
        key: str,
        data: Mapping[str, Any],
        ago: int,
        *,
        by: int = OWNER,
        steps: Iterable[tuple[int, Mapping[str, Any]]] = (),
        **more: Any,
    ) -> None:
        """`steps` are (days ago, what was changed then)."""
        declared = kind_of(self.product, kind)
        row = Row(
            key, kind, self.cleaned(declared, {"title": "", **data}, by), self.at(ago), self.actors[by], [], **more
        )
        for when, changed in steps:
            values = self.cleaned(declared, stamped(declared, changed, self.day(when)), by)
            row.steps.append((self.at(when, CHANGED), self.actors[by], values))
        self.rows.append(row)

    def cleaned(self, kind: Kind, data: Mapping[str, Any], by: int) -> dict[str, Any]:
        said = {name: self.say(value) for name, value in data.items()}
        kept = {name: value for name, value in said.items() if value not in (None, "") or name == "title"}
        return clean(self.actors[by], self.product, kind, kept, self.known[by])

    def tie(self, source: str, relation: str, target: str, ago: int, by: int = OWNER) -> None:
        self.ties.append(Tie(source, relation, target, self.at(max(ago, 0), TIED), self.actors[by]))

    def write(self) -> dict[str, Item]:
        """Everything that was gathered, numbered in the order of its days; its history waits for `settle`."""
        rows = sorted(self.rows, key=lambda row: row.at)
        numbers, keys = self.product.take_numbers(len(rows)), list(reserve(Item, len(rows)))
        for row, number, key in zip(rows, numbers, keys, strict=True):
            self.made[row.key] = self.item_of(row, number, key)
        self.place_under(rows)
        self.rank()
        items, runs = [self.made[row.key] for row in rows], self.scores(rows)
        insert(items, as_they_are=True)
        insert(runs, as_they_are=True)
        for item in items:
            item._state.adding = False
        set_tags([(self.made[row.key], row.values["tags"]) for row in rows if row.values.get("tags")], new=True)
        search.index(items)
        self.write_links()
        return self.made

    def item_of(self, row: Row, number: int, key: int) -> Item:
        """As it is today, with each step of the way there as an event."""
        now = {name: value for _at, _by, values in row.steps for name, value in values.items()}
        item = new_item(row.by, self.product, row.kind, {**row.values, **now}, number, "")
        item.pk, item.created_at, item.updated_at = key, row.at, row.at
        item.external_id = row.key  # by which exercises and the guide find it, whatever it is called by then
        item.closed_at = row.at if item.state_declared.closed else None
        self.log(item, row.by, "created", created_changes(row.values), row.at)
        before = {"state": item.declared.first_state.slug, **row.values}
        for at, by, values in row.steps:
            item.version, item.updated_at = item.version + 1, at
            item.closed_at = at if item.state_declared.closed else None
            self.log(item, by, "changed", {name: [as_kept(name, before.get(name)), as_kept(name, value)]
                                           for name, value in values.items()}, at)  # fmt: skip
            before |= values
        return item

    def log(self, item: Item, by: Actor, verb: str, changes: Mapping[str, Any], at: datetime) -> None:
        entry = event(by, item, verb, changes, uuid.uuid4())
        entry.at = at
        self.events.append(entry)

    def place_under(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.parent:
                self.made[row.key].parent = self.made[row.parent]
            if row.under:
                self.made[row.key].fields["under"] = self.made[row.under].number

    def rank(self) -> None:
        """Of each kind in the order in which it was told."""
        kinds: dict[str, list[Item]] = {}
        for row in self.rows:
            kinds.setdefault(row.kind, []).append(self.made[row.key])
        for items in kinds.values():
            for item, rank in zip(items, generate_n_keys_between(None, None, len(items)), strict=True):
                item.rank = rank

    def scores(self, rows: Sequence[Row]) -> list[Run]:
        """Items that were scored when they were written down, each by a run of the method."""
        runs = []
        for row in (row for row in rows if row.scored):
            item, names = self.made[row.key], scoring.inputs_of(kind_of(self.product, row.kind))
            given = {name: row.values.get(name) for name in names}
            score, at = scoring.compute(given), row.at + timedelta(minutes=5)
            item.score, item.version = round(score, 6), item.version + 1
            item.fields["score_way"] = scoring.METHOD
            run = Run(
                product=self.product, item=item, method=scoring.METHOD, version=scoring.METHOD_VERSION, at=at,
                inputs=scoring.as_method_takes(given), result={"score": score}, actor=row.by.user,
            )  # fmt: skip
            runs.append(run)
            self.log(item, row.by, "scored", {"score": [None, item.score], "score_way": [None, scoring.METHOD]}, at)
        return runs

    def write_links(self) -> None:
        links = [
            Link(source=self.made[tie.source], relation=tie.relation, target=self.made[tie.target],
                 created_by=tie.by.user, created_at=tie.at)
            for tie in self.ties
        ]  # fmt: skip
        insert(links, as_they_are=True)
        for tie, row in zip(self.ties, links, strict=True):
            for entry in link_events(tie.by, row, "linked", uuid.uuid4()):
                entry.at = tie.at
                self.events.append(entry)


def stamped(kind: Kind, changed: Mapping[str, Any], day: str) -> dict[str, Any]:
    """With the day that a state keeps of itself."""
    state = kind.state_by_slug.get(changed.get("state", ""))
    return {**({state.stamps: day} if state and state.stamps else {}), **changed}
