from __future__ import annotations

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "pilothouse.outcomes"

    def ready(self) -> None:
        from pilothouse.outcomes import showing

        showing.register()
