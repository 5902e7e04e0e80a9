"""Pictures that a questionnaire shows: files kept with the survey's item, known by a key made of what is in them.

So a picture is kept once, goes wherever its survey goes (backup, the product as one file), and a key from another
survey opens nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.surveys.models import Survey
from pilothouse.workbench.models import Attachment
from pilothouse.workbench.writing import conversation
from pilothouse.workbench.writing.cleaning import Invalid

MOST_BYTES = 10 * 1024 * 1024
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


def keep(actor: Actor, survey: Survey, data: bytes) -> str:
    """The key under which this picture is kept. Raises Invalid for what is no picture, or too large."""
    ending = ENDINGS.get(conversation.picture_type(data[:16]))
    if ending is None or len(data) > MOST_BYTES:
        raise Invalid({"image": _("A picture is a PNG, JPEG, GIF or WebP file of at most 10 MB.")})
    key = f"{hashlib.sha256(data).hexdigest()[:24]}.{ending}"
    if found(survey, key) is None:
        conversation.attach(actor, survey.item, SimpleUploadedFile(key, data))
    return key


def keep_all(actor: Actor, survey: Survey, pictures: Mapping[str, bytes]) -> dict[str, str]:
    """The keys that pictures of a document have here, by those that they had there."""
    return {key: keep(actor, survey, data) for key, data in pictures.items()}


def found(survey: Survey, key: str) -> Attachment | None:
    rows = Attachment.objects.filter(item_id=survey.item_id, name=key, removed_at=None)
    return rows.order_by("created_at").first() if key else None


def read(survey: Survey, key: str) -> bytes | None:
    """What is in it; None where it is gone."""
    row = found(survey, key)
    if row is None:
        return None
    try:
        with row.file.open("rb") as opened:
            data: bytes = opened.read()
            return data
    except OSError:
        return None
