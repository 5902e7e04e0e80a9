from __future__ import annotations

from django.apps import AppConfig


class StepsConfig(AppConfig):
    name = "pilothouse.steps"

    def ready(self) -> None:
        from pilothouse.steps import showing

        showing.register()
