"""The respondent's own pages: one after another, back, in another language, to the end."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import translation
from django.views.decorators.http import require_http_methods

from pilothouse.surveys import flow
from pilothouse.surveys.answering import door, recording, shell, uploads, words
from pilothouse.surveys.answering.asking import on_page
from pilothouse.surveys.answering.door import Shut
from pilothouse.surveys.answering.published import questionnaire_of
from pilothouse.surveys.answering.reading import Reading, read
from pilothouse.surveys.checking import allowed
from pilothouse.surveys.definition import End, Page
from pilothouse.surveys.models import Response

CLOCK = "survey page shown"
LONGEST_PAGE = 1_800.0  # seconds: who takes longer has gone away and come back


@shell.public
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    meeting = Meeting(request, door.response_at(code, key))
    with translation.override(words.spoken(meeting.response.language)):
        return meeting.refusal() or (meeting.take() if request.method == "POST" else meeting.look())


class Meeting:
    """One request of one respondent."""

    def __init__(self, request: HttpRequest, response: Response) -> None:
        self.request, self.response, self.survey = request, response, response.survey
        self.questionnaire = questionnaire_of(response.version)
        self.path = f"{self.survey.path}/r/{response.key}"

    def refusal(self) -> HttpResponse | None:
        response = self.response
        if response.member_id and response.member_id != self.request.user.pk:
            return self.shut(Shut("members"))
        if response.status != Response.STARTED:
            return self.end()
        if response.invitation and response.invitation.revoked_at:
            return self.shut(Shut("revoked"))
        why = door.shut(self.survey)
        return self.shut(why) if why else None

    def shut(self, why: Shut) -> HttpResponse:
        return shell.shut_page(self.survey, self.questionnaire, self.response.language, why, begun=True)

    # What is shown.
    def look(self) -> HttpResponse:
        route = recording.route_of(self.response)
        wanted = self.request.GET.get("page", "")
        again = wanted in route.done and (self.questionnaire.allow_back or wanted == route.open[-1])
        page = self.questionnaire.page(wanted) if again else route.current
        if page is None:  # all is said already: a page was answered in another tab
            return self.complete(route)
        return self.ask(page, route)

    def complete(self, route: flow.Route) -> HttpResponse:
        recording.save(self.response, lambda _response: True)
        return self.go("") if self.response.status != Response.STARTED else self.look_last(route)

    def look_last(self, route: flow.Route) -> HttpResponse:
        page = self.questionnaire.page(route.done[-1]) if route.done else None
        return self.ask(page, route) if page else self.shut(Shut("closed"))

    def ask(
        self,
        page: Page,
        route: flow.Route,
        posted: QueryDict | None = None,
        errors: Mapping[str, Mapping[str, str]] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        state = recording.state_of(self.response)
        asked = on_page(
            self.questionnaire, page, state, pictures=f"{self.survey.path}/pictures/", posted=posted, errors=errors
        )
        context = {
            "asked": asked, "page": page, "voice": words.Voice(self.questionnaire, state), "errors": errors or {},
            "questionnaire": self.questionnaire, "path": self.path, "turn": self.response.save_count,
            "clock": signing.Signer(salt=CLOCK).sign(f"{time.time():.1f}"), "progress": self.progress(page),
            "back": self.questionnaire.allow_back and route.before(page.id), "live": is_live(page),
            "last": page is self.questionnaire.pages[-1],
            "files": any(one.question.type == "file" for one in asked), "key": str(self.response.key),
            "later": self.survey.rules.save_and_return, "address": settings.PUBLIC_URL + self.path,
        }  # fmt: skip
        template = "surveys/public/questions.html" if self.peeks() else "surveys/public/page.html"
        return shell.show(self.survey, self.questionnaire, self.response.language, template, context, status)

    def peeks(self) -> bool:
        """The browser asks which questions follow from what is on the page; nothing is kept."""
        return self.request.headers.get("X-Look") == "1"

    def progress(self, page: Page) -> int:
        place = self.questionnaire.pages.index(page)
        return round(100 * place / len(self.questionnaire.pages))

    # What is sent.
    def take(self) -> HttpResponse:
        route = recording.route_of(self.response)
        page = self.questionnaire.page(self.request.POST.get("page", ""))
        if page is None or page.id not in self.may_send(route):
            return self.go("")  # it left the path, by an answer given in another tab
        return self.peek(page, route) if self.peeks() else self.keep(page)

    def may_send(self, route: flow.Route) -> list[str]:
        return route.open if self.questionnaire.allow_back else route.open[-1:]

    def peek(self, page: Page, route: flow.Route) -> HttpResponse:
        reading = read(self.questionnaire, page, recording.state_of(self.response), self.request.POST)
        self.response.answers = reading.onto(self.response.answers)
        return self.ask(page, route, self.request.POST)

    def keep(self, page: Page) -> HttpResponse:
        posted, refused = uploads.stored(self.request, self.response, page)
        reading = read(self.questionnaire, page, recording.state_of(self.response), posted, refused)
        onward = not {"back", "language"} & set(posted)
        passed = onward and not reading.errors and not reading.fresh

        def change(response: Response) -> bool:
            before = (response.answers, response.seen, response.language)
            response.answers = reading.onto(response.answers)
            if passed:
                response.seen = [*(id for id in response.seen if id != page.id), page.id]
            if posted.get("language") in self.questionnaire.languages:
                response.language = str(posted["language"])
            differs = before[0] != response.answers or set(before[1]) != set(response.seen)
            if differs:
                response.seconds = (response.seconds or 0) + spent(posted.get("clock", ""))
            return differs or before[2] != response.language

        recording.save(self.response, change)
        return self.after(page, posted, reading, passed)

    def after(self, page: Page, posted: QueryDict, reading: Reading, passed: bool) -> HttpResponse:
        if self.response.status != Response.STARTED:
            return self.go("")
        route = recording.route_of(self.response)
        if "back" in posted:
            return self.go(route.before(page.id) or page.id)
        if passed:
            return self.go(route.after(page.id) or "")
        if "language" in posted:
            reading = Reading(reading.answers, {}, False)
        with translation.override(words.spoken(self.response.language)):
            return self.ask(page, route, posted, reading.errors, 422 if reading.errors else 200)

    def go(self, page: str) -> HttpResponse:
        where = f"{self.path}?page={quote(page)}" if page else self.path
        return shell.guarded(self.survey, HttpResponseRedirect(where, status=303))

    # How it ends.
    def end(self) -> HttpResponse:
        end = self.questionnaire.end(self.response.end) or End(id="end", kind=self.kind())
        voice = words.Voice(self.questionnaire, recording.state_of(self.response))
        if target := self.target(end):
            return shell.guarded(self.survey, HttpResponseRedirect(target))
        context = {"end": end, "voice": voice, "questionnaire": self.questionnaire}
        return shell.show(self.survey, self.questionnaire, self.response.language, "surveys/public/end.html", context)

    def kind(self) -> Any:
        return self.response.status

    def target(self, end: End) -> str:
        """Where it leads on to, with earlier answers and hidden fields put in; only to a host that the survey names."""
        state = recording.state_of(self.response)
        address = flow.pipe(end.redirect, self.questionnaire, state, lambda said: quote(said, safe=""))
        return address if address and allowed(address, self.survey.rules.redirect_hosts) else ""


def spent(clock: str) -> float:
    """Seconds since the page was shown; none for a clock that is not ours."""
    try:
        return min(max(time.time() - float(signing.Signer(salt=CLOCK).unsign(clock)), 0.0), LONGEST_PAGE)
    except (signing.BadSignature, ValueError):
        return 0.0


def is_live(page: Page) -> bool:
    """Whether an answer may bring up or take away another question on the same page."""
    here = {question.id for question in page.questions}
    conditions = [question.show_if for question in page.questions if question.show_if]
    return any(leaf.question in here for condition in conditions for leaf in condition.leaves())
