"""What stands round every public page: the product's name, the languages, the policy of what may embed it. No
session is read or made, and no cookie is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from pilothouse.people.middleware import POLICY
from pilothouse.surveys.answering import words
from pilothouse.surveys.answering.door import Shut
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.models import Survey

HOST = re.compile(r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$")
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page for anybody. The key in its address stands in for a cookie, so nothing rides on the browser's own."""

    @wraps(view)
    def opened(request: HttpRequest, **where: Any) -> HttpResponse:
        try:
            request.POST  # noqa: B018 read here, where too much of it can be told
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return bare("surveys/public/too_big.html", 413)
        return view(request, **where)

    return csrf_exempt(opened)


def render(template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Without a request, so that nothing asks who is signed in."""
    return HttpResponse(render_to_string(template, context), status=status)


def bare(template: str, status: int) -> HttpResponse:
    """A page of no survey in particular."""
    language = translation.get_language() or "en"
    around = {"language": words.tag(language), "interface": words.tag(language), "direction": words.direction(language)}
    return render(template, {**around, "languages": [], "brand": ""}, status)


def show(
    survey: Survey,
    questionnaire: Questionnaire,
    language: str,
    template: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page of this survey in this language."""
    context = {
        **context,
        "survey": survey,
        "language": words.tag(language),
        "interface": words.tag(words.spoken(language)),
        "direction": words.direction(language),
        "languages": words.choices(questionnaire, language),
        "brand": survey.item.product.name,
    }
    with translation.override(words.spoken(language)):
        answer = render(template, context, status)
    answer.headers["Content-Language"] = words.tag(language)
    return guarded(survey, answer)


def shut_page(
    survey: Survey, questionnaire: Questionnaire, language: str, why: Shut, begun: bool = False
) -> HttpResponse:
    """Why nobody gets in, in words that say what to do."""
    return show(survey, questionnaire, language, "surveys/public/shut.html", {"why": why, "begun": begun}, why.status)


def guarded(survey: Survey, response: HttpResponse) -> HttpResponse:
    """Only hosts that the survey names may show it in a frame, and forms may end only there where it may lead."""
    frames, targets = hosts(survey.rules.embed_hosts), hosts(survey.rules.redirect_hosts)
    policy = POLICY.replace("form-action 'self'", f"form-action 'self' {' '.join(targets)}".strip())
    if frames:
        policy = policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(frames)}")
        response.xframe_options_exempt = True
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def hosts(named: list[str]) -> list[str]:
    """Those that can stand in a policy; anything else is left out."""
    return [host for host in (one.strip().lower() for one in named) if HOST.match(host)]
