"""A first plan for a file: from the names of its columns in both languages, then from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import Any

from pilothouse.exchange.reading import cells
from pilothouse.exchange.reading.source import Row
from pilothouse.exchange.taking.options import option_for
from pilothouse.exchange.taking.plan import ColumnPlan, Plan
from pilothouse.exchange.taking.targets import NEW, Target, folded, names_in_all_languages, option_index, targets_of
from pilothouse.exchange.taking.words import INDEX, ISSUE, OWN_FIELD, REVIEW
from pilothouse.kinds import FieldError, Kind

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
AGAIN = re.compile(r" \(\d+\)\Z")  # trackers export a column “Labels” for each label
MOST_SAMPLE = 2_000


def guess(kind: Kind, names: Sequence[str], sample: Sequence[Row], *, may_add: bool, key: str = "") -> Plan:
    """`may_add`: whether the person may make own fields; `key`: the product's, to know references by."""
    targets = targets_of(kind)
    columns = [ColumnPlan(name) for name in names]
    free = dict(targets)
    by_name(columns, free, sample, key)
    by_content(columns, free, sample)
    if may_add:
        add_own(columns, sample)
    for place, column in enumerate(columns):
        if column.target in targets:
            columns[place] = with_options(column, targets[column.target], column_cells(sample, place))
    plan = Plan(columns=tuple(columns), constants=constants(kind, names, columns))
    return replace(plan, key=key_columns(plan, sample))


def as_of_now(plan: Plan, kind: Kind, *, may_add: bool) -> Plan:
    """A plan of before: the fields that it made are there by now, others may be gone since. Who may add fields still
    lets new options join a choice."""
    targets = targets_of(kind)

    def target(column: ColumnPlan) -> str:
        if column.target == NEW and may_add and (column.type == "choice" or column.slug not in targets):
            return NEW
        return column.slug if column.slug in targets else ""

    columns = tuple(replace(column, target=target(column)) for column in plan.columns)
    return replace(plan, columns=columns, key=tuple(place for place in plan.key if columns[place].target))


def by_name(columns: list[ColumnPlan], free: dict[str, Target], sample: Sequence[Row], key: str) -> None:
    """First where at least one cell fits: a column “Progress” may hold numbers, or the words for a state."""
    references(columns, free, sample, key)
    found = named([column.name for column in columns], free)
    for at_its_word in (False, True):
        for place, wanted, sure in found:
            if columns[place].target == "" and wanted in free:
                values = column_cells(sample, place)
                sure = sure and (at_its_word or fits_some(free[wanted], values))
                columns[place] = fitting(columns[place], free[wanted], values, key, sure)
                if columns[place].target == wanted:
                    free.pop(wanted)
    for place, column in enumerate(columns):
        if column.target == "" and INDEX.get(folded(AGAIN.sub("", column.name))) == "tags":
            columns[place] = replace(column, target="tags")


def references(columns: list[ColumnPlan], free: dict[str, Target], sample: Sequence[Row], key: str) -> None:
    """A column that names items of this very product, as an export of it does, tells its rows apart."""
    for place, column in enumerate(columns):
        values = column_cells(sample, place) if INDEX.get(folded(column.name)) in ("external_id", "ref") else []
        if key and values and "ref" in free and all(re.fullmatch(rf"{key}-\d+", value) for value in values):
            columns[place] = replace(column, target=free.pop("ref").slug)


def named(names: Sequence[str], targets: dict[str, Target]) -> list[tuple[int, str, bool]]:
    """(column, target, sure), the surest first: the very name, then a word that people use, then a word within the
    name, which is no more than a hint."""
    own = {name: slug for slug, target in targets.items() for name in names_in_all_languages(target)}
    keys = [folded(name) for name in names]
    exact = [(place, own[key], True) for place, key in enumerate(keys) if key in own]
    usual = [(place, INDEX[key], True) for place, key in enumerate(keys) if key in INDEX]
    within = [
        (place, slug, False)
        for place, key in enumerate(keys)
        for word, slug in sorted(INDEX.items(), key=lambda pair: -len(pair[0]))
        if len(word) > 1 and not word.isascii() and word in key
    ]
    return exact + usual + within


def column_cells(sample: Sequence[Row], place: int) -> list[str]:
    values = (row[place].strip() for _number, row in sample if place < len(row))
    return [value for value in values if not cells.is_missing(value)]


def fitting(column: ColumnPlan, target: Target, values: list[str], key: str, sure: bool) -> ColumnPlan:
    """The target, unless what stands in the column speaks against it. A column that bears the field's name is taken at
    its word: the page says which of its cells do not fit."""
    if target.slug == "parent" and key and not all(re.fullmatch(rf"{key}-\d+", value) for value in values):
        return column
    if target.slug == "external_id" and len(set(values)) < max(1, 0.98 * len(values)):
        return column
    return replace(column, target=target.slug) if sure or suits(target, values) else column


def fits_some(target: Target, values: list[str]) -> bool:
    test = TESTS.get(target.type)
    return test is None or not values or any(map(test, values[:200]))


def suits(target: Target, values: list[str]) -> bool:
    """Whether most of the cells can be read as what the target keeps."""
    test = TESTS.get(target.type)
    return test is None or share(values, test) >= 0.7


