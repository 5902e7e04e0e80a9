"""The doors: the first start, the way in from the bare address, and the language of those who stand outside."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pilothouse.people import zones
from pilothouse.people.forms import SetupForm
from pilothouse.people.models import User
from pilothouse.people.pages import last_used, show, sign_in_first
from pilothouse.people.setup import claim, is_setup_token


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """To the workspace used last, or to the choice of one."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    actor = last_used(request)
    return HttpResponseRedirect(actor.workspace.url if actor else "/workspaces")


def setup(request: HttpRequest, token: str) -> HttpResponse:
    """The installation's first owner. Whoever has the printed link may be it, once."""
    if not is_setup_token(token):
        raise Http404
    form = SetupForm(request.POST or None, initial=guesses())
    if not form.is_valid():
        context = {"form": form, "zones": zones.choices()}
        return show(request, "people/setup.html", context, status=422 if form.is_bound else 200)
    made = claim(token, form.cleaned_data)
    if made is None:
        raise Http404
    user, workspace = made
    return let_in(request, user, f"{workspace.url}products/new")


def guesses() -> dict[str, str]:
    return {"language": get_language() or "en", "time_zone": zones.UTC}


def let_in(request: HttpRequest, user: User, url: str) -> HttpResponse:
    return perform_login(request, user, email_verification="none", redirect_url=url)
