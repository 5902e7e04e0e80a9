"""The questionnaire as respondents will meet it, in any language, from any page. Nothing that is answered here is kept:
the answers travel in the address, signed, and are gone with it."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from pilothouse.people.access import Actor
from pilothouse.people.middleware import POLICY
from pilothouse.surveys import flow, pictures
from pilothouse.surveys.answering import shell, words
from pilothouse.surveys.answering.asking import on_page
from pilothouse.surveys.answering.interview import is_live
from pilothouse.surveys.answering.pictures import TYPES
from pilothouse.surveys.answering.reading import read
from pilothouse.surveys.building.editor import writing
from pilothouse.surveys.building.naming import language_names, page_name
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.surveys.definition import End, Page
from pilothouse.surveys.models import Survey
from pilothouse.surveys.questions import wanted
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Ref

SALT = "survey preview"
LONGEST = 12_000  # characters of a signed state in an address
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


@page
@require_safe
def preview(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The frame of a phone, or a wide one, round the pages themselves."""
    survey = survey_of(request, actor, ref)
    language = writing(survey, request.GET.get("in", actor.user.language))
    found = survey.questionnaire
    at = request.GET.get("page", "")
    context = {
        **head(actor, survey, "edit"),
        "wide": request.GET.get("wide") == "1",
        "language_code": language,
        "languages": language_names(found),
        "pages": [(one.id, page_name(found, one, language)) for one in found.pages],
        "start": at if found.page(at) else "",
    }
    return show(request, "surveys/build/preview.html", context)


@shell.public  # type: ignore[arg-type]  # it changes nothing, so a post needs no token
@page
@require_http_methods(["GET", "POST"])
def rehearsal(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref)
    response = Rehearsal(request, survey).answer()
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


class Rehearsal:
    """One request inside the frame."""

    def __init__(self, request: HttpRequest, survey: Survey) -> None:
        self.request, self.survey, self.found = request, survey, survey.questionnaire
        state = unpacked(request.GET.get("s", ""))
        wanted = request.POST.get("language") or request.GET.get("in") or state.get("language", "")
        self.language = writing(survey, wanted)
        self.answers, self.seen = state.get("answers", {}), state.get("seen", [])

    @property
    def state(self) -> flow.State:
        hidden = {one.code: one.default for one in self.found.hidden}
        return flow.State(self.answers, hidden, self.language, 1)

    @property
    def path(self) -> str:
        packed = signing.dumps(
            {"answers": self.answers, "seen": self.seen, "language": self.language}, salt=SALT, compress=True
        )
        return f"{self.survey.url}/preview/pages?s={packed if len(packed) <= LONGEST else ''}"

    def answer(self) -> HttpResponse:
        with translation.override(words.spoken(self.language)):
            here = self.found.page(self.request.POST.get("page", ""))
            if here is not None:
                return self.take(here)
            start = self.found.page(self.request.GET.get("page", ""))
            if start is not None:
                return self.ask(start)
            return self.onward() if self.request.method == "POST" else self.welcome()

    def welcome(self) -> HttpResponse:
        context = {
            "questionnaire": self.found, "voice": words.Voice(self.found, self.state),
            "count": wanted(self.found.questions()),
            "ticket": {"text": "", "bits": 0}, "prove": False, "problem": "", "consented": False, "resume": "",
            "query": self.path.partition("?")[2], "again": False,
        }  # fmt: skip
        return self.show("surveys/public/welcome.html", context)

    def take(self, here: Page) -> HttpResponse:
        """What was sent from a page: on to the next one, back, or the same again in another language or with errors."""
        posted = self.request.POST
        reading = read(self.found, here, self.state, posted)
        self.answers = reading.onto(self.answers)
        if self.request.headers.get("X-Look") == "1" or "language" in posted:
            return self.ask(here, posted)
        if "back" in posted:
            before = flow.pages(self.found, self.state, self.seen).before(here.id)
            return self.ask(self.found.page(before or "") or here)
        if reading.errors:
            return self.ask(here, posted, reading.errors)
        self.seen = [*(id for id in self.seen if id != here.id), here.id]
        return self.onward(here)

    def onward(self, after: Page | None = None) -> HttpResponse:
        """The next page on the way; from a page that was jumped to, the one that follows it."""
        earlier = self.found.pages[: self.found.pages.index(after)] if after else []
        seen = {*self.seen, *(one.id for one in earlier)}
        route = flow.pages(self.found, self.state, seen)
        following = self.found.page(route.after(after.id) or "") if after else route.current
        if following is not None:
            return self.ask(following)
        if route.current is not None and after is not None and after.id not in route.done:
            return self.ask(route.current)
        context = {
            "end": route.end or End(id="end"),
            "voice": words.Voice(self.found, self.state),
            "questionnaire": self.found,
        }
        return self.show("surveys/public/end.html", context)

    def ask(self, here: Page, posted: QueryDict | None = None, errors: Any = None) -> HttpResponse:
        asked = on_page(
            self.found, here, self.state, pictures=f"{self.survey.url}/pictures/", posted=posted, errors=errors
        )
        context = {
            "asked": asked, "page": here, "voice": words.Voice(self.found, self.state), "errors": errors or {},
            "questionnaire": self.found, "path": self.path, "turn": 0, "clock": "", "live": is_live(here),
            "progress": round(100 * self.found.pages.index(here) / len(self.found.pages)),
            "last": here is self.found.pages[-1],
            "back": self.found.allow_back and here.id != self.found.pages[0].id, "files": False,
            "key": f"preview-{self.survey.code}-{self.survey.draft_version}", "later": False, "address": "",
        }  # fmt: skip
        looks = self.request.headers.get("X-Look") == "1"
        return self.show("surveys/public/questions.html" if looks else "surveys/public/page.html", context)

    def show(self, template: str, context: dict[str, Any]) -> HttpResponse:
        return shell.show(self.survey, self.found, self.language, template, context)


def unpacked(text: str) -> dict[str, Any]:
    """What was answered so far; nothing where it was not signed here."""
    try:
        found = signing.loads(text, salt=SALT)
        return found if isinstance(found, dict) else {}
    except signing.BadSignature:
        return {}


@page
@require_safe
def picture(request: HttpRequest, actor: Actor, ref: Ref, name: str) -> HttpResponse:
    """A picture of the draft, for whoever may see the survey."""
    data = pictures.read(survey_of(request, actor, ref), name)
    ending = name.rpartition(".")[2]
    if data is None or ending not in TYPES:
        raise Http404
    response = HttpResponse(data, content_type=TYPES[ending])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
