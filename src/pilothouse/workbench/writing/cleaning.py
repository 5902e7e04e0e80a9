"""From what a person, a file or a program gives to the values that an item can keep, or a refusal that names the place.

What is given is a dict of names to raw values. Names are the item's own (title, body, state, owner, parent, start_on,
due_on, rank, tags) and those of the kind's fields, which are kept in the item's JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from fractional_indexing import FIError, validate_order_key

from pilothouse.kinds import FieldError, Kind
from pilothouse.kinds.declare import Field
from pilothouse.people.access import Actor
from pilothouse.people.models import Product, Role, User
from pilothouse.people.naming import seen
from pilothouse.workbench.models import BODY_LENGTH, TITLE_LENGTH, Item, json_ready
from pilothouse.workbench.models.custom import kind_of

DATE = Field(slug="date", name="", type="date")
DEEPEST = 50
MOST_TAGS = 50
LONGEST_COMMENT = 50_000
LINE_BREAKS = str.maketrans({"\r": " ", "\n": " ", "\t": " "})
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
ORDERED = re.compile("[0-9A-Za-z]+")
LOOKED_UP = ("owner", "parent")

Known = dict[tuple[str, str], Any]


class Invalid(Exception):
    """What was given cannot be kept; `errors` maps each name to a message in the reader's language."""

    def __init__(self, errors: Mapping[str, Any]) -> None:
        self.errors = {name: str(message) for name, message in errors.items()}
        super().__init__("; ".join(f"{name}: {message}" for name, message in self.errors.items()))


def clean(
    actor: Actor, product: Product, kind: Kind, data: Mapping[str, Any], known: Known | None = None
) -> dict[str, Any]:
    """The values to keep for what was given. Raises Invalid, naming every name that is wrong or unknown.

    `known` is a dict of the caller's that lives for one pass over many rows: people and parents are looked up once.
    """
    values: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, raw in data.items():
        try:
            if known is not None and name in LOOKED_UP:
                values[name] = look_up(actor, product, kind, name, raw, known)
            else:
                values[name] = clean_one(actor, product, kind, name, raw)
        except FieldError as error:
            errors[name] = error
    if errors:
        raise Invalid(errors)
    return values


def look_up(actor: Actor, product: Product, kind: Kind, name: str, raw: Any, known: Known) -> Any:
    key = (name, str(raw))
    if key not in known:
        try:
            known[key] = clean_one(actor, product, kind, name, raw)
        except FieldError as error:
            known[key] = error
    if isinstance(known[key], FieldError):
        raise known[key]
    return known[key]


def clean_one(actor: Actor, product: Product, kind: Kind, name: str, raw: Any) -> Any:
    refuse_unstorable(raw)
    if declared := kind.field_by_slug.get(name):
        value = declared.clean(raw)
        if value is None and declared.required:
            raise FieldError(_("This is needed."))
        return value
    if name in ("start_on", "due_on"):
        text = DATE.clean(json_ready(raw))
        return None if text is None else date.fromisoformat(text)
    cleaner = CLEANERS.get(name)
    if cleaner is None:
        raise FieldError(_("There is no field of this name."))
    return cleaner(actor, product, kind, raw)


def refuse_unstorable(raw: Any) -> None:
    """NUL bytes and lone surrogates cannot be kept alike by both databases."""
    if isinstance(raw, str) and UNSTORABLE.search(raw):
        raise FieldError(_("This holds characters that cannot be kept (NUL or half a character)."))
    if isinstance(raw, list | tuple):
        for part in raw:
            refuse_unstorable(part)


def clean_title(actor: Actor, product: Product, kind: Kind, raw: Any) -> str:
    title = " ".join(str(raw or "").translate(LINE_BREAKS).split())
    if not seen(title):
        raise FieldError(_("A title is needed."))
    if len(title) > TITLE_LENGTH:
        raise FieldError(
            _("The title has %(length)s characters; at most %(most)s fit.")
            % {"length": f"{len(title):,}", "most": TITLE_LENGTH}
        )
    return title


def clean_body(actor: Actor, product: Product, kind: Kind, raw: Any) -> str:
    body = str(raw or "").replace("\r\n", "\n")
    if len(body) > BODY_LENGTH:
        raise FieldError(
            _("The text has %(length)s characters; at most %(most)s fit.")
            % {"length": f"{len(body):,}", "most": f"{BODY_LENGTH:,}"}
        )
    return body


def clean_comment(name: str, raw: str) -> str:
    """The words of a comment. Raises Invalid under the name that they were given by."""
    text = raw.replace("\r\n", "\n").strip()
    try:
        refuse_unstorable(text)
    except FieldError as error:
        raise Invalid({name: error}) from None
    if not seen(text) or len(text) > LONGEST_COMMENT:
        raise Invalid({name: _("A comment has between 1 and 50,000 characters.")})
    return text


