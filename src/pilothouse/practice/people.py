"""The practice product's voices: what commuters, crews and a harbour council said about a ferry app that does not exist.

Every text is (English, Chinese); dates are days before the day of loading.
"""

from __future__ import annotations

# key: (days ago, channel, person, company or "", segment, rating or None, sentiment, title, body)
FEEDBACK = {
    "lift": (
        212, "review", ("Lin Yue", "林悦"), "", ("commuter", "通勤"), 2, "negative",
        ("Ticket will not open in the lift", "在电梯里船票打不开"),
        ("Every morning the same: I open the app in the lift down to the pier, there is no signal, and the ticket page just spins. By the time I am at the gate the queue pushes past me. Last Tuesday I missed my boat.",
         "每天早上都一样：坐电梯下码头时打开应用，没有信号，船票页面一直转圈。等我走到闸口，后面的人已经往前挤了。上周二我就这样误了船。"),
    ),
    "queue": (
        205, "interview", ("Omar Haddad", "奥马尔"), "", ("commuter", "通勤"), None, "negative",
        ("People behind me get angry when it loads", "一加载，后面的人就不耐烦"),
        ("I take a screenshot of my ticket the night before. The crew do not like screenshots, but it is better than standing there with a white page while forty people wait behind me.",
         "我前一天晚上会把船票截图。船员不喜欢截图，可总比举着一个白屏、身后等着四十个人强。"),
    ),
    "crew": (
        198, "interview", ("Petra Novak", "佩特拉"), ("Harbour Council", "港务局"), ("crew", "船员"), None, "mixed",
        ("We wave screenshots through when it rains", "下雨天我们就放截图过去了"),
        ("Officially a screenshot is not a ticket. When it rains and there are two hundred people on the pontoon I look at the date and wave them through. What would help me is one colour a day that I can see from three metres.",
         "按规定截图不算票。可下雨天浮桥上站着两百个人，我看一眼日期就放过去了。最能帮到我的，是每天换一种颜色，三米外就能看清。"),
    ),
    "child": (
        190, "interview", ("Mei Chen", "陈梅"), "", ("family", "家庭"), None, "negative",
        ("One hand on the child, one on the phone", "一手牵孩子，一手拿手机"),
        ("I cannot type a code with one hand. My daughter is four and she runs. If the ticket is not on the screen when I lift the phone, I give up and buy a paper one.",
         "我一只手没法输验证码。女儿四岁，会乱跑。如果一拿起手机船票不在屏幕上，我就不折腾了，直接买纸票。"),
    ),
    "battery": (
        183, "review", ("J. Okafor", "奥卡福"), "", ("commuter", "通勤"), 3, "mixed",
        ("Drains the battery while it searches for a signal", "找信号时特别耗电"),
        ("Nice timetable, but on the water the app keeps asking the network and my phone is warm in my pocket. 12 % gone in one crossing.",
         "时刻表做得不错，但在船上应用一直在连网，手机在口袋里发烫，过一次江掉 12% 的电。"),
    ),
    "pass": (
        176, "support", ("Sam Whitfield", "山姆"), "", ("commuter", "通勤"), None, "negative",
        ("Monthly pass vanished after the update", "更新之后月票不见了"),
        ("After the update my pass was gone until I signed in again. There is no signal at the east pier, so I could not sign in and had to pay.",
         "更新后月票不见了，重新登录才回来。东码头没有信号，登录不了，只好另买一张。"),
    ),
    "group": (
        168, "sales", ("Harbour Council", "港务局"), ("Harbour Council", "港务局"), ("operator", "运营方"), None, "mixed",
        ("School groups need one ticket for thirty children", "学校团体要三十个孩子一张票"),
        ("Teachers buy thirty single tickets and show them one by one. Boarding a class takes nine minutes. We would renew early if a group had one code.",
         "老师要买三十张单程票，一张一张出示，一个班上船要九分钟。要是一个团体只用一个码，我们愿意提前续约。"),
    ),
    "tourist": (
        161, "review", ("Klaus B.", "克劳斯"), "", ("visitor", "游客"), 4, "positive",
        ("Bought at the hotel, worked on the boat", "在酒店买好，上船就能用"),
        ("Bought two tickets on the hotel network. On the boat they opened at once. Please add the last boat of the day to the ticket.",
         "在酒店连网买了两张票，上船一下就打开了。希望票上能写明当天末班船的时间。"),
    ),
    "lastboat": (
        150, "email", ("Aiko Tan", "陈爱子"), "", ("commuter", "通勤"), None, "negative",
        ("Tell me when the last boat is cancelled", "末班船取消要告诉我"),
        ("I stood at the pier at 22:40 and learned from a paper sign that the 22:30 did not run. A message at nine would have been enough.",
         "我 22:40 站在码头，看到一张纸才知道 22:30 的船停了。九点给我发条消息就够了。"),
    ),
    "colour": (
        141, "interview", ("Rui Almeida", "鲁伊"), ("Harbour Council", "港务局"), ("crew", "船员"), None, "positive",
        ("The daily colour works, keep it", "每天换颜色很管用，别改"),
        ("In the trial I could see a valid ticket from the gangway. I checked a class of thirty in the time I used to need for five people.",
         "试用期间我站在跳板上就能看清票是否有效。以前查五个人的时间，现在能查完一个班三十人。"),
    ),
    "signal": (
        133, "issue", ("dev@tidewater", "dev@tidewater"), "", ("operator", "运营方"), None, "mixed",
        ("Signal map: no coverage in 3 of 7 piers", "信号地图：7 个码头有 3 个没有覆盖"),
        ("Measured with two carriers on three mornings. East pier, the lift at Old Wharf and the tunnel to Ferry Lane are dead zones. Together they see 38 % of weekday boardings.",
         "用两家运营商测了三个早晨。东码头、老码头电梯和渡轮巷通道没有信号。工作日 38% 的登船发生在这几处。"),
    ),
    "nosignal": (
        126, "review", ("Ben", "本"), "", ("commuter", "通勤"), 1, "negative",
        ("Useless without signal", "没信号就没用"),
        ("A ticket that needs the internet is not a ticket.", "要联网才能看的票不叫票。"),
    ),
    "fine": (
        118, "review", ("H. Sørensen", "索伦森"), "", ("visitor", "游客"), 5, "positive",
        ("Never had a problem with loading", "从来没遇到加载问题"),
        ("I read about people missing boats. In four weeks the ticket opened every time, also at East pier. New phone, maybe that is why.",
         "看到有人说误船。我用了四周，每次都能打开，东码头也行。可能是因为手机新。"),
    ),
    "widget": (
        104, "survey", ("Respondent 41", "受访者 41"), "", ("commuter", "通勤"), 6, "mixed",
        ("Put today's ticket on the lock screen", "把当天的票放到锁屏上"),
        ("I would pay for the ticket to be there when I lift the phone.", "要是一拿起手机票就在那里，我愿意付钱。"),
    ),
    "elderly": (
        97, "support", ("Mrs Ito", "伊藤女士"), "", ("senior", "老年人"), None, "negative",
        ("The letters are too small in the sun", "太阳底下字太小看不清"),
        ("My husband holds the phone and I read it to him. In the sun we both cannot read it.", "我先生拿着手机，我念给他听。太阳一照，我们俩都看不清。"),
    ),
    "refund": (
        88, "email", ("Dana K.", "达娜"), "", ("commuter", "通勤"), None, "negative",
        ("Refund for the boat I missed because of the app", "因为应用误船，要求退款"),
        ("The ticket did not open, the boat left, and your form says that I did not show up.", "船票没打开，船开走了，你们的表单却写我没有来。"),
    ),
    "offline_beta": (
        62, "interview", ("Omar Haddad", "奥马尔"), "", ("commuter", "通勤"), None, "positive",
        ("Offline beta: opened every day for two weeks", "离线测试版：两周里每天都能打开"),
        ("Ten working days, twenty crossings, it opened every time, in the lift too. I stopped taking screenshots after the third day.",
         "十个工作日，二十次过江，每次都能打开，电梯里也行。第三天起我就不截图了。"),
    ),
    "expired": (
        58, "interview", ("Petra Novak", "佩特拉"), ("Harbour Council", "港务局"), ("crew", "船员"), None, "mixed",
        ("Yesterday's ticket looks like today's when offline", "离线时昨天的票看着和今天一样"),
        ("Two people showed me yesterday's ticket, honestly I think. Offline it looked alive. The colour saved me.",
         "有两个人给我看的是昨天的票，应该是无心的。离线时看不出过期，靠颜色才分出来。"),
    ),
    "after": (
        21, "review", ("Lin Yue", "林悦"), "", ("commuter", "通勤"), 5, "positive",
        ("Opens in the lift now", "现在电梯里也能打开了"),
        ("Since the update the ticket is simply there. I have not missed a boat in three weeks.", "更新之后一打开票就在。三个星期没误过船。"),
    ),
    "after_group": (
        9, "sales", ("Harbour Council", "港务局"), ("Harbour Council", "港务局"), ("operator", "运营方"), None, "positive",
        ("Crews like it; when do groups come?", "船员都说好；团体票什么时候有？"),
        ("Queues at East pier are shorter. The schools ask every week about the group code.", "东码头排队短了。学校每周都来问团体码。"),
    ),
}  # fmt: skip