def misfits(target: Target, values: Sequence[str], people: Container[str]) -> list[str]:
    """The cells that cannot be read as what the target keeps, or name none of these people."""
    if target.type == "owner":
        return [value for value in values if value.casefold() not in people]
    test = TESTS.get(target.type)
    return [] if test is None else [value for value in values if not test(value)]


def share(values: Sequence[str], test: Callable[[str], Any]) -> float:
    return sum(1 for value in values[:200] if test(value)) / len(values[:200]) if values else 1.0


def is_date(value: str) -> bool:
    try:
        return len(value) >= 6 and bool(cells.day(value, "dmy"))
    except FieldError:
        return False


def is_number(value: str) -> bool:
    try:
        return float(cells.number(value)) is not None
    except ValueError:
        return False


def is_link(value: str) -> bool:
    return value.startswith(("http://", "https://"))


def is_flag(value: str) -> bool:
    return cells.plain(value).replace("\ufe0f", "").casefold() in cells.YES | cells.NO


TESTS: dict[str, Callable[[str], Any]] = {
    "date": is_date,
    "number": is_number,
    "email": EMAIL.match,
    "owner": EMAIL.match,
    "link": is_link,
    "flag": is_flag,
}


def by_content(columns: list[ColumnPlan], free: dict[str, Target], sample: Sequence[Row]) -> None:
    """Columns whose names say nothing: an address, a link, a date, and the longest text as the body."""
    for place, column in enumerate(columns):
        values = column_cells(sample, place)
        if column.target or not values:
            continue
        for slug, test in (("email", EMAIL.match), ("source_url", is_link), ("said_on", is_date)):
            if slug in free and share(values, test) >= 0.9:
                columns[place] = replace(column, target=free.pop(slug).slug)
                break
    if "body" in free and (longest_place := longest(columns, sample)) is not None:
        columns[longest_place] = replace(columns[longest_place], target="body")
    elif columns and "title" in free and not columns[0].target and all(column.target != "body" for column in columns):
        columns[0] = replace(columns[0], target="title")


def longest(columns: Sequence[ColumnPlan], sample: Sequence[Row]) -> int | None:
    lengths = {
        place: sum(map(len, values)) / len(values)
        for place, column in enumerate(columns)
        if not column.target and (values := column_cells(sample, place))
    }
    place = max(lengths, key=lambda place: lengths[place], default=None)
    return place if place is not None and lengths[place] > 30 else None


def add_own(columns: list[ColumnPlan], sample: Sequence[Row]) -> None:
    for place, column in enumerate(columns):
        if not column.target and folded(column.name) in OWN_FIELD:
            values = column_cells(sample, place)
            columns[place] = replace(column, target=NEW, type=own_type(values))


def own_type(values: Sequence[str]) -> str:
    """What kind of own field suits these cells."""
    if values and share(values, is_number) == 1:
        return "number"
    if values and share(values, is_date) == 1:
        return "date"
    if values and share(values, is_link) == 1:
        return "link"
    if values and share(values, is_flag) == 1:
        return "flag"
    if len(set(values)) <= min(20, len(values) // 3):
        return "choice"
    return "long" if any(len(value) > 300 for value in values) else "text"


def with_options(column: ColumnPlan, target: Target, values: Sequence[str]) -> ColumnPlan:
    """What other people's words for options mean, as far as they are known."""
    if target.type != "choice":
        return replace(column, fractions=fractions(target, values))
    index = option_index(target.options)
    known = {value: option_for(target, value, index) for value in dict.fromkeys(values) if folded(value) not in index}
    return replace(column, values={value: slug for value, slug in known.items() if slug is not None})


def fractions(target: Target, values: Sequence[str]) -> bool:
    """Whether percentages stand in the column as 0.8: no number is more than the whole, and some are less."""
    if target.unit != "%":
        return False
    amounts = [float(value) for value in map(cells.plain, values) if re.fullmatch(r"\d+(\.\d+)?", value)]
    return any(0 < amount < 1 for amount in amounts) and all(amount <= 1 for amount in amounts)


def constants(kind: Kind, names: Sequence[str], columns: Sequence[ColumnPlan]) -> dict[str, str]:
    """A channel, where the columns tell where the file comes from."""
    keys = {folded(name) for name in names}
    if "channel" not in kind.field_by_slug or any(column.target == "channel" for column in columns):
        return {}
    if keys & ISSUE:
        return {"channel": "issue"}
    return {"channel": "review"} if keys & REVIEW else {}


def key_columns(plan: Plan, sample: Sequence[Row]) -> tuple[int, ...]:
    """The fewest mapped columns that tell the rows of the sample apart, short ones first, and the body at last."""
    order = ["source_url", "said_on", "email", "person", "title"]
    places = {column.target: place for place, column in enumerate(plan.columns) if column.target}
    key = [places[slug] for slug in order if slug in places]
    own = [place for place, column in enumerate(plan.columns) if column.target == NEW]
    if not apart(key, sample):
        key += own
    if not apart(key, sample) and "body" in places:
        key.append(places["body"])
    return tuple(sorted(key)) or tuple(places.values())


def apart(key: Sequence[int], sample: Sequence[Row]) -> bool:
    seen = {tuple(row[place] for place in key) for _number, row in sample if all(place < len(row) for place in key)}
    return bool(key) and len(seen) == len(sample)