def clean_state(actor: Actor, product: Product, kind: Kind, raw: Any) -> str:
    wanted = str(raw or "").strip().casefold()
    for state in kind.states:
        if wanted in (state.slug.casefold(), str(state.name).casefold()):
            return state.slug
    names = ", ".join(str(state.name) for state in kind.states)
    raise FieldError(_("“%(value)s” is not one of: %(names)s.") % {"value": str(raw)[:80], "names": names})


def clean_owner(actor: Actor, product: Product, kind: Kind, raw: Any) -> User | None:
    """A member who may see the product: by id, by e-mail address, by a name that nobody else there bears, or "me"."""
    if raw in (None, ""):
        return None
    if isinstance(raw, User):
        raw = raw.pk
    if str(raw) == "me":
        return actor.user
    people = User.objects.filter(memberships__workspace=actor.workspace, is_active=True)
    text = str(raw).strip()
    by_number = text.isdecimal() and len(text) < 18
    wanted = Q(pk=int(text)) if by_number else Q(email__iexact=text) | Q(name__iexact=text)
    found = [person for person in people.filter(wanted)[:20] if sees(person, product)]
    if not found:
        raise FieldError(_("Nobody of that name works on this product."))
    if len(found) > 1:
        raise FieldError(_("Several people here are called “%(name)s”: give the e-mail address.") % {"name": text[:80]})
    return found[0]


def sees(person: User, product: Product) -> bool:
    role = person.memberships.filter(workspace=product.workspace).values_list("role", flat=True).first()
    open_to_all = not product.private and role != Role.GUEST
    return role in (Role.OWNER, Role.ADMIN) or open_to_all or product.members.filter(pk=person.pk).exists()


def clean_parent(actor: Actor, product: Product, kind: Kind, raw: Any) -> Item | None:
    """An item of the same product: by reference (PH-12), by number or as an Item."""
    if raw in (None, ""):
        return None
    if isinstance(raw, Item):
        raw = raw.number if raw.product_id == product.pk else ""
    number = str(raw).strip().upper().removeprefix(f"{product.key}-")
    parent = (
        Item.objects.live().filter(product=product, number=number, veil=None).first()
        if number.isdecimal() and len(number) < 10
        else None
    )
    if parent is None:
        raise FieldError(_("There is no item %(ref)s in this product.") % {"ref": str(raw)[:40]})
    return parent


def clean_tags(actor: Actor, product: Product, kind: Kind, raw: Any) -> list[str]:
    parts = raw if isinstance(raw, list | tuple) else str(raw or "").replace("，", ",").split(",")
    names = list(dict.fromkeys(" ".join(str(part).split()) for part in parts if str(part).strip()))
    if len(names) > MOST_TAGS or any(len(name) > 60 for name in names):
        raise FieldError(_("At most %(most)s tags of 60 characters fit.") % {"most": MOST_TAGS})
    if not all(map(seen, names)):
        raise FieldError(_("A name needs at least one character that can be seen."))
    return sorted(names)


def clean_text(actor: Actor, product: Product, kind: Kind, raw: Any) -> str | None:
    text = str(raw or "").strip()
    if len(text) > 200:
        raise FieldError(_("This is too long: at most 200 characters fit here."))
    return text or None


def clean_rank(actor: Actor, product: Product, kind: Kind, raw: Any) -> str:
    """A place in the order after which others can be made: one that is none would stop every item that follows."""
    text = clean_text(actor, product, kind, raw) or ""
    if not is_rank(text):
        raise FieldError(_("This is not a place in the order."))
    return text


def is_rank(text: str) -> bool:
    try:
        return bool(ORDERED.fullmatch(text)) and validate_order_key(text) is None
    except FIError:
        return False


CLEANERS = {
    "title": clean_title,
    "body": clean_body,
    "state": clean_state,
    "owner": clean_owner,
    "parent": clean_parent,
    "tags": clean_tags,
    "rank": clean_rank,
    "external_id": clean_text,
}


def refuse_cycle(item: Item, parent: Item | None) -> None:
    """Raise Invalid where `parent` is the item itself or lies below it."""
    depth, above = 0, parent
    while above is not None and parent is not None:
        if above.pk == item.pk or depth > DEEPEST:
            refusal = _("%(ref)s lies below this item, so it cannot be its parent.") % {"ref": parent.ref}
            raise Invalid({"parent": refusal})
        depth, above = depth + 1, above.parent


def clean_for(actor: Actor, item: Item, data: Mapping[str, Any]) -> dict[str, Any]:
    values = clean(actor, item.product, kind_of(item.product, item.kind), data)
    if "parent" in values:
        refuse_cycle(item, values["parent"])
    return values
