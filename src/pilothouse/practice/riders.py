"""A survey among riders of the ferry app that does not exist: sixty people who do not exist either, drawn by a fixed
seed. Every text is (English, Chinese)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from pilothouse.surveys.questions.kano import DYSFUNCTIONAL, FUNCTIONAL

RIDERS, SEED = 60, 740  # the 7:40 boat
TITLE = ("Riders: what should come next?", "乘客问卷：接下来做什么？")
BODY = (
    "Which of our six ideas would riders miss, and which would delight them? We will order the plan for 2.5 by it.",
    "这六个想法，乘客缺了哪个会不满，有了哪个会惊喜？2.5 的计划按结果排序。",
)
AUDIENCE = ("Riders with a ticket in the last 90 days", "最近 90 天买过票的乘客")
INTRO = (
    "It takes about five minutes. Your answers decide what we build next. (A practice survey: the ferry, its riders and their answers are made up.)",
    "大约需要五分钟，你的回答决定我们接下来做什么。（这是练习问卷：轮渡、乘客和回答都是虚构的。）",
)
# How riders see each requirement: they draw one letter (a Kano category) of their segment.
SEEN = {
    "offline": {"daily": "MMMMMMOOAI", "weekly": "MMMMOOOAII", "rarely": "MMOOAAIIIR"},
    "colour": {"daily": "IIIIIIMARQ", "weekly": "IIIIIIIIAR", "rarely": "IIIIIIIARQ"},
    "expiry": {"daily": "MMMIIIIIOA", "weekly": "MMMIIIIIIA", "rarely": "MIIIIIIIIQ"},
    "groupcode": {"daily": "IIIIIIIAAR", "weekly": "IIIIAAAAOI", "rarely": "AAAAOOIIIM"},
    "lockscreen": {"daily": "AAAAAAOOIM", "weekly": "AAAAAOIIII", "rarely": "AAAAIIIIIR"},
    "alerts": {"daily": "OOOOOOMMAI", "weekly": "OOOOOMMAAI", "rarely": "OOOMAAIIII"},
}
# Answers that make each category: like 1, expect 2, neutral 3, live with 4, dislike 5.
PAIRS = {
    "M": ((2, 5), (2, 5), (3, 5), (4, 5)), "O": ((1, 5),), "A": ((1, 3), (1, 3), (1, 4), (1, 2)),
    "I": ((3, 3), (3, 3), (2, 3), (3, 4), (2, 4)), "R": ((5, 1), (3, 1)), "Q": ((1, 1), (5, 5)),
}  # fmt: skip
OFTEN = ("daily",) * 6 + ("weekly",) * 3 + ("rarely",) * 2
MARKS = {
    "daily": (10, 9, 9, 9, 8, 8, 7, 7, 6, 4),
    "weekly": (10, 9, 9, 8, 8, 7, 7, 6, 5, 3),
    "rarely": (9, 8, 8, 7, 7, 6, 6, 5, 3, 2),
}
REASONS = {
    "promoter": (
        ("It opens at once, even down in the lift.", "在电梯里也是一下就打开。"),
        ("I have not bought a paper ticket since spring.", "从春天起我就没再买过纸票。"),
        ("Boarding has become boring, which is the best I can say.", "上船变得毫无悬念，这是最好的评价。"),
        ("The crew wave me through without a second look.", "船员看一眼就放行。"),
        ("Works on the boat, where nothing else does.", "船上别的应用都打不开，它能用。"),
    ),
    "passive": (
        ("Good, but I still check the timetable elsewhere.", "不错，但时刻表我还得去别处查。"),
        ("Fine for me, useless when I travel with my class.", "我自己用还行，带学生出行就不行了。"),
        ("It does its job; the ticket takes too many taps.", "够用，只是找到票要点太多下。"),
        ("I wish it told me about cancelled boats.", "要是船取消了能告诉我就好了。"),
    ),
    "detractor": (
        ("The last boat was cancelled and nobody told me.", "末班船取消了，没人通知我。"),
        ("My pass vanished once, and I do not trust it since.", "月票丢过一次，之后我就不放心了。"),
        ("Thirty children, thirty tickets, one phone.", "三十个孩子，三十张票，一部手机。"),
        ("An expired ticket looked valid, and I was sent back.", "过期的票看着像有效的，结果被拦了回来。"),
    ),
}  # fmt: skip
MISSING = (
    ("Bicycles: where do I see whether there is room?", "自行车：哪里能看到还有没有位置？"),
    ("A quiet cabin, please.", "希望有安静的船舱。"),
    ("Show when the next boat leaves, on the ticket itself.", "票上直接写下一班几点开。"),
    ("Paper receipts for my employer.", "公司报销要的纸质收据。"),
)


def riders(language: int, rows: Mapping[str, str], now: datetime) -> list[dict[str, Any]]:
    """What each rider answered, when, and in how many seconds. `rows` gives the row of each requirement."""
    draw = Random(SEED + language)  # noqa: S311  a story, not a secret
    found = [rider(draw, language, rows, now) for _number in range(RIDERS)]
    return sorted(found, key=lambda one: one["finished_at"])


def rider(draw: Random, language: int, rows: Mapping[str, str], now: datetime) -> dict[str, Any]:
    often = draw.choice(OFTEN)
    mark = draw.choice(MARKS[often])
    pairs = {key: draw.choice(PAIRS[draw.choice(SEEN[key][often])]) for key in rows}
    hurried = draw.random() < 0.04
    seconds = draw.uniform(25, 45) if hurried else min(900.0, draw.lognormvariate(5.2, 0.35))
    answers: dict[str, Any] = {
        "kano": {rows[key]: {FUNCTIONAL: f, DYSFUNCTIONAL: d} for key, (f, d) in pairs.items()},
        "often": {"id": often},
        "nps": mark,
    }
    said = REASONS["promoter" if mark > 8 else "passive" if mark > 6 else "detractor"]
    if draw.random() < 0.55:
        answers["nps_why"] = draw.choice(said)[language]
    if draw.random() < 0.12:
        answers["missing"] = draw.choice(MISSING)[language]
    finished = now - timedelta(days=draw.uniform(1, 24), minutes=draw.uniform(0, 600))
    return {
        "answers": answers, "finished_at": finished, "seconds": round(seconds, 1),
        "flags": ["speeder"] if hurried else [], "own": draw.random() < 0.9,
    }  # fmt: skip
