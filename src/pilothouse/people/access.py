"""The one gate: every object reaches a view, a job or the API through here, and every refusal is a 404.

An Actor is one person in one workspace. Reading goes through `visible_to(actor)`, a single object through
`actor.find(...)`; what may be done is asked as `actor.require("write", product)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, TypeVar

from django.core.exceptions import FieldError, ObjectDoesNotExist, PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from pilothouse.people.models import Membership, Product, Role, Token, User, Workspace

# What a role may do to a product's things; "inspect" is reading what those who write see of the work itself (imports,
# trash), "meet" seeing who else is here, "manage" a product's own settings (also open to the member who made the
# product), "administer" the workspace.
GUEST = {"read", "comment"}
MEMBER = GUEST | {"inspect", "write", "create_product", "meet"}
ADMIN = MEMBER | {"manage", "administer"}
VERBS = {Role.GUEST: GUEST, Role.MEMBER: MEMBER, Role.ADMIN: ADMIN, Role.OWNER: ADMIN | {"own"}}
READING = {"read", "inspect"}
CHANGING = {"comment", "write"}  # what the things of an archived product are closed to
RANK = {Role.GUEST: 0, Role.MEMBER: 1, Role.ADMIN: 2, Role.OWNER: 3}

M = TypeVar("M", bound=models.Model)


class Archived(PermissionDenied):
    """The person may do this, but the product rests in the archive; the message says so and what would help."""

    def __init__(self, product: Product) -> None:
        self.product = product
        super().__init__(
            _(
                "%(name)s is archived, so nothing in it can be changed. "
                "Whoever manages the product can take it out of the archive."
            )
            % {"name": product.name}
        )


class ScopedQuerySet(models.QuerySet[M]):
    """For models that hang below a product; the model names the way there in `product_path`."""

    def visible_to(self, actor: Actor) -> Self:
        return self.within(actor)

    def within(self, actor: Actor) -> Self:
        """Of the products that the actor may see."""
        path = self.model.product_path  # type: ignore[attr-defined]
        return self.filter(**{f"{path}__in": actor.product_ids})


@dataclass(frozen=True)
class Actor:
    user: User
    workspace: Workspace
    role: Role
    read_only: bool = False

    def may(self, verb: str, product: Product | None = None) -> bool:
        return self.entitled(verb, product) and not locked(verb, product)

    def entitled(self, verb: str, product: Product | None = None) -> bool:
        """By role alone, whether or not the product is archived."""
        if self.read_only and verb not in READING:
            return False
        return verb in VERBS[self.role] or (verb == "manage" and product is not None and self.made(product))

    def made(self, product: Product) -> bool:
        return product.created_by_id == self.user.pk and self.may("create_product")

    def require(self, verb: str, product: Product | None = None) -> None:
        if not self.entitled(verb, product):
            raise Http404
        if product is not None and locked(verb, product):
            raise Archived(product)

    def require_in(self, verb: str, product_ids: Iterable[int | None]) -> None:
        """The same for things that were found already, in whatever products they lie."""
        self.require(verb)
        wanted = set(product_ids)
        for product in self.products:
            if product.pk in wanted:
                self.require(verb, product)

    def outranks(self, role: str) -> bool:
        """Owners manage everyone; others only those below themselves."""
        return self.role == Role.OWNER or RANK[self.role] > RANK[Role(role)]

    def may_grant(self, role: str) -> bool:
        """Nobody hands out more than they have themselves."""
        return self.may("administer") and RANK[self.role] >= RANK[Role(role)]

    @cached_property
    def products(self) -> list[Product]:
        """The products this person may see, archived ones included, in the order of their names."""
        rows = Product.objects.filter(workspace=self.workspace)
        if self.role == Role.GUEST:
            rows = rows.filter(members=self.user)
        elif self.role == Role.MEMBER:
            rows = rows.filter(models.Q(private=False) | models.Q(members=self.user))
        products = list(rows.distinct())
        for product in products:
            product.workspace = self.workspace
        return products

    @cached_property
    def product_ids(self) -> list[int]:
        return [product.pk for product in self.products]

    def product(self, key: str, verb: str = "read") -> Product:
        for product in self.products:
            if product.key == key:
                self.require(verb, product)
                return product
        raise Http404

    def find(self, rows: type[M] | ScopedQuerySet[M], verb: str = "read", **lookup: Any) -> M:
        """The one row that matches and that this person may see, else 404; never another workspace's."""
        self.require(verb)
        queryset = rows.objects.all() if isinstance(rows, type) else rows  # type: ignore[attr-defined]
        try:
            row = queryset.visible_to(self).get(**lookup)
        except (ObjectDoesNotExist, ValueError, OverflowError, FieldError):
            raise Http404 from None
        if verb in CHANGING:
            self.require_in(verb, [product_id_of(row)])
        return row

    def person(self, user_id: Any) -> User:
        """A member of this workspace by id, else 404."""
        try:
            return User.objects.get(pk=user_id, memberships__workspace=self.workspace, is_active=True)
        except (User.DoesNotExist, ValueError, OverflowError):
            raise Http404 from None


def locked(verb: str, product: Product | None) -> bool:
    return verb in CHANGING and product is not None and product.archived_at is not None


def product_id_of(row: Any) -> int | None:
    """The way that the model names, walked from one row; None for what names none, as jobs do."""
    if (path := getattr(row, "product_path", None)) is None:
        return None
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def actor_for(user: Any, slug: str) -> Actor:
    """The signed-in person in the workspace named by the address, else 404."""
    membership = (
        Membership.objects.select_related("workspace").filter(user_id=user.pk, workspace__slug=slug).first()
        if user.is_authenticated and user.is_active
        else None
    )
    if membership is None:
        raise Http404
    return Actor(user, membership.workspace, Role(membership.role))


def actor_for_token(token: Token) -> Actor:
    """Whoever holds a live token acts with the owner's present role, narrowed by the token's scope."""
    membership = Membership.objects.filter(user=token.user, workspace=token.workspace).first()
    if membership is None or not token.live:
        raise Http404
    return Actor(token.user, token.workspace, Role(membership.role), read_only=token.scope == Token.READ)
