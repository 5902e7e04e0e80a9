"""Requirements of the year, beside the six of `story`: shipped, under way, waiting, and dropped with a reason."""

from __future__ import annotations

from typing import Any

M = {
    "time": ("Timetable", "时刻表"), "tick": ("Tickets", "船票"), "pay": ("Payment", "支付"), "pass": ("Passes", "月票"),
    "group": ("Groups", "团体"), "info": ("Notices", "通知"), "crew": ("Crew", "船员端"), "all": ("Everywhere", "全局"),
}  # fmt: skip

# key: (need or "", state, release or "", module, (reach, impact, confidence, effort), (asked, started, ended) days ago,
#       short name, title, body)
WISHES: Any = {
    "nextthree": ("oddday", "shipped", "r19", "time", (4800, "1", 80, 1), (356, 350, 340), ("next boats", "接下来的船"), ("Show the next three boats of my pier first", "首屏先显示本码头接下来三班船"), ("The pier is guessed from where the phone is; a tap changes it.", "码头按手机位置猜，点一下可以改。")),
    "holidays": ("oddday", "shipped", "r19", "time", (3100, "2", 80, 0.5), (355, 349, 341), ("holidays", "节假日班次"), ("Public holidays follow the harbour's own calendar", "节假日班次跟着港口日历走"), ("", "")),
    "lastline": ("oddday", "shipped", "r19", "time", (2400, "0.5", 80, 0.5), (352, 347, 341), ("last boat", "末班船"), ("Mark the last boat of the day", "标出当天末班船"), ("", "")),
    "newpage": ("", "shipped", "r20", "tick", (5200, "2", 50, 3), (330, 320, 292), ("ticket page", "票面"), ("A ticket page that people like to show", "让人愿意出示的票面"), ("Nobody had asked for it. It came from the wish to look modern.", "没有人提过。出发点是“看起来更现代”。")),
    "guest": ("pay", "shipped", "r20", "pay", (1900, "2", 80, 2), (328, 318, 293), ("guest purchase", "免注册购票"), ("Buy without an account", "不注册也能买票"), ("", "")),
    "thumb": ("pay", "shipped", "r20", "pay", (3600, "1", 80, 1), (325, 315, 295), ("fingerprint", "指纹付款"), ("Pay with the phone's own fingerprint", "用手机指纹付款"), ("", "")),
    "status": ("told", "shipped", "r21", "info", (5200, "1", 80, 1), (226, 225, 217), ("status page", "状态页"), ("A page that says what is broken, since when and until when", "一个页面写明哪里坏了、从何时起、到何时止"), ("It runs on another machine than the tickets do.", "它和船票服务不在同一台机器上。")),
    "backoff": ("told", "shipped", "r21", "all", (5200, "3", 80, 0.5), (227, 226, 219), ("retries", "重试间隔"), ("Clients wait longer after each failed try", "失败后客户端逐次拉长重试间隔"), ("", "")),
    "freeride": ("told", "shipped", "r21", "crew", (5200, "2", 50, 0.5), (224, 223, 218), ("let them on", "先上船"), ("A rule for the crew: board first, pay tomorrow", "给船员一条规定：先上船，明天再付"), ("", "")),
    "account": ("keep", "shipped", "r22", "pass", (2100, "2", 80, 2.5), (212, 208, 183), ("passes in the account", "月票存入账户"), ("Keep the pass in the account, not on the phone", "月票存在账户里，不存在手机上"), ("", "")),
    "renewnote": ("keep", "shipped", "r22", "pass", (2100, "0.5", 80, 0.5), (210, 200, 184), ("renewal note", "到期提醒"), ("Say three days before that the pass ends", "月票到期前三天提醒"), ("", "")),
    "newprice": ("", "shipped", "r23", "pay", (2100, "1", 50, 0.5), (170, 160, 144), ("new price", "新票价"), ("The pass costs 54", "月票定价 54"), ("Agreed with the council for the evening boats.", "与港务局商定，用于增开晚班船。")),
    "receipt": ("expense", "shipped", "r23", "pay", (1400, "1", 100, 1), (175, 165, 145), ("receipts", "收据"), ("A numbered receipt with one tap", "一点就出带编号的收据"), ("", "")),
    "taxline": ("expense", "shipped", "r23", "pay", (1400, "0.5", 80, 0.5), (172, 162, 144), ("tax line", "税额行"), ("The receipt names the tax", "收据写明税额"), ("", "")),
    "allfour": ("board", "building", "", "tick", (1600, "1", 80, 1), (24, 14, 0), ("all tickets kept", "保存全部船票"), ("Keep every ticket of the day offline, not only the last", "当天所有船票都离线保存，不只最近一张"), ("", "")),
    "ordertoday": ("check", "building", "", "tick", (5200, "0.5", 80, 0.25), (22, 10, 0), ("today on top", "今天的票在最上面"), ("Today's ticket lies on top", "今天的票排在最上面"), ("", "")),
    "contrast": ("read", "approved", "", "all", (2300, "2", 80, 0.5), (76, 0, 0), ("contrast", "对比度"), ("Text can be read in the sun: 7 to 1", "太阳下也看得清：对比度 7 比 1"), ("", "")),
    "labels": ("read", "approved", "", "all", (300, "3", 100, 0.5), (74, 0, 0), ("names for buttons", "按钮名称"), ("Every button has a name that a screen reader says", "每个按钮都有读屏能念出的名称"), ("", "")),
    "reflow": ("read", "approved", "", "all", (900, "2", 80, 1), (73, 0, 0), ("large letters", "大字体"), ("Nothing is cut off with letters twice as large", "字体放大一倍也不裁切"), ("", "")),
    "slowtype": ("read", "exploring", "", "pay", (700, "1", 50, 0.5), (60, 0, 0), ("time to type", "输入时间"), ("Nothing is forgotten while somebody types", "用户输入时不超时"), ("", "")),
    "tenday": ("somedays", "approved", "", "pass", (1100, "2", 50, 1.5), (108, 0, 0), ("ten-day pass", "十日票"), ("A pass for ten days of a month", "一个月里任选十天的票"), ("", "")),
    "warnprice": ("somedays", "exploring", "", "info", (2100, "0.5", 80, 0.25), (105, 0, 0), ("price notice", "调价通知"), ("Announce a price a month before it changes", "调价前一个月通知"), ("", "")),
    "monthly": ("expense", "exploring", "", "pay", (60, "3", 50, 2), (98, 0, 0), ("one bill", "月结账单"), ("One bill a month for companies", "企业客户按月出一张账单"), ("", "")),
    "student": ("pay", "exploring", "", "pay", (1300, "1", 80, 0.5), (240, 0, 0), ("student fare", "学生价"), ("Offer the student fare before paying", "付款前就给出学生价"), ("", "")),
    "foreign": ("pay", "approved", "", "pay", (1500, "2", 80, 1.5), (235, 0, 0), ("foreign cards", "外卡"), ("Take foreign cards", "支持外卡"), ("", "")),
    "twice": ("pay", "building", "", "pay", (180, "3", 100, 0.5), (90, 18, 0), ("paid twice", "重复扣款"), ("A second tap never pays a second time", "重复点击不会重复扣款"), ("", "")),
    "mistyped": ("pay", "idea", "", "tick", (240, "1", 50, 0.5), (130, 0, 0), ("mistyped address", "邮箱写错"), ("Correct the address of a ticket that was sent wrongly", "票发错邮箱后可以改"), ("", "")),
    "countdown": ("home", "exploring", "", "info", (3800, "1", 50, 1), (48, 0, 0), ("honest countdown", "真实倒计时"), ("The countdown stops when the boat does not come", "船不来，倒计时就停"), ("", "")),
    "otherway": ("home", "idea", "", "info", (700, "1", 50, 2), (33, 0, 0), ("another way home", "替代路线"), ("Name the bus when the boat is cancelled", "停航时给出公交路线"), ("", "")),
    "mypier": ("told", "approved", "", "info", (4300, "0.5", 80, 0.25), (150, 0, 0), ("my pier", "我的码头"), ("Notices for my own piers only", "只收自己常用码头的通知"), ("", "")),
    "bilingual": ("told", "approved", "", "info", (1800, "1", 80, 0.5), (145, 0, 0), ("two languages", "双语通知"), ("Every notice in two languages", "通知一律双语"), ("", "")),
    "manifest": ("aboard", "exploring", "", "crew", (5200, "1", 50, 1.5), (11, 0, 0), ("who is on board", "登船名单"), ("The crew sees who is on board", "船员能看到船上有谁"), ("Names of passengers, children among them, on a device of the crew.", "乘客姓名会出现在船员设备上，其中有未成年人。")),
    "tariff": ("class", "idea", "", "group", (400, "1", 50, 0.5), (40, 0, 0), ("group price", "团体价"), ("The price falls from the twentieth head", "满二十人降价"), ("", "")),
    "powersave": ("battery", "idea", "", "all", (1900, "0.5", 50, 1), (64, 0, 0), ("power", "省电"), ("Ask the network once a crossing, not once a second", "每次过江只联网一次，不再每秒一次"), ("", "")),
    "buddhist": ("battery", "shipped", "r24", "all", (40, "2", 100, 0.25), (80, 60, 36), ("calendars", "历法"), ("Dates hold on phones with another calendar", "手机用别的历法时日期也对"), ("", "")),
    "rotate": ("battery", "shipped", "r24", "all", (800, "1", 100, 0.25), (82, 62, 38), ("rotation", "横屏"), ("Turning the phone keeps the ticket open", "横屏时票面不关闭"), ("", "")),
    "coffee": ("", "dropped", "", "all", (300, "0.25", 50, 1), (300, 0, 0), ("coffee", "咖啡"), ("Order coffee to the seat", "点咖啡送到座位"), ("Dropped: two asked, and the boats have no kitchen.", "放弃：只有两个人提，而且船上没有厨房。")),
    "social": ("", "dropped", "", "all", (500, "0.25", 50, 2), (280, 0, 0), ("sharing", "分享"), ("Share the crossing with friends", "把行程分享给朋友"), ("Dropped: nobody asked. It was our idea at a good lunch.", "放弃：没人要过，是我们某次午饭时想出来的。")),
    "scanner": ("check", "dropped", "", "crew", (5200, "1", 50, 4), (260, 0, 0), ("scanners", "扫码枪"), ("Scanners for every crew", "给每班船员配扫码枪"), ("Dropped: a colour does it for a hundredth of the money.", "放弃：换颜色就够，花费只有百分之一。")),
}  # fmt: skip

