"""How answers are marked: a number or a choice, beside what the methods say of the product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilothouse.practice.exercises import measured
from pilothouse.practice.exercises.declare import Look, Marked, Pair, near, say

POINT, SCORE, SHARE, MONEY, BRIER = 0.15, 1.0, 0.5, 5.0, 0.005
YES, NO = "yes", "no"
YES_NO = ((YES, ("Yes", "是")), (NO, ("No", "否")))
WAYS = (
    ("ab_proportion", ("Two shares compared", "比较两个占比")), ("kano", ("Kano", "Kano")),
    ("rice", ("RICE", "RICE")), ("nps", ("NPS", "NPS")),
)  # fmt: skip
REASONS = (
    ("too_wide", ("The interval is too wide", "区间太宽")), ("no_reading_since", ("Nothing was read since", "发布后没有读数")),
    ("no_release_date", ("It has no date", "没有发布日期")), ("uncertainty_unknown", ("Nobody knows how sure the numbers are", "不知道读数有多准")),
)  # fmt: skip


def options(rows: Sequence[tuple[str, Pair]]) -> Any:
    return lambda look: [(value, say(text)) for value, text in rows]


def figure(marked: Marked, look: Look, slug: str, wanted: float, within: float, name: Pair) -> None:
    named(marked, near(look, slug, wanted, within), name)


def chosen(marked: Marked, look: Look, slug: str, wanted: str, name: Pair) -> None:
    named(marked, look.answers.get(slug) == wanted, name)


def named(marked: Marked, good: bool, name: Pair) -> None:
    marked.mark(good, ("{name}: right.", "{name}：对。"), ("{name}: not yet.", "{name}：还不对。"), name=say(name))


DIFFERENCE, METHOD, SURE = (
    ("Difference in points", "相差几个百分点"),
    ("Method", "方法"),
    ("More than chance", "不是偶然"),
)


def speed(look: Look) -> Marked:
    marked, found = Marked(), measured.before_and_after(look, "opened", "r24")
    figure(marked, look, "difference", found.effect * 100 if found else 0, POINT, DIFFERENCE)
    chosen(marked, look, "method", "ab_proportion", METHOD)
    return marked


def speed_key(look: Look) -> list[str]:
    found = measured.before_and_after(look, "opened", "r24")
    if found is None:
        return []
    ends = {"low": found.ci[0] * 100, "high": found.ci[1] * 100, "effect": found.effect * 100}
    return [
        say(
            (
                "Two shares compared: {effect:+.1f} points (95 % {low:.1f} to {high:.1f}).",
                "比较两个占比：{effect:+.1f} 个百分点（95% 区间 {low:.1f} 到 {high:.1f}）。",
            ),
            **ends,
        )
    ]


MUST, LINEAR = ("Must-be", "必备"), ("One-dimensional", "期望")


def ideas(look: Look) -> list[tuple[str, Any]]:
    return [(key, item.title) for key in measured.kano(look) if (item := look.item(key))]


def do_kano(look: Look) -> Marked:
    marked, found = Marked(), measured.kano(look)
    for slug, letter, name in (("must", "M", MUST), ("linear", "O", LINEAR)):
        named(marked, found.get(look.answers.get(slug, "")) == letter, name)
    return marked


def kano_key(look: Look) -> list[str]:
    names = {"M": MUST, "O": LINEAR, "A": ("Attractive", "魅力"), "I": ("Indifferent", "无差异")}
    found = measured.kano(look)
    return [
        f"{item.title}: {say(names.get(letter, (letter, letter)))}"
        for key, letter in found.items()
        if (item := look.item(key))
    ]


CHANGE, LOW = ("Change in points", "变化了几个百分点"), ("Lower end of the interval", "区间下限")


def case(look: Look) -> Marked:
    marked, found = Marked(), measured.change_of(look, "r24", "opened")
    figure(marked, look, "change", found.change if found else 0, POINT, CHANGE)
    figure(marked, look, "low", found.low if found else 0, POINT, LOW)
    return marked


def case_key(look: Look) -> list[str]:
    found = measured.change_of(look, "r24", "opened")
    return (
        [
            say(
                (
                    "{change:+.1f} points, 95 % {low:.1f} to {high:.1f}, from {before} readings before and {after} since.",
                    "{change:+.1f} 个百分点，95% 区间 {low:.1f} 到 {high:.1f}；发布前 {before} 次读数，之后 {after} 次。",
                ),
                change=found.change,
                low=found.low,
                high=found.high,
                before=found.n_before,
                after=found.n_after,
            )
        ]
        if found
        else []
    )


SECOND, FOURTH, ROSE = (
    ("NPS of the second wave", "第二轮的 NPS"),
    ("NPS of the fourth wave", "第四轮的 NPS"),
    ("It really rose", "确实上升了"),
)


def two_waves(look: Look) -> Marked:
    marked, second, fourth = Marked(), measured.wave(look, "Q2"), measured.wave(look, "Q4")
    figure(marked, look, "second", second.nps if second else 0, SCORE, SECOND)
    figure(marked, look, "fourth", fourth.nps if fourth else 0, SCORE, FOURTH)
    chosen(marked, look, "rose", YES if risen(look) else NO, ROSE)
    return marked


def risen(look: Look) -> bool:
    second, fourth = measured.wave(look, "Q2"), measured.wave(look, "Q4")
    if second is None or fourth is None:
        return False
    change = measured.nps_method.compare(second, fourth)
    return bool(change.significant and change.difference > 0)


def waves_key(look: Look) -> list[str]:
    rows = {name: measured.wave(look, name) for name in ("Q2", "Q4")}
    return [
        f"{name}: {found.nps:.0f} ({found.ci[0]:.0f} … {found.ci[1]:.0f}, n = {found.n})"
        for name, found in rows.items()
        if found
    ]


WHICH, WHY = ("Which release", "哪个版本"), ("Why", "为什么")


def releases(look: Look) -> list[tuple[str, Any]]:
    return [(str(item.external_id), item.title) for item in look.of("release", "closed")]


def untold(look: Look) -> tuple[str, str]:
    return next(
        (
            (key, reason)
            for key, (verdict, reason) in measured.verdicts(look).items()
            if verdict == "cannot_tell" and reason
        ),
        ("", ""),
    )


def judge(look: Look) -> Marked:
    marked, (key, reason) = Marked(), untold(look)
    chosen(marked, look, "which", key or "-", WHICH)
    chosen(marked, look, "why", reason or "-", WHY)
    return marked


def judge_key(look: Look) -> list[str]:
    key, _reason = untold(look)
    item = look.item(key)
    return (
        [
            say(
                (
                    "{title}: the week of the outage lies among the readings before, so they differ so much that no change could be seen.",
                    "{title}：发布前的读数里有中断那一周，彼此差得太多，什么变化都看不出来。",
                ),
                title=item.title,
            )
        ]
        if item
        else []
    )


def price(look: Look) -> Marked:
    marked, found = Marked(), measured.before_and_after(look, "renewed", "r23")
    figure(marked, look, "difference", found.effect * 100 if found else 0, POINT, DIFFERENCE)
    chosen(marked, look, "sure", YES if found and found.ci[1] < 0 else NO, SURE)
    return marked


def price_key(look: Look) -> list[str]:
    found = measured.before_and_after(look, "renewed", "r23")
    return (
        [
            say(
                (
                    "{effect:+.1f} points (95 % {low:.1f} to {high:.1f}): the interval lies below 0.",
                    "{effect:+.1f} 个百分点（95% 区间 {low:.1f} 到 {high:.1f}）：整个区间都小于 0。",
                ),
                effect=found.effect * 100,
                low=found.ci[0] * 100,
                high=found.ci[1] * 100,
            )
        ]
        if found
        else []
    )


NPV, WORTH = ("Net present value", "净现值"), ("Worth it", "值得做")


def ten_days(look: Look) -> Marked:
    marked, value = Marked(), measured.worth()
    figure(marked, look, "npv", value, MONEY, NPV)
    chosen(marked, look, "worth", YES if value > 0 else NO, WORTH)
    return marked


OTHER, ENOUGH = ("How many", "多少人"), ("Enough to compare", "够比较")


def tongues(look: Look) -> Marked:
    marked, (other, _all) = Marked(), measured.languages(look)
    figure(marked, look, "other", other, 0.0, OTHER)
    chosen(marked, look, "enough", YES if other >= 30 else NO, ENOUGH)
    return marked


def tongues_key(look: Look) -> list[str]:
    other, total = measured.languages(look)
    return [
        say(
            (
                "{other} of {total}: the two languages must not be compared from so few.",
                "{total} 人中有 {other} 人：人数这么少，不能比较两种语言。",
            ),
            other=other,
            total=total,
        )
    ]


FEW, LOSS = ("Customers in class A", "A 类客户数"), ("Revenue at risk, in per cent", "有风险的收入占比（%）")


def risk(look: Look) -> Marked:
    marked = Marked()
    figure(marked, look, "few", measured.few(look), 0.0, FEW)
    figure(marked, look, "loss", measured.at_risk(look), SHARE, LOSS)
    return marked


SCORED, TENDENCY = ("Brier score", "Brier 评分"), ("Too sure", "把握过高")


def calibrated(look: Look) -> Marked:
    marked, found = Marked(), measured.sureness(look)
    figure(marked, look, "brier", found.brier if found else 9, BRIER, SCORED)
    too_sure = bool(found and found.mean_prediction > found.base_rate)
    chosen(marked, look, "sure", YES if too_sure else NO, TENDENCY)
    return marked


def calibrated_key(look: Look) -> list[str]:
    found = measured.sureness(look)
    return (
        [
            say(
                (
                    "Brier score {brier:.3f} from {n} decisions: {said:.0%} sure on average, {came:.0%} came.",
                    "{n} 个决策的 Brier 评分是 {brier:.3f}：平均把握 {said:.0%}，应验 {came:.0%}。",
                ),
                brier=found.brier,
                n=found.n,
                said=found.mean_prediction,
                came=found.base_rate,
            )
        ]
        if found
        else []
    )
