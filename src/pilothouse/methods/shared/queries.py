"""SQL from templates: only quoted names and values go in. The statements stay within what the usual engines share."""

from __future__ import annotations

from string import Template
from typing import Any

from pilothouse.methods.shared.method import MethodError


def name(identifier: str) -> str:
    """A quoted name; "schema.table" becomes two."""
    if not isinstance(identifier, str) or not identifier or "\0" in identifier:
        raise MethodError("not_a_name", field="table", value=identifier)
    return ".".join('"' + part.replace('"', '""') + '"' for part in identifier.split("."))


def value(literal: Any) -> str:
    """A quoted text or a number."""
    if isinstance(literal, bool) or not isinstance(literal, (str, int, float)):
        raise MethodError("not_a_value", field="value", value=repr(literal))
    return "'" + literal.replace("'", "''") + "'" if isinstance(literal, str) else repr(literal)


def fill(template: str, **parts: Any) -> str:
    """The template with its $parts, which are quoted already or SQL of our own."""
    return Template(template).substitute(parts)
