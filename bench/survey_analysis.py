"""Reading a survey of 40 questions with 100,000 answers: cold, warm, after one more answer, and beside pandas.

    PILOTHOUSE_DATA=/tmp/bench .venv/bin/python -m bench.survey_analysis [number of answers]

A folder that holds the survey already is measured again. Times are of the view as the server runs it, without the
network; state the machine's load.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from pilothouse.people.access import Actor  # noqa: E402
from pilothouse.people.models import Membership, Product, Role, User, Workspace  # noqa: E402
from pilothouse.surveys import order  # noqa: E402
from pilothouse.surveys.analysis import keeping  # noqa: E402
from pilothouse.surveys.definition import Option, Page, Question, Questionnaire  # noqa: E402
from pilothouse.surveys.models import Response, Survey, Version  # noqa: E402
from pilothouse.surveys.rows import survey_for  # noqa: E402
from pilothouse.workbench.writing import actions  # noqa: E402

KINDS = ["single"] * 20 + ["scale"] * 10 + ["nps"] * 4 + ["number"] * 4 + ["multiple"] + ["long"]
CODES = "abcdef"
SAID = ("No signal at the pier", "The queue is too long", "希望离线也能打开船票", "晚点提醒不准", "More seats please")
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def questions() -> list[Question]:
    options = [Option(id=code, text={"en": f"Answer {code}"}) for code in CODES]  # type: ignore[arg-type]
    return [
        Question(
            id=f"q{place}", type=kind, code=f"Q{place}", text={"en": f"Question {place}"},  # type: ignore[arg-type]
            options=options if kind in ("single", "multiple") else [],
        )
        for place, kind in enumerate(KINDS, start=1)
    ]  # fmt: skip


def answers(draw: random.Random) -> dict[str, Any]:
    make: dict[str, Callable[[], Any]] = {
        "single": lambda: {"id": draw.choice(CODES)},
        "scale": lambda: draw.randint(1, 5),
        "nps": lambda: draw.randint(0, 10),
        "number": lambda: draw.randint(0, 300),
        "multiple": lambda: {"ids": draw.sample(CODES, 2)},
        "long": lambda: draw.choice(SAID),
    }
    return {f"q{place}": make[kind]() for place, kind in enumerate(KINDS, start=1) if draw.random() > 0.05}


def filled(n: int) -> Survey:
    """The survey of this folder; made and answered where there is none."""
    call_command("migrate", verbosity=0)
    if there := Survey.objects.select_related("live", "item__product__workspace").first():
        keeping.forget(there)
        Survey.objects.update(analysis={})
        return there
    call_command("createcachetable", verbosity=0)
    workspace = Workspace.objects.create(slug="bench", name="Bench")
    user = User.objects.create_user("bench@example.com", "not a secret at all", name="Bench")
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    actor = Actor(user, workspace, Role.OWNER)
    product = Product.objects.create(workspace=workspace, key="BB", name="Bench")
    survey = survey_for(actions.create(actor, product, "survey", {"title": "Bench"}))
    document = Questionnaire(pages=[Page(id="p", questions=questions())]).model_dump(mode="json")
    survey.live = Version.objects.create(survey=survey, number=1, definition=document)
    survey.draft = document
    survey.save()
    draw = random.Random(1)
    for start in range(0, n, 5_000):
        add(survey, [answers(draw) for _place in range(min(5_000, n - start))], start)
    return survey


def add(survey: Survey, rows: list[dict[str, Any]], start: int = 0) -> None:
    first = order.stamp()
    Response.objects.bulk_create(
        [
            Response(
                survey=survey, version=survey.live, language="en", status=Response.COMPLETE, answers=row, seconds=120.0,
                changed=first + place, finished_at=BEGUN + timedelta(minutes=start + place),
            )
            for place, row in enumerate(rows)
        ],
        batch_size=1_000,
    )  # fmt: skip


def took(what: str, call: Callable[[], Any], times: int = 5) -> None:
    spent = []
    for _time in range(times):
        begun = time.perf_counter()
        call()
        spent.append(time.perf_counter() - begun)
    print(
        f"{what:<44} {sorted(spent)[len(spent) // 2] * 1_000:>9,.0f} ms   worst {max(spent) * 1_000:,.0f} ms",
        flush=True,
    )


def with_pandas() -> None:
    """The same file, the same 40 questions: every answer parsed and every question counted."""
    import pandas as pd

    rows = sqlite3.connect(settings.DATABASES["default"]["NAME"]).execute("select answers from surveys_response")
    frame = pd.DataFrame([json.loads(row[0]) for row in rows])
    for column in frame:
        values = frame[column].map(lambda one: one.get("id", str(one.get("ids"))) if isinstance(one, dict) else one)
        values.value_counts(dropna=False)


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    survey, client = filled(n), Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get())
    print(f"{n:,} answers x {len(KINDS)} questions; load {os.getloadavg()[0]:.1f}")

    def get(path: str) -> Callable[[], Any]:
        def call() -> None:
            answer = client.get(f"{survey.url}/{path}")
            assert answer.status_code == 200, (path, answer.status_code)

        return call

    def restarted() -> None:
        keeping.memory.stores.clear()
        get("results")()

    def one_more() -> None:
        add(survey, [answers(random.Random(2))])
        get("results")()

    took("columns built from nothing, and the page", get("results"), 1)
    took("results, warm", get("results"))
    took("results after one more answer", one_more)
    took("results after a restart (from the file)", restarted)
    for name, path in (
        ("a choice", "results/q1"), ("a scale", "results/q25"), ("NPS", "results/q31"), ("a number", "results/q36"),
        ("several answers", "results/q39"), ("open answers, words counted", "results/q40"),
        ("a choice, filtered and split", "results/q1?q.q2=a&by=q.q3"),
        ("cross-tab with two banners", "crosstab?row=q.q1&by=q.q2&by2=q.q3"),
        ("trend by month", "trend?of=q.q31&wave=month"), ("responses behind a number", "responses?q.q1=a"),
    ):  # fmt: skip
        took(name, get(path))
    everything = [f"results/q{place}" for place in range(1, len(KINDS) + 1)]
    took("all 40 questions one after another", lambda: [get(path)() for path in everything], 1)
    survey.analysis = {"weighting": {"margins": {"q.q1": dict.fromkeys(CODES, 100 / len(CODES))}, "cap": 5}}
    survey.save()
    took("weights found", get("results"), 1)
    took("a choice, weighted", get("results/q2"))
    took("cross-tab, weighted (Rao-Scott)", get("crosstab?row=q.q1&by=q.q2"))
    took("pandas: parse all, count all 40", with_pandas, 1)


if __name__ == "__main__":
    main()
