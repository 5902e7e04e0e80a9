"""The shape of the house: sizes that only fall, words that are not said, doors that stay shut."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/pilothouse"
LONGEST = {".py": 300, ".html": 80, ".js": 150, ".css": 300}
LONGEST_FUNCTION = 50
PROSE = ("practice/people.py", "practice/story.py")


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).exists()]


@pytest.mark.parametrize("suffix", LONGEST)
def test_no_file_is_too_long(suffix):
    files = [
        path for path in tracked(f"*{suffix}") if "migrations" not in path.parts and not path.as_posix().endswith(PROSE)
    ]
    assert files
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in files
        if (lines := path.read_text().count("\n")) > LONGEST[suffix]
    }
    assert not long


def test_no_function_is_too_long():
    long = {}
    for path in (path for path in tracked("src/*.py") if "migrations" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (lines := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION:
                long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert not long


def test_the_workbench_knows_no_kind_by_name():
    branch = re.compile(r"""kind(?:\.slug|_slug)?\s*(?:==|!=)\s*["'](?!\{)""")
    found = [
        f"{path.name}: {line}"
        for path in tracked("src/pilothouse/workbench/*.py")
        for line in path.read_text().splitlines()
        if branch.search(line)
    ]
    assert not found


def test_views_reach_objects_only_through_the_gate():
    direct = re.compile(
        r"\b(Item|Link|Event|Comment|Attachment|SavedView|Tag|Run|Product|Notice)\.objects\.(get|all)\("
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked("src/pilothouse/*/views/*.py")
        for line in path.read_text().splitlines()
        if direct.search(line)
    ]
    assert not found


@pytest.mark.parametrize(
    "word",
    [
        "mark_safe",
        "|safe",
        "csrf_exempt",
        ".extra(",
        'fields = "__all__"',
        "import pickle",
        "hx-on",
        ' style="',
        "onclick=",
    ],
)
def test_dangerous_words_are_not_said(word):
    files = [path for path in tracked("src/*.py", "src/*.html") if word in path.read_text()]
    # The API takes no cookies, only tokens, so its answer to an address that is not there needs no CSRF check; and
    # whoever answers a survey has no session and sends their own address's key.
    files = [
        path for path in files if (word, path.name) not in {("csrf_exempt", "edge.py"), ("csrf_exempt", "shell.py")}
    ]
    assert not [path.relative_to(ROOT).as_posix() for path in files]


def test_translatable_strings_are_whole_with_named_placeholders():
    wrong = []
    for path in tracked("src/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in ("_", "gettext", "gettext_lazy", "ngettext")
                and node.args
            ):
                text = node.args[0]
                whole = isinstance(text, ast.Constant) and not re.search(r"%[sd]|(?<!%)\{\w*\}", str(text.value))
                wrong += [] if whole else [f"{path.relative_to(ROOT)}:{node.lineno}"]
    assert not wrong


def test_every_setting_is_documented():
    told = (ROOT / "docs/operations.md").read_text()
    names = set(
        re.findall(r'"(PILOTHOUSE_[A-Z_]+|DATABASE_URL)"', "".join(path.read_text() for path in tracked("src/*.py")))
    )
    short = {name: name.removeprefix("PILOTHOUSE_SMTP") for name in names}
    assert names
    assert not [name for name in names if name not in told and f"`{short[name]}`" not in told]


def test_links_between_documents_lead_somewhere():
    dead = []
    for path in (path for path in tracked("*.md") if path.parent.parent.name != "guide"):  # its links: tests/guide
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text()):
            dead += [] if (path.parent / target).exists() else [f"{path.name}: {target}"]
    assert not dead
