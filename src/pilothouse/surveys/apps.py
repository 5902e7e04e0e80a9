from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "pilothouse.surveys"
    label = "surveys"

    def ready(self) -> None:
        from pilothouse.surveys import showing
        from pilothouse.surveys.analysis import showing as reading
        from pilothouse.surveys.instruments import showing as scoring

        showing.register()
        reading.register()
        scoring.register()
