"""Who did what for which requirement: tasks by their usual steps, drawn by a fixed seed, and the bugs of the year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from pilothouse.practice.year.wishes import WISHES

SEED = 735
# type, points to draw from, title with {x} for the requirement's short name
STEPS: Any = (
    ("research", (1, 2), ("Read everything that was said about {x}", "把关于{x}的话都读一遍")),
    ("research", (2, 3), ("Watch five people: {x}", "看五个人怎么用：{x}")),
    ("task", (1, 2), ("Sketch {x} on paper", "在纸上画{x}的草图")),
    ("task", (3, 5), ("Build {x}: what people see", "做{x}：用户看到的部分")),
    ("task", (3, 5), ("Build {x}: what the server does", "做{x}：服务端")),
    ("task", (1, 2), ("Agree on {x} with the crews", "与船员说定{x}")),
    ("task", (2, 3), ("Test {x} on three old phones", "在三台旧手机上测{x}")),
    ("chore", (1, 1), ("Translate {x} and read it aloud", "翻译{x}的文案并念一遍")),
    ("chore", (1, 1), ("Say what we count for {x}", "写明{x}要数什么")),
)  # fmt: skip
# How many steps are done, under way and waiting, by the state of the requirement.
SHIPPED, BUILDING, APPROVED, EXPLORING = 5, 6, 3, 1
# key: (found, done or 0 while open) days ago, points, title
BUGS: Any = {
    "flash": (284, 281, 2, ("The ticket flashes white in the dark theme", "深色模式下票面闪白")),
    "scroll": (282, 270, 3, ("The date lies below the fold on small phones", "小屏手机上日期不在第一屏")),
    "basket": (276, 262, 3, ("A call during payment empties the basket", "付款时来电话会清空购物车")),
    "timeout": (258, 249, 1, ("No timeout on the ticket request", "请求船票没有超时")),
    "swapped": (250, 243, 2, ("Trips are doubled when a vessel is swapped", "换船时班次重复")),
    "pool": (228, 227, 5, ("Connections of the ticket server are never given back", "船票服务器的连接没有归还")),
    "storm": (228, 224, 2, ("All clients retry in the same second", "所有客户端在同一秒重试")),
    "refunds": (225, 204, 3, ("Charged without a ticket on the Monday of the outage: refund 212 people", "中断那个周一扣款未出票：退款 212 人")),
    "signedout": (179, 171, 3, ("The update signs everybody out", "更新后所有人被登出")),
    "hidden": (176, 164, 2, ("A hidden pass can be bought a second time", "看不到的月票会被重复购买")),
    "seniorline": (138, 131, 1, ("The senior fare is filed under “other”", "老年票被归到“其他”")),
    "oldprice": (137, 134, 1, ("The old price is still on the poster page", "海报页还是旧价格")),
    "taxround": (133, 125, 1, ("The tax is rounded twice", "税额四舍五入了两次")),
    "zone": (121, 113, 2, ("Receipts after midnight carry the day before", "零点后的收据日期是前一天")),
    "feed": (109, 101, 2, ("The timetable feed stops on the first of the month", "每月一号时刻表数据停更")),
    "keyboard": (97, 88, 1, ("The number keyboard covers “pay”", "数字键盘挡住“付款”")),
    "loop": (86, 77, 2, ("“Update” and “open” send each other in circles", "“更新”和“打开”来回跳")),
    "heat": (75, 66, 3, ("The network is asked once a second on the water", "在江上每秒联网一次")),
    "buddha": (58, 47, 1, ("A year of 2569 is taken for a forgery", "年份 2569 被当成假票")),
    "shape": (44, 35, 1, ("The shape of the day is cut off on narrow phones", "窄屏手机上当天图形被裁掉")),
    "wrongtop": (27, 19, 2, ("Yesterday's ticket lies on top", "昨天的票排在最上面")),
    "fast": (20, 0, 2, ("A valid ticket goes grey on phones that run two minutes fast", "手机快两分钟，有效的票就变灰")),
    "four": (16, 0, 3, ("Four tickets bought at once: three are gone offline", "一次买四张，断网后少三张")),
    "echo": (11, 0, 1, ("The screen reader says “button” for the price", "读屏把价格念成“按钮”")),
    "late": (7, 0, 2, ("The countdown goes on after a cancelled boat", "停航后倒计时还在走")),
}  # fmt: skip
LOST_OWNERS = ("fast", "four", "late")  # under way, and nobody's


@dataclass(frozen=True)
class Job:
    """One task: when it was written down, begun and done (days ago; None while it has not happened)."""

    key: str
    wish: str
    type: str
    points: int
    title: tuple[str, str]
    made: int
    begun: int | None
    done: int | None
    owner: int | None

    @property
    def state(self) -> str:
        return "done" if self.done is not None else "doing" if self.begun is not None else "todo"


def jobs() -> list[Job]:
    draw = Random(SEED)  # noqa: S311  a story, not a secret
    made = [job for key in WISHES for job in for_wish(draw, key)]
    return made + [bug(draw, key) for key in BUGS]


def for_wish(draw: Random, key: str) -> Iterator[Job]:
    state, (asked, started, ended), short = WISHES[key][1], WISHES[key][5], WISHES[key][6]
    count = {"shipped": SHIPPED, "building": BUILDING, "approved": APPROVED, "exploring": EXPLORING}.get(state, 0)
    chosen = sorted(draw.sample(range(len(STEPS)), count))
    for place, step in enumerate(chosen):
        type_, points, title = STEPS[step]
        begun, done = spent(draw, state, place, count, asked, started, ended)
        yield Job(
            f"{key}{step}", key, type_, draw.choice(points), named(title, short), max(asked, begun or 0), begun, done,
            owner(draw, done),
        )  # fmt: skip


def spent(
    draw: Random, state: str, place: int, count: int, asked: int, started: int, ended: int
) -> tuple[int | None, int | None]:
    """When a step was begun and done: one after the other, as far as the requirement has come."""
    if state == "shipped":
        length = (started - ended) / count
        done = max(ended, round(started - length * (place + 1)))
        return min(asked, done + draw.randint(2, 5)), done
    if state == "building" and place < 3:
        ended = max(1, started - 4 * (place + 1)) if place < 2 else 0
        return min(asked, (ended or 1) + 3), ended or None
    if state in ("approved", "exploring") and place == 0:
        done = max(3, asked - draw.randint(5, 40))
        return done + 2, done
    return None, None


def owner(draw: Random, done: int | None) -> int:
    """Ada has far more of what is still open than of what is done."""
    return 0 if draw.random() < (0.45 if done is not None else 0.85) else 1


def named(title: tuple[str, str], short: tuple[str, str]) -> tuple[str, str]:
    english, chinese = (text.replace("{x}", short[at]) for at, text in enumerate(title))
    return english, chinese


def bug(draw: Random, key: str) -> Job:
    found, done, points, title = BUGS[key]
    begun = (done or found) + 2 if done else (found - 2 if key in LOST_OWNERS else None)
    holder = None if key in LOST_OWNERS else draw.choice((0, 1))
    return Job(
        f"bug-{key}", "", "bug", points, title, found, min(begun, found) if begun else None, done or None, holder
    )
