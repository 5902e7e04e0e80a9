"""Whom Tidewater serves and against whom: 23 more customers with their contacts, three more competitors with what was
seen of them and when."""

from __future__ import annotations

from typing import Any

TRADES = {
    "tour": ("Tourism", "旅游"), "school": ("School", "学校"), "hotel": ("Hotel", "酒店"), "work": ("Employer", "企业"),
    "public": ("Public transport", "公共交通"), "event": ("Events", "活动"), "museum": ("Museum", "博物馆"),
}  # fmt: skip
ROLES = {
    "buy": ("Purchasing", "采购"), "ops": ("Operations", "运营"), "head": ("Head", "负责人"), "desk": ("Front desk", "前台"),
    "teach": ("Teacher", "教师"), "hr": ("Personnel", "人事"),
}  # fmt: skip

# key: (name, trade, stage, employees, revenue a year, renews in so many days or None, state, contract,
#       contact, role, spoken to so many days ago, may be asked for research)
CUSTOMERS: Any = {
    "school1": (("Old Wharf School", "老码头小学"), "school", "customer", 64, 7200, 140, "active", ("Yearly", "年付"), ("Rosa Bianchi", "罗莎"), "teach", 49, True),
    "school2": (("Lighthouse College", "灯塔中学"), "school", "customer", 120, 14400, 96, "active", ("Yearly", "年付"), ("Henrik Lund", "亨里克"), "head", 33, True),
    "school3": (("North Quay Primary", "北码头小学"), "school", "trial", 41, 0, None, "active", ("Trial", "试用"), ("Ada Brook", "布鲁克"), "teach", 20, False),
    "hotel1": (("Harbour View Hotel", "海景酒店"), "hotel", "customer", 85, 21000, 61, "active", ("Yearly", "年付"), ("Mina Rao", "米娜"), "desk", 14, True),
    "hotel2": (("The Mill", "磨坊旅馆"), "hotel", "customer", 22, 5400, 188, "active", ("Yearly", "年付"), ("Pieter Vos", "彼得"), "head", 171, False),
    "hotel3": (("Garden Island Inn", "花园岛客栈"), "hotel", "customer", 12, 3100, 30, "at_risk", ("Gave notice, talks", "已提解约，商谈中"), ("Lena Falk", "莱娜"), "head", 9, True),
    "work1": (("Norden Shipyard", "诺登船厂"), "work", "customer", 640, 88000, 210, "active", ("Yearly, 310 passes", "年付，310 张月票"), ("Claus Dam", "克劳斯·达姆"), "hr", 41, True),
    "work2": (("Bluewater Bank", "蓝水银行"), "work", "customer", 410, 61000, 75, "at_risk", ("Yearly, 190 passes", "年付，190 张月票"), ("Irene Gold", "艾琳"), "hr", 28, True),
    "work3": (("City Hospital", "市立医院"), "work", "customer", 1900, 74000, 155, "active", ("Yearly, 240 passes", "年付，240 张月票"), ("Sven Ode", "斯文"), "hr", 203, False),
    "work4": (("Kite Software", "风筝软件"), "work", "customer", 95, 9800, 44, "active", ("Monthly", "月付"), ("Jun Park", "朴俊"), "hr", 12, True),
    "work5": (("Ropewalk Studios", "缆绳工作室"), "work", "former", 38, 0, None, "lost", ("Ended with the new price", "涨价后终止"), ("Uma Iyer", "乌玛"), "head", 118, True),
    "work6": (("Granary Offices", "谷仓办公楼"), "work", "lead", 300, 0, None, "active", ("", ""), ("Tom Ward", "汤姆"), "buy", 24, False),
    "tour1": (("Seven Piers Tours", "七码头旅行社"), "tour", "customer", 18, 16500, 118, "active", ("Yearly", "年付"), ("Yara Costa", "雅拉"), "ops", 16, True),
    "tour2": (("Slow Boat", "慢船旅行"), "tour", "customer", 7, 4200, 250, "silent", ("Yearly", "年付"), ("Ivo Ilić", "伊沃"), "head", 230, False),
    "tour3": (("Coastline Cruises", "海岸游船"), "tour", "former", 52, 0, None, "lost", ("Ended after the outage", "中断后终止"), ("Vera Kral", "薇拉"), "ops", 205, False),
    "museum1": (("Maritime Museum", "航海博物馆"), "museum", "customer", 46, 12800, 83, "active", ("Yearly", "年付"), ("Stine Berg", "斯蒂娜"), "ops", 22, True),
    "museum2": (("House of Nets", "渔网之家"), "museum", "trial", 9, 0, None, "active", ("Trial", "试用"), ("Paul Ney", "保罗"), "head", 37, True),
    "event1": (("Harbour Festival", "海港节"), "event", "customer", 15, 26000, 19, "active", ("Each summer", "每年夏季"), ("Freya Lunde", "弗蕾雅"), "ops", 6, True),
    "event2": (("Night Market", "夜市"), "event", "customer", 11, 7900, 132, "active", ("Each weekend", "每周末"), ("Deng Rui", "邓瑞"), "ops", 188, False),
    "event3": (("Regatta Club", "赛艇俱乐部"), "event", "lead", 30, 0, None, "active", ("", ""), ("Emre Kaya", "埃姆雷"), "buy", 52, False),
    "public1": (("Bus line 12", "公交 12 路"), "public", "customer", 210, 34000, 172, "active", ("Shared ticket", "联票"), ("Oksana Bila", "奥克萨娜"), "ops", 29, True),
    "public2": (("Bridge Authority", "大桥管理处"), "public", "lead", 75, 0, None, "active", ("", ""), ("Nils Holm", "尼尔斯"), "buy", 64, False),
    "public3": (("Airport Link", "机场快线"), "public", "trial", 130, 0, None, "active", ("Trial", "试用"), ("Clara Voss", "克拉拉"), "ops", 11, True),
}  # fmt: skip

