"""Who works on a product: the people who may see it, for owners and mentions."""

from __future__ import annotations

from django.db.models import Q

from pilothouse.people.models import Product, Role, User

MOST_PEOPLE = 200


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
