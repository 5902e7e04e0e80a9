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
# What a name means wherever it stands, unless the operation says it itself.
PARAMETERS = {
    "key": "a product's key, like PH",
    "ref": "an item's reference, like PH-12",
    "item": "an item's reference, like PH-12",
    "number": "the number in the reference or, of a version, its own",
    "cursor": "`next` of the page before",
    "limit": "how many at a time",
    "Idempotency-Key": "any text: the same request sent again with it within two days is done once",
    "If-Match": "the ETag that you saw: a field that someone else changed since is refused with 409",
    "If-None-Match": "an ETag: 304 where the item is still that version",
    "language": "the language it was answered in, like en or zh-hans",
    "external_id": "the id that it was handed in with",
    "link_id": "`id` of a link",
    "reading_id": "`id` of a reading",
    "prediction_id": "`id` of a prediction",
    "import_id": "`id` of an import",
    "response_id": "`id` of a response",
    "criterion": "a criterion's slug; the scorecard lists them",
    "measure": "a measure's slug; the layout lists them",
    "batch": "`batch` of an event, or of the answer to a merge, an adoption, a commitment or dates",
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
    for parameter in operation.get("parameters", []):
        explain(parameter)


def explain(parameter: dict[str, Any]) -> None:
    """A header by the name that is sent, and what the name means."""
    if parameter["in"] == "header":
        parameter["name"] = parameter["name"].replace("_", "-").title()
    if parameter["name"] in PARAMETERS:
        parameter.setdefault("description", PARAMETERS[parameter["name"]])
