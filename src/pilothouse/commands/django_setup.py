from __future__ import annotations

from pilothouse.commands.speaking import language


def setup() -> None:
    """Import Django and read the settings; every command that touches the data calls this first."""
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language())


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
