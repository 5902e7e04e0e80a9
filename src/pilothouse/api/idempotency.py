"""A create that is sent twice with one Idempotency-Key is done once; the second answer is the first one's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Status
from ninja.errors import HttpError

from pilothouse.api.models import Reply

KEPT = timedelta(days=2)
Answer = tuple[int, Any]


def once(request: HttpRequest, act: Callable[[], Answer]) -> Status:
    """Run `act` unless this key was answered before. Key and change commit together, so neither stands alone."""
    key = request.headers.get("Idempotency-Key")
    if not key:
        return Status(*act())
    if len(key) > 200 or not key.isprintable():
        raise HttpError(400, _("An Idempotency-Key has at most 200 printable characters."))
    token = request.token  # type: ignore[attr-defined]
    digest = digest_of(request)
    Reply.objects.filter(token=token, key=key, at__lt=timezone.now() - KEPT).delete()
    try:
        with transaction.atomic():
            reply = Reply.objects.create(token=token, key=key, digest=digest)
            reply.status, answer = act()
            reply.body = json.loads(json.dumps(answer, cls=DjangoJSONEncoder))
            reply.save()
            return Status(reply.status, reply.body)
    except IntegrityError:
        earlier = Reply.objects.filter(token=token, key=key).first()
        if earlier is None:
            raise
        return replay(earlier, digest)


def digest_of(request: HttpRequest) -> str:
    """What was asked. A form with a file was read on its way in, so its parts are counted instead of its body."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    digest.update(json.dumps(sorted(request.POST.lists())).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(json.dumps([name, file.name, file.size]).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def replay(reply: Reply, digest: str) -> Status:
    if reply.digest != digest:
        raise HttpError(422, _("This Idempotency-Key was used for another request."))
    return Status(reply.status or 409, reply.body)
