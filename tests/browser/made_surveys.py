"""Surveys to answer in a browser, made in a running server's data folder: prints their addresses."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.settings")

import django

django.setup()

from pilothouse.surveys.definition import Condition  # noqa: E402
from tests.cast import make_cast  # noqa: E402
from tests.surveys.respond import choices, opened, question, questionnaire  # noqa: E402


def main() -> None:
    cast = make_cast()
    first = [question("q1", options=choices("a", "b"), required=True), question("q2", "text", show_if=Condition(question="q1", value="a"))]  # fmt: skip
    second = [question("rank", "ranking"), question("nps", "nps"), question("grid", "matrix")]
    print(opened(cast, questionnaire(first, second, [question("sum", "sum")]), proof_of_work=True).path)


if __name__ == "__main__":
    main()
