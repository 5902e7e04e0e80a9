"""Who said what when: the stems of the year, drawn with names, places and days by a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from pilothouse.practice.year.voices import EARLY
from pilothouse.practice.year.voices_later import LATE

SEED = 1906
TOPICS: Mapping[str, Any] = {**EARLY, **LATE}
SEGMENTS = {
    "commuter": ("commuter", "通勤"), "visitor": ("visitor", "游客"), "family": ("family", "家庭"),
    "crew": ("crew", "船员"), "senior": ("senior", "老年人"), "operator": ("operator", "运营方"),
    "student": ("student", "学生"),
}  # fmt: skip
PIERS = (
    ("East pier", "东码头"), ("Old Wharf", "老码头"), ("Ferry Lane", "渡轮巷"), ("North Quay", "北码头"),
    ("Mill Point", "磨坊角"), ("Lighthouse", "灯塔"), ("Garden Island", "花园岛"),
)  # fmt: skip
BOATS = ("6:55", "7:20", "7:40", "8:10", "16:50", "17:25", "18:05", "21:40", "22:30")
NAMES = (
    ("Amara Diallo", "阿玛拉"), ("Bjørn Aas", "比约恩"), ("Chen Ling", "陈玲"), ("Dora Weiss", "朵拉"),
    ("Eli Katz", "伊莱"), ("Farah Aziz", "法拉"), ("Goran Petrov", "戈兰"), ("Hana Sato", "花子"),
    ("Ivo Ilić", "伊沃"), ("Jun Park", "朴俊"), ("Kofi Mensah", "科菲"), ("Liu Fang", "刘芳"),
    ("Mina Rao", "米娜"), ("Nils Holm", "尼尔斯"), ("Oksana Bila", "奥克萨娜"), ("Paul Ney", "保罗"),
    ("Qiu Yun", "邱云"), ("Rana Saleh", "拉娜"), ("Stine Berg", "斯蒂娜"), ("Tom Ward", "汤姆"),
    ("Uma Iyer", "乌玛"), ("Vera Kral", "薇拉"), ("Wen Tao", "温涛"), ("Xia Ming", "夏明"),
    ("Yara Costa", "雅拉"), ("Zoltán Kis", "佐尔坦"), ("Agnes Moor", "阿格尼丝"), ("Ben Okoro", "本杰明"),
    ("Clara Voss", "克拉拉"), ("Deng Rui", "邓瑞"), ("Emre Kaya", "埃姆雷"), ("Freya Lunde", "弗蕾雅"),
)  # fmt: skip
ENDINGS = (
    ("I have written about this before.", "这件事我反映过一次了。"), ("My colleagues say the same.", "同事们也这么说。"),
    ("It is not the first time.", "不是第一次了。"), ("Please tell me when it changes.", "有变化请告诉我一声。"),
    ("I thought you should know.", "觉得应该让你们知道。"), ("That was last week.", "这是上周的事。"),
)  # fmt: skip
# What could not be said before it was there: a stem, and the first day on which it may be told.
SINCE = {"timetable2": 336, "receipts2": 138, "crewtalk3": 150, "access6": 60}
# More people travel in summer, and most of all on the islands.
SEASON = (0.7, 0.7, 0.8, 1.0, 1.1, 1.3, 1.5, 1.5, 1.2, 0.9, 0.7, 0.8)
IMPORTANCE = {"negative": (1, 2, 2, 3), "mixed": (1, 1, 2), "positive": (0, 0, 1)}


@dataclass(frozen=True)
class Voice:
    """One thing that somebody said; texts are still (English, Chinese)."""

    key: str
    topic: str
    category: tuple[str, str]
    ago: int
    channel: str
    person: tuple[str, str]
    segment: str
    rating: int | None
    sentiment: str
    importance: int
    title: tuple[str, str]
    body: tuple[str, str]


def voices(today: date) -> list[Voice]:
    """The same for the same day, in whatever language they are told; the oldest first."""
    draw = Random(SEED)  # noqa: S311  a story, not a secret
    found = [voice for topic in TOPICS for voice in of_topic(draw, topic, today)]
    return sorted(found, key=lambda voice: (-voice.ago, voice.key))


def of_topic(draw: Random, topic: str, today: date) -> Iterator[Voice]:
    category, first, last, times, stems = TOPICS[topic]
    for place, stem in enumerate(stems):
        days = range(last, SINCE.get(f"{topic}{place}", first) + 1)
        seasons = [SEASON[(today - timedelta(days=ago)).month - 1] for ago in days]
        filled = any("{" in text for text in stem[4] + stem[5])
        for time in range(times if filled else 1):
            ago = draw.choices(days, seasons)[0]
            yield told(draw, f"{topic}{place}{'abcd'[time]}", topic, category, ago, stem)


def told(draw: Random, key: str, topic: str, category: tuple[str, str], ago: int, stem: Any) -> Voice:
    channel, segment, sentiment, rating, title, body = stem
    pier, boat, ending = draw.choice(PIERS), draw.choice(BOATS), draw.choice(ENDINGS)
    more = ending if draw.random() < 0.35 else ("", "")
    return Voice(
        key, topic, category, ago, channel, draw.choice(NAMES), segment, rating, sentiment,
        draw.choice(IMPORTANCE[sentiment]), filled_in(title, pier, boat, ("", "")), filled_in(body, pier, boat, more),
    )  # fmt: skip


def filled_in(pair: tuple[str, str], pier: tuple[str, str], boat: str, more: tuple[str, str]) -> tuple[str, str]:
    english, chinese = (text.replace("{pier}", pier[at]).replace("{boat}", boat) for at, text in enumerate(pair))
    return (f"{english} {more[0]}".strip(), f"{chinese}{more[1]}".strip())
