"""Mail leaves in the background: nobody waits for the mail server, and how long a page takes tells nothing."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)
office = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def configured() -> bool:
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def send(to: str, subject: str, body: str) -> bool:
    return post(EmailMessage(" ".join(subject.split()), body, to=[to]))


def post(message: EmailMessage) -> bool:
    if configured():
        office.submit(deliver, message)
    return configured()


def deliver(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        logger.exception("a mail was not delivered")


def flush() -> None:
    """Wait until everything handed over so far is out."""
    office.submit(int).result(timeout=30)
