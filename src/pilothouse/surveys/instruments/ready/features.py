"""Which of these things should come first: Kano, MaxDiff, importance and satisfaction, conjoint."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from pilothouse.surveys.definition import Option, Page, Question, Row
from pilothouse.surveys.instruments.ready.declare import Ready, ask, choices, page, rows_of
from pilothouse.surveys.questions.trade import USUAL_VERSIONS
from pilothouse.surveys.questions.wording import both
from pilothouse.workbench.models import Item


def segment() -> Question:
    """One question to split the answers by; whoever knows better segments changes it."""
    often = (
        ("Every day", "每天"),
        ("Every week", "每周"),
        ("Now and then", "偶尔"),
        ("Not yet", "还没用过"),
    )  # fmt: skip
    return ask(
        "single", "often", "Often",
        text=both("How often do you use {product}?", "你多久用一次 {product}？"),
        options=choices(*often, ids=("daily", "weekly", "rarely", "never")), required=True,
    )  # fmt: skip


def missing() -> Question:
    return ask(
        "long", "missing", "Missing",
        text=both("Is there something that we should have asked about?", "还有什么我们应该问而没问的？"),
    )  # fmt: skip


def kano_pages(items: Sequence[Item]) -> list[Page]:
    lines = {"rows": rows_of(items)} if items else {}
    kano = ask(
        "kano", "kano", "Kano", **lines,
        text=both(
            "For each of these: how would you feel if you had it, and how if you did not?",
            "下面每一项：如果有，你会觉得怎样？如果没有，又会觉得怎样？",
        ),
        help=both(
            "There is no right answer; go by your first feeling.", "没有对错之分，按第一感觉回答即可。"
        ),
        required=True, shuffle=False,
    )  # fmt: skip
    return [page("features", kano), page("you", segment(), missing())]


def maxdiff_pages(items: Sequence[Item]) -> list[Page]:
    per_set = 4 if len(items) < 16 else 5
    lines = (
        {"rows": rows_of(items), "settings": {"per_set": per_set, "per_item": 3, "versions": USUAL_VERSIONS}}
        if items
        else {}
    )
    return [page("choices", ask("maxdiff", "maxdiff", "MaxDiff", required=True, **lines)), page("you", segment())]


def opportunity_pages(items: Sequence[Item]) -> list[Page]:
    lines = {"rows": rows_of(items)} if items else {}
    return [page("needs", ask("opportunity", "needs", "Needs", required=True, **lines)), page("you", segment())]


def conjoint_pages(items: Sequence[Item]) -> list[Page]:
    """An example to be changed: what a monthly pass may cost, and what comes with it."""
    plans = (
        ("price", ("Price a month", "每月价格"), (("€5", "30 元"), ("€8", "50 元"), ("€12", "80 元"))),
        ("support", ("Support", "客服"), (("By e-mail", "邮件"), ("By chat", "在线聊天"), ("By phone", "电话"))),
        ("storage", ("History kept", "记录保留"), (("30 days", "30 天"), ("1 year", "1 年"), ("For ever", "永久"))),
    )
    attributes = [
        Row(id=id, text=both(*name), more={f"l{n}": both(*level) for n, level in enumerate(levels, start=1)})
        for id, name, levels in plans
    ]
    settings = {"price": "price", "amounts": {"l1": 5, "l2": 8, "l3": 12}, "currency": "€", "n_tasks": 9}
    question = ask("conjoint", "plan", "Plan", rows=attributes, settings=settings, required=True)
    return [page("plans", question), page("you", segment())]


def ranking_pages(items: Sequence[Item]) -> list[Page]:
    options = [Option(id=row.id, text=row.text) for row in rows_of(items)]
    lines = {"options": options} if items else {}
    return [
        page("order", ask("ranking", "order", "Order", required=True, shuffle=True, **lines)),
        page("you", segment()),
    ]


KANO = Ready(
    slug="kano", name=_("Kano"), icon="smile",
    asks=_("Which requirements people take for granted, which satisfy the more the better, which delight, and which nobody minds."),
    avoid=_("Not for things nobody can picture yet, for prices, or with more than about 15 requirements at once."),
    sample=20, why=_("20 to 30 answers of one segment give a category; telling segments apart takes more."),
    title=("What should {product} do next?", "{product} 接下来该做什么？"),
    intro=("It takes about five minutes. Your answers decide what we build first.", "大约需要五分钟。你的回答会决定我们先做什么。"),
    build=kano_pages, kinds=("requirement", "need"), least=1,
)  # fmt: skip
MAXDIFF = Ready(
    slug="maxdiff", name=_("MaxDiff"), icon="scale",
    asks=_("Which of many things matter most, and how much more than the others."),
    avoid=_("Not for fewer than five things (rank them), and not to learn whether anything matters at all: the scale is relative."),
    sample=100, why=_("With 100 answers the shares of preference settle; the design shows each thing three times to everybody."),
    title=("What matters most to you?", "对你来说，什么最重要？"),
    intro=("You will see a few short lists. Choose the most and the least important of each.", "你会看到几组短清单，请在每组里选出最重要和最不重要的一项。"),
    build=maxdiff_pages, kinds=("requirement", "need"), least=5,
)  # fmt: skip
OPPORTUNITY = Ready(
    slug="opportunity", name=_("Importance and satisfaction"), icon="target",
    asks=_("Which needs matter much and are served badly: the opportunity score."),
    avoid=_("Not for features: people rate what they want to get done. Not with fewer than 30 people of one segment."),
    sample=30, why=_("Below 30 answers of one segment the score wavers by several points."),
    title=("What works well for you, and what does not?", "哪些事你做起来顺手，哪些不顺手？"),
    intro=("For each, say how important it is to you and how satisfied you are today.", "请说出每一项对你有多重要、你对现状有多满意。"),
    build=opportunity_pages, kinds=("need", "requirement"), least=1,
)  # fmt: skip
CONJOINT = Ready(
    slug="conjoint", name=_("Choice-based conjoint"), icon="blocks",
    asks=_("Which property of an offer moves the choice, and what each is worth in money."),
    avoid=_("Not with more than about seven attributes, and not where habit decides rather than comparison."),
    sample=100, why=_("People × tasks × products ÷ levels of the largest attribute should reach 500."),
    title=("Which plan would you take?", "你会选哪种方案？"),
    intro=("You will see a few choices between plans. Choose as if you were paying.", "你会看到几组方案，请像真的要付钱那样选择。"),
    build=conjoint_pages,
)  # fmt: skip
RANKING = Ready(
    slug="ranking", name=_("Ranking"), icon="list-ordered",
    asks=_("In which order people would put up to seven things."),
    avoid=_("Not for more than seven: use MaxDiff. It says nothing about how far apart the places are."),
    sample=50, why=_("With 50 answers neighbouring places can be told apart."),
    title=("Put these in order", "请给这些排个序"),
    intro=("The most important first.", "最重要的排第一。"),
    build=ranking_pages, kinds=("requirement", "need"), least=2,
)  # fmt: skip
