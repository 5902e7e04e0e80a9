"""Is the server well? For people, monitors and load balancers."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from pilothouse import __version__


def healthz(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse(
            {"status": "no database", "version": __version__, "database": connection.vendor}, status=503
        )
    return JsonResponse({"status": "ok", "version": __version__, "database": connection.vendor})
