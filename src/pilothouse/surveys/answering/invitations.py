"""Personal links: made from pasted lines or the product's contacts, sent by e-mail where there is a mail server, sent
again, taken back, written out as a file. A link follows from the installation's key: only its digest is kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.people import mail
from pilothouse.people.access import Actor
from pilothouse.people.derived import derived_token
from pilothouse.people.models import digest
from pilothouse.surveys.answering import words
from pilothouse.surveys.definition import UNSTORABLE
from pilothouse.surveys.models import Invitation, Response, Survey
from pilothouse.workbench.models import Item

MOST = 5_000
EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
AROUND = " \t,;<>\"'()，；"
FORMULA = re.compile(r"^[=+\-@\t\r＝＋－＠]")


def people(lines: str) -> list[tuple[str, str]]:
    """(name, e-mail) of each pasted line, in whatever order and punctuation; either may be missing."""
    found = []
    for line in UNSTORABLE.sub("", lines).splitlines()[:MOST]:
        email = EMAIL.search(line)
        name = (line.replace(email[0], " ") if email else line).strip(AROUND)
        if name or email:
            found.append((" ".join(name.split())[:200], email[0].lower()[:254] if email else ""))
    return found


def contacts(actor: Actor, survey: Survey) -> list[tuple[str, str]]:
    """The product's contacts that have an e-mail address and have not said no to research."""
    rows = Item.objects.visible_to(actor).filter(product=survey.item.product_id, kind="contact", trashed_at=None)
    asked = [row for row in rows[:MOST] if row.fields.get("email") and row.fields.get("consent") is not False]
    return [(row.title[:200], str(row.fields["email"]).lower()[:254]) for row in asked]


@transaction.atomic
def invite(actor: Actor, survey: Survey, people: Iterable[tuple[str, str]], language: str = "") -> list[Invitation]:
    """A link for each; who has one that still works gets no second."""
    actor.require("write", survey.item.product)
    known = set(
        Invitation.objects.filter(survey=survey, revoked_at=None).exclude(email="").values_list("email", flat=True)
    )
    wanted = {email or uuid4().hex: (name, email) for name, email in people if email not in known}
    made = [
        Invitation(survey=survey, name=name, email=email, language=language, token_digest=uuid4().hex)
        for name, email in list(wanted.values())[:MOST]
    ]
    Invitation.objects.bulk_create(made, batch_size=500)
    for invitation in made:
        invitation.token_digest = digest(token(invitation))
    Invitation.objects.bulk_update(made, ["token_digest"], batch_size=500)
    return made


def token(invitation: Invitation) -> str:
    return derived_token("pilothouse.surveys.invitation", invitation.pk)


def link(invitation: Invitation) -> str:
    """The address; after a move to another key the old one still works, and a new one is made here."""
    text = token(invitation)
    if invitation.token_digest != digest(text):
        Invitation.objects.filter(pk=invitation.pk).update(token_digest=digest(text))
    return f"{settings.PUBLIC_URL}{invitation.survey.path}/i/{text}"


def waiting(survey: Survey) -> list[Invitation]:
    """Those who have an address and have not finished."""
    rows = Invitation.objects.filter(survey=survey, revoked_at=None).exclude(email="").select_related("survey__item")
    done = Response.objects.filter(survey=survey).exclude(status=Response.STARTED).values("invitation")
    return list(rows.exclude(pk__in=done.filter(invitation__isnull=False)).order_by("pk"))


def send(actor: Actor, survey: Survey, *, remind: bool = False) -> int:
    """Mail everybody who was not written to yet, or remind everybody who was; how many."""
    actor.require("write", survey.item.product)
    if not mail.configured():
        return 0
    rows = [one for one in waiting(survey) if bool(one.sent_at) is remind]
    for invitation in rows:
        subject, body = letter(survey, invitation, remind=remind)
        mail.send(invitation.email, subject, body)
    field = "reminded_at" if remind else "sent_at"
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(**{field: timezone.now()})
    return len(rows)


def letter(survey: Survey, invitation: Invitation, *, remind: bool) -> tuple[str, str]:
    """In the language of whoever is invited."""
    assert survey.live is not None
    language = invitation.language or survey.live.questionnaire.source
    title = survey.live.questionnaire.title.get(language) or survey.item.title
    with translation.override(words.spoken(language)):
        said = {
            "name": invitation.name or _("there"),
            "title": title,
            "link": link(invitation),
            "product": survey.item.product.name,
        }
        subject = _("A reminder: %(title)s") % said if remind else title
        body = _(
            "Hello %(name)s,\n\n%(product)s asks for your answers: %(title)s\n\n%(link)s\n\n"
            "The link is yours alone and works once. If you would rather not answer, do nothing."
        ) % said  # fmt: skip
    return subject, body


def revoke(actor: Actor, survey: Survey, pk: int) -> None:
    actor.require("write", survey.item.product)
    invitation = actor.find(Invitation.objects.filter(survey=survey), "write", pk=pk)
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now())


def standing(invitation: Invitation) -> str:
    response = getattr(invitation, "response", None)
    if invitation.revoked_at:
        return _("Taken back")
    if response is not None:
        return _("Begun") if response.status == Response.STARTED else pgettext("invitation", "Answered")
    return _("Reminded") if invitation.reminded_at else _("Sent") if invitation.sent_at else _("Not sent yet")


def listed(survey: Survey) -> list[Invitation]:
    rows = Invitation.objects.filter(survey=survey).select_related("response", "survey").order_by("-pk")
    return list(rows[:MOST])


def as_csv(invitations: Sequence[Invitation]) -> str:
    """Names and links for whatever sends the messages; no cell acts as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "email", "link", "state"])
    for one in invitations:
        writer.writerow([safe(one.name), safe(one.email), "" if one.revoked_at else link(one), standing(one)])
    return "\ufeff" + out.getvalue()


def safe(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text
