"""Load the practice product, in English (TW) and in Chinese (CX), into a workspace of its own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.people.models import Membership, Product, Role, User, Workspace
from pilothouse.practice import hand
from pilothouse.practice.aftermath import Aftermath
from pilothouse.practice.chronicle import Chronicle
from pilothouse.practice.year import telling

SLUG, NAME = "tidewater", "Tidewater 潮汐"
CAST = (("ada@tidewater.example", "Ada", Role.OWNER, "en"), ("wei@tidewater.example", "小韦", Role.MEMBER, "zh-hans"))
# Ada reads English: what was loaded last is what her home shows first.
PRODUCTS = (
    ("CX", "潮汐", "一打开就能上船的船票。（练习产品：其中一切都是虚构的。）", 1),
    ("TW", "Tidewater", "A ferry ticket that opens at once. (A practice product: everything in it is made up.)", 0),
)
NOTE, REMOVED = "practice-sign-in", "practice-removed"  # files that are kept with the data


def load_once() -> None:
    """Load it into a database that holds nobody yet, unless somebody removed it."""
    if not User.objects.exists() and not (settings.DATA / REMOVED).exists():
        load()


def load() -> tuple[str, str]:
    """Load it; its e-mail address and password come back, and are kept in a file that only the owner can read."""
    password = secrets.token_urlsafe(9)
    with transaction.atomic():
        tell(make_people(password))
    path = settings.DATA / NOTE
    path.touch(mode=0o600)
    path.write_text(f"{CAST[0][0]} {password}\n")
    (settings.DATA / REMOVED).unlink(missing_ok=True)
    return CAST[0][0], password


def sign_in() -> tuple[str, str] | None:
    """The practice product's e-mail address and password, while it is there to be signed in to."""
    path = settings.DATA / NOTE
    if not path.exists() or not Workspace.objects.filter(practice=True).exists():
        return None
    email, password = path.read_text().split()
    return email, password


def make_people(password: str) -> list[Actor]:
    workspace = Workspace.objects.create(slug=SLUG, name=NAME, practice=True)
    actors = []
    for email, name, role, language in CAST:
        user = User.objects.create_user(email, password, name=name, language=language)
        Membership.objects.create(workspace=workspace, user=user, role=role)
        actors.append(Actor(user, workspace, role))
    return actors


def tell(actors: Sequence[Actor]) -> None:
    """The year, once in each language. Whoever acts sees a product only from then on, so each begins afresh."""
    for key, name, purpose, language in PRODUCTS:
        product = Product.objects.create(workspace=actors[0].workspace, key=key, name=name, purpose=purpose)
        year = Chronicle([replace(actor) for actor in actors], product, language, timezone.localdate())
        hand.tell(year)
        telling.tell(year)
        year.write()
        Aftermath(year).tell()
