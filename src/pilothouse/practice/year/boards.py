"""What the team pinned up: canvases with their notes. A note names what it rests on; without, it is an opinion."""

from __future__ import annotations

from typing import Any

# key: (layout, days ago, title, what for, [(cell, text, what it rests on)])
BOARDS: Any = {
    "swot": ("swot", 58, ("SWOT before the summer", "入夏前的 SWOT"), ("What we build on, and what could sink us.", "靠什么，怕什么。"), (
        ("strengths", ("Tickets open without a signal", "没有信号也能出票"), ("quote offline_beta", "requirement offline")),
        ("strengths", ("Crews check thirty people a minute by colour", "船员凭颜色每分钟查三十人"), ("quote colour",)),
        ("strengths", ("The council reads our numbers", "港务局看我们的数据"), ()),
        ("weaknesses", ("Nothing for groups", "没有团体票"), ("insight groups",)),
        ("weaknesses", ("One rider in nine cannot use the buttons", "九人里有一人用不了按钮"), ("insight sun",)),
        ("weaknesses", ("Nobody trusts a Monday since the outage", "那次中断之后没人放心周一"), ("insight silence",)),
        ("opportunities", ("Companies pay for passes of people who work at home", "居家办公的人，公司愿意买票"), ("insight pricequits", "customer work1")),
        ("opportunities", ("The festival brings 20,000 people", "海港节会来两万人"), ("customer event1",)),
        ("threats", ("HarbourGo sells ten days for 31", "港湾行十日票卖 31"), ("competitor harbourgo",)),
        ("threats", ("A free lane on the bridge", "桥上有免费车道"), ("competitor bridge",)),
    )),
    "lean": ("lean_canvas", 210, ("Tidewater on one page", "一页纸看潮汐"), ("Written again after the outage.", "中断之后重写。"), (
        ("problem", ("Tickets that need a network where there is none", "要联网的票，用在没有网的地方"), ("insight deadzones",)),
        ("problem", ("Boats lose their minutes at the gate", "船的时间丢在闸口"), ("insight boarding",)),
        ("segments", ("Commuters of seven piers", "七个码头的通勤者"), ("persona 0",)),
        ("segments", ("Crews who check", "验票的船员"), ("persona 1",)),
        ("value", ("On the boat without thinking about it", "不用操心就能上船"), ()),
        ("solution", ("The ticket lives on the phone", "票存在手机里"), ("requirement offline",)),
        ("channels", ("Posters at the piers", "码头海报"), ()),
        ("revenue", ("Passes at 54, singles at 4.20", "月票 54，单程 4.20"), ("requirement newprice",)),
        ("costs", ("Payment fees, eleven salaries, one status page", "支付费率、十一份工资、一个状态页"), ()),
        ("key_metrics", ("Boardings where the ticket opens within two seconds", "两秒内打开票的登船占比"), ("metric opened",)),
        ("advantage", ("Eleven years of skippers' logs", "十一年的船长日志"), ("quote talk gus",)),
    )),
    "journey": ("journey_map", 66, ("Lin on the 7:40, as it is", "林姐坐 7:40，现状"), ("From the door to the desk, on a Tuesday.", "周二，从家门到工位。"), (
        ("actions.notice", ("Looks at the clock, not at the app", "看钟，不看应用"), ("quote talk nora",)),
        ("actions.plan", ("Opens the app before the lift", "进电梯前打开应用"), ("quote lift",)),
        ("actions.buy", ("Buys the pass on the first of the month", "每月一号买月票"), ()),
        ("actions.use", ("Holds the phone up at the gate", "在闸口举起手机"), ("quote queue",)),
        ("actions.after", ("Asks for a receipt", "要收据"), ("insight paperwork",)),
        ("touchpoints.use", ("Gate, crew, screen", "闸口、船员、屏幕"), ("quote crew",)),
        ("thoughts.use", ("“Please, not now.”", "“千万别现在出问题。”"), ("quote pass",)),
        ("emotion.notice", ("Calm", "平静"), ()),
        ("emotion.use", ("Tense until it opens", "打开之前都紧张"), ("quote lift",)),
        ("emotion.after", ("Relieved", "松一口气"), ()),
        ("pains.use", ("A white page and forty people behind her", "白屏，身后四十个人"), ("insight deadzones",)),
        ("opportunities.use", ("The ticket before the network", "先出票，再联网"), ("requirement offline",)),
    )),
    "tree": ("opportunity_tree", 52, ("More people keep their pass", "让更多人续买月票"), ("Renewals back above 72 per cent by spring.", "明年春天前续买率回到 72% 以上。"), (
        ("outcome", ("72 in a hundred passes are renewed", "每百张月票续买 72 张"), ("metric renewed",)),
        ("opportunity>0", ("I am at home two days a week", "我每周居家两天"), ("need somedays",)),
        ("opportunity>0", ("I cannot rely on the last boat", "末班船靠不住"), ("need home",)),
        ("opportunity>0", ("My employer pays for the bus only", "公司只报公交"), ()),
        ("solution>1", ("A ten-day pass", "十日票"), ("requirement tenday",)),
        ("solution>1", ("Pause the pass for a week", "月票可停用一周"), ()),
        ("solution>2", ("A message an hour before", "提前一小时通知"), ("requirement alerts",)),
        ("test>4", ("Offer ten days for 30 to two hundred who left", "向两百位流失者提供 30 的十日票"), ()),
        ("test>6", ("Send it by hand for two weeks", "手动发两周消息"), ()),
    )),
    "retro": ("retro_start_stop_continue", 26, ("After 2.4", "2.4 之后"), ("Forty minutes, everybody wrote alone first.", "四十分钟，先各写各的。"), (
        ("start", ("Walk to the pier before we decide", "定方案前先去码头走一趟"), ("decision signout",)),
        ("start", ("Measure before the release, not after", "发布前就开始量"), ("release r21",)),
        ("start", ("Test on the phones of the crew", "用船员的手机测"), ()),
        ("stop", ("Signing people out", "让人重新登录"), ("release r22",)),
        ("stop", ("Pictures of the sea", "放海景图"), ("release r20",)),
        ("continue", ("Dissent in writing", "反对意见写下来"), ("decision signout",)),
        ("continue", ("Five phones in three dead zones", "五台手机走三处盲区"), ("feedback signal",)),
    )),
    "bcg": ("bcg_matrix", 35, ("What carries us", "靠什么挣钱"), ("Shares are of all tickets of that sort on the harbour.", "占全港同类船票的份额。"), (
        ("products", ("Passes", "月票"), ("metric renewed",)),
        ("products", ("Single tickets", "单程票"), ("metric inapp",)),
        ("products", ("Company contracts", "企业合同"), ("customer work1",)),
        ("products", ("Groups", "团体"), ("insight groups",)),
    )),
}  # fmt: skip
# canvas: note: its numbers
FIGURES: Any = {
    "bcg": {
        0: {"own": 62, "largest_competitor": 21, "growth": -3, "revenue": 1_480_000},
        1: {"own": 41, "largest_competitor": 38, "growth": 4, "revenue": 910_000},
        2: {"own": 18, "largest_competitor": 33, "growth": 14, "revenue": 310_000},
        3: {"own": 5, "largest_competitor": 44, "growth": 22, "revenue": 46_000},
    },
    "journey": {7: {"emotion": 1}, 8: {"emotion": -2}, 9: {"emotion": 1}},
}

# What the team read, and what came of it. key: (days ago, form, minutes, title, note, applied to)
READINGS: Any = {
    "kano": (300, "course", 360, ("Course: asking with Kano", "课程：Kano 问卷"), ("Ask both ways round, or you learn only wishes.", "正反都要问，否则只听到愿望。"), "decision look"),
    "lists": (214, "book", 540, ("A book on failing in public", "一本讲公开认错的书"), ("Say what broke, since when, and what to do now.", "说清哪里坏了、从何时起、现在怎么办。"), "requirement status"),
    "dissent": (136, "article", 40, ("An article on premortems", "一篇讲事前验尸的文章"), ("Dissent before is cheaper than a review after.", "事前的反对比事后的复盘便宜。"), "decision signout"),
    "contrast": (72, "talk", 90, ("A talk on light and contrast", "一场讲光线与对比度的演讲"), ("Noon on the water is fifty times brighter than an office.", "正午的江面比办公室亮五十倍。"), "decision contrast7"),
    "forecast": (31, "book", 420, ("A book on forecasting with ranges", "一本讲区间预测的书"), ("Give a range and how sure you are, then keep score.", "给区间，给把握，然后记分。"), "decision fiftyfour"),
}  # fmt: skip
