"""What concerns a person: mentions, items that became theirs, changes to what they watch."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pilothouse.markdown import MENTION
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Comment, Notice
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.showing import news

A_PAGE = 50
REASONS = {"mention": "at-sign", "assigned": "user-round-check", "watch": "eye"}


@require_GET
@page
def inbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    everything = request.GET.get("show") == "all"
    notices = of(actor, unread=not everything, before=request.GET.get("before", ""))
    lines = {line.id: line for line in news.told(actor, [notice.event for notice in notices[:A_PAGE]])}
    comments = said(actor, notices[:A_PAGE])
    rows = [
        {
            "notice": notice,
            "line": lines[notice.event_id],
            "icon": REASONS[notice.reason],
            "reason": notice.get_reason_display(),
            "said": comments.get(notice.event.changes.get("comment"), ""),
        }
        for notice in notices[:A_PAGE]
        if notice.event_id in lines
    ]
    more = notices[A_PAGE - 1].pk if len(notices) > A_PAGE else None
    return show(request, "home/inbox.html", {"rows": rows, "everything": everything, "more": more})


def of(actor: Actor, *, unread: bool, before: str = "") -> list[Notice]:
    rows: Any = Notice.objects.visible_to(actor).filter(user=actor.user, event__item__trashed_at=None)
    if unread:
        rows = rows.filter(read_at=None)
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    rows = rows.select_related("event__item", "event__actor").defer("event__item__body")
    return list(rows.order_by("-pk")[: A_PAGE + 1])


def said(actor: Actor, notices: list[Notice]) -> dict[int, str]:
    """The comments that the notices speak of, so that most can be answered or left without opening anything."""
    ids = [notice.event.changes.get("comment") for notice in notices if notice.event.verb == "commented"]
    rows = Comment.objects.visible_to(actor).filter(pk__in=ids, removed_at=None) if ids else Comment.objects.none()
    me = {actor.user.email: str(actor.user)}
    return {
        pk: MENTION.sub(lambda found: f"@{me.get(found[1].lower(), found[1])}", body)
        for pk, body in rows.values_list("pk", "body")
    }


@require_POST
@page
def read(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Mark one as read, or as unread again; `open` goes to its item."""
    notice = actor.find(Notice.objects.filter(user=actor.user).select_related("event__item"), pk=pk)
    notice.read_at = None if request.POST.get("unread") else timezone.now()
    notice.save(update_fields=["read_at"])
    if request.POST.get("open") and notice.event.item:
        news.share_products(actor, [notice.event])
        return HttpResponseRedirect(notice.event.item.url)
    return go(request, f"{actor.workspace.url}inbox")


@require_POST
@page
def read_all(request: HttpRequest, actor: Actor) -> HttpResponse:
    mine = Notice.objects.visible_to(actor).filter(user=actor.user, read_at=None)
    Notice.objects.filter(pk__in=mine.values("pk")).update(read_at=timezone.now())
    return go(request, f"{actor.workspace.url}inbox", _("All read"))
