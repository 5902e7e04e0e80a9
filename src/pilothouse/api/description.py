"""The description of the API: every operation names what it answers, its refusals too."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI, Schema
from pydantic import Field

ABOUT = """Products, items, links, what became of them, import and search: by the same rules as the pages.

A refusal is `application/problem+json` in the language of the token's owner, or the one that Accept-Language asks for.
What you may not see is 404. A create sent twice with one Idempotency-Key is done once. Lists go on with `next`."""


class Problem(Schema):
    """A refusal (RFC 9457)."""

    type: str
    status: int
    title: str = Field(description="what is wrong, in words")
    errors: dict[str, str] | None = Field(None, description="each name that is wrong, with the reason")
    version: int | None = Field(None, description="of a conflict: the version that is there now")
    theirs: dict[str, Any] | None = Field(None, description="of a conflict: what stands there now")
    mine: dict[str, Any] | None = Field(None, description="of a conflict: what you sent")


REFUSALS = {
    "400": "The request cannot be read",
    "401": "No live token",
    "404": "Nothing here that you may see or do this with",
    "409": "Someone else was faster",
    "413": "Too large",
    "422": "Some values cannot be kept; each is named",
    "423": "The product is archived",
}
SUCCESSES = {
    "200": "What was asked for",
    "201": "It was made",
    "202": "It has begun; ask again for how far it is",
    "204": "Done",
    "304": "Still the version that you have",
}
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


class Described(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(**kwargs)
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                describe(method, operation)
        return schema


def describe(method: str, operation: dict[str, Any]) -> None:
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    for status, answer in answers.items():
        answer["description"] = SUCCESSES[status]
    asked = {"401", "404", "422"} | ({"400", "413"} if "requestBody" in operation else set())
    conflicts = {"409"} if method in ("post", "patch") else set()
    conflicts |= {"423"} if method != "get" else set()
    refused = {status: {"description": REFUSALS[status], "content": PROBLEM} for status in sorted(asked | conflicts)}
    operation["responses"] = {**answers, **refused}
