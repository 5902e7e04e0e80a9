from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "pilothouse.surveys"
    label = "surveys"

    def ready(self) -> None:
        from pilothouse.surveys import showing

        showing.register()
