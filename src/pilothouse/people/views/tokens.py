"""One's own API tokens."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilothouse.people.access import Actor
from pilothouse.people.forms import TokenForm
from pilothouse.people.models import Token
from pilothouse.people.pages import go, page, show
from pilothouse.people.tokens import create_token, own_tokens, revoke_token


@page
def tokens(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list and the form; after a new one also its secret, which no later page can show."""
    form, secret = TokenForm(request.POST or None), None
    if form.is_valid():
        data = form.cleaned_data
        _token, secret = create_token(actor, data["name"], data["scope"], data["days"])
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": own_tokens(actor)}
    return show(request, "people/tokens.html", context, status=422 if form.is_bound else 201 if secret else 200)


@page
@require_POST
def revoke(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    token = Token.objects.filter(user=actor.user, workspace=actor.workspace, pk=pk, revoked_at=None).first()
    if token is None:
        raise Http404
    revoke_token(actor, token)
    return go(request, f"{actor.workspace.url}tokens", _("The token “%(name)s” is revoked.") % {"name": token.name})
