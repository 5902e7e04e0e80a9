from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "pilothouse.exchange"

    def ready(self) -> None:
        from pilothouse.exchange.answers import showing

        showing.register()
