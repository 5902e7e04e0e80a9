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
    "list_type": gettext_lazy("A list is needed here."),
    "dict_type": gettext_lazy("An object is needed here."),
    "model_": gettext_lazy("An object is needed here."),
    "literal_error": gettext_lazy("This is not one of the values that are known here."),
}


def in_words(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Pydantic's errors as {"payload.title": message}."""
    return {".".join(str(part) for part in error["loc"][1:]): worded(error) for error in errors}


def worded(error: Mapping[str, Any]) -> str:
    bounds = error.get("ctx", {})
    if "ge" in bounds:
        return _("The smallest value is %(minimum)s.") % {"minimum": bounds["ge"]}
    if "le" in bounds:
        return _("The largest value is %(maximum)s.") % {"maximum": bounds["le"]}
    found = next((words for start, words in WORDS.items() if error["type"].startswith(start)), None)
    return str(found or _("This value does not fit here."))
