"""What the practice team made of it: insights, needs, requirements, releases, tasks, numbers and decisions."""

from __future__ import annotations

from typing import Any

# key: (quotes that support it, by feedback key; fields; (English, Chinese) statement)
INSIGHTS = {
    "deadzones": (
        ("lift", "pass", "signal", "nosignal"), {"confidence": "high", "method": ("interviews and signal map", "访谈与信号测量"), "sample": 11},
        ("Commuters opened their ticket where there was no signal, so the queue stopped.", "通勤者打开船票的地方恰好没有信号，排队因此停住。"),
    ),
    "workaround": (
        ("queue", "child"), {"confidence": "medium", "method": ("interviews", "访谈"), "sample": 6},
        ("Regulars kept a screenshot because they did not trust the app at the gate.", "老乘客不信任应用，到闸口前先截好图。"),
    ),
    "glance": (
        ("crew", "colour", "expired"), {"confidence": "medium", "method": ("interviews with crew", "船员访谈"), "sample": 4},
        ("Crew checked tickets by glance and colour, not by scanning.", "船员靠扫一眼颜色验票，并不扫码。"),
    ),
    "groups": (
        ("group",), {"confidence": "low", "method": ("sales call", "销售沟通"), "sample": 1},
        ("A class of thirty blocked boarding for nine minutes.", "一个三十人的班级上船要堵九分钟。"),
    ),
    "cancelled": (
        ("lastboat",), {"confidence": "low", "method": ("e-mail", "邮件"), "sample": 1},
        ("Late commuters learned of a cancelled boat only at the pier.", "晚归的乘客到了码头才知道船取消了。"),
    ),
}  # fmt: skip

# key: (insights, state, fields, title)
NEEDS = {
    "board": (
        ("deadzones", "workaround"), "met", {"frequency": "daily", "who": ("Lin, commuter", "通勤者林姐")},
        ("When I board, I want my ticket on the screen at once, so that I do not hold up the queue.", "上船时，我要票马上出现在屏幕上，不耽误后面的人。"),
    ),
    "check": (
        ("glance",), "planned", {"frequency": "daily", "who": ("Petra, crew", "船员佩特拉")},
        ("When two hundred people board, I want to see from afar who has paid.", "两百人上船时，我要远远就能看出谁买了票。"),
    ),
    "class": (
        ("groups",), "confirmed", {"frequency": "weekly", "who": ("Teachers", "带队老师")},
        ("When I bring a class, I want to show one ticket for everyone.", "带一个班出行时，我只想出示一张票。"),
    ),
    "home": (
        ("cancelled",), "heard", {"frequency": "rarely", "who": ("Late commuters", "晚归乘客")},
        ("When my last boat is cancelled, I want to know before I leave.", "末班船取消时，我要在出门前就知道。"),
    ),
}  # fmt: skip

# key: (needs, state, release or None, fields (RICE among them), title, body)
REQUIREMENTS = {
    "offline": (
        ("board",), "shipped", "r24", {"reach": 5200, "impact": "3", "confidence": 80, "effort": 2.5, "priority": "urgent", "suite": ("Tickets", "船票")},
        ("Show the ticket from the phone's own storage when there is no signal", "没有信号时，从手机本地显示船票"),
        ("The last valid ticket is kept on the phone for 24 hours and opens within two seconds without a network.", "最近一张有效船票在手机里保留 24 小时，断网时两秒内打开。"),
    ),
    "colour": (
        ("check",), "shipped", "r24", {"reach": 5200, "impact": "1", "confidence": 80, "effort": 0.5, "priority": "high", "suite": ("Tickets", "船票")},
        ("One colour a day on every ticket", "每天的船票换一种颜色"),
        ("The day's colour fills the top third of the ticket; colour-blind crew also see a shape.", "票面上方三分之一显示当天颜色；色弱船员另有图形可辨。"),
    ),
    "expiry": (
        ("check",), "building", "r25", {"reach": 5200, "impact": "0.5", "confidence": 50, "effort": 0.5, "priority": "high", "suite": ("Tickets", "船票")},
        ("An expired ticket looks expired, also offline", "过期的票离线时也要看得出过期"),
        ("", ""),
    ),
    "groupcode": (
        ("class",), "approved", "r25", {"reach": 900, "impact": "2", "confidence": 50, "effort": 2, "priority": "medium", "suite": ("Groups", "团体")},
        ("One code for a group of up to forty", "四十人以内的团体共用一个码"),
        ("", ""),
    ),
    "lockscreen": (
        ("board",), "exploring", None, {"reach": 2600, "impact": "1", "confidence": 50, "effort": 3, "priority": "medium", "suite": ("Tickets", "船票")},
        ("Today's ticket on the lock screen", "把当天的票放到锁屏上"),
        ("", ""),
    ),
    "alerts": (
        ("home",), "idea", None, {"reach": 700, "impact": "2", "confidence": 50, "effort": 1, "priority": "low", "suite": ("Timetable", "时刻表")},
        ("A message when my last boat is cancelled", "末班船取消时发一条消息"),
        ("", ""),
    ),
}  # fmt: skip

# key: (state, due days from now, title, body)
RELEASES = {
    "r24": ("released", -30, ("2.4 Offline tickets", "2.4 离线船票"), ("Tickets open without a signal, in the colour of the day.", "没有信号也能打开船票，颜色一天一换。")),
    "r25": ("planning", 24, ("2.5 Groups", "2.5 团体票"), ("One code for a class; expired tickets look expired.", "一个班一个码；过期的票一眼看得出。")),
}  # fmt: skip

