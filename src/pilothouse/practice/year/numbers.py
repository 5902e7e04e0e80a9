"""What was measured month by month, beside the two metrics of `story`."""

from __future__ import annotations

from typing import Any

MONTHS = (352, 322, 292, 262, 232, 202, 172, 143, 112, 82, 52, 22)


def monthly(values: tuple[float, ...], counts: tuple[int, ...] | None = None) -> list[tuple[int, float, int | None]]:
    return list(zip(MONTHS, values, counts or (None,) * len(MONTHS), strict=True))


# key: (what it measures, fields, name, how it is measured, [(days ago, value, n)])
METRICS: Any = {
    "found": (
        ("release r19", "requirement nextthree"), {"unit": "%", "direction": "up", "baseline": 41, "target": 55, "source": ("app log", "应用日志")},
        ("Riders who open the timetable and board the boat they saw", "看完时刻表并坐上那班船的乘客"),
        ("Of those who open it within an hour of a departure. One week a month.", "出发前一小时内打开时刻表的人。每月取一周。"),
        monthly((41.2, 52.6, 53.1, 52.2, 51.8, 52.9, 53.4, 52.7, 53.0, 53.6, 53.2, 54.1), (3904, 3911, 3877, 3960, 4012, 3745, 3890, 4021, 4105, 4188, 4230, 4301)),
    ),
    "inapp": (
        ("release r20", "requirement newpage"), {"unit": "%", "direction": "up", "baseline": 38, "target": 50, "source": ("sales", "销售数据")},
        ("Tickets bought in the app", "在应用里购买的船票占比"),
        ("Of all tickets sold in a week, passes left out.", "占一周售出的全部船票，不含月票。"),
        monthly((37.6, 38.0, 38.2, 39.7, 39.4, 38.6, 39.9, 40.3, 40.1, 40.6, 41.0, 43.4), (9012, 8870, 8954, 9120, 9043, 8410, 8895, 9230, 9618, 9902, 10110, 10054)),
    ),
    "cases": (
        ("release r21", "requirement status"), {"unit": ("per 1,000 rides", "每千次"), "direction": "down", "baseline": 4.2, "target": 3, "source": ("support desk", "客服记录")},
        ("Support cases", "客服工单"),
        ("Cases of one week for each thousand rides of that week.", "一周的工单数，除以当周每千次乘坐。"),
        sorted([*monthly((4.1, 4.0, 4.3, 4.2, 4.1, 4.6, 3.9, 4.0, 5.9, 4.4, 4.1, 2.9)), (220, 9.8, None)], reverse=True),
    ),
    "lost": (
        ("release r22", "requirement account"), {"unit": ("cases a month", "次/月"), "direction": "down", "baseline": 12, "target": 4, "source": ("support desk", "客服记录")},
        ("Passes that were lost", "丢失的月票"),
        ("Cases tagged “pass gone”.", "标为“月票丢失”的工单。"),
        monthly((11, 13, 12, 12, 12, 11, 19, 18, 14, 8, 6, 5)),
    ),
    "byhand": (
        ("release r23", "requirement receipt"), {"unit": ("a week", "张/周"), "direction": "down", "baseline": 44, "target": 15, "source": ("support desk", "客服记录")},
        ("Receipts written by hand", "手写收据"),
        ("Counted by the desk every Friday.", "客服每周五清点。"),
        [(172, 43, None), (165, 46, None), (158, 44, None), (151, 45, None), (137, 16, None), (130, 14, None), (123, 13, None), (116, 14, None), (100, 13, None), (70, 15, None), (40, 14, None), (12, 13, None)],
    ),
    "renewed": (
        ("requirement newprice",), {"unit": "%", "direction": "up", "baseline": 72, "target": 75, "source": ("sales", "销售数据")},
        ("Passes that were renewed", "续买的月票"),
        ("Of the passes that ended in a month.", "占当月到期月票。"),
        monthly((72.1, 71.8, 72.6, 72.0, 70.9, 69.4, 71.2, 71.0, 64.8, 65.6, 66.9, 69.8), (912, 905, 921, 930, 918, 876, 899, 905, 890, 861, 848, 842)),
    ),
    "stars": (
        ("release r24",), {"unit": ("stars", "星"), "direction": "up", "baseline": 3.2, "source": ("app shops", "应用商店")},
        ("Mean star rating", "平均星级"),
        ("Of the reviews of one month, both shops.", "两家商店当月的评价。"),
        monthly((3.6, 3.6, 3.7, 3.4, 3.3, 2.7, 3.0, 3.2, 2.9, 3.1, 3.2, 4.2), (188, 161, 174, 203, 196, 402, 251, 190, 377, 262, 241, 318)),
    ),
}  # fmt: skip
