"""What anybody may open, at /s/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.surveys.answering.interview import interview
from pilothouse.surveys.answering.pictures import picture
from pilothouse.surveys.answering.welcome import welcome

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:code>", welcome, name="survey"),
    path("<str:code>/i/<str:token>", welcome, name="survey-invitation"),
    path("<str:code>/r/<uuid:key>", interview, name="survey-interview"),
    path("<str:code>/pictures/<str:name>", picture, name="survey-picture"),
]