# requirement key: [(state, type, points, title)]
TASKS = {
    "offline": [
        ("done", "task", 5, ("Store the last valid ticket on the phone", "把最近一张有效船票存到手机里")),
        ("done", "task", 3, ("Open the stored ticket first, refresh behind it", "先打开本地的票，再在后台刷新")),
        ("done", "research", 2, ("Walk the three dead zones with five phones", "带五台手机走一遍三处盲区")),
        ("done", "bug", 1, ("Clock drift makes a valid ticket look old", "时钟误差让有效的票显得过期")),
    ],
    "colour": [
        ("done", "task", 2, ("A colour and a shape for each day", "每天一种颜色加一种图形")),
        ("done", "research", 1, ("Ask two colour-blind crew members to check", "请两位色弱船员试用")),
    ],
    "expiry": [
        ("doing", "task", 3, ("Grey out the ticket at midnight without a network", "断网时到零点自动变灰")),
        ("todo", "task", 1, ("Say since when it has expired", "写明从什么时候起过期")),
    ],
    "groupcode": [
        ("review", "research", 2, ("Watch a class board at Old Wharf", "到老码头看一个班怎么上船")),
        ("todo", "task", 5, ("One code that counts down the heads", "一个码，上一人减一人")),
        ("todo", "task", 3, ("Teacher's page: who is on board", "老师页面：谁已经上船")),
        ("todo", "chore", 1, ("Price a group with the council", "与港务局谈团体价")),
    ],
}  # fmt: skip

# key: (measures: requirement or release keys, fields, title, how it is measured, [(days ago, value, n)])
METRICS: Any = {
    "opened": (
        ("offline", "r24"), {"unit": "%", "direction": "up", "baseline": 71, "target": 95, "source": ("gate log", "闸口日志")},
        ("Boardings where the ticket opened within two seconds", "两秒内打开船票的登船占比"),
        ("Share of weekday boardings from 7 to 9, all piers, one week each.", "工作日 7 点到 9 点全部码头的登船占比，每次统计一周。"),
        [(120, 70.4, 4120), (92, 71.9, 4308), (64, 70.8, 4251), (36, 71.6, 4190), (22, 93.8, 4402), (15, 94.6, 4377), (8, 95.3, 4451)],
    ),
    "missed": (
        ("r24",), {"unit": ("reports a week", "次/周"), "direction": "down", "baseline": 31, "target": 20, "source": ("support desk", "客服记录")},
        ("Missed boats blamed on the app", "因应用误船的投诉"),
        ("Support cases tagged “missed boat”, a week.", "客服记录里标为“误船”的数量，按周。"),
        [(120, 33, None), (92, 29, None), (64, 31, None), (36, 32, None), (22, 17, None), (15, 12, None), (8, 11, None)],
    ),
}  # fmt: skip

# release key: (metric, baseline, expected, probability, review days from now)
PREDICTIONS = {"r24": [("opened", 71, 92, 80, -2), ("missed", 31, 20, 70, -2)]}

# (concerns: requirement key, state, fields, title, body)
DECISIONS: Any = [
    (
        "offline", "decided",
        {"door": "two_way", "probability": 70, "prediction": ("Missed boats fall by a third within six weeks.", "六周内误船投诉减少三分之一。"),
         "dissent": ("Petra: yesterday's tickets will slip through.", "佩特拉：昨天的票会混过去。"),
         "change_my_mind": ("More than one in a hundred tickets shown is expired.", "出示的票里过期的超过百分之一。")},
        ("Keep tickets on the phone for 24 hours", "船票在手机里保留 24 小时"),
        ("Longer would survive a weekend without signal; shorter fails the late boat. 24 hours covers every trip we saw.", "再长能撑过没有信号的周末，再短会误了末班船。24 小时覆盖我们见过的所有行程。"),
    ),
]  # fmt: skip

PERSONAS: Any = [
    ({"segment": ("commuter", "通勤"), "sample": 6, "goals": ("Be on the 7:40 without thinking about it", "不用操心就能赶上 7:40 的船"), "pains": ("No signal in the lift", "电梯里没有信号")},
     ("Lin, commutes by the 7:40 boat", "林姐，每天坐 7:40 的船")),
    ({"segment": ("crew", "船员"), "sample": 4, "goals": ("See at a glance who has paid", "一眼看出谁买了票"), "pains": ("Two hundred people in the rain", "雨里站着两百个人")},
     ("Petra, checks tickets on the gangway", "佩特拉，在跳板上验票")),
]  # fmt: skip

COMPETITORS: Any = [
    ({"pricing": ("Free tickets, fee for passes", "船票免费，月票收费"), "strengths": ("Opens offline since spring", "今年春天起支持离线"), "weaknesses": ("No groups, English only", "没有团体票，只有英文"),
      "source_url": "https://ferrypal.example/pricing"}, ("FerryPal", "渡轮通")),
    ({"pricing": ("Paper, cash", "纸票，现金"), "strengths": ("Never needs a signal", "从不需要信号"), "weaknesses": ("Queue at the booth", "窗口要排队")},
     ("The paper ticket", "纸质船票")),
]  # fmt: skip

CUSTOMERS: Any = [
    ({"stage": "customer", "employees": 240, "revenue": 180000, "industry": ("Public transport", "公共交通"), "contract": ("Renews in March", "三月续约")}, ("Harbour Council", "港务局"),
     [({"email": "mei.chen@harbour.example", "role": ("Operations", "运营")}, ("Mei Chen", "陈梅"))]),
    ({"stage": "trial", "employees": 35, "revenue": 0, "industry": ("Tourism", "旅游")}, ("Island Tours", "海岛旅行社"), []),
]  # fmt: skip