# key: (name, checked so many days ago, fields, [(seen so many days ago, what)])
COMPETITORS: Any = {
    "harbourgo": (("HarbourGo", "港湾行"), 46,
        {"pricing": ("49 a month, first month free", "月票 49，首月免费"), "audience": ("Commuters", "通勤者"), "strengths": ("Ten-day pass", "有十日票"), "weaknesses": ("Three piers only", "只有三个码头"), "source_url": "https://harbourgo.example/passes"},
        [(300, ("Opens with three piers.", "开业，三个码头。")), (131, ("Offers the first month free, nine days after our new price.", "我们涨价九天后推出首月免费。")), (46, ("Sells a pass for ten days at 31.", "推出十日票，31。"))]),
    "waterbus": (("Waterbus", "水上巴士"), 231,
        {"pricing": ("Single tickets only", "只有单程票"), "audience": ("Visitors", "游客"), "strengths": ("Runs until 1:00", "开到凌晨一点"), "weaknesses": ("No app", "没有应用"), "source_url": "https://waterbus.example"},
        [(344, ("Adds a night boat on Fridays.", "周五增开夜船。")), (231, ("Says an app is “being thought of”.", "称“正在考虑”做应用。"))]),
    "bridge": (("The bicycle on the bridge", "骑车过桥"), 92,
        {"pricing": ("Free", "免费"), "audience": ("Commuters within 6 km", "六公里内的通勤者"), "strengths": ("No timetable", "不看时刻表"), "weaknesses": ("Rain", "下雨"), "source_url": "https://bridge.example/counter"},
        [(210, ("The new lane opens.", "新车道通车。")), (92, ("The counter shows 2,100 bicycles a day, 600 more than in spring.", "计数器显示每天 2,100 辆，比春天多 600 辆。"))]),
}  # fmt: skip
