"""What Pydantic refuses, in the caller's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# By how the type of the error begins; the first that fits.
WORDS: Mapping[str, Any] = {
    "missing": gettext_lazy("This is needed."),
    "extra_forbidden": gettext_lazy("There is no such name here."),
    "string_type": gettext_lazy("Text is needed here."),
    "int_": gettext_lazy("A whole number is needed here."),
    "float_": gettext_lazy("A number is needed here."),
    "bool_": gettext_lazy("true or false is needed here."),
    "date_": gettext_lazy("A date is needed here, like 2026-11-22."),
    "uuid_": gettext_lazy("An id is needed here."),
    "too_short": gettext_lazy("At least one is needed here."),
    "too_long": gettext_lazy("These are too many at once."),
    "list_type": gettext_lazy("A list is needed here."),
    "dict_type": gettext_lazy("An object is needed here."),
    "model_": gettext_lazy("An object is needed here."),
}


def in_words(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Pydantic's errors as {"fields.reach": message}, by the names that were sent."""
    return {name_of(error["loc"]): worded(error) for error in errors}


def name_of(place: Sequence[Any]) -> str:
    source, *names = (str(part) for part in place)
    if source == "body" and names[:1] == ["payload"]:  # what our functions call a body, which nobody sent
        names = names[1:] or ["body"]
    return ".".join(names)


def worded(error: Mapping[str, Any]) -> str:
    bounds = error.get("ctx", {})
    if "ge" in bounds:
        return _("The smallest value is %(minimum)s.") % {"minimum": bounds["ge"]}
    if "le" in bounds:
        return _("The largest value is %(maximum)s.") % {"maximum": bounds["le"]}
    if "expected" in bounds:
        return _("This is one of: %(known)s.") % {
            "known": str(bounds["expected"]).replace("'", "").replace(" or ", ", ")
        }
    found = next((words for start, words in WORDS.items() if error["type"].startswith(start)), None)
    return str(found or _("This value does not fit here."))
