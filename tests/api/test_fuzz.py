"""Whatever is sent to any operation, as writer and as reader: an answer that the description knows, never a crash."""

from __future__ import annotations

import json
import os
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilothouse.api.urls import api
from tests.api.calls import Api
from tests.api.fuzzing import KNOWN, TEXT, values
from tests.workbench.chain import make_chain

SCHEMA = api.get_openapi_schema(path_prefix="/api/v1/")
PARTS = SCHEMA["components"]["schemas"]
OPERATIONS = [(method, path, found) for path, methods in SCHEMA["paths"].items() for method, found in methods.items()]
NAMES = [f"{method} {path.removeprefix('/api/v1')}" for method, path, _found in OPERATIONS]
# FUZZ=300 looks longer and elsewhere each time.
EXAMPLES = int(os.environ.get("FUZZ", "10"))


@pytest.fixture
def tokens(client, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    make_chain(cast)
    return [Api(client, cast.alice), Api(client, cast.bob, scope="read")]


def placed(operation, where):
    named = {one["name"]: one for one in operation["parameters"] if one["in"] == where}
    known = {"key": st.just("TW"), "ref": st.sampled_from(KNOWN[1:6])}
    return st.fixed_dictionaries(
        {name: known.get(name, values(one["schema"], PARTS)) | TEXT for name, one in named.items() if one["required"]},
        optional={name: values(one["schema"], PARTS) for name, one in named.items() if not one["required"]},
    )


def requests(operation):
    content = operation.get("requestBody", {}).get("content", {})
    body = {kind: values(part["schema"], PARTS) for kind, part in content.items()}
    return st.fixed_dictionaries(
        {"path": placed(operation, "path"), "query": placed(operation, "query"), "header": placed(operation, "header")},
        optional={"json": body["application/json"]}
        if "application/json" in body
        else {"form": body["multipart/form-data"]}
        if body
        else {},
    )


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def send(api_, method, path, made):
    for name, value in made["path"].items():
        path = path.replace(f"{{{name}}}", quote(text(value), safe="", errors="replace"))
    query = urlencode({name: text(value) for name, value in made["query"].items()}, errors="replace")
    headers = {name: text(value).encode("ascii", "replace").decode() for name, value in made["header"].items()}
    if isinstance(form := made.get("form"), dict):
        fields = {
            name: text(value).encode("utf-8", "replace").decode() for name, value in form.items() if name != "file"
        }
        file = SimpleUploadedFile("x.csv", text(form.get("file", "")).encode("utf-8", "replace"))
        return api_.upload(f"{path.removeprefix('/api/v1')}?{query}", file=file, **fields)
    return api_(method.upper(), f"{path.removeprefix('/api/v1')}?{query}", json.dumps(made.get("json", {})), **headers)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_no_operation_crashes(tokens, method, path, operation):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize="FUZZ" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(operation))
    def tried(made):
        for api_ in tokens:
            answer = send(api_, method, path, made)
            known = {*operation["responses"], "405", "400"}
            assert str(answer.status_code) in known, (answer.status_code, answer.data)
            if answer.status_code >= 400:
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert answer.data["title"]

    tried()


def test_the_description_is_whole():
    assert SCHEMA["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"
    for _method, path, operation in OPERATIONS:
        assert operation["summary"], path
        assert operation["tags"], path
        assert operation["security"] == [{"Bearer": []}], path
        for status, answer in operation["responses"].items():
            assert answer["description"], (path, status)
            assert "content" in answer or status in ("204", "304"), (path, status)