# key: (released so many days ago, name, what it is, predictions [(metric, baseline, expected, probability)],
#       closed so many days ago, verdict, why)
RELEASES: Any = {
    "r19": (338, ("1.9 Winter timetable", "1.9 冬季时刻表"), ("The next three boats come first; holidays are right.", "先看接下来三班船，节假日不再出错。"),
        [("found", 41, 50, 60)], 288, "moved", ("Two readings of 52 and more with 3,900 people each; nothing else changed that month.", "两次读数都在 52 以上，每次 3,900 人；当月没有别的变化。")),
    "r20": (290, ("2.0 New ticket page", "2.0 新票面"), ("A new look, purchase without an account, payment by thumb.", "新外观、免注册购票、指纹付款。"),
        [("inapp", 38, 48, 75)], 230, "not_moved", ("Two in a hundred more where we said ten. The page was liked and made people slower.", "说好涨十个百分点，只涨了不到两个。票面好看，却让人更慢。")),
    "r21": (215, ("2.1 Status page", "2.1 状态页"), ("After the outage: a status page, slower retries, a rule for the crew.", "故障之后：状态页、更慢的重试、给船员的规定。"),
        [("cases", 4.2, 3, 65)], 152, "cannot_tell", ("The month of the outage lies in the readings before; nobody can say what it would have been without.", "发布前的读数里有中断那个月，没人说得清没有中断会是多少。")),
    "r22": (180, ("2.2 Passes in the account", "2.2 月票进账户"), ("The pass follows its owner. The update signed everybody out.", "月票跟着人走。更新时所有人被登出。"),
        [("lost", 12, 4, 80)], 120, "not_moved", ("It went up: the update asked for a password where there is no network.", "反而上升：更新在没有网络的地方要求输密码。")),
    "r23": (142, ("2.3 Price and receipts", "2.3 票价与收据"), ("The pass costs 54. Receipts with one tap.", "月票 54。一点就有收据。"),
        [("byhand", 44, 15, 85)], 92, "moved", ("From 44 to 14 a week, four weeks in a row.", "从每周 44 张降到 14 张，连续四周。")),
}  # fmt: skip
