"""The door of a survey: what it is about, in which language, with what consent; and the first click."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from pilothouse.surveys import order
from pilothouse.surveys.answering import door, proof, shell, visits, words
from pilothouse.surveys.answering.door import Shut
from pilothouse.surveys.answering.opening import given_hidden, prefilled
from pilothouse.surveys.answering.published import questionnaire_of
from pilothouse.surveys.answering.turns import seed_in_turn
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.flow import State
from pilothouse.surveys.models import Invitation, Response, Survey
from pilothouse.surveys.questions import wanted

YEAR = 365 * 24 * 3600
HONEYPOT = "website"


@shell.public
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, code: str, token: str = "") -> HttpResponse:
    """`token` makes it a personal link. Looking at it never uses it up: mail scanners look too."""
    survey = door.survey_at(code)
    invitation = door.invitation_at(survey, token) if token else None
    visit = Visit(request, survey, invitation)
    if why := visit.refusal():
        return shell.shut_page(survey, visit.questionnaire, visit.language, why)
    return visit.begin() if request.method == "POST" else visit.page()


class Visit:
    """One request at the door."""

    def __init__(self, request: HttpRequest, survey: Survey, invitation: Invitation | None) -> None:
        assert survey.live is not None
        self.request, self.survey, self.invitation = request, survey, invitation
        self.questionnaire: Questionnaire = questionnaire_of(survey.live)
        asked = request.POST.get("language", "")
        invited = invitation.language if invitation else ""
        known = asked in self.questionnaire.languages
        self.language = asked if known else words.wanted(request, self.questionnaire, invited)
        self.member = door.member(survey, request.user) if survey.rules.access == "members" else None
        self.again = "again" in request.GET
        self.known = self.response_of_browser()

    def refusal(self) -> Shut | None:
        access = self.survey.rules.access
        if access == "members" and self.member is None and not self.invitation:
            return Shut("members")
        if self.invitation and self.invitation.revoked_at:
            return Shut("revoked")
        if access == "personal" and self.invitation is None:
            return Shut("personal")
        if self.invitation and is_finished(begun(self.invitation)):
            return Shut("used")
        if why := door.shut(self.survey):
            return why
        once = self.survey.rules.once_per_browser and not self.again and self.request.method != "POST"
        return Shut("answered") if once and is_finished(self.known) else None

    def response_of_browser(self) -> Response | None:
        """What this browser, this person or this link has begun."""
        rows = Response.objects.filter(survey=self.survey).only("id", "key", "status")
        if self.member:
            return rows.filter(member=self.member.user).first()
        if self.invitation:
            return begun(self.invitation)
        try:
            key = UUID(self.request.COOKIES.get(cookie(self.survey), ""))
        except ValueError:
            return None
        return rows.filter(key=key).first()

    def page(self, problem: str = "", status: int = 200) -> HttpResponse:
        voice = words.Voice(self.questionnaire, State(hidden=self.hidden(), language=self.language))
        context = {
            "voice": voice, "questionnaire": self.questionnaire, "ticket": proof.issue(self.survey),
            "count": wanted(self.questionnaire.questions()),
            "problem": problem, "again": self.again, "query": self.query(), "consented": "consent" in self.request.POST,
            "resume": self.address(self.known) if self.can_resume() else "",
            "prove": self.survey.rules.proof_of_work and self.survey.rules.access == "open",
        }  # fmt: skip
        return shell.show(
            self.survey, self.questionnaire, self.language, "surveys/public/welcome.html", context, status
        )

    def query(self) -> str:
        """Prefilled answers and hidden fields come along; the language has a field of its own."""
        kept = [(name, str(value)) for name, value in self.request.GET.items() if name != "language"][:200]
        return urlencode(kept)

    def can_resume(self) -> bool:
        personal = self.invitation is not None or self.member is not None
        open_one = self.known is not None and self.known.status == Response.STARTED
        return open_one and (personal or self.survey.rules.save_and_return)

    def hidden(self) -> dict[str, str]:
        given = self.invitation.hidden if self.invitation else {}
        return given_hidden(self.questionnaire, self.request.GET, given)

    def begin(self) -> HttpResponse:
        """The first click. A form sent twice, a link opened twice and a member's second try lead to one response."""
        ticket = proof.opened(self.survey, self.request.POST.get("ticket", ""))
        if ticket is None:
            return self.page("old", 422)
        consent = self.questionnaire.consent
        if consent and self.request.POST.get("consent") != consent.version:
            return self.page("consent", 422)
        if (self.member or self.invitation) and self.known:
            return self.go(self.known)
        begun = Response.objects.filter(survey=self.survey, key=ticket.key).only("id", "key")
        found = begun.first()
        if found is None and proof.is_spent(ticket):
            found = begun.first()  # begun by another click between the two questions
            if found is None:  # its response was erased since
                return self.page("old", 422)
        try:
            return self.go(found or self.make(ticket))
        except visits.Crowd:
            return shell.shut_page(self.survey, self.questionnaire, self.language, Shut("crowd"))

    def make(self, ticket: proof.Ticket) -> Response:
        try:
            with transaction.atomic():
                flags = self.oddities(ticket)
                proof.spend(ticket)
                return Response.objects.create(**self.values(ticket), flags=flags)
        except IntegrityError:  # another request made it in the same moment
            return self.other(ticket)

    def other(self, ticket: proof.Ticket) -> Response:
        mine = Q(key=ticket.key)
        if self.invitation:
            mine |= Q(invitation=self.invitation)
        if self.member:
            mine |= Q(member=self.member.user)
        found = Response.objects.filter(mine, survey=self.survey).first()
        if found is None:
            raise Http404
        return found

    def values(self, ticket: proof.Ticket) -> dict[str, Any]:
        source = Response.MEMBER if self.member else Response.INVITED if self.invitation else Response.LINK
        consent = self.questionnaire.consent
        return {
            "survey": self.survey, "version": self.survey.live, "key": ticket.key, "invitation": self.invitation,
            "member": self.member.user if self.member else None, "source": source, "language": self.language,
            "hidden": self.hidden(), "answers": prefilled(self.questionnaire, self.request.GET),
            "consent_version": consent.version if consent else "", "changed": order.stamp(),
            "seed": seed_in_turn(self.survey, self.questionnaire),
        }  # fmt: skip

    def oddities(self, ticket: proof.Ticket) -> list[str]:
        """The flags of a new response to the open link; none for who was invited or is signed in. Raises visits.Crowd
        where one network address began the survey too often today."""
        if self.member or self.invitation:
            return []
        proved = proof.is_done(ticket, self.request.POST.get("proof", ""))
        count = visits.count(self.survey, self.request)
        if count > visits.TOO_MANY:
            raise visits.Crowd
        return sorted(
            name
            for name, odd in (
                ("honeypot", bool(self.request.POST.get(HONEYPOT))),
                ("no_proof", self.survey.rules.proof_of_work and not proved),
                ("same_address", count > visits.MANY),
                ("duplicate", self.survey.rules.once_per_browser and is_finished(self.known)),
            )
            if odd
        )

    def address(self, response: Response | None) -> str:
        return f"{self.survey.path}/r/{response.key}" if response else ""

    def go(self, response: Response) -> HttpResponse:
        answer = HttpResponseRedirect(self.address(response), status=303)
        if not (self.member or self.invitation):
            answer.set_cookie(
                cookie(self.survey), str(response.key), max_age=YEAR, path=self.survey.path, httponly=True,
                samesite="Lax", secure=settings.HTTPS,
            )  # fmt: skip
        return shell.guarded(self.survey, answer)


def cookie(survey: Survey) -> str:
    return f"answered-{survey.code}"


def begun(invitation: Invitation) -> Response | None:
    return getattr(invitation, "response", None)


def is_finished(response: Response | None) -> bool:
    return response is not None and response.status != Response.STARTED
