"""One believable chart of each sort, for the page of components; in both languages, not in the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from pilothouse.charts import (
    Axis,
    Bar,
    Bin,
    Blip,
    Curve,
    Moment,
    Point,
    Stack,
    bars,
    curves,
    histogram,
    plane,
    radar,
    scatter,
    stacked,
    trend,
)
from pilothouse.charts._parts import Spec

Say = Callable[[str, str], str]


def examples(chinese: bool) -> list[tuple[str, str, Spec]]:
    """(title, subtitle, specification)"""
    say: Say = (lambda english, han: han) if chinese else (lambda english, han: english)
    return [
        (say("Why people miss the ferry", "没赶上船的原因"), "n = 164", shares(say)),
        (say("How satisfied are you with …", "对下面各项有多满意"), "n = 152", scale(say)),
        (say("Minutes to the pier", "走到码头要多少分钟"), "n = 148", minutes(say)),
        (say("Which features delight", "哪些功能让人惊喜"), "n = 96", kano(say)),
        (say("What a monthly pass may cost", "月票能卖多少钱"), "n = 212", prices(say)),
        (say("Recommendation, week by week", "每周净推荐值"), say("NPS, 95% intervals", "NPS，95% 区间"), weeks(say)),
        (say("Where our tickets stand", "各种船票的位置"), say("4 products", "4 种产品"), portfolio(say)),
        (say("What we build with", "我们用什么来做"), say("6 blips", "6 个技术点"), technologies(say)),
    ]


def shares(say: Say) -> Spec:
    rows = [
        (say("Departure moved at short notice", "临时改了开船时间"), 0.41, 0.34, 0.49),
        (say("Queue at the ticket machine", "售票机前排队"), 0.27, 0.21, 0.34),
        (say("Wrong pier", "走错码头"), 0.18, 0.13, 0.25),
        (say("Other", "其他"), 0.09, 0.05, 0.14),
    ]
    return bars(
        [
            Bar(label, value, f"{value:.0%}", f"{label}: {value:.0%} ({low:.0%} – {high:.0%})", low, high)
            for label, value, low, high in rows
        ]
    )


def scale(say: Say) -> Spec:
    names = [
        say(*pair)
        for pair in (
            ("Very dissatisfied", "很不满意"),
            ("Dissatisfied", "不满意"),
            ("Neither", "一般"),
            ("Satisfied", "满意"),
            ("Very satisfied", "很满意"),
        )
    ]
    rows = [
        (say("Punctuality", "准点"), (0.08, 0.17, 0.2, 0.35, 0.2)),
        (say("Seats", "座位"), (0.04, 0.1, 0.24, 0.4, 0.22)),
        (say("Notices in the app", "应用里的通知"), (0.2, 0.3, 0.22, 0.2, 0.08)),
    ]
    stacks = [
        Stack(row, part, [f"{row}, {names[i]}: {share:.0%}" for i, share in enumerate(part)]) for row, part in rows
    ]
    return stacked(stacks, names)


def minutes(say: Say) -> Spec:
    counts = [12, 31, 42, 28, 17, 11, 5, 2]
    bins = [Bin(5.0 * i, 5.0 * (i + 1), n, f"{5 * i}–{5 * (i + 1)}: {n}") for i, n in enumerate(counts)]
    return histogram(bins, title=say("minutes", "分钟"), marks=[(13.5, say("median 13.5", "中位数 13.5"))])


def kano(say: Say) -> Spec:
    rows = [
        (say("Delay alerts", "晚点提醒"), 0.78, -0.82),
        (say("Pick a seat", "选座"), 0.61, -0.22),
        (say("Ferry on the map", "地图上看船"), 0.72, -0.35),
        (say("Paper receipt", "纸质发票"), 0.12, -0.15),
        (say("Offline ticket", "离线船票"), 0.3, -0.71),
    ]
    points = [near(label, -worse, better) for label, better, worse in rows]
    quadrants = [
        say(*p)
        for p in (("Attractive", "魅力"), ("One-dimensional", "期望"), ("Indifferent", "无差异"), ("Must-be", "必备"))
    ]
    return scatter(
        points,
        x_title=say("dissatisfaction without it (−Worse)", "没有时的不满（−Worse）"),
        y_title=say("satisfaction with it (Better)", "有时的满意（Better）"),
        x_domain=(0, 1),
        y_domain=(0, 1),
        x_cut=0.5,
        y_cut=0.5,
        quadrants=quadrants,
    )


def near(label: str, x: float, y: float) -> Point:
    tip = f"{label}: Better {y:.2f}, Worse {-x:.2f}"
    return Point(label, x, y, tip, x_low=x - 0.08, x_high=x + 0.08, y_low=y - 0.07, y_high=y + 0.07)


def prices(say: Say) -> Spec:
    at = list(range(20, 101, 10))
    cheap = [0.95, 0.86, 0.7, 0.5, 0.33, 0.2, 0.1, 0.05, 0.02]
    dear = [0.02, 0.06, 0.13, 0.26, 0.44, 0.62, 0.78, 0.9, 0.96]
    lines = [
        Curve(name, list(zip(at, values, strict=True)), [f"{name}, {at[i]}: {y:.0%}" for i, y in enumerate(values)])
        for name, values in ((say("too cheap", "太便宜"), cheap), (say("too expensive", "太贵"), dear))
    ]
    return curves(lines, x_title=say("price", "价格"), y_title="", marks=[(56, say("optimal 56", "最优 56"))])


def weeks(say: Say) -> Spec:
    values = [12, 15, 11, 19, 24, 22, 30]
    return trend(
        [
            Moment(say(f"W{i + 40}", f"{i + 40} 周"), v, f"{say('week', '周')} {i + 40}: {v}", v - 9, v + 9)
            for i, v in enumerate(values)
        ]
    )


def portfolio(say: Say) -> Spec:
    rows = [
        (say("Passes", "月票"), 2.0, 3, 41, "$sea"),
        (say("Singles", "单程票"), 1.05, 12, 20, "$leaf"),
        (say("Groups", "团体票"), 0.5, 14, 6, "$amber"),
        (say("Kiosk", "售票亭"), 0.13, -2, 2, "$coral"),
    ]
    points = [
        Point(label, x, y, f"{label}: {x}, {y} %", x_low=x / 1.2, x_high=x * 1.2, tone=tone, size=size)
        for label, x, y, size, tone in rows
    ]
    across = Axis(
        say("relative market share", "相对市场份额"), (0.09, 11), (1,), True, True, "~g", (0.1, 0.2, 0.5, 1, 2, 5, 10)
    )
    corners = [say(*p) for p in (("Star", "明星"), ("Question mark", "问题"), ("Cash cow", "现金牛"), ("Dog", "瘦狗"))]
    return plane(points, across, Axis(say("market growth, %", "市场增长率（%）"), (-4, 20), (10,)), corners=corners)


def technologies(say: Say) -> Spec:
    rings = [say(*p) for p in (("Adopt", "采用"), ("Trial", "试验"), ("Assess", "评估"), ("Hold", "暂缓"))]
    quarters = [
        say(*p) for p in (("Techniques", "方法"), ("Tools", "工具"), ("Platforms", "平台"), ("Languages", "语言"))
    ]
    rows = [
        (say("Pair writing", "结对写作"), 0, 0, "circle", "$sea"),
        (say("Small releases", "小步发布"), 0, 1, "triangle-up", "$leaf"),
        (say("Browser tests", "浏览器测试"), 1, 0, "circle", "$sea"),
        (say("Passkeys", "通行密钥"), 2, 2, "diamond", "$amber"),
        (say("Paper kiosks", "纸质售票亭"), 2, 3, "triangle-down", "$coral"),
        (say("Kotlin", "Kotlin 语言"), 3, 1, "circle", "$sea"),
    ]
    blips = [
        Blip(name, quarter, ring, f"{name}: {rings[ring]}", "", tone, shape)
        for name, quarter, ring, shape, tone in rows
    ]
    return radar(blips, rings, quarters)
