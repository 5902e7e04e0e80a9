"""What the team made of the year's voices: insights and needs, beside those of `story`."""

from __future__ import annotations

from typing import Any

# key: (quotes that support it, by interview; topic of voices it rests on; learned so many days ago; fields; statement)
INSIGHTS: Any = {
    "nexttwo": (("nora",), "timetable", 312, {"confidence": "medium", "method": ("interviews", "访谈"), "sample": 5},
        ("Commuters know their own boat; they open the timetable only for the day that is not like the others.", "通勤者记得自己那班船，只有遇到不一样的日子才看时刻表。")),
    "boarding": (("gus",), "crewtalk", 305, {"confidence": "high", "method": ("skippers' logs, 11 years", "船长日志，11 年"), "sample": 640},
        ("A boat loses its minutes at the gate, not on the water.", "船晚点丢的是闸口的时间，不是江上的时间。")),
    "poster": (("ines",), "page", 255, {"confidence": "medium", "method": ("usability test", "可用性测试"), "sample": 7},
        ("The new ticket page was liked by people who looked at it and not by people who used it.", "新票面讨看的人喜欢，不讨用的人喜欢。")),
    "silence": (("yusuf", "anouk"), "outage", 212, {"confidence": "high", "method": ("interviews and mails", "访谈与邮件"), "sample": 46},
        ("In the outage silence cost more trust than the failure did.", "那次中断里，沉默比故障更伤信任。")),
    "twophones": (("teo",), "passes", 160, {"confidence": "medium", "method": ("support cases", "客服工单"), "sample": 31},
        ("A pass was lost whenever somebody changed phone, address or name.", "只要换手机、换邮箱或改名，月票就会丢。")),
    "pricequits": (("marta",), "price", 118, {"confidence": "medium", "method": ("interviews and survey", "访谈与问卷"), "sample": 9},
        ("Riders who are at home two days a week gave up the pass when it rose to 54.", "每周居家两天的乘客，在月票涨到 54 后不再购买。")),
    "paperwork": (("kaito",), "receipts", 104, {"confidence": "high", "method": ("desk log", "客服记录"), "sample": 176},
        ("Receipts were four in ten of all mails to the desk.", "客服邮件里，十封有四封是要收据。")),
    "sun": (("sunniva", "bram"), "access", 78, {"confidence": "medium", "method": ("tests with seven people", "七人测试"), "sample": 7},
        ("One rider in nine could not read or hear what a button was for.", "九位乘客里就有一位看不清或听不到按钮的用途。")),
    "onehour": (("omarsister",), "cancelled", 34, {"confidence": "low", "method": ("interview", "访谈"), "sample": 2},
        ("A cancelled boat is bearable with an hour's notice and a second way home.", "提前一小时知道停航，并且有第二条回家的路，就能接受。")),
    "headcount": (("dieter", "rosa"), "groups", 16, {"confidence": "low", "method": ("interviews", "访谈"), "sample": 3},
        ("Whoever is responsible for others needs to know who is on board.", "要对别人负责的人，得知道谁在船上。")),
}  # fmt: skip

# key: (insights, topics of voices, state, days ago, fields, title)
NEEDS: Any = {
    "oddday": (("nexttwo",), ("timetable",), "met", 300, {"frequency": "weekly", "who": ("Commuters on Sundays", "周日出行的人")},
        ("When the day is not like the others, I want to know my next boats without searching.", "遇到不一样的日子，我不想翻找就能知道接下来几班船。")),
    "pay": ((), ("buying",), "planned", 290, {"frequency": "rarely", "who": ("Visitors", "游客")},
        ("When I travel once, I want to pay without an account and know that it worked.", "只坐一次船时，我想不注册就付款，并且知道付成功了。")),
    "told": (("silence",), ("outage", "status"), "met", 208, {"frequency": "rarely", "who": ("Everyone at a pier", "码头上的每个人")},
        ("When something breaks, I want to be told what it is and what to do now.", "出故障时，我要知道怎么回事、现在该怎么办。")),
    "keep": (("twophones",), ("passes",), "met", 156, {"frequency": "rarely", "who": ("Pass holders", "月票乘客")},
        ("When I change my phone, I want my pass to come along.", "换手机时，我要月票跟着走。")),
    "somedays": (("pricequits",), ("price",), "confirmed", 110, {"frequency": "monthly", "who": ("People at home two days a week", "每周居家两天的人")},
        ("When I travel on ten days a month, I want to pay for ten days.", "一个月坐十天船，我只想付十天的钱。")),
    "expense": (("paperwork",), ("receipts",), "met", 100, {"frequency": "monthly", "who": ("People whose employer pays", "单位报销的人")},
        ("When my employer pays, I want a receipt that the office accepts, at once.", "单位报销时，我要马上拿到财务认可的收据。")),
    "read": (("sun",), ("access",), "confirmed", 70, {"frequency": "daily", "who": ("Riders who see or hear little", "视力或听力不好的乘客")},
        ("When I cannot see the screen well, I want to buy and show a ticket without help.", "看不清屏幕时，我也要能自己买票、出示票。")),
    "battery": ((), ("crash",), "heard", 66, {"frequency": "daily", "who": ("Riders with older phones", "用旧手机的乘客")},
        ("When I am on my way home, I want a phone that still has power.", "回家路上，我要手机还有电。")),
    "aboard": (("headcount",), ("groups", "crewtalk"), "heard", 12, {"frequency": "daily", "who": ("Crew and teachers", "船员和带队老师")},
        ("When we have to turn back, I want to know who is on board.", "必须返航时，我要知道船上都有谁。")),
}  # fmt: skip
