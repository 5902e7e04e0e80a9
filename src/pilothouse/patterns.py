"""The page of every component, for those who work on the look and for the tests that watch over it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from pilothouse.charts.examples import examples
from pilothouse.people.pages import own_page, show


@own_page
@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """In the reader's language, or in ?language= to look at the other one."""
    wanted = request.GET.get("language")
    language = wanted if wanted in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        charts = examples(chinese=language.startswith("zh"))
        return show(request, "patterns.html", {"now": timezone.now(), "charts": charts})