# feedback key: the passages quoted from it, (English, Chinese), each word for word in its body
QUOTES = {
    "lift": [("Last Tuesday I missed my boat.", "上周二我就这样误了船。")],
    "queue": [("I take a screenshot of my ticket the night before.", "我前一天晚上会把船票截图。")],
    "crew": [("one colour a day that I can see from three metres", "每天换一种颜色，三米外就能看清")],
    "child": [("If the ticket is not on the screen when I lift the phone, I give up", "如果一拿起手机船票不在屏幕上，我就不折腾了")],
    "pass": [("There is no signal at the east pier, so I could not sign in", "东码头没有信号，登录不了")],
    "group": [("Boarding a class takes nine minutes.", "一个班上船要九分钟。")],
    "lastboat": [("A message at nine would have been enough.", "九点给我发条消息就够了。")],
    "signal": [("Together they see 38 % of weekday boardings.", "工作日 38% 的登船发生在这几处。")],
    "nosignal": [("A ticket that needs the internet is not a ticket.", "要联网才能看的票不叫票。")],
    "fine": [("In four weeks the ticket opened every time", "我用了四周，每次都能打开")],
    "offline_beta": [("I stopped taking screenshots after the third day.", "第三天起我就不截图了。")],
    "expired": [("Offline it looked alive. The colour saved me.", "离线时看不出过期，靠颜色才分出来。")],
    "colour": [("I could see a valid ticket from the gangway", "我站在跳板上就能看清票是否有效")],
}  # fmt: skip
