"""What those who collect need, below a survey's own address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.surveys.answering import collecting

urlpatterns: list[URLPattern | URLResolver] = [
    path("<ref:ref>/survey/qr.svg", collecting.code),
    path("<ref:ref>/survey/invitations", collecting.invite),
    path("<ref:ref>/survey/invitations.csv", collecting.links),
    path("<ref:ref>/survey/invitations/send", collecting.send),
    path("<ref:ref>/survey/invitations/<int:pk>/revoke", collecting.revoke),
    path("<ref:ref>/survey/respondent", collecting.respondent),
]
