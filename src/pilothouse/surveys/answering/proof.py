"""A little work that a browser does before it begins, so that a thousand false answers cost something; made and
checked here, by nobody outside. The ticket names the response that it will become, so that a form sent twice begins
one response, and a ticket used again finds it there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.core import signing
from django.utils import timezone

from pilothouse.people.models import digest
from pilothouse.surveys.models import SpentProof, Survey

SALT = "survey ticket"
BITS = 15  # 33,000 hashes on average: a tenth of a second on a desk, half a second on an old phone
VALID = timedelta(hours=24)


@dataclass(frozen=True)
class Ticket:
    text: str
    key: UUID

    @property
    def bits(self) -> int:
        return BITS


def issue(survey: Survey) -> Ticket:
    key = uuid4()
    return Ticket(signing.dumps([survey.pk, str(key)], salt=SALT), key)


def opened(survey: Survey, text: str) -> Ticket | None:
    """None for one that is forged, another survey's, or a day old."""
    try:
        of, key = signing.loads(text[:500], salt=SALT, max_age=VALID)
        return Ticket(text, UUID(key)) if of == survey.pk else None
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def is_done(ticket: Ticket, nonce: str) -> bool:
    """Whether the hash of ticket and nonce begins with enough zero bits."""
    if not nonce or len(nonce) > 20 or not nonce.isascii():
        return False
    found = hashlib.sha256(f"{ticket.text}:{nonce}".encode()).digest()
    return int.from_bytes(found[:4]) >> (32 - BITS) == 0


def is_spent(ticket: Ticket) -> bool:
    return SpentProof.objects.filter(digest=digest(ticket.text)).exists()


def spend(ticket: Ticket) -> None:
    """Raises IntegrityError where the ticket was used before; each counts once, also after its response was erased."""
    SpentProof.objects.create(digest=digest(ticket.text), until=timezone.now() + VALID)


def forget_old() -> int:
    return SpentProof.objects.filter(until__lt=timezone.now()).delete()[0]
