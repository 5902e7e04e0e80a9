"""How often one network address begins a survey in a day, without keeping the address."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pilothouse.surveys.models import Survey, Visit

MANY = 30  # flagged from here on: a school or an office may well share an address
TOO_MANY = 2_000  # asked to come back tomorrow


class Crowd(Exception):
    """More than any school or office sends in a day."""


def count(survey: Survey, request: HttpRequest) -> int:
    """The number of times that this address began today, this one included. All web processes count together."""
    day = timezone.now().date()
    digest = salted_hmac(f"survey visits {day} {survey.pk}", address(request), algorithm="sha256").hexdigest()
    rows = Visit.objects.filter(survey=survey, day=day, digest=digest)
    if not rows.update(count=F("count") + 1):
        Visit.objects.bulk_create([Visit(survey=survey, day=day, digest=digest)], ignore_conflicts=True)
        rows.update(count=F("count") + 1)
    return rows.values_list("count", flat=True).get()


def address(request: HttpRequest) -> str:
    """The client's, behind as many proxies as are trusted; of IPv6 the network that a household is given."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    found = chain[-proxies] if 0 < proxies <= len(chain) else request.META.get("REMOTE_ADDR", "")
    try:
        known = ip_address(found)
    except ValueError:
        return found
    return str(ip_network(f"{known}/64", strict=False)) if known.version == 6 else found


def forget_old() -> int:
    return Visit.objects.filter(day__lt=timezone.now().date() - timedelta(days=1)).delete()[0]
