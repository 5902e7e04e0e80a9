"""Public links to a roadmap: made, opened by whoever has one, withdrawn."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from pilothouse.kinds import FieldError
from pilothouse.kinds.declare import Field
from pilothouse.people.access import Actor
from pilothouse.people.derived import derived_token
from pilothouse.people.log import record
from pilothouse.people.models import Product, digest
from pilothouse.people.naming import seen
from pilothouse.planning.models.roadmap import Share
from pilothouse.workbench.writing.cleaning import Invalid, refuse_unstorable

SALT = "pilothouse.roadmap"
DAY = Field(slug="until", name="", type="date")
# What a row may show beside its title, and what is ticked at first: nothing about people, numbers or grounds.
FIELDS = ("body", "state", "dates", "release", "goal", "evidence", "score", "owner")
USUAL = ("state", "release")
HORIZONS = ("now", "next", "later")
LANGUAGES = ("", "en", "zh-hans")
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200


def field_names() -> dict[str, str]:
    return {
        "body": _("Description"), "state": _("State"), "dates": _("Dates and timeline"), "release": _("Release"),
        "goal": _("Goal"), "evidence": _("Strength of the evidence"), "score": _("Score"), "owner": _("Owner"),
    }  # fmt: skip


def token_of(share: Share) -> str:
    return derived_token(SALT, share.key)


def path_of(share: Share) -> str:
    """Where the link leads; empty when the installation's secret was changed since, for then only its holders know."""
    token = token_of(share)
    return f"/r/{token}" if digest(token) == share.digest else ""


@transaction.atomic
def create(actor: Actor, product: Product, data: Mapping[str, Any], releases: Sequence[int]) -> Share:
    """Raises Invalid, naming each field that cannot be kept. `releases` are numbers the actor was seen to see."""
    actor.require("write", product)
    errors: dict[str, str] = {}
    values = {
        "name": checked(errors, "name", name, data.get("name", "")),
        "expires_at": checked(errors, "until", until, data.get("until", "")),
        "password": checked(errors, "password", hashed, data.get("password", "")),
        "horizons": checked(errors, "horizons", some_of(HORIZONS, 1), data.get("horizons", ())),
        "fields": checked(errors, "fields", some_of(FIELDS), data.get("fields", ())),
        "language": checked(errors, "language", language, data.get("language", "")),
    }
    if errors:
        raise Invalid(errors)
    share = Share(product=product, created_by=actor.user, key=uuid.uuid4(), releases=sorted(releases), **values)
    share.digest = digest(token_of(share))
    share.save()
    record(actor, "roadmap_shared", share.name, product=product, product_name=product.name)
    return share


def checked(errors: dict[str, str], field: str, rule: Any, raw: Any) -> Any:
    try:
        return rule(raw)
    except FieldError as error:
        errors[field] = str(error)
        return None


def name(raw: str) -> str:
    text = " ".join(raw.split())
    refuse_unstorable(text)
    if not seen(text):
        raise FieldError(_("Say who this link is for: it is how you find it again."))
    if len(text) > 100:
        raise FieldError(_("At most 100 characters fit here."))
    return text


def until(raw: str) -> datetime | None:
    """The end of the given day, by the clock of whoever makes the link."""
    given = DAY.clean(raw)
    if given is None:
        return None
    day = date.fromisoformat(given)
    if day < timezone.localdate() or day.year > 9000:
        raise FieldError(_("This day is past: choose a later one, or none."))
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def hashed(raw: str) -> str:
    if not raw:
        return ""
    if not SHORTEST_PASSWORD <= len(raw) <= LONGEST_PASSWORD:
        raise FieldError(_("A password has at least %(n)s characters.") % {"n": SHORTEST_PASSWORD})
    return make_password(raw)


def some_of(known: Sequence[str], least: int = 0) -> Any:
    def rule(raw: Sequence[str]) -> list[str]:
        wanted = set(raw)
        if wanted - set(known) or len(wanted) < least:
            raise FieldError(_("Choose at least one."))
        return [slug for slug in known if slug in wanted]

    return rule


def language(raw: str) -> str:
    if raw not in LANGUAGES:
        raise FieldError(_("Choose one of the languages."))
    return raw


@transaction.atomic
def revoke(actor: Actor, share: Share) -> None:
    """The link ends at once; the row stays, to tell who could see what."""
    actor.require("write", share.product)
    if share.revoked_at is None:
        share.revoked_at = timezone.now()
        share.save(update_fields=["revoked_at"])
        record(actor, "roadmap_unshared", share.name, product=share.product, product_name=share.product.name)


def share_at(token: str) -> Share | None:
    """An open share by its token; a made-up, an expired and a withdrawn one are all None."""
    return Share.objects.open().select_related("product__workspace").filter(digest=digest(token)).first()


def opens(share: Share, password: str) -> bool:
    return len(password) <= LONGEST_PASSWORD and check_password(password, share.password)


def proof(share: Share) -> str:
    """What a browser keeps after the right password: it ends with the password and with the link."""
    return salted_hmac(f"{SALT}.opened", f"{share.digest}{share.password}", algorithm="sha256").hexdigest()


def proves(share: Share, kept: str) -> bool:
    return constant_time_compare(kept, proof(share))
