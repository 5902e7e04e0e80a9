"""What a kind of item is: its words, fields, states and place in the thread.

A kind states only what makes it itself; a misspelt or dangling name is an error at import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

FIELD_TYPES = ("text", "long", "number", "date", "choice", "choices", "flag", "link", "email", "person")
CATEGORIES = ("new", "active", "done", "dropped")
VIEWS = ("list", "table", "board", "cards")
DAY = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")  # a time of day may follow
AS_TYPED = str.maketrans(
    {",": "", "，": "", "￥": "", "¥": "", "−": "-"}
)  # a number may come back as the page shows it


class FieldError(ValueError):
    """A value that a field refuses; the message is already in the reader's language."""


@dataclass(frozen=True, kw_only=True)
class Option:
    slug: str
    name: Any


@dataclass(frozen=True, kw_only=True)
class Field:
    """One declared field of a kind, kept in the item's JSON under `slug`."""

    slug: str
    name: Any
    type: str = "text"
    options: tuple[Option, ...] = ()
    hint: Any = ""
    unit: Any = ""
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False
    custom: bool = False
    typed: bool = True  # false: written by the product itself, never asked for in a form

    def __post_init__(self) -> None:
        if self.type not in FIELD_TYPES:
            raise ValueError(f"field {self.slug}: no type {self.type!r}")
        if bool(self.options) != (self.type in ("choice", "choices")):
            raise ValueError(f"field {self.slug}: options belong to choice fields, and only to them")

    @cached_property
    def option_slugs(self) -> dict[str, str]:
        return {option.slug.casefold(): option.slug for option in self.options}

    def clean(self, value: Any) -> Any:
        """The JSON value to store for what a person or file gave; None for empty. Raises FieldError."""
        if isinstance(value, str):
            value = value.strip()
        if value in (None, "", []):
            return None
        return getattr(self, f"_clean_{self.type}")(value)

    def option_name(self, slug: str) -> Any:
        return next((option.name for option in self.options if option.slug == slug), slug)

    def _clean_text(self, value: Any) -> str:
        if len(text := str(value)) > 1_000:
            raise FieldError(_("This is too long: at most 1,000 characters fit here."))
        return text

    def _clean_long(self, value: Any) -> str:
        if len(text := str(value)) > 100_000:
            raise FieldError(_("This is too long: at most 100,000 characters fit here."))
        return text

    def _clean_number(self, value: Any) -> float | int:
        if isinstance(value, bool):
            raise FieldError(_("A number is needed here."))
        try:
            number = float(value.translate(AS_TYPED) if isinstance(value, str) else value)
        except (TypeError, ValueError, OverflowError):
            raise FieldError(_("A number is needed here.")) from None
        if number != number or number in (float("inf"), float("-inf")):
            raise FieldError(_("A number is needed here."))
        if self.minimum is not None and number < self.minimum:
            raise FieldError(_("The smallest value is %(minimum)s.") % {"minimum": f"{self.minimum:g}"})
        if self.maximum is not None and number > self.maximum:
            raise FieldError(_("The largest value is %(maximum)s.") % {"maximum": f"{self.maximum:g}"})
        return int(number) if number.is_integer() and abs(number) < 2**53 else number

    def _clean_date(self, value: Any) -> str:
        found = DAY.match(str(value))
        try:
            return date(*map(int, found.groups() if found else ())).isoformat()
        except (TypeError, ValueError):
            raise FieldError(_("A date is needed here, like 2026-11-22.")) from None

    def _clean_choice(self, value: Any) -> str:
        wanted = str(value).strip().casefold()
        if wanted in self.option_slugs:
            return self.option_slugs[wanted]
        for option in self.options:
            if wanted == str(option.name).casefold():
                return option.slug
        names = ", ".join(str(option.name) for option in self.options)
        raise FieldError(_("“%(value)s” is not one of: %(names)s.") % {"value": str(value)[:80], "names": names})

    def _clean_choices(self, value: Any) -> list[str]:
        parts = (
            value if isinstance(value, list | tuple) else str(value).replace("，", ",").replace("；", ",").split(",")
        )
        return list(dict.fromkeys(self._clean_choice(part) for part in parts if str(part).strip()))

    def _clean_flag(self, value: Any) -> bool:
        return str(value).strip().casefold() in ("true", "1", "yes", "y", "on", "是", "对", "有", "√", "✓", "✔", "☑")

    def _clean_link(self, value: Any) -> str:
        text = self._clean_text(value)
        if urlsplit(text).scheme not in ("http", "https"):
            raise FieldError(_("A link starts with http:// or https://."))
        return text

    def _clean_email(self, value: Any) -> str:
        text = self._clean_text(value)
        if text.count("@") != 1 or text.startswith("@") or text.endswith("@"):
            raise FieldError(_("This does not look like an e-mail address."))
        return text

    _clean_person = _clean_text


@dataclass(frozen=True, kw_only=True)
class State:
    """A step of a kind's life. `category` says what it means to the rest of the product; `stamps` names the date
    field that keeps the day on which an item came here."""

    slug: str
    name: Any
    category: str = "active"
    limit: int | None = None
    stamps: str = ""

    def __post_init__(self) -> None:
        if self.category not in CATEGORIES:
            raise ValueError(f"state {self.slug}: no category {self.category!r}")

    @property
    def closed(self) -> bool:
        return self.category in ("done", "dropped")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of item. `lifts_to` maps the kinds its items lead to, further down the thread, to the relation; an item
    that is still open goes to `lifted_state` when something is made of it."""

    slug: str
    name: Any
    plural: Any
    icon: str
    chapter: int
    room: str
    asks: Any
    example: Any
    fields: tuple[Field, ...] = ()
    states: tuple[State, ...] = ()
    views: tuple[str, ...] = ("list", "table", "board")
    lifts_to: Mapping[str, str] = field(default_factory=dict)
    lifted_state: str = ""
    methods: tuple[str, ...] = ()
    title_name: Any = _("Title")
    body_name: Any = _("Description")
    station: bool = False

    def __post_init__(self) -> None:
        for names in ([f.slug for f in self.fields], [s.slug for s in self.states], self.views):
            if len(set(names)) != len(list(names)):
                raise ValueError(f"kind {self.slug}: a name is declared twice in {names}")
        if self.lifted_state and self.lifted_state not in {state.slug for state in self.states}:
            raise ValueError(f"kind {self.slug}: no state {self.lifted_state!r}")
        dates = {f.slug for f in self.fields if f.type == "date"}
        if unknown := {state.stamps for state in self.states if state.stamps} - dates:
            raise ValueError(f"kind {self.slug}: a state stamps what is no date field: {unknown}")
        if not self.states or not set(self.views) <= set(VIEWS):
            raise ValueError(f"kind {self.slug}: needs states, and views among {VIEWS}")

    @cached_property
    def field_by_slug(self) -> dict[str, Field]:
        return {declared.slug: declared for declared in self.fields}

    @cached_property
    def state_by_slug(self) -> dict[str, State]:
        return {state.slug: state for state in self.states}

    @property
    def first_state(self) -> State:
        return self.states[0]

    @property
    def quotable(self) -> bool:
        """It holds people's own words: they come first, and a title may be taken from them."""
        return "quote" in self.lifts_to

    def closed_states(self) -> list[str]:
        return [state.slug for state in self.states if state.closed]

    def with_custom(self, fields: Iterable[Field], states: Iterable[State]) -> Kind:
        """The same kind with a product's own fields added and, where it declares any, its own states instead."""
        own = tuple(states)
        return replace(self, fields=self.fields + tuple(fields), states=own or self.states)
