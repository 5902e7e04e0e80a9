"""How a product shapes its own work: tags, saved views, its own fields and states."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.kinds import CATEGORIES
from pilothouse.kinds.declare import FIELD_TYPES
from pilothouse.people.access import Actor, ScopedQuerySet
from pilothouse.people.models import Product, User
from pilothouse.people.naming import can_be_seen
from pilothouse.workbench.models.scope import Unveiled


class TagQuerySet(ScopedQuerySet["Tag"]):
    def visible_to(self, actor: Actor) -> TagQuerySet:
        return self.within(actor).worn_for(actor.user.pk)

    def worn_for(self, person: int) -> TagQuerySet:
        """Tags that are on at least one item which is not veiled from this person; the tag of a note that somebody else
        writes alone would tell of it."""
        return self.filter(
            models.Exists(Tag.items.through.objects.filter(Unveiled("item", person), tag=models.OuterRef("pk")))
        )


class Tag(models.Model):
    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=60, validators=[can_be_seen])

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="one_tag_a_product")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SavedViewQuerySet(ScopedQuerySet["SavedView"]):
    def seen_by(self, user: User) -> SavedViewQuerySet:
        """A person's own views and the shared ones. `mine` is true for those that the person made open first."""
        firsts = SavedView.default_for.through.objects.filter(savedview=models.OuterRef("pk"), user=user)
        return self.filter(models.Q(owner=user) | models.Q(shared=True)).annotate(mine=models.Exists(firsts))


class SavedView(models.Model):
    """A filter, order, grouping and layout with a name: mine, or shared with everyone who sees the product."""

    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="views")
    kind = models.CharField(max_length=30)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=100, validators=[can_be_seen])
    query = models.CharField(max_length=4_000, blank=True)
    shared = models.BooleanField(_("Shared"), default=False)
    default_for = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CustomField(models.Model):
    """A field that a product adds to a kind."""

    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="custom_fields")
    kind = models.CharField(max_length=30)
    slug = models.SlugField(max_length=40)
    name = models.CharField(_("Name"), max_length=60, validators=[can_be_seen])
    type = models.CharField(_("Type"), max_length=10, choices=[(name, name) for name in FIELD_TYPES])
    options = models.JSONField(default=list, blank=True)
    required = models.BooleanField(_("Required"), default=False)
    order = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "kind", "slug"], name="one_custom_field")]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class CustomState(models.Model):
    """A product's own step in a kind's life; where a product has any for a kind, they replace the declared ones."""

    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="custom_states")
    kind = models.CharField(max_length=30)
    slug = models.SlugField(max_length=40)
    name = models.CharField(_("Name"), max_length=60, validators=[can_be_seen])
    category = models.CharField(_("Means"), max_length=10, choices=[(name, name) for name in CATEGORIES])
    limit = models.PositiveSmallIntegerField(_("At most"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "kind", "slug"], name="one_custom_state")]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name
