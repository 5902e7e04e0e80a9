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
from pilothouse.outcomes import actions as outcomes
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.workbench.models import Link
from tests.api.calls import Api
from tests.api.fuzzing import ANYTHING, FILTERS, TEXT, fitting, mostly, named
from tests.workbench.chain import make_chain

SCHEMA = api.get_openapi_schema(path_prefix="/api/v1/")
PARTS = SCHEMA["components"]["schemas"]
OPERATIONS = [(method, path, found) for path, methods in SCHEMA["paths"].items() for method, found in methods.items()]
NAMES = [f"{method} {path.removeprefix('/api/v1')}" for method, path, _found in OPERATIONS]
# Which items have readings, predictions and scores.
FITS = {"readings": ["TW-8"], "predictions": ["TW-6"], "verdict": ["TW-6"], "score": ["TW-5"]}
# FUZZ=300 looks longer and elsewhere each time.
PREDICTED = {"baseline": 1, "expected": 2, "probability": 70, "review_on": "2026-12-01"}
EXAMPLES = int(os.environ.get("FUZZ", "10"))


@pytest.fixture
def tokens(client, cast, settings, tmp_path):
    """Alice may write, Bob's token only reads; there is a thread, a reading, a prediction and an import to meet."""
    settings.MEDIA_ROOT = tmp_path / "files"
    chain = make_chain(cast)
    outcomes.record(cast.alice, chain["metric"], [{"on": "2026-11-01", "value": 5}])
    outcomes.predict(cast.alice, chain["release"], chain["metric"], PREDICTED)
    alice = Api(client, cast.alice)
    begun = alice.upload("/products/TW/imports", file=SimpleUploadedFile("x.csv", b"Text\nBad\n"), kind="feedback")
    ids = {
        "{reading_id}": Reading.objects.get().pk,
        "{prediction_id}": Prediction.objects.get().pk,
        "{link_id}": Link.objects.latest("id").pk,
        "{import_id}": begun.data["id"],
    }
    return [alice, Api(client, cast.bob, scope="read")], ids


def placed(operation, last, where):
    """Parameters; a path mostly leads somewhere, or nothing behind the door would be tried."""
    found = {one["name"]: one for one in operation["parameters"] if one["in"] == where}
    made = {name: named(name, one["schema"], PARTS) for name, one in found.items()}
    if where == "path":
        made |= {name: st.sampled_from(FITS[last]) for name in made if name == "ref" and last in FITS}
        made = {name: mostly(st.just(None) if name.endswith("_id") else part, TEXT) for name, part in made.items()}
    needed = {name: part for name, part in made.items() if found[name]["required"]}
    return st.fixed_dictionaries(needed, optional={name: part for name, part in made.items() if name not in needed})


def requests(path, operation):
    content = operation.get("requestBody", {}).get("content", {})
    body = {kind: mostly(fitting(part["schema"], PARTS), ANYTHING) for kind, part in content.items()}
    parts = {where: placed(operation, path.rsplit("/", 1)[1], where) for where in ("path", "query", "header")}
    if "application/json" in body:
        parts["json"] = body["application/json"]
    if "multipart/form-data" in body:
        parts["form"] = body["multipart/form-data"]
    if "Filters" in operation.get("description", ""):
        parts["filters"] = st.dictionaries(
            st.sampled_from(FILTERS), TEXT | st.sampled_from(["1", "me", "idea", "-7d"]), max_size=2
        )
    return st.fixed_dictionaries(parts)


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def send(api_, method, path, made, ids):
    for name, value in made["path"].items():
        value = ids.get(f"{{{name}}}") if value is None else value
        path = path.replace(f"{{{name}}}", quote(text(value), safe="", errors="replace"))
    query = urlencode(
        {name: text(value) for name, value in {**made["query"], **made.get("filters", {})}.items()}, errors="replace"
    )
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
    callers, ids = tokens

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize="FUZZ" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(path, operation))
    def tried(made):
        for api_ in callers:
            answer = send(api_, method, path, made, ids)
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
