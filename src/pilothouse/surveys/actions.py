"""The verbs of surveys. Each checks the right, writes in one transaction, leaves its Event, and can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.surveys import delta, pictures
from pilothouse.surveys.collection import Collection
from pilothouse.surveys.definition import UNSTORABLE, Questionnaire
from pilothouse.surveys.flow import Problem, check
from pilothouse.surveys.models import Survey, Version
from pilothouse.surveys.rows import KIND, survey_for
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.notices import notify

DRAFTED = ("drafted", "undrafted")
FAR_BACK = 500  # saves that a second saver may lie behind and still be woven in


class Overlap(Exception):
    """Raised when somebody else saved the draft first and changed the same places; nothing was written. `mine` are the
    changes that would overwrite theirs, `document` is the whole questionnaire as this person wanted it."""

    def __init__(self, survey: Survey, mine: delta.Delta, document: dict[str, Any]) -> None:
        self.survey, self.mine, self.document = survey, mine, document
        super().__init__(f"the questionnaire is at version {survey.draft_version}")


class NotReady(Exception):
    """The questionnaire cannot be answered as it is; each problem names its place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


@transaction.atomic
def create_survey(
    actor: Actor,
    product: Product,
    questionnaire: Questionnaire,
    data: Mapping[str, Any] | None = None,
    *,
    asked_about: Sequence[Item] = (),
) -> Survey:
    """A new item of kind "survey" with this questionnaire as its draft; `data` are the item's own values. The items
    that it asks about are linked to it."""
    batch = uuid.uuid4()
    title = questionnaire.title.get(actor.user.language, questionnaire.source)
    item = actions.create(actor, product, KIND, {"title": title or _("Untitled survey"), **(data or {})}, batch=batch)
    survey = survey_for(item)
    survey.draft = questionnaire.model_dump(mode="json")
    survey.save(update_fields=["draft"])
    for other in asked_about:
        actions.link(actor, item, "concerns", other, batch=batch)
    return survey


@transaction.atomic
def copy_survey(actor: Actor, survey: Survey) -> Survey:
    """A new survey, under a code of its own, with the same draft and the same rules for collecting. Published versions
    and responses are not copied."""
    title = _("%(title)s (copy)") % {"title": survey.item.title[:480]}
    return copy_onto(actor, survey, actions.create(actor, survey.item.product, KIND, {"title": title}))


def copy_onto(actor: Actor, survey: Survey, item: Item) -> Survey:
    """Give an item that was just made the questionnaire of another survey."""
    actor.require("write")
    made = survey_for(item)
    made.draft, made.collection = survey.draft, survey.collection
    made.save(update_fields=["draft", "collection"])
    for key in {option.image for question in survey.questionnaire.questions() for option in question.options}:
        if data := pictures.read(survey, key):
            pictures.keep(actor, made, data)
    return made


def locked(actor: Actor, survey: Survey) -> Survey:
    actor.require("write")
    row = actor.find(Survey.objects.select_for_update(of=("self",)).select_related("live"), "write", pk=survey.pk)
    row.item = survey.item
    return row


@transaction.atomic
def save_draft(
    actor: Actor, survey: Survey, document: Mapping[str, Any], version: int, *, edited: bool = False
) -> Event | None:
    """Save a questionnaire that was edited from draft `version`, and give the Event; None where nothing differs.

    Somebody else may have saved since: places that only they changed stay as they have them, and Overlap is raised
    where both changed the same place. Raises Invalid for a document that is no questionnaire. `edited` says that the
    document is a stored draft with parts changed, which needs no writing out of defaults.
    """
    survey = locked(actor, survey)
    wanted = cleaned(document, edited=edited)
    base = draft_at(survey, version)
    mine = delta.diff(base if base is not None else survey.draft, wanted)
    if version != survey.draft_version:
        theirs = delta.diff(base, survey.draft) if base is not None else mine
        if collisions := delta.overlap(mine, theirs) if base is not None else mine:
            raise Overlap(survey, collisions, wanted)
        wanted = cleaned(delta.apply(survey.draft, mine))
    return keep(actor, survey, wanted, "drafted")


def cleaned(document: Mapping[str, Any], *, edited: bool = False) -> dict[str, Any]:
    try:
        found = Questionnaire.model_validate(document)
        return dict(document) if edited else found.model_dump(mode="json")
    except ValidationError as error:
        raise Invalid(refusals(error)) from None


def refusals(error: ValidationError) -> dict[str, str]:
    """{place: message} of what is wrong. Where the message is one of ours, Pydantic's "Value error, " before it is left
    out."""
    return {place(one["loc"]): str(one.get("ctx", {}).get("error") or one["msg"]) for one in error.errors()}


def place(loc: tuple[int | str, ...]) -> str:
    """Where something is wrong, as "pages.0.questions.1.text"; "questionnaire" for the whole."""
    return ".".join(str(part) for part in loc) or "questionnaire"


def keep(actor: Actor, survey: Survey, document: dict[str, Any], verb: str) -> Event | None:
    """Write the draft with its Event of the kind `verb`; None where nothing differs."""
    changes = delta.diff(survey.draft, document)
    if not changes:
        return None
    survey.draft, survey.draft_version = document, survey.draft_version + 1
    survey.__dict__.pop("questionnaire", None)
    survey.save(update_fields=["draft", "draft_version"])
    entry = event(actor, survey.item, verb, {"to": survey.draft_version, "draft": changes}, uuid.uuid4())
    entry.save()
    return entry


