"""The trail of who changed which membership, product setting or key: written here, told in sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.people.models import Change, Product, Role, Token

# Every verb, as the end of a sentence that starts with who did it.
SENTENCES = {
    "workspace_created": _("created the workspace"),
    "workspace_renamed": _("renamed the workspace from “%(before)s” to “%(after)s”"),
    "invited": _("invited %(about)s as %(role)s"),
    "invitation_revoked": _("revoked the invitation of %(about)s"),
    "joined": _("joined as %(role)s"),
    "role_changed": _("changed the role of %(about)s from %(before)s to %(after)s"),
    "member_removed": _("removed %(about)s (%(role)s)"),
    "left": _("left the workspace (%(role)s)"),
    "product_created": _("created the product %(about)s"),
    "product_changed": _("changed %(settings)s of %(about)s"),
    "product_archived": _("archived %(about)s"),
    "product_unarchived": _("took %(about)s out of the archive"),
    "access_given": _("gave %(person)s access to %(about)s"),
    "access_taken": _("took access to %(about)s from %(person)s"),
    "shape_changed": _("changed the fields or states of %(kind)s in %(about)s"),
    "token_created": _("created the API token “%(about)s” (%(scope)s)"),
    "token_revoked": _("revoked the API token “%(about)s”"),
}

# How the trail's own values read: roles, what a token may, kinds, a product's settings.
NAMES: dict[str, Any] = {
    **dict(Role.choices),
    **dict(Token.SCOPES),
    **{kind.slug: kind.plural for kind in KINDS.values()},
}
SETTINGS = {"name": _("the name"), "purpose": _("the purpose"), "private": _("the privacy")}


def record(actor: Actor, verb: str, about: Any = "", *, product: Product | None = None, **details: Any) -> Change:
    """Call inside the transaction that makes the change."""
    if verb not in SENTENCES:
        raise ValueError(f"no sentence for {verb!r}")
    return Change.objects.create(
        workspace=actor.workspace, product=product, actor=actor.user, verb=verb, about=str(about)[:254], details=details
    )


def sentence(change: Change) -> str:
    words = {name: NAMES.get(value, value) for name, value in change.details.items() if isinstance(value, str)}
    settings = [str(name) for slug, name in SETTINGS.items() if slug in change.details.get("changes", ())]
    return str(SENTENCES[change.verb]) % {"about": change.about, "settings": ", ".join(settings), **words}
