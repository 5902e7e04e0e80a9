"""Search over every product that a person may see, newest first, with the words in their surroundings."""

from __future__ import annotations

import re
from typing import Any

from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET
from markupsafe import Markup

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, show, sought

A_PAGE, AROUND = 30, 70


@require_GET
@page
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    typed = sought(request)
    kind = request.GET.get("kind", "")
    key = request.GET.get("product", "")
    products = [product for product in actor.products if key in ("", product.key)]
    context: dict[str, Any] = {
        "q": typed,
        "kind": kind,
        "key": key,
        "products": actor.products,
        "kind_options": [(slug, str(declared.plural)) for slug, declared in KINDS.items()],
        "product_options": [(product.key, product.name) for product in actor.products],
        "rows": [],
        "next_url": None,
    }
    if typed and products and (not kind or kind in KINDS):
        rows = found(actor, typed, kind, [product.pk for product in products], request.GET.get("after", ""))
        context["rows"] = [told(actor, item, typed) for item in rows[:A_PAGE]]
        if len(rows) > A_PAGE:
            place = {"q": typed, "kind": kind, "product": key, "after": rows[A_PAGE - 1].pk}
            given = {name: str(value) for name, value in place.items() if value}
            context["next_url"] = f"{request.path}?{urlencode(given)}"
    return show(request, "home/search.html", context)


def found(actor: Actor, typed: str, kind: str, product_ids: list[int], after: str) -> list[Item]:
    rows = Item.objects.visible_to(actor).live()
    if kind:
        rows = rows.of(kind)
    before = int(after) if after.isdecimal() and len(after) < 18 else None
    hits = rows.defer("body").annotate(start=Left("body", search.INDEXED_LENGTH))
    return search.newest(hits, typed, product_ids, A_PAGE + 1, before)


def told(actor: Actor, item: Item, typed: str) -> dict[str, Any]:
    item.product = next(product for product in actor.products if product.pk == item.product_id)
    words = marking(typed)
    return {
        "item": item,
        "kind": KINDS[item.kind],
        "title": marked(item.title, words),
        "snippet": marked(around(getattr(item, "start", ""), words), words),
    }


def marking(typed: str) -> re.Pattern[str] | None:
    """What to mark: the words that were typed, longest first; an English word also by its stem's beginning."""
    words = sorted({word for phrase in search.phrases(typed) for word in spelled(phrase)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE) if words else None


def spelled(phrase: list[str]) -> list[str]:
    if all(len(token) == 1 and not token.isascii() for token in phrase):
        return ["".join(phrase)]
    return [stem(token) for token in phrase]


def stem(word: str) -> str:
    """connecting is marked in connects too."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def around(text: str, words: re.Pattern[str] | None) -> str:
    """The first place where a word stands, with what is round it."""
    hit = words.search(text) if words else None
    if hit is None:
        return " ".join(text[: 2 * AROUND].split())
    start, end = max(0, hit.start() - AROUND), hit.end() + AROUND
    cut = " ".join(text[start:end].split())
    return ("…" if start else "") + cut + ("…" if end < len(text) else "")


def marked(text: str, words: re.Pattern[str] | None) -> Markup:
    if words is None:
        return Markup.escape(text)
    parts, last = [], 0
    for hit in words.finditer(text):
        parts += [Markup.escape(text[last : hit.start()]), Markup("<mark>{}</mark>").format(hit.group())]
        last = hit.end()
    return Markup("").join([*parts, Markup.escape(text[last:])])
