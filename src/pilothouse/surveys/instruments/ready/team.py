"""How is the team: a short health check for the people who build the product."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from pilothouse.surveys.definition import Page
from pilothouse.surveys.instruments.ready.declare import Ready, ask, page
from pilothouse.surveys.questions.wording import AGREEMENT, both, labels, rows
from pilothouse.workbench.models import Item

STATEMENTS = (
    ("I know why we build what we build.", "我清楚我们为什么做现在做的事。"),
    ("We hear from users often enough.", "我们经常能听到用户的声音。"),
    ("Releasing is easy and without fear.", "发布很轻松，不用提心吊胆。"),
    ("Our code and tools let us move fast.", "代码和工具让我们走得快。"),
    ("I can say when something is wrong.", "发现问题时，我敢说出来。"),
    ("We help each other when it gets tight.", "忙不过来的时候，大家互相搭手。"),
    ("I learn something here.", "我在这里学到东西。"),
    ("The pace is one that I can keep.", "现在的节奏我能长期坚持。"),
)


def health_pages(items: Sequence[Item]) -> list[Page]:
    question = ask(
        "matrix", "health", "Health", required=True, rows=rows(*STATEMENTS), options=labels(1, 5, *AGREEMENT),
        settings={"instrument": "team_health"},
        text=both("How far do you agree, thinking of the last month?", "回想最近一个月，你在多大程度上同意？"),
    )  # fmt: skip
    change = ask(
        "long", "change", "Change", text=both("What one thing should we change next?", "接下来最该改变的一件事是什么？")
    )
    return [page("team", question, change)]


HEALTH = Ready(
    slug="team_health", name=_("Team health check"), icon="heart-pulse",
    asks=_("Where the team is strong, where it hurts, and where people see it differently."),
    avoid=_("Not to compare teams or to judge people. With fewer than five answers nobody stays unknown."),
    sample=5, why=_("Everybody should answer; below five answers people can be recognised."),
    title=("How are we doing?", "我们团队怎么样？"),
    intro=("Nobody sees who said what; we look at it together.", "没有人会看到谁说了什么，结果大家一起看。"),
    build=health_pages,
)  # fmt: skip
