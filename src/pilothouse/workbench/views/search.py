"""Search over every product that a person may see: how many, of which kinds, and each with the words where they stand.
Where nothing is found, what to ask instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.models import Item, ItemQuerySet
from pilothouse.workbench.pages import page, show, sought
from pilothouse.workbench.products import with_products
from pilothouse.workbench.showing.marking import Words, marked, marking, snippet

A_PAGE, MOST_WAYS = 30, 4
READ = ("text", "long", "link", "email", "person")


@dataclass(frozen=True)
class Question:
    """What was asked: words, and where it was narrowed a kind and a product."""

    path: str
    typed: str
    kind: str = ""
    key: str = ""

    def url(self, **other: str) -> str:
        given = {"q": self.typed, "kind": self.kind, "product": self.key, **other}
        return f"{self.path}?{urlencode({name: value for name, value in given.items() if value})}"


@require_GET
@page
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = Question(request.path, sought(request), request.GET.get("kind", ""), request.GET.get("product", ""))
    context = {
        "q": asked.typed,
        "kind": asked.kind,
        "key": asked.key,
        "products": actor.products,
        "kind_options": [(slug, str(declared.plural)) for slug, declared in KINDS.items()],
        "product_options": [(product.key, product.name) for product in actor.products],
        "rows": [],
        "next_url": None,
        **(answer(actor, asked, request.GET.get("after", "")) if asked.typed else {}),
    }
    return show(request, "home/search.html", context)


def answer(actor: Actor, question: Question, after: str) -> dict[str, Any]:
    product_ids = [product.pk for product in actor.products if question.key in ("", product.key)]
    asked = search.Asked(question.typed, product_ids, question.kind)
    found = hits(actor, asked, after) if question.kind in ("", *KINDS) else []
    if not found:
        return {"ways": list(ways(actor, question))}
    words = marking(question.typed)
    return {
        "rows": [told(item, words) for item in with_products(actor, [hit.item for hit in found[:A_PAGE]])],
        **counted(actor, question, asked),
        "next_url": question.url(after=found[A_PAGE - 1].place) if len(found) > A_PAGE else None,
    }


def hits(actor: Actor, asked: search.Asked, after: str) -> list[search.Hit]:
    rows = live(actor).filter(product__in=asked.product_ids).defer("body")
    return search.best(rows.annotate(start=Left("body", search.INDEXED_LENGTH)), asked, A_PAGE + 1, after)


def live(actor: Actor) -> ItemQuerySet:
    rows: ItemQuerySet = Item.objects.visible_to(actor).live()
    return rows


def counted(actor: Actor, question: Question, asked: search.Asked) -> dict[str, Any]:
    """How many, and of which kinds, where all of them are known; else the kinds are to be chosen from a list."""
    wide = replace(asked, kind="") if asked.kind else asked
    known = search.tally(actor, wide if wide.complete else asked)
    n = known.kinds[asked.kind] if asked.kind else known.total
    return {"amount": amount(n, known.more), "chips": chips(question, known) if wide.complete else []}


def amount(n: int, more: bool) -> str:
    told = f"{n:,}"
    return _("%(n)s+ items") % {"n": told} if more else ngettext("%(n)s item", "%(n)s items", n) % {"n": told}


def chips(question: Question, known: search.Tally) -> list[dict[str, Any]]:
    """The kinds that hold hits, most of them first; none where there is nothing to choose."""
    if len(known.kinds) < 2 and not question.kind:
        return []
    kinds = ((slug, KINDS[slug].plural, KINDS[slug].icon, n) for slug, n in known.kinds.most_common())
    return [
        {"label": label, "icon": icon, "n": n, "url": question.url(kind=slug), "current": slug == question.kind}
        for slug, label, icon, n in (("", _("All kinds"), "", known.total), *kinds)
    ]


def told(item: Item, words: Words | None) -> dict[str, Any]:
    return {
        "item": item,
        "kind": KINDS[item.kind],
        "title": marked(item.title, words),
        "snippet": marked(snippet([*texts(item)], words), words),
    }


def texts(item: Item) -> Iterator[str]:
    """What may be looked through: the text, then each field in words, under its name."""
    yield getattr(item, "start", "")
    for field in item.declared.fields:
        if field.type in READ and isinstance(value := item.fields.get(field.slug), str):
            yield _("%(name)s: %(value)s") % {"name": field.name, "value": value}


def ways(actor: Actor, question: Question) -> Iterator[dict[str, Any]]:
    """Where nothing was found: the item of that number in the trash, the same words anywhere, fewer words."""
    for item in with_products(actor, search.by_number(trashed(actor), question.typed)[:1]):
        yield {"label": _("%(ref)s is in the trash") % {"ref": item.ref}, "url": item.url}
    other = [Question(question.path, question.typed)] if question.kind or question.key else []
    for way in [*other, *(Question(question.path, words) for words in fewer(question.typed))]:
        known = search.tally(actor, search.Asked(way.typed, actor.product_ids))
        if known.total:
            n = amount(known.total, known.more)
            yield {"label": _("%(words)s: %(amount)s") % {"words": way.typed, "amount": n}, "url": way.url()}


def trashed(actor: Actor) -> ItemQuerySet:
    rows: ItemQuerySet = Item.objects.visible_to(actor).filter(trashed_at__isnull=False)
    return rows


def fewer(typed: str) -> list[str]:
    """Each word alone; one long Chinese word as words of two characters, which need not stand side by side."""
    found = search.terms(typed)
    if len(found) == 1 and len(tokens := found[0].tokens) > 3 and all(len(token) == 1 for token in tokens):
        starts = [*range(0, len(tokens) - 1, 2), *([len(tokens) - 2] if len(tokens) % 2 else [])]
        return [" ".join("".join(tokens[start : start + 2]) for start in starts)]
    return [term.said for term in found[:MOST_WAYS]] if len(found) > 1 else []
