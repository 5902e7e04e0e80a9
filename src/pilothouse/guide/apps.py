from __future__ import annotations

from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "pilothouse.guide"

    def ready(self) -> None:
        from pilothouse.guide import showing

        showing.register()
