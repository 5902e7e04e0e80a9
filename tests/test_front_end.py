"""What the browser is sent: small, whole, and in files one can read."""

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DIST = ROOT / "src/pilothouse/static/dist"
COMPONENTS = sorted((ROOT / "src/pilothouse/templates/components").glob("*.html"))
SCRIPTS = sorted((ROOT / "web/src/js").glob("*.js"))
STYLES = sorted((ROOT / "web/src/css").glob("*.css"))


def compressed(name: str) -> int:
    return len(gzip.compress((DIST / name).read_bytes()))


def test_a_first_visit_loads_less_than_60_kilobytes():
    names = json.loads((DIST / "manifest.json").read_text())
    assert compressed(names["app.js"]) + compressed(names["app.css"]) < 60_000


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_opens_with_what_it_takes(path):
    assert path.read_text().startswith("{#")


@pytest.mark.parametrize(
    ("paths", "most"), [(COMPONENTS, 80), (SCRIPTS, 150), (STYLES, 300)], ids=["html", "js", "css"]
)
def test_files_stay_small(paths, most):
    assert {
        path.name: len(path.read_text().splitlines()) for path in paths if len(path.read_text().splitlines()) > most
    } == {}


def test_every_word_a_script_says_is_given_by_the_page():
    given = set(re.findall(r'"(\w+)": _\(', (ROOT / "src/pilothouse/templates/components/words.html").read_text()))
    code = "\n".join(path.read_text() for path in SCRIPTS)
    said = (
        set(re.findall(r'\bsay\("(\w+)"', code))
        | set(re.findall(r'\bword: "(\w+)"', code))
        | set(re.findall(r'group\("(\w+)"', code))
    )
    assert said == given


def test_no_template_writes_styles_or_scripts_into_the_page():
    found = [
        path.name
        for path in (ROOT / "src/pilothouse/templates").rglob("*.html")
        if re.search(r'\sstyle="|\son[a-z]+="|<script(?![^>]*\bsrc=)', path.read_text())
    ]
    assert found == []


def test_every_component_is_in_the_documentation():
    told = (ROOT / "docs/development.md").read_text()
    called = "\n".join(path.read_text() for path in (ROOT / "src/pilothouse/templates").rglob("*.html"))
    imported = set(re.findall(r'from "components/\w+\.html" import ([\w, ]+)', called))
    names = {name.strip() for line in imported for name in line.split(",")}
    assert {name for name in names if name.split(" ")[0] not in told} == set()
