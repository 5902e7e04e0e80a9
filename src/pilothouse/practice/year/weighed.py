"""What two decisions were weighed by, option by option, and what competitors offered when somebody looked."""

from __future__ import annotations

from typing import Any

# decision: (options written down and scored so many days ago,
#            {criterion: (weight, less is better, name, guidance)},
#            {option: (state, title, body, {criterion: (Ada, 小韦)})})
MATRICES: Any = {
    "whoaboard": (
        12, 10,
        {"safety": (4, False, ("In an emergency we know who is missing", "出事时知道少了谁"), ("5: by name; 1: not even how many.", "5 知道是谁，1 连少几个都不知道。")),
         "privacy": (4, False, ("Children's names stay off our phones", "孩子的姓名不进船员手机"), ("5: none are stored anywhere.", "5 哪里都不存。")),
         "speed": (3, False, ("Two hundred people still board in time", "两百人照样准点上船"), ("5: nobody waits longer than today.", "5 没人比今天等得久。")),
         "effort": (2, True, ("Work for us", "我们要花的功夫"), ("5 takes a quarter, 1 a week.", "5 要一个季度，1 要一周。"))},
        {"names": ("open", ("Names of everybody", "所有人都显示姓名"), ("What the harbour police asked for in their letter.", "港务警察来信要求的做法。"),
                   {"safety": (5, 5), "privacy": (1, 1), "speed": (3, 3), "effort": (4, 4)}),
         "heads": ("open", ("A number of heads", "只显示人数"), ("The gate counts; the captain sees one number.", "闸口计数，船长只看到一个数。"),
                   {"safety": (3, 2), "privacy": (5, 5), "speed": (5, 5), "effort": (1, 1)}),
         "groups": ("open", ("Names for groups only, given by the teacher", "只有团体显示姓名，由老师提供"), ("The teacher keeps the list and shows it when asked.", "名单由老师保管，要查时出示。"),
                    {"safety": (4, 4), "privacy": (3, 4), "speed": (4, 3), "effort": (3, 3)}),
         "nothing": ("open", ("Leave it as it is", "维持现状"), ("Crews count by eye, as they always did.", "船员照旧目测。"),
                     {"safety": (1, 1), "privacy": (5, 5), "speed": (5, 4), "effort": (1, 1)})},
    ),
    "nogate": (
        258, 256,
        {"fast": (4, False, ("Thirty people a minute", "每分钟过三十人"), ("Timed at East pier, three boats each.", "在东码头计时，每种三班船。")),
         "forged": (3, False, ("Catches a forged ticket", "查得出假票"), ("5: every one; 1: by chance.", "5 张张查得出，1 全凭运气。")),
         "rain": (3, False, ("Works in the rain, with one hand", "雨天单手也能用"), ("Crews hold the rail with the other.", "船员另一只手要扶栏杆。")),
         "cost": (2, True, ("Cost", "成本"), ("5 is 40,000 and more, 1 below 500.", "5 为四万以上，1 不到五百。"))},
        {"scanners": ("rejected", ("Scanners on every gangway", "每个跳板配扫码枪"), ("41,000, and somebody who charges them at night.", "41,000，夜里还要有人充电。"),
                      {"fast": (2, 2), "forged": (5, 5), "rain": (1, 2), "cost": (5, 5)}),
         "colour": ("chosen", ("A colour a day", "每天换一种颜色"), ("400 for the design, checked by eye.", "设计费 400，目测即可。"),
                    {"fast": (5, 4), "forged": (3, 3), "rain": (5, 5), "cost": (1, 1)}),
         "trust": ("rejected", ("Trust, and a check now and then", "靠信任，偶尔抽查"), ("As on the night boats today.", "现在的夜班船就是这样。"),
                   {"fast": (5, 5), "forged": (1, 1), "rain": (5, 5), "cost": (1, 1)})},
    ),
}  # fmt: skip

