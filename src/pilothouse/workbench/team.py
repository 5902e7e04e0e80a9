"""Who works on a product: the people who may see it, for owners and mentions."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404

from pilothouse.people.access import Actor
from pilothouse.people.models import Product, Role, User

MOST_PEOPLE = 200


def colleague(actor: Actor, product: Product, user_id: Any) -> User:
    """Somebody who may see the product, by id, else 404: nobody is asked to work on what they cannot open."""
    person = actor.person(user_id)
    if person.pk not in {one.pk for one in who_sees(product)}:
        raise Http404
    return person


def who_sees(product: Product, name: str = "") -> list[User]:
    """The people who may see a product, by name; those whose name or address holds `name`."""
    everywhere = Q(memberships__role__in=(Role.OWNER, Role.ADMIN))
    invited = Q(pk__in=product.members.values("pk"))
    open_to = Q() if product.private else Q(memberships__role=Role.MEMBER)
    rows = User.objects.filter(memberships__workspace_id=product.workspace_id, is_active=True)
    rows = rows.filter(everywhere | invited | open_to if open_to else everywhere | invited)
    if name:
        rows = rows.filter(Q(name__icontains=name) | Q(email__icontains=name))
    return list(rows.distinct().order_by("name", "email")[:MOST_PEOPLE])


def by_first_letters(people: list[User], typed: str) -> list[User]:
    """Those of whom a word begins as typed come first: “be” is Ben before it is Weber."""

    def begins(person: User) -> bool:
        return any(word.startswith(typed.casefold()) for word in [*person.name.casefold().split(), person.email])

    return sorted(people, key=begins, reverse=True)
