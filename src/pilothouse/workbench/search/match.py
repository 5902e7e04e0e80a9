"""The index asked: in SQL that either database answers from its index alone, newest first if need be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from pilothouse.workbench.models import ItemQuerySet
from pilothouse.workbench.search.index import column, scope
from pilothouse.workbench.search.words import STOP_WORDS, Term, reference, terms

Sql = tuple[str, list[Any]]
Where = Literal["anywhere", "title", "elsewhere"]  # elsewhere: not all of the words are in the title


MOST_KNOWN = 500


@dataclass(frozen=True)
class Asked:
    """Words of one kind or of any, in some products; what the index says is read once."""

    query: str
    product_ids: Sequence[int]
    kind: str = ""

    @cached_property
    def terms(self) -> Sequence[Term]:
        return terms(self.query)

    @property
    def answerable(self) -> bool:
        return bool(self.terms and self.product_ids)

    @cached_property
    def newest(self) -> list[int]:
        return newest_ids(self, "anywhere", MOST_KNOWN + 1)

    @property
    def complete(self) -> bool:
        """Whether these are all that there are."""
        return len(self.newest) <= MOST_KNOWN

    @cached_property
    def titled(self) -> set[int]:
        """Of all that there are, those with every word in the title."""
        return set(newest_ids(self, "title", MOST_KNOWN)) if self.newest else set()


def matching(items: ItemQuerySet, query: str, product_ids: Sequence[int]) -> ItemQuerySet:
    """The items that hold every word of `query`, or bear the number that it is."""
    return items.filter(hits(query, product_ids))


def hits(query: str, product_ids: Sequence[int], kind: str = "") -> Q:
    """The same as a condition, to be joined with others."""
    asked = Asked(query, product_ids, kind)
    if not asked.answerable:
        return Q(pk__in=[])
    sql, params = matches(asked, "anywhere")
    if referred := reference(query):
        also, more = numbered(referred, product_ids)
        sql, params = f"{sql} UNION {also}", [*params, *more]
    return Q(pk__in=RawSQL(sql, params))  # noqa: S611


def numbered(referred: tuple[str, int], product_ids: Sequence[int]) -> Sql:
    key, number = referred
    sql = (
        "SELECT item.id FROM workbench_item AS item JOIN people_product AS product ON product.id = item.product_id "  # noqa: S608
        f"WHERE item.number = %s AND item.product_id IN ({places(product_ids)})"
    )
    return (f"{sql} AND product.key = %s", [number, *product_ids, key]) if key else (sql, [number, *product_ids])


def places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def newest_ids(asked: Asked, where: Where, count: int, before: int | None = None) -> list[int]:
    """The last of them that the index holds, whoever may see them."""
    if not asked.answerable:
        return []
    sql, params = matches(asked, where)
    age = newness(asked)
    if before is not None:
        sql, params = f"{sql} AND {age} < %s", [*params, before]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY {age} DESC LIMIT %s", [*params, count])
        return [row[0] for row in cursor.fetchall()]


def newness(asked: Asked) -> str:
    """An order that only the index by kind has: PostgreSQL would else read all newer items of other kinds first, as it
    cannot know that one kind's are the oldest."""
    return f"{column()} + 0" if asked.kind and connection.vendor == "postgresql" else column()


def matches(asked: Asked, where: Where) -> Sql:
    return (sqlite_matches if connection.vendor == "sqlite" else postgresql_matches)(asked, where)


def sqlite_matches(asked: Asked, where: Where) -> Sql:
    words = " AND ".join(sqlite_term(term) for term in asked.terms)
    scopes = " OR ".join(scope(product_id, asked.kind) for product_id in asked.product_ids)
    in_title, anywhere = f"title : ({words})", f"scope : ({scopes}) AND {{title text}} : ({words})"
    match = {
        "anywhere": anywhere,
        "title": f"scope : ({scopes}) AND {in_title}",
        "elsewhere": f"({anywhere}) NOT {in_title}",
    }[where]
    return "SELECT rowid FROM workbench_search WHERE workbench_search MATCH %s", [match]


def sqlite_term(term: Term) -> str:
    return '"' + " ".join(term.tokens) + '"' + ("*" if term.begins else "")


def postgresql_matches(asked: Asked, where: Where) -> Sql:
    words = ""
    params: list[Any] = []
    for term in asked.terms:
        one, more = postgresql_term(term)
        words, params = f"{words} AND {{column}} @@ {one}", [*params, *more]
    anywhere, in_title = words.format(column="text"), words.format(column="title")
    sql = {
        "anywhere": anywhere,
        "title": in_title,
        "elsewhere": f"{anywhere} AND NOT ({in_title.removeprefix(' AND ')})",
    }[where]
    kind = " AND kind = %s" if asked.kind else ""
    return (
        f"SELECT item_id FROM workbench_search WHERE product_id = ANY(%s){kind}{sql}",  # noqa: S608
        [
            list(asked.product_ids),
            *([asked.kind] if asked.kind else []),
            *params,
            *(params if where == "elsewhere" else []),
        ],
    )


def postgresql_term(term: Term) -> Sql:
    """As a phrase, or with the last word as a beginning: this one as it is written, those before it by their stems.
    What is made of stop words alone ("to-do") stands in titles only."""
    *before, last = term.tokens
    config = "simple" if STOP_WORDS.issuperset(term.tokens) else "english"
    phrase, whole = f"phraseto_tsquery('{config}', %s)", " ".join(term.tokens)
    if not term.begins:
        return phrase, [whole]
    beginning = "to_tsquery('simple', %s)"
    if not before:
        return f"({phrase} || {beginning})", [whole, f"{last}:*"]
    return f"({phrase} || tsquery_phrase({phrase}, {beginning}))", [whole, " ".join(before), f"{last}:*"]


def alike(pairs: Sequence[str], product_id: int, kind: str, count: int) -> Sql:
    """SQL for the newest items of a kind that hold any of these phrases of tokens."""
    if connection.vendor == "sqlite":
        words = " OR ".join(f'"{pair}"' for pair in pairs)
        match = f"scope : {scope(product_id, kind)} AND {{title text}} : ({words})"
        return (
            "SELECT rowid FROM workbench_search WHERE workbench_search MATCH %s ORDER BY rowid DESC LIMIT %s",
            [match, count],
        )
    query = " || ".join(["phraseto_tsquery('english', %s)"] * len(pairs))
    sql = (
        "SELECT item_id FROM workbench_search WHERE product_id = %s AND kind = %s "  # noqa: S608
        f"AND text @@ ({query}) ORDER BY item_id DESC LIMIT %s"
    )
    return sql, [product_id, kind, *pairs, count]
