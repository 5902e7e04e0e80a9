"""The page about the API tells the truth: its examples run, in their order, and it leaves no operation out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.api.urls import api
from pilothouse.workbench import jobs
from tests.api.calls import Api

PAGE = (Path(__file__).parents[2] / "docs/api.md").read_text()
BLOCKS = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)).replace("\\\n", " ")
EXAMPLES = [line for line in BLOCKS.splitlines() if line.startswith("curl ")]
FILE = "Text,Stars,Shop\n卡片连不上,1,A\nMissed my boat,3,B\n"


def parsed(line, known):
    """A curl command as (method, path, body, form, headers)."""
    for name, value in known.items():
        line = line.replace(f"${name}", value)
    words = shlex.split(line)[1:]
    method, url, body, form, headers = "", "", None, {}, {}
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-d":
            body = words.pop(0)
        elif word == "-H":
            name, _colon, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-F":
            name, _sign, value = words.pop(0).partition("=")
            form[name] = SimpleUploadedFile("reviews.csv", FILE.encode()) if value.startswith("@") else value
        elif word == "-o":
            words.pop(0)
        else:
            url = word
    return method or ("POST" if body or form else "GET"), url, body, form, headers


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def test_the_examples_run_in_their_order(client, cast):
    caller = Api(client, cast.alice)
    known = {"PILOTHOUSE": "", "TOKEN": caller.secret}
    for line in EXAMPLES:
        method, path, body, form, headers = parsed(line, known)
        assert "$" not in path, line
        assert headers.pop("Authorization") == f"Bearer {caller.secret}"
        answer = caller.upload(path, **form) if form else caller(method, path, body, **headers)
        assert 200 <= answer.status_code < 300, (line, answer.data)
        if method == "POST" and "id" in (answer.data or {}):
            known[path.rstrip("/").rsplit("/", 1)[-1].removesuffix("s").upper()] = str(answer.data["id"])
        if path.endswith("/merges"):
            known["BATCH"] = answer.data["batch"]
        if path.endswith("/solution"):
            jobs.run.call(answer.data["job"])
        if "/imports" in path:
            jobs.run.call(answer.data["job"]["id"])


def test_no_operation_is_left_out():
    shown = {
        (method, re.sub(r"\?.*", "", path))
        for method, path, *_rest in (parsed(line, {"PILOTHOUSE": ""}) for line in EXAMPLES)
    }
    told = {(method, re.sub(r"PH(-\d+)?|\$[A-Z]+|(?<=/)\d+$", "{}", path)) for method, path in shown}
    told |= {(method, re.sub(r"(?<=/scorecard/\{\}/)\w+$", "{}", path)) for method, path in told}
    told |= {
        (method, re.sub(r"(?<=/notes/)\d+|(?<=/figures/)\w+|(?<=/export\.)\w+$", "{}", path)) for method, path in told
    }
    described = api.get_openapi_schema(path_prefix="/")["paths"]
    wanted = {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path)) for path, methods in described.items() for method in methods
    }
    assert sorted(wanted - told) == []
