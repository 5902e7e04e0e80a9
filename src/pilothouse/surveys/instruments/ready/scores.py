"""How are we doing: NPS, CSAT, CES, SUS, UMUX-Lite, product-market fit."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from pilothouse.surveys.definition import Page, Row
from pilothouse.surveys.instruments.ready.declare import Ready, ask, choices, page
from pilothouse.surveys.questions.wording import AGREEMENT, SATISFACTION, both, labels, rows
from pilothouse.workbench.models import Item

# Brooke, 1996: free to use where the source is named; "system" may be replaced by the product's name. The Chinese
# wording is our own.
SUS_STATEMENTS = (
    ("I think that I would like to use this system frequently.", "我愿意经常使用这个系统。"),
    ("I found the system unnecessarily complex.", "我觉得这个系统过于复杂，没有必要。"),
    ("I thought the system was easy to use.", "我觉得这个系统容易使用。"),
    (
        "I think that I would need the support of a technical person to be able to use this system.",
        "我觉得需要技术人员的帮助才能使用这个系统。",
    ),
    ("I found the various functions in this system were well integrated.", "我觉得这个系统的各项功能整合得很好。"),
    ("I thought there was too much inconsistency in this system.", "我觉得这个系统里不一致的地方太多。"),
    (
        "I would imagine that most people would learn to use this system very quickly.",
        "我想大多数人很快就能学会使用这个系统。",
    ),
    ("I found the system very cumbersome to use.", "我觉得这个系统用起来很麻烦。"),
    ("I felt very confident using the system.", "我使用这个系统时很有把握。"),
    (
        "I needed to learn a lot of things before I could get going with this system.",
        "我要学很多东西才能开始使用这个系统。",
    ),
)
UMUX_STATEMENTS = (
    ("{product}'s capabilities meet my requirements.", "{product} 的功能满足我的需求。"),
    ("{product} is easy to use.", "{product} 容易使用。"),
)
ENDS_OF_SEVEN = (("Strongly disagree", "非常不同意"), ("Strongly agree", "非常同意"))


def nps_pages(items: Sequence[Item]) -> list[Page]:
    score = ask(
        "nps", "nps", "NPS", required=True,
        text=both(
            "How likely are you to recommend {product} to a friend or colleague?", "你有多大可能把 {product} 推荐给朋友或同事？"
        ),
    )  # fmt: skip
    why = ask(
        "long",
        "nps_why",
        "NPS_why",
        text=both("What is the main reason for your answer?", "给出这个分数的主要原因是什么？"),
    )
    return [page("recommend", score, why)]


def csat_pages(items: Sequence[Item]) -> list[Page]:
    score = ask(
        "scale", "csat", "CSAT", required=True, settings={"instrument": "csat"}, options=labels(1, 5, *SATISFACTION),
        text=both("How satisfied are you with {product} overall?", "总体来说，你对 {product} 满意吗？"),
    )  # fmt: skip
    why = ask("long", "csat_why", "CSAT_why", text=both("What should be better?", "哪里应该做得更好？"))
    return [page("satisfied", score, why)]


def ces_pages(items: Sequence[Item]) -> list[Page]:
    score = ask(
        "scale", "ces", "CES", required=True, settings={"low": 1, "high": 7, "instrument": "ces"},
        options=labels(1, 7, *ENDS_OF_SEVEN),
        text=both("{product} made it easy to get done what I came for.", "{product} 让我轻松办成了想办的事。"),
        help=both("1: strongly disagree, 7: strongly agree.", "1 表示非常不同意，7 表示非常同意。"),
    )  # fmt: skip
    why = ask("long", "ces_why", "CES_why", text=both("What cost you the most effort?", "哪一步最费劲？"))
    return [page("effort", score, why)]


def sus_pages(items: Sequence[Item]) -> list[Page]:
    lines = [
        Row(id=f"s{place}", text=both(*pair), reverse=place % 2 == 0)
        for place, pair in enumerate(SUS_STATEMENTS, start=1)
    ]
    question = ask(
        "matrix", "sus", "SUS", required=True, rows=lines, settings={"instrument": "sus"},
        options=labels(1, 5, *AGREEMENT),
        text=both("How far do you agree with each statement about {product}?", "你在多大程度上同意下面关于 {product} 的说法？"),
    )  # fmt: skip
    return [page("usability", question)]


def umux_pages(items: Sequence[Item]) -> list[Page]:
    question = ask(
        "matrix", "umux", "UMUX", required=True, rows=rows(*UMUX_STATEMENTS),
        settings={"low": 1, "high": 7, "instrument": "umux_lite"}, options=labels(1, 7, *ENDS_OF_SEVEN),
        text=both("How far do you agree?", "你在多大程度上同意以下说法？"),
    )  # fmt: skip
    return [page("usability", question)]


def fit_pages(items: Sequence[Item]) -> list[Page]:
    answers = (
        ("Very disappointed", "非常失望"),
        ("Somewhat disappointed", "有点失望"),
        ("Not disappointed", "不失望"),
        ("I no longer use it", "我已经不用了"),
    )
    question = ask(
        "single", "fit", "Fit", required=True, settings={"instrument": "pmf"},
        text=both("How would you feel if you could no longer use {product}?", "如果以后不能再用 {product}，你会有什么感受？"),
        options=choices(*answers, ids=("very", "somewhat", "not", "gone")),
    )  # fmt: skip
    benefit = ask(
        "long",
        "benefit",
        "Benefit",
        text=both("What is the main good that it does you?", "它给你带来的最大好处是什么？"),
    )
    people = ask(
        "long", "whom", "Whom", text=both("What sort of people would gain most from it?", "你觉得哪类人用它受益最大？")
    )
    better = ask("long", "better", "Better", text=both("How could it serve you better?", "怎样改进才更合你的需要？"))
    return [page("fit", question), page("words", benefit, people, better)]


NPS = Ready(
    slug="nps", name=_("NPS with the reason"), icon="gauge",
    asks=_("Whether more people recommend us than warn against us, and why."),
    avoid=_("Not to compare with other companies or countries, and not for small samples."),
    sample=100, why=_("Below 100 answers the interval is wider than most changes."),
    title=("Two questions about {product}", "关于 {product} 的两个问题"), intro=("It takes a minute.", "只需一分钟。"),
    build=nps_pages,
)  # fmt: skip
CSAT = Ready(
    slug="csat", name=_("CSAT"), icon="smile-plus",
    asks=_("What share of people is satisfied with something they have just met."),
    avoid=_("Not to foresee who stays: ask soon after the event, and about that event."),
    sample=30, why=_("With 30 answers the interval of the share is about 30 points wide; 100 halve it."),
    title=("How satisfied are you with {product}?", "你对 {product} 满意吗？"), intro=("It takes a minute.", "只需一分钟。"),
    build=csat_pages,
)  # fmt: skip
CES = Ready(
    slug="ces", name=_("CES"), icon="feather",
    asks=_("How easy it was to get something done."),
    avoid=_("Not for a product as a whole: ask right after one task."),
    sample=30, why=_("With 30 answers the interval of the share is about 30 points wide; 100 halve it."),
    title=("How easy was it?", "办这件事容易吗？"), intro=("It takes a minute.", "只需一分钟。"),
    build=ces_pages,
)  # fmt: skip
SUS = Ready(
    slug="sus", name=_("SUS"), icon="clipboard-check",
    asks=_("How usable people find it, on a scale that can be compared: 68 is the middle, 80 is very good."),
    avoid=_("Not to find out what is wrong, and only after people have used it."),
    sample=12, why=_("12 to 14 people give a stable mean; give the interval with fewer."),
    title=("How was it to use {product}?", "{product} 用起来怎么样？"),
    intro=("Ten statements; answer by your first feeling.", "十句话，按第一感觉回答即可。"),
    build=sus_pages,
)  # fmt: skip
UMUX = Ready(
    slug="umux_lite", name=_("UMUX-Lite"), icon="list-checks",
    asks=_("Usability from two statements: does it do what people need, and is it easy to use."),
    avoid=_("Not to be averaged with SUS scores, and not to find out what is wrong."),
    sample=12, why=_("As for SUS: 12 to 14 people give a stable mean."),
    title=("Two statements about {product}", "关于 {product} 的两句话"), intro=("It takes a minute.", "只需一分钟。"),
    build=umux_pages,
)  # fmt: skip
FIT = Ready(
    slug="pmf", name=_("Product-market fit"), icon="puzzle",
    asks=_("Whether at least 40 % would be very disappointed without it, and who these people are."),
    avoid=_("Only for people who have really used it, twice at least and lately; not for paying customers of a must-have."),
    sample=40, why=_("With 40 answers the interval of the share is about 30 points wide."),
    title=("Could you do without {product}?", "没有 {product} 行不行？"), intro=("Four questions, three minutes.", "四个问题，三分钟。"),
    build=fit_pages,
)  # fmt: skip
