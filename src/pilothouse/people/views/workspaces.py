"""My workspaces: which there are, opening another one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from pilothouse.people.forms import WorkspaceForm
from pilothouse.people.models import Membership
from pilothouse.people.pages import go, own_page, person, show
from pilothouse.people.workspaces import open_workspace


@own_page
def workspaces(request: HttpRequest) -> HttpResponse:
    form = WorkspaceForm(request.POST or None)
    if form.is_valid():
        workspace = open_workspace(person(request), form.cleaned_data["name"])
        return go(request, f"{workspace.url}products/new")
    rows = Membership.objects.filter(user=person(request)).select_related("workspace").order_by("workspace__name")
    context = {"form": form, "memberships": rows}
    return show(request, "people/workspaces.html", context, status=422 if form.is_bound else 200)
