from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "pilothouse.planning"

    def ready(self) -> None:
        from pilothouse.planning import showing

        showing.register()