def draft_at(survey: Survey, version: int) -> dict[str, Any] | None:
    """The draft as it was at save number `version`, found by reversing the saves since. None where that is more than
    500 saves ago or the history has a gap."""
    behind = survey.draft_version - version
    if behind == 0:
        return survey.draft
    if not 0 < behind <= FAR_BACK:
        return None
    saves = Event.objects.filter(item=survey.item_id, verb__in=DRAFTED).order_by("-pk")[:behind]
    document = survey.draft
    for expected, entry in zip(range(survey.draft_version, version, -1), saves, strict=False):
        if entry.changes.get("to") != expected:
            return None
        document = delta.apply(document, delta.reverse(entry.changes["draft"]))
    return document if len(saves) == behind else None


@transaction.atomic
def publish(actor: Actor, survey: Survey, note: str = "", *, version: int | None = None) -> Version:
    """Freeze the draft as the next version and let people answer it.

    Raises NotReady where a problem is serious, and Overlap where the draft is no longer at the `version` that was
    looked over. A draft that is exactly what people answer already gives that version back.
    """
    survey = locked(actor, survey)
    if version is not None and version != survey.draft_version:
        raise Overlap(survey, [], survey.draft)
    if serious := [problem for problem in check(survey.questionnaire, survey.rules.redirect_hosts) if problem.serious]:
        raise NotReady(serious)
    if survey.live and survey.live.definition == survey.draft and survey.item.state == "open":
        return survey.live
    number = (survey.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    made = Version.objects.create(
        survey=survey,
        number=number,
        definition=survey.draft,
        note=UNSTORABLE.sub("", note).strip()[:500],
        created_by=actor.user,
    )
    batch, before = uuid.uuid4(), survey.live_id
    survey.live = made
    survey.save(update_fields=["live"])
    set_state(actor, survey, "open", batch)
    log(actor, survey, "published", {"version": made.pk, "number": number, "before": before}, batch)
    return made


def pause(actor: Actor, survey: Survey) -> Event | None:
    return set_state(actor, survey, "paused")


def close(actor: Actor, survey: Survey) -> Event | None:
    return set_state(actor, survey, "closed")


def reopen(actor: Actor, survey: Survey) -> Event | None:
    """Raises Invalid while nothing was published that could be answered."""
    if survey.live_id is None:
        raise Invalid({"state": _("Nothing is published yet: publish the questionnaire first.")})
    return set_state(actor, survey, "open")


def set_state(actor: Actor, survey: Survey, state: str, batch: uuid.UUID | None = None) -> Event | None:
    """Put the survey's item into this state; None where the product has states of its own and this is none of them."""
    actor.require("write")
    if state not in survey.item.declared.state_by_slug:
        return None
    return actions.change(actor, survey.item, {"state": state}, batch=batch)


@transaction.atomic
def set_rules(actor: Actor, survey: Survey, rules: Collection) -> Event | None:
    """Change how answers are collected; None when nothing differed."""
    survey = locked(actor, survey)
    before, after = survey.rules.model_dump(mode="json"), rules.model_dump(mode="json")
    changed = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    if not changed:
        return None
    survey.collection = after
    survey.save(update_fields=["collection"])
    return log(actor, survey, "collected", {"rules": changed})


def log(actor: Actor, survey: Survey, verb: str, changes: dict[str, Any], batch: uuid.UUID | None = None) -> Event:
    entry = event(actor, survey.item, verb, changes, batch or uuid.uuid4())
    entry.save()
    notify([entry])
    return entry


# How each is taken back; True when it was.
def undo_draft(entry: Event) -> bool:
    """Whether a save could be taken back: not where a later save changed the same places. Taking it back is itself a
    save, which can be taken back in turn."""
    survey = Survey.objects.select_for_update().get(pk=survey_for(entry.item).pk)  # type: ignore[arg-type]
    survey.item = entry.item  # type: ignore[assignment]
    back = delta.reverse(entry.changes["draft"])
    if not delta.fits(survey.draft, back):
        return False
    try:
        document = cleaned(delta.apply(survey.draft, back))
    except Invalid:
        return False
    changes = delta.diff(survey.draft, document)
    survey.draft, survey.draft_version = document, survey.draft_version + 1
    survey.save(update_fields=["draft", "draft_version"])
    Event.objects.create(
        product_id=entry.product_id, item=entry.item, actor=entry.actor, verb="undrafted",
        changes={"to": survey.draft_version, "draft": changes}, version=entry.version,
    )  # fmt: skip
    return True


def undo_publishing(entry: Event) -> bool:
    """Whether publishing could be taken back: only while nobody has answered the version, as responses keep theirs."""
    survey = Survey.objects.select_for_update().get(item=entry.item)
    version = Version.objects.filter(pk=entry.changes["version"], survey=survey).first()
    if version is None or survey.live_id != version.pk or version.responses.exists():
        return False
    survey.live = survey.versions.filter(pk=entry.changes["before"]).first()
    survey.save(update_fields=["live"])
    version.delete()
    return True


def undo_rules(entry: Event) -> bool:
    survey = Survey.objects.select_for_update().get(item=entry.item)
    now = survey.rules.model_dump(mode="json")
    pairs = entry.changes["rules"]
    if any(now[name] != after for name, (_before, after) in pairs.items()):
        return False
    survey.collection = {**now, **{name: before for name, (before, _after) in pairs.items()}}
    survey.save(update_fields=["collection"])
    return True
