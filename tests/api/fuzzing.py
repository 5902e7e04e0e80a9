"""Requests made from the API's own description: what it allows, and what it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

# Values that exist, so that requests get past the door, among those that do not.
KNOWN = [
    "TW",
    "TW-1",
    "TW-5",
    "TW-6",
    "TW-8",
    "FX-1",
    "SEC",
    "need",
    "metric",
    "task",
    "idea",
    "moved",
    "relates",
    "title",
    "-score",
    "2026-11-01",
]
NASTY = [
    "",
    "\x00",
    "\ud800",
    "' OR 1=1 --",
    "%",
    "😀" * 40,
    "x" * 3_000,
    "９",
    "-1",
    "1e999",
    "null",
    "../..",
    "{}",
    "0001-01-01",
    "9999-12-31",
]
TEXT = st.sampled_from(KNOWN) | st.sampled_from(NASTY) | st.text(max_size=20)
WHOLE = st.sampled_from([0, 1, 2, 5, -1, 50, 2**31, 2**63 - 1, 2**63, 10**40]) | st.integers(-5, 300)
NUMBER = WHOLE | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([1e308, -1e308, 1e-320])
FORMATS = {"date": st.dates().map(str), "uuid": st.uuids().map(str)}
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def values(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What a schema describes; one time in a while, something that it does not."""
    return st.one_of(fitting(schema, parts), fitting(schema, parts), fitting(schema, parts), ANYTHING)


def fitting(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return fitting(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in schema:
        return st.one_of([fitting(part, parts) for part in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    makers = {
        "string": lambda: FORMATS.get(schema.get("format", ""), TEXT) | TEXT,
        "integer": lambda: WHOLE,
        "number": lambda: NUMBER,
        "boolean": st.booleans,
        "null": st.none,
        "array": lambda: st.lists(values(schema.get("items", {}), parts), max_size=3),
        "object": lambda: objects(schema, parts),
    }
    return makers[schema["type"]]() if schema.get("type") in makers else ANYTHING


def objects(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        more = schema.get("additionalProperties")
        return st.dictionaries(TEXT, values(more if isinstance(more, dict) else {}, parts), max_size=3)
    named = {name: values(part, parts) for name, part in schema["properties"].items()}
    needed = {name: part for name, part in named.items() if name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional={name: part for name, part in named.items() if name not in needed})