# (decision, option, criterion, who): (how sure, what it rests on or "", why)
REASONS: Any = {
    ("whoaboard", "names", "privacy", 0): (95, "requirement manifest", ("A third of the names would be children's.", "三分之一会是孩子的姓名。")),
    ("whoaboard", "names", "speed", 1): (60, "feedback crew", ("Typing a missing name takes half a minute.", "补录一个姓名要半分钟。")),
    ("whoaboard", "heads", "safety", 0): (70, "", ("We would know that one is missing, and search for one.", "知道少了一个人，就会去找一个人。")),
    ("whoaboard", "heads", "safety", 1): (70, "", ("A number does not say whom to call.", "光有人数，不知道该给谁打电话。")),
    ("whoaboard", "groups", "privacy", 1): (80, "feedback group", ("Teachers carry such a list anyway.", "老师本来就带着名单。")),
    ("whoaboard", "groups", "speed", 0): (75, "insight groups", ("One code for the class; the list is only looked at when asked.", "全班一个码，有人问才看名单。")),
    ("nogate", "scanners", "rain", 0): (90, "feedback crew", ("Petra dropped the one that we lent her.", "借给佩特拉的那把掉进了水里。")),
    ("nogate", "colour", "fast", 1): (80, "insight glance", ("34 a minute in the trial.", "试用时每分钟 34 人。")),
    ("nogate", "colour", "forged", 0): (60, "feedback colour", ("Whoever prints yesterday's colour is seen at once.", "谁打印昨天的颜色，一眼就看得出。")),
}  # fmt: skip

COMPARED = ("Tidewater beside the others, feature by feature", "潮汐和各家逐项对比")
OPENED = 52  # so many days ago the comparison was begun
OURS = ""

# feature: (weight, name); those of SCALED are told from 0 to 5
FEATURES: Any = {
    "offline": (5, ("Opens without a signal", "没有信号也能打开")),
    "cancelled": (4, ("Says when a boat is cancelled", "停航会通知")),
    "group": (3, ("One code for a group", "团体共用一个码")),
    "tenday": (3, ("Ten-day pass", "十日票")),
    "piers": (3, ("Piers served, of five", "覆盖码头（满分五）")),
    "refund": (2, ("Refund within a day", "一天内退款")),
    "aloud": (2, ("Can be read aloud", "读屏能念")),
    "tongues": (2, ("English and Chinese", "中英双语")),
    "cards": (2, ("Foreign cards", "支持外卡")),
    "night": (1, ("Valid on night boats", "夜班船可用")),
}  # fmt: skip
SCALED = {"piers": (0, 5)}
YES, PARTLY, NO = 1, 0.5, 0

# competitor ("" is us): (page, seen so many days ago, {feature: answer}, {feature: seen on another day})
OFFERED: Any = {
    OURS: ("", 20, {"offline": YES, "cancelled": NO, "group": NO, "tenday": NO, "piers": 5, "refund": PARTLY, "aloud": PARTLY, "tongues": YES, "cards": NO, "night": YES}, {"offline": 30}),
    "0": ("https://ferrypal.example/features", 40, {"offline": YES, "cancelled": YES, "group": NO, "tenday": NO, "piers": 4, "refund": PARTLY, "aloud": NO, "tongues": NO, "cards": YES, "night": NO}, {"cancelled": 12}),
    "1": ("", 52, {"offline": YES, "cancelled": NO, "group": PARTLY, "tenday": NO, "piers": 5, "refund": NO, "aloud": NO, "tongues": PARTLY, "cards": NO, "night": YES}, {}),
    "harbourgo": ("https://harbourgo.example/passes", 46, {"offline": NO, "cancelled": PARTLY, "group": NO, "tenday": YES, "piers": 3, "refund": YES, "tongues": YES, "cards": YES, "night": NO}, {}),
    "waterbus": ("https://waterbus.example", 231, {"offline": NO, "cancelled": NO, "group": PARTLY, "tenday": NO, "piers": 4, "refund": NO, "aloud": NO, "tongues": PARTLY, "cards": NO, "night": YES}, {"night": 90}),
}  # fmt: skip
# (competitor, feature): what somebody noted beside the answer
NOTED: Any = {
    (OURS, "offline"): ("Since 2.4: the last valid ticket, for 24 hours.", "2.4 起：最近一张有效票，保留 24 小时。"),
    (OURS, "refund"): ("Charged twice: at once. All else by hand.", "重复扣款当场退，其余人工处理。"),
    ("0", "cancelled"): ("New this month, by push.", "本月新增，推送通知。"),
    ("harbourgo", "tenday"): ("31; ours would cost 30.", "31，我们打算卖 30。"),
    ("harbourgo", "piers"): ("West, Old Wharf and Mill only.", "只有西码头、老码头和磨坊。"),
    ("waterbus", "group"): ("At the booth, from ten people.", "窗口办理，十人起。"),
}  # fmt: skip
