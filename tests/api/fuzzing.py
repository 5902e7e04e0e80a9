"""Requests made from the API's own description: mostly what it allows, and in every place what it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

REFS = ["TW-1", "TW-5", "TW-6", "TW-7", "TW-8", "TW-9"]
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
    "0001-01-01",
    "9999-12-31",
    "FX-1",
    "SEC",
]
# Values that exist, so that requests get past the door: by the name of the place they stand in.
GOOD: dict[str, list[Any]] = {
    "key": ["TW"], "ref": REFS, "target": REFS, "parent": REFS, "metric": ["TW-8"], "owner": ["bob@example.com", "me"], "kind": ["task", "metric", "requirement", "feedback"],
    "relation": ["relates", "planned_in", "measured_by"], "verdict": ["moved", "cannot_tell"], "state": ["idea", "todo"], "reading_id": [1], "prediction_id": [1], "link_id": [1, 2],
    "if_match": ['"1"', "*", "x"], "sort": ["-score", "due", "rank", "reach", "-created"], "impact": ["2", "0.5"], "cursor": ["1", "WyIiLGZhbHNlLDUsNV0"], "station": ["quote"],
    "mapping": ['{"columns": {"Text": "body"}}', '{"encoding": "utf-16", "header": 0}', '{"key": ["Text"], "sheet": 3}', "[]"], "dry_run": [True, False], "limit": [1, 50],
    "file": ["Text,Stars\nBad,1\n", "Text\n", "\ufeffText;Stars\nx;=1+1", "\x00\x01", '"'], "purpose": ["It is good."], "name": ["新产品"], "key_": ["NEW", "NEW2"],
}  # fmt: skip
SLUGS = ["reach", "impact", "confidence", "effort", "points", "released_on", "rating", "unit", "direction", "nothing"]
FILTERS = [
    "reach.gte",
    "state",
    "state.not",
    "owner",
    "tag",
    "due.lt",
    "2.q",
    "parent",
    "linked",
    "evidence",
    "release",
    "created",
    "score.empty",
    "title",
    "99.x",
]


def mostly(wanted: st.SearchStrategy[Any], rarely: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(*[wanted] * 9, rarely)


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
TEXT = mostly(PLAIN | st.sampled_from(REFS), st.sampled_from(NASTY) | st.text(max_size=9))
EDGES = st.sampled_from([2**31, 2**63 - 1, 2**63, 10**40, -1, 1e308, -1e308, 1e-320])
WHOLE = mostly(st.integers(0, 300), EDGES)
NUMBER = mostly(st.integers(0, 100) | st.floats(0, 100), EDGES | st.floats(allow_nan=False, allow_infinity=False))
FORMATS = {"date": st.dates().map(str), "uuid": st.uuids().map(str)}
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def named(name: str, schema: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What stands in a place, by its name where that says more than its type."""
    if name == "fields":
        return mostly(st.dictionaries(st.sampled_from(SLUGS), NUMBER | TEXT, max_size=3), ANYTHING)
    wanted = st.sampled_from(GOOD[name]) if name in GOOD else fitting(schema, parts)
    return mostly(wanted, ANYTHING | fitting(schema, parts))


def fitting(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What a schema describes."""
    if "$ref" in schema:
        return fitting(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in schema:
        return st.one_of([fitting(part, parts) for part in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    makers = {
        "string": lambda: FORMATS.get(schema.get("format", ""), TEXT),
        "integer": lambda: WHOLE,
        "number": lambda: NUMBER,
        "boolean": st.booleans,
        "null": st.none,
        "array": lambda: st.lists(fitting(schema.get("items", {}), parts), max_size=3),
        "object": lambda: objects(schema, parts),
    }
    return makers[schema["type"]]() if schema.get("type") in makers else ANYTHING


def objects(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        more = schema.get("additionalProperties")
        return st.dictionaries(TEXT, fitting(more if isinstance(more, dict) else {}, parts), max_size=3)
    places = {
        name: named(f"{name}_" if name == "key" else name, part, parts) for name, part in schema["properties"].items()
    }
    needed = {name: places[name] for name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional={name: part for name, part in places.items() if name not in needed})
