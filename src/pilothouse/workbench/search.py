"""Search that works alike on SQLite and PostgreSQL, in English and in Chinese.

Each CJK character is a word of its own and a query of several is a phrase, so that two-character words hit exactly
and no dictionary is needed. The index is written in the same transaction as the item.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from pilothouse.workbench.models import Item, ItemQuerySet

CJK = (
    "\u2e80-\u2fdf\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
TOKEN = re.compile(rf"(?=\w)[{CJK}]|[^\W{CJK}]+")
INDEXED_LENGTH = 20_000
MOST_TERMS = 12
LAST_HITS = 200
# What PostgreSQL's English configuration leaves out of its index; on either database they exclude nothing.
STOP_WORDS = frozenset(
    """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
    herself it its itself they them their theirs themselves what which who whom this that these those am is are
    was were be been being have has had having do does did doing a an the and but if or because as until while
    of at by for with about against between into through during before after above below to from up down in out
    on off over under again further then once here there when where why how all any both each few more most
    other some such no nor not only own same so than too very s t can will just don should now
    """.split()  # noqa: SIM905 a list would take two screens
)


def spaced(text: str) -> str:
    """Text as it is indexed: width and case folded, a space round each CJK character."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(TOKEN.findall(folded))


def document(item: Item) -> str:
    values = (value for value in item.fields.values() if isinstance(value, str))
    return spaced("\n".join((item.title, item.body[:INDEXED_LENGTH], *values)))[:INDEXED_LENGTH]


def index(items: Iterable[Item]) -> None:
    """Write these items' search rows, replacing older ones. Call in the transaction that writes the items."""
    rows = [(item.pk, scope(item.product_id), document(item)) for item in items]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("DELETE FROM workbench_search WHERE rowid = %s", [(row[0],) for row in rows])
            cursor.executemany("INSERT INTO workbench_search (rowid, scope, text) VALUES (%s, %s, %s)", rows)
        else:
            cursor.executemany(
                "INSERT INTO workbench_search (item_id, product_id, text) VALUES (%s, %s, to_tsvector('english', %s)) "
                "ON CONFLICT (item_id) DO UPDATE SET text = EXCLUDED.text",
                [(item_id, int(scope_[1:]), text) for item_id, scope_, text in rows],
            )


def forget(item_ids: Iterable[int]) -> None:
    column = "rowid" if connection.vendor == "sqlite" else "item_id"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM workbench_search WHERE {column} = %s",  # noqa: S608
            [(item_id,) for item_id in item_ids],
        )


def unindexed() -> int:
    """How many items the index does not hold."""
    column = "rowid" if connection.vendor == "sqlite" else "item_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM workbench_item WHERE id NOT IN (SELECT {column} FROM workbench_search)"  # noqa: S608
        )
        return cursor.fetchone()[0]


def rebuild() -> None:
    for start in range(0, (Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1, 1_000):
        with transaction.atomic():
            index(Item.objects.filter(pk__gte=start, pk__lt=start + 1_000))


def scope(product_id: int) -> str:
    return f"p{product_id}"


def matching(items: ItemQuerySet, query: str, product_ids: list[int]) -> ItemQuerySet:
    """The items that hold every word of `query`; a run of Chinese characters counts as one phrase."""
    return items.filter(hits(query, product_ids))


def hits(query: str, product_ids: list[int]) -> Q:
    """The same as a condition, to be joined with others."""
    terms = phrases(query)
    if not terms or not product_ids:
        return Q(pk__in=[])
    sql, params = (sqlite_match if connection.vendor == "sqlite" else postgresql_match)(terms, product_ids)
    return Q(pk__in=RawSQL(sql, params))  # noqa: S611


def newest(
    items: ItemQuerySet, query: str, product_ids: list[int], count: int, before: int | None = None
) -> list[Item]:
    """The newest `count` of the items that hold every word. Where a word is common the index is asked for its last
    hits only, newest first: reading all of them to show thirty would take longer than the rest of the page."""
    last = last_hits(query, product_ids, before)
    items = (items if before is None else items.filter(pk__lt=before)).order_by("-pk")
    found = list(items.filter(pk__in=last)[:count])
    if len(found) == count or len(last) < LAST_HITS:
        return found
    return list(matching(items, query, product_ids)[:count])


def last_hits(query: str, product_ids: list[int], before: int | None) -> list[int]:
    terms = phrases(query)
    if not terms or not product_ids:
        return []
    sqlite = connection.vendor == "sqlite"
    sql, params = (sqlite_match if sqlite else postgresql_match)(terms, product_ids)
    column = "rowid" if sqlite else "item_id"
    older = f"AND {column} < %s" if before is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{sql} {older} ORDER BY {column} DESC LIMIT {LAST_HITS}",
            [*params, *([before] if before is not None else [])],
        )
        return [row[0] for row in cursor.fetchall()]


def phrases(query: str) -> list[list[str]]:
    """The query's words, each a list of tokens that must stand side by side."""
    parts = unicodedata.normalize("NFKC", query).casefold().split()
    found = [TOKEN.findall(part) for part in parts]
    said = [tokens for tokens in found if tokens]
    telling = [tokens for tokens in said if len(tokens) > 1 or tokens[0] not in STOP_WORDS]
    return (telling or said)[:MOST_TERMS]


def sqlite_match(terms: list[list[str]], product_ids: list[int]) -> tuple[str, list[Any]]:
    words = " AND ".join('"' + " ".join(tokens) + '"' + ("*" if tokens[-1].isascii() else "") for tokens in terms)
    scopes = " OR ".join(scope(product_id) for product_id in product_ids)
    return "SELECT rowid FROM workbench_search WHERE workbench_search MATCH %s", [
        f"scope : ({scopes}) AND text : ({words})"
    ]


def postgresql_match(terms: list[list[str]], product_ids: list[int]) -> tuple[str, list[Any]]:
    parts: list[str] = []
    params: list[Any] = [product_ids]
    for tokens in terms:
        if len(tokens) == 1 and tokens[0].isascii():
            parts.append("text @@ (plainto_tsquery('english', %s) || to_tsquery('simple', %s))")
            params += [tokens[0], f"{tokens[0]}:*"]
        else:
            parts.append("text @@ phraseto_tsquery('english', %s)")
            params.append(" ".join(tokens))
    sql = f"SELECT item_id FROM workbench_search WHERE product_id = ANY(%s) AND {' AND '.join(parts)}"  # noqa: S608
    return sql, params
