"""Who uses the workbench, where, and what they may do there."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.people.naming import can_be_seen

KEY = RegexValidator(r"^[A-Z][A-Z0-9]{1,9}\Z", _("A key is 2 to 10 capital letters and digits, like PH."))
SLUG = RegexValidator(r"^[a-z0-9][a-z0-9-]{0,38}\Z", _("Use lower-case letters, digits and hyphens."))


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
    THEMES = [("system", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=100, blank=True, validators=[can_be_seen])
    language = models.CharField(_("Language"), max_length=10, default="en", choices=LANGUAGES)
    time_zone = models.CharField(_("Time zone"), max_length=60, default="UTC")
    theme = models.CharField(_("Theme"), max_length=10, default="system", choices=THEMES)
    single_keys = models.BooleanField(_("Single-key shortcuts"), default=True)
    next_steps = models.BooleanField(_("Propose next steps"), default=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email.split("@")[0]


class Role(models.TextChoices):
    OWNER = "owner", pgettext_lazy("role", "Owner")
    ADMIN = "admin", _("Admin")
    MEMBER = "member", _("Member")
    GUEST = "guest", _("Guest")


class Workspace(models.Model):
    slug = models.CharField(max_length=39, unique=True, validators=[SLUG])
    name = models.CharField(_("Name"), max_length=100, validators=[can_be_seen])
    practice = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"/w/{self.slug}/"


class Membership(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("Role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.user} in {self.workspace}"


class Product(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="products")
    key = models.CharField(_("Key"), max_length=10, validators=[KEY])
    name = models.CharField(_("Name"), max_length=100, validators=[can_be_seen])
    purpose = models.TextField(_("What it is for"), max_length=2_000, blank=True)
    private = models.BooleanField(_("Private"), default=False)
    last_number = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    members = models.ManyToManyField(User, related_name="+", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="one_key_a_workspace")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{self.workspace.url}{self.key}/"

    def take_numbers(self, count: int) -> range:
        """The next `count` item numbers. Call inside a transaction: the row stays locked until it ends."""
        Product.objects.filter(pk=self.pk).update(last_number=F("last_number") + count)
        last = Product.objects.values_list("last_number", flat=True).get(pk=self.pk)
        return range(last - count + 1, last + 1)


def digest(secret: str) -> str:
    """What is stored of a token: 160 random bits need no slow hash."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def in_a_week() -> Any:
    return timezone.now() + timedelta(days=7)


class Invitation(models.Model):
    """A single-use link to a workspace, bound to an e-mail address; only its digest is kept."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-mail"))
    role = models.CharField(_("Role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    products = models.ManyToManyField(Product, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=in_a_week)
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email


class Token(models.Model):
    """A personal key to the API, for one workspace; shown once, kept as a digest."""

    READ, WRITE = "read", "write"
    SCOPES = [(READ, _("Read")), (WRITE, _("Read and write"))]

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="tokens")
    name = models.CharField(_("Name"), max_length=100, validators=[can_be_seen])
    scope = models.CharField(max_length=5, choices=SCOPES, default=READ)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, **fields: Any) -> tuple[Token, str]:
        """A new token and its secret, which cannot be read again."""
        secret = f"pht_{secrets.token_hex(20)}"
        return cls.objects.create(digest=digest(secret), hint=secret[-4:], **fields), secret

    @property
    def live(self) -> bool:
        expired = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.revoked_at is None and not expired and self.user.is_active


class Change(models.Model):
    """Who changed which membership, product setting or key, and when. Rows are only ever added.

    `about` keeps the name of what was changed, for the day when the row itself is gone.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="changes")
    product = models.ForeignKey(Product, models.SET_NULL, null=True, related_name="+")
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=30)
    about = models.CharField(max_length=254, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-id"], name="change_workspace")]

    def __str__(self) -> str:
        return f"{self.verb} {self.about}"
