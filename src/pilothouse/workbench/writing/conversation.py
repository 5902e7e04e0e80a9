"""The verbs of talk: comments, files and watching. Each leaves an Event and can be taken back where it takes away."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Attachment, Comment, Event, Item, Watch
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid, clean_comment
from pilothouse.workbench.writing.notices import notify

MOST_BYTES = 50 * 1024 * 1024
# Not part of a file's name: NUL, and marks that turn the writing round ("gpj.exe" must not look like "exe.jpg").
UNNAMED = dict.fromkeys((0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# What browsers may show in place, by the bytes it begins with; never by its name or by what the sender claims.
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def picture_type(head: bytes) -> str:
    """The type of a raster image by its first bytes, else nothing."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((name for magic, name in PICTURES if head.startswith(magic)), "")


def log(actor: Actor, item: Item, verb: str, changes: dict[str, Any], text: str = "") -> Event:
    entry = event(actor, item, verb, changes, uuid.uuid4())
    entry.save()
    notify([entry], text=text)
    return entry


@transaction.atomic
def comment(actor: Actor, item: Item, body: str) -> Comment:
    actor.require_in("comment", [item.product_id])
    text = clean_comment("body", body)
    row = Comment.objects.create(item=item, author=actor.user, body=text)
    log(actor, item, "commented", {"comment": row.pk}, text)
    return row


@transaction.atomic
def edit_comment(actor: Actor, comment: Comment, body: str) -> Event:
    """Change one's own comment; the words before stay in the event."""
    actor.require_in("comment", [comment.item.product_id])
    text = clean_comment("comment", body)
    entry = log(actor, comment.item, "comment_edited", {"comment": comment.pk, "words": [comment.body, text]}, text)
    Comment.objects.filter(pk=comment.pk).update(body=text, edited_at=timezone.now())
    return entry


@transaction.atomic
def remove_comment(actor: Actor, comment: Comment) -> Event:
    actor.require_in("comment", [comment.item.product_id])
    Comment.objects.filter(pk=comment.pk).update(removed_at=timezone.now())
    return log(actor, comment.item, "comment_removed", {"comment": comment.pk})


@transaction.atomic
def attach(actor: Actor, item: Item, file: UploadedFile) -> Event:
    """Keep a file with an item. Raises Invalid for empty and for too large ones."""
    actor.require_in("comment", [item.product_id])
    name = (file.name or _("File")).translate(UNNAMED)[-255:]
    if not file.size or file.size > MOST_BYTES:
        raise Invalid({"file": _("“%(name)s” cannot be kept: a file has between 1 byte and 50 MB.") % {"name": name}})
    head = file.read(16)
    file.seek(0)
    row = Attachment(item=item, name=name, size=file.size, type=picture_type(head), added_by=actor.user)
    row.file.save(name, file, save=False)
    row.save()
    return log(actor, item, "attached", {"file": str(row.pk), "name": name})


@transaction.atomic
def detach(actor: Actor, file: Attachment) -> Event:
    """Hide a file; it can be brought back by undo."""
    actor.require_in("comment", [file.item.product_id])
    Attachment.objects.filter(pk=file.pk).update(removed_at=timezone.now())
    return log(actor, file.item, "detached", {"file": str(file.pk), "name": file.name})


def watch(actor: Actor, item: Item) -> bool:
    """Watch an item, or stop; True when it is watched afterwards."""
    row, new = Watch.objects.get_or_create(item=item, user=actor.user)
    if not new:
        row.delete()
    return new


# How each of these is taken back; True when it was.
def undo_file(entry: Event) -> bool:
    gone = timezone.now() if entry.verb == "attached" else None
    return bool(Attachment.objects.filter(pk=entry.changes["file"]).update(removed_at=gone))


def undo_removed_comment(entry: Event) -> bool:
    return bool(Comment.objects.filter(pk=entry.changes["comment"]).update(removed_at=None))


def undo_edited_comment(entry: Event) -> bool:
    before, after = entry.changes["words"]
    return bool(Comment.objects.filter(pk=entry.changes["comment"], body=after).update(body=before))


def undo_comment(entry: Event) -> bool:
    return bool(Comment.objects.filter(pk=entry.changes["comment"]).update(removed_at=timezone.now()))
