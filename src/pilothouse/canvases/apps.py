from __future__ import annotations

from django.apps import AppConfig


class CanvasesConfig(AppConfig):
    name = "pilothouse.canvases"

    def ready(self) -> None:
        from pilothouse.canvases import showing

        showing.register()
