"""What people said over the year, by what it was about. A stem: channel, segment, sentiment, rating or None, title, body.

Each text is (English, Chinese). {pier} and {boat} are filled in by `talking`; a stem without them is told once.
"""

from __future__ import annotations

from typing import Any

# topic: (name, first and last day, in days before today, times a stem with places may be told, stems)
EARLY: Any = {
    "timetable": (("Timetable", "时刻表"), 362, 20, 3, (
        ("review", "visitor", "negative", 2, ("Which boat is the last one from {pier}?", "{pier}的末班船到底几点？"), ("I scrolled past forty lines to find the last boat from {pier}. On a phone, in the wind, that is hopeless.", "为了找{pier}的末班船翻了四十多行。站在风里拿着手机，根本翻不动。")),
        ("support", "commuter", "negative", None, ("The {boat} was not in the app", "应用里没有 {boat} 这班船"), ("The board at {pier} says {boat}, the app jumps from the boat before to the one after. I stood there and wondered which of them lies.", "{pier}的牌子上写着 {boat}，应用里却直接跳过这一班。我站在那儿，不知道该信谁。")),
        ("review", "visitor", "positive", 5, ("Winter timetable on one screen", "冬季时刻表一屏看完"), ("At last I see the day of a pier on one screen. My mother understood it without asking.", "终于能在一屏里看完一个码头全天的船。我妈没问我就看懂了。")),
        ("email", "senior", "mixed", None, ("Please keep the printed timetable", "请保留纸质时刻表"), ("The new page is good, my daughter says. I go by the paper at {pier}, and it was gone last week.", "女儿说新页面很好。可我一直看{pier}贴的那张纸，上周被撕掉了。")),
        ("review", "commuter", "mixed", 3, ("Sunday is hidden behind two taps", "周日的班次藏了两层"), ("Weekdays are fine. For Sunday I open a calendar, choose a day, wait, and by then I have asked somebody.", "平时没问题。要看周日，得打开日历、选日期、等加载，还不如问旁边的人快。")),
        ("survey", "student", "positive", 8, ("I plan by the next three boats", "只看接下来三班船"), ("Next three boats from where I stand: that is all I need, and now it is on top.", "我只需要知道离我最近的码头接下来三班船，现在它就在最上面。")),
        ("review", "visitor", "negative", 1, ("Showed me a boat that does not run on holidays", "节假日停航的船还显示着"), ("Public holiday, {boat} from {pier}: it was in the app and not on the water.", "公共假日，{pier} {boat} 的船：应用里有，江上没有。")),
        ("issue", "operator", "mixed", None, ("Timetable feed repeats a trip when a boat is swapped", "换船时班次数据会重复"), ("Swapping a vessel writes the trip twice; the app shows both until midnight.", "换船后同一班次写了两遍，应用要到零点才只剩一条。")),
        ("email", "family", "negative", None, ("Nobody says how long the crossing takes", "过一次江要多久，没人写"), ("With two children I need to know whether there is time for the toilet before {pier}.", "带着两个孩子，我得知道到{pier}之前来不来得及上厕所。")),
    )),
    "buying": (("Buying", "购票"), 360, 15, 3, (
        ("review", "visitor", "negative", 2, ("My foreign card was refused three times", "外卡刷了三次都被拒"), ("Three tries, three messages “please try again”. The kiosk at {pier} took the same card at once.", "试了三次，三次都是“请重试”。{pier}的售票机一刷就过。")),
        ("support", "family", "negative", None, ("Paid twice for one crossing", "一次过江扣了两次钱"), ("I pressed pay, it hung, I pressed again. Both went through, and one of them for a boat that had left.", "点了付款没反应，又点了一次，结果两笔都扣了，其中一笔那班船已经开走。")),
        ("review", "student", "negative", 2, ("The student fare is offered after I have paid", "付完款才告诉我有学生价"), ("The app knows that I am a student, it has my card. Yet it sells me the full fare and mentions the other one on the receipt.", "应用里明明有我的学生证，还是先卖我全价，到收据上才写学生价是多少。")),
        ("review", "visitor", "positive", 5, ("Two tickets in forty seconds", "四十秒买好两张票"), ("From the poster at {pier} to two tickets in forty seconds, without an account. More of this.", "在{pier}扫了海报，没注册，四十秒买好两张。就该这样。")),
        ("survey", "commuter", "mixed", 7, ("Why do I choose the pier each morning?", "为什么每天早上都要重选码头？"), ("I have gone from {pier} to Old Wharf four hundred times. It could guess.", "从{pier}到老码头我坐了四百次了，猜也该猜到。")),
        ("email", "visitor", "mixed", None, ("Ticket went to an address I mistyped", "邮箱输错，票就没了"), ("One letter wrong and the ticket was somebody else's. There was no way to correct it, only to buy again.", "邮箱错了一个字母，票就寄给了别人。改不了，只能重买。")),
        ("support", "senior", "negative", None, ("The code arrives after the boat has left", "验证码到的时候船已经开了"), ("The text message with the code needs a minute. The boat does not.", "短信验证码要等一分钟，船可不等。")),
        ("review", "family", "negative", 2, ("Children have to be added one by one", "孩子要一个一个加"), ("Three children, three times the same four fields. At {pier} the lady counted heads and was done.", "三个孩子，同样四个空填三遍。{pier}的售票员数一下人头就完事。")),
        ("issue", "operator", "negative", None, ("Payment page loses the basket when the phone rings", "来电话时购物车清空"), ("A call during payment puts the app to sleep, and the basket is empty afterwards. One in two hundred purchases.", "付款时来电话，应用转入后台，回来购物车就空了。两百单里有一单。")),
        ("review", "commuter", "positive", 4, ("Paying with the fingerprint works", "指纹付款很顺"), ("No code, no card number, just the thumb, while walking to the {boat}.", "不用验证码，不用卡号，往 {boat} 那班船走的路上按一下手指就好。")),
    )),
    "page": (("Ticket page", "票面"), 289, 232, 2, (
        ("review", "commuter", "negative", 2, ("The new ticket page hides my ticket", "新票面把票藏起来了"), ("Since 2.0 there is a picture of the sea where my ticket was. I scroll for it with wet fingers.", "2.0 之后原来显示票的地方变成了一张海景图，我得用湿手指往下滑。")),
        ("review", "visitor", "positive", 5, ("Beautiful new page", "新页面真好看"), ("The little boat that moves across the screen made my son laugh.", "屏幕上慢慢开过去的小船把儿子逗乐了。")),
        ("support", "crew", "negative", None, ("I cannot find the date on the new ticket", "新票面上找不到日期"), ("At {pier} I had to ask twenty people to scroll. The date is below the fold.", "在{pier}我让二十个人往下滑，日期不在第一屏。")),
        ("email", "commuter", "negative", None, ("Four taps instead of two", "原来两下，现在四下"), ("Open, tickets, today, this one. It was two taps before. Multiply by five hundred commuters at {pier}.", "打开、车票、今天、这一张。以前两下就行。{pier}每天五百个人都这么点。")),
        ("survey", "commuter", "mixed", 6, ("Looks nicer, works slower", "好看了，也慢了"), ("It looks like a poster now. I liked it better as a ticket.", "现在像张海报。我更想要一张票。")),
        ("review", "student", "mixed", 3, ("Dark theme is not dark on the ticket", "深色模式下票面还是白的"), ("Everything is dark, then the ticket flashes white on the 6:55.", "整个界面都是深色，唯独票面一片白，6:55 那班船上特别刺眼。")),
    )),
    "signal": (("No signal", "没有信号"), 345, 32, 4, (
        ("review", "commuter", "negative", 1, ("White page at the gate of {pier}", "{pier}闸口白屏"), ("It loads at home and it loads at work. At the gate of {pier} it does not load, and that is the only place where I need it.", "家里能打开，公司能打开，偏偏到{pier}闸口打不开，而我只在那里用它。")),
        ("review", "student", "negative", 2, ("The circle turns and turns", "圈圈转个不停"), ("I have learned to open the app at the top of the stairs, because below there is no network.", "我已经学会在楼梯上面就打开应用，下去就没网了。")),
        ("support", "commuter", "negative", None, ("Missed the {boat} with a valid ticket", "手里有票，却误了 {boat} 的船"), ("My ticket was paid and did not open. The crew at {pier} were kind, the boat was full, I was late.", "票买了，打不开。{pier}的船员很客气，可船满了，我迟到了。")),
        ("email", "family", "negative", None, ("Crying child, spinning circle", "孩子在哭，页面在转"), ("I held up the whole queue at {pier} because the page would not come. I will buy paper until this works.", "页面就是不出来，{pier}整条队都被我堵住了。修好之前我还是买纸票。")),
        ("survey", "commuter", "negative", 3, ("I print my ticket for {pier}", "去{pier}我把票打印出来"), ("An app whose ticket I have to print is a web page with extra steps.", "还要自己打印的票，那还叫什么应用。")),
        ("review", "commuter", "mixed", 3, ("Works on carrier A, not on B", "换个运营商就不行"), ("My wife's phone opens it at {pier}, mine does not. Same app, other network.", "同一个应用，在{pier}太太的手机能打开，我的不行，就因为运营商不同。")),
        ("review", "visitor", "negative", 1, ("Roaming and a ticket that needs the internet", "漫游时还要联网验票"), ("No roaming, no ticket. Nobody told me at the hotel.", "没开漫游就没有票，酒店里没人提醒。")),
        ("support", "crew", "mixed", None, ("We let them on and note the seat", "先放上船，再记座位"), ("When the page does not come we let regulars on and write it down. On Mondays that is a full sheet at {pier}.", "打不开的老乘客我们先放上船，再记下来。周一在{pier}能记满一张纸。")),
        ("issue", "operator", "negative", None, ("Ticket request has no timeout", "请求船票没有超时"), ("The app waits for the server for ninety seconds before it says anything.", "应用要等服务器九十秒才给提示。")),
        ("review", "senior", "negative", 2, ("I hold the phone up like a lamp", "举着手机像举着灯"), ("My grandson says I must hold it high to catch the network. At {pier} I hold it high and still nothing.", "孙子说要举高才有信号。我在{pier}举得高高的，还是没有。")),
    )),
    "outage": (("Outage", "服务中断"), 228, 220, 1, (
        ("support", "commuter", "negative", None, ("Nothing opens this morning", "今天早上全打不开"), ("Six fifty and the app says “server error”. Three hundred people at East pier with the same red line.", "六点五十，应用提示“服务器错误”。东码头三百个人，全是同一行红字。")),
        ("review", "commuter", "negative", 1, ("Two hours and forty minutes", "两小时四十分钟"), ("That is how long a whole harbour had no tickets. On a Monday.", "整个海港没有船票的时间，而且是周一。")),
        ("email", "operator", "negative", None, ("We sold paper from a drawer", "我们从抽屉里翻出纸票来卖"), ("My staff sold the paper stock of three years ago until half past nine. I expect a report by Friday.", "我的人一直卖三年前的纸票卖到九点半。周五之前请给我一份报告。")),
        ("review", "commuter", "negative", 1, ("Not even a sentence", "连一句话都没有"), ("I do not mind that machines fail. I mind that nobody told us, all morning.", "机器会坏我理解，可一上午没有任何人告诉我们，这不能接受。")),
        ("support", "commuter", "negative", None, ("Charged during the outage, no ticket", "中断期间扣了钱，没有票"), ("The money left my account at 7:12, the ticket never came.", "7:12 扣的钱，票一直没出。")),
        ("review", "visitor", "negative", 1, ("Our only day on the island", "我们在岛上只有一天"), ("We came for one day and spent its morning in a queue for paper.", "我们只有一天，结果一上午都在排队买纸票。")),
        ("support", "crew", "negative", None, ("We had no instruction", "没有人告诉我们怎么办"), ("Do we let people on or not? Every boat decided for itself that Monday.", "放不放人上船？那个周一每条船自己决定。")),
        ("email", "student", "negative", None, ("I missed an exam", "我误了考试"), ("I have a pass. I had a pass. I stood in front of the gate with a pass and missed my exam.", "我有月票。我站在闸口前，手里有月票，还是误了考试。")),
        ("issue", "operator", "negative", None, ("Ticket server ran out of connections", "船票服务器连接数用尽"), ("Every client retried every two seconds, which kept it down after the cause was gone.", "所有客户端每两秒重试一次，故障原因消失后服务仍然起不来。")),
        ("review", "commuter", "mixed", 2, ("It came back, my trust did not", "服务恢复了，信任没有"), ("I keep a paper ten-ride in my wallet since that Monday.", "从那个周一起，我钱包里一直放着纸质十次票。")),
    )),
    "status": (("Status and notices", "状态与通知"), 214, 60, 2, (
        ("review", "commuter", "positive", 4, ("A status page, at last", "终于有状态页了"), ("When the {boat} was late I saw it before I left the house.", "{boat} 晚点，我出门前就看到了。")),
        ("survey", "commuter", "positive", 8, ("An apology that says what happened", "道歉信写清了原因"), ("You wrote what broke and what you changed. That is rare, thank you.", "你们写了哪里坏了、改了什么。很少见，谢谢。")),
        ("email", "commuter", "mixed", None, ("Notices for piers I never use", "通知里全是我不去的码头"), ("I go from {pier}. Why do I hear about Garden Island?", "我只在{pier}上船，为什么给我发花园岛的通知？")),
        ("review", "visitor", "mixed", 3, ("The notice is only in one language", "通知只有一种语言"), ("Something red, in a language I cannot read. It might have been important.", "一条红色的通知，我看不懂的语言，也许很重要。")),
        ("support", "operator", "positive", None, ("Fewer calls to the harbour office", "港务局的电话少了"), ("When a boat is late the phones used to ring. They ring less.", "以前船一晚点电话就响，现在少多了。")),
    )),
    "crash": (("Crashes and battery", "闪退与耗电"), 350, 12, 2, (
        ("review", "commuter", "negative", 1, ("Closes when I turn the phone", "手机一横就闪退"), ("Turn it to show the code, and it is gone.", "横过来给人看码，应用就没了。")),
        ("review", "student", "negative", 2, ("Hot phone on the {boat}", "坐 {boat} 的船手机发烫"), ("Twenty per cent of the battery for one crossing from {pier}.", "从{pier}过一次江，掉了两成电。")),
        ("issue", "operator", "negative", None, ("Crash on phones set to the Buddhist calendar", "手机用佛历时闪退"), ("The year is 543 too large for our date check.", "年份多了 543，过不了我们的日期检查。")),
        ("support", "senior", "negative", None, ("It asks me to update and then does nothing", "提示更新，点了没反应"), ("I press update, the shop opens, it says open, I press open, it says update.", "点更新，跳到商店，显示“打开”，点打开，又提示更新。")),
        ("review", "commuter", "mixed", 3, ("Fine since the last update", "更新后好多了"), ("It crashed twice a week, now it has not for a month. I keep my fingers crossed.", "以前一周闪退两次，现在一个月没有了，希望一直这样。")),
    )),
    "crewtalk": (("Checking tickets", "验票"), 340, 25, 2, (
        ("support", "crew", "negative", None, ("I cannot scan in the rain", "下雨天扫不了码"), ("Drops on the glass, drops on the scanner. At {pier} I gave up after ten people.", "屏幕上有水，扫描头上也有水。在{pier}扫了十个人我就放弃了。")),
        ("support", "crew", "mixed", None, ("The brightness is never enough", "屏幕总是不够亮"), ("People turn the light down to save the battery, and I cannot read a thing on the pontoon.", "大家为了省电把亮度调低，站在浮桥上我什么也看不清。")),
        ("email", "operator", "mixed", None, ("How many boarded at {pier}?", "{pier}到底上了多少人？"), ("The council pays by heads. Your number and ours differ by nine in a hundred.", "港务局按人头付费，你们的数和我们的差百分之九。")),
        ("support", "crew", "positive", None, ("Colour in the trial: quick", "试用颜色：快"), ("I check with my eyes while I hold the rope. Before I needed a free hand.", "手里拉着缆绳，眼睛一扫就行。以前得腾出一只手。")),
        ("support", "crew", "negative", None, ("Screenshots go from phone to phone", "截图在手机之间传来传去"), ("Four students, one ticket, four pictures of it. I know because the time on the phone was the same.", "四个学生，一张票，四张截图。我是看状态栏时间一样才发现的。")),
        ("sales", "operator", "mixed", None, ("Inspectors ask for a list", "稽查要名单"), ("Twice a year an inspector asks how we know that a ticket is valid. We would like to show more than a colour.", "每年两次，稽查会问我们怎么知道票有效。除了颜色，我们希望还能拿出点别的。")),
    )),
}  # fmt: skip
