"""The addresses of one item."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.workbench.views import (
    attachments,
    comments,
    edit,
    history,
    item,
    lift,
    links,
    merge,
    quotes,
    score,
    thread,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("undo/<uuid:batch>", history.undo),
    path("<ref:ref>", item.item),
    path("<ref:ref>/edit", edit.edit),
    path("<ref:ref>/body", quotes.body),
    path("<ref:ref>/quotes", quotes.quotes),
    path("<ref:ref>/thread", thread.thread),
    path("<ref:ref>/lift/<kind:kind>", lift.lift_one),
    path("<key:key>/lift/<kind:kind>", lift.lift_many),
    path("<ref:ref>/merge", merge.merge),
    path("<key:key>/merge", merge.merge_many),
    path("<ref:ref>/score", score.score),
    path("<ref:ref>/trash", edit.trash),
    path("<ref:ref>/restore", edit.restore),
    path("<ref:ref>/duplicate", edit.duplicate),
    path("<ref:ref>/children", edit.add_child),
    path("<ref:ref>/comments", comments.comments),
    path("<ref:ref>/comments/<int:number>", comments.comment),
    path("<ref:ref>/comments/<int:number>/removal", comments.removal),
    path("<ref:ref>/mentions", comments.mentions),
    path("<ref:ref>/watch", comments.watch),
    path("<ref:ref>/links", links.links),
    path("<ref:ref>/links/<int:number>", links.removal),
    path("<ref:ref>/attachments", attachments.attachments),
    path("<ref:ref>/attachments/<uuid:pk>", attachments.attachment),
    path("<ref:ref>/attachments/<uuid:pk>/removal", attachments.removal),
    path("<ref:ref>/history", history.history),
    path("<ref:ref>/history/<int:number>", history.difference),
    path("<ref:ref>/history/<int:number>/text", history.bring_back),
]
