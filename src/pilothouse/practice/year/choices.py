"""Decisions of the year: what could have been chosen, what was expected, who saw it otherwise, and what came."""

from __future__ import annotations

from typing import Any

# key: (concerns, state, decided and reviewed so many days ago (minus: still to come), one or two way, how sure,
#       verdict, quality, texts {field: (English, Chinese)}); `options` go into the body
DECISIONS: Any = {
    "look": (
        "requirement newpage", "reviewed", 324, 228, "two_way", 75, "not_moved", "hasty",
        {"title": ("Give the ticket page a new look", "给票面换新外观"),
         "body": ("The shop pictures of others are prettier than ours.", "别家在商店里的截图比我们好看。"),
         "options": ("A: a new look. B: the ticket first, as now. C: ask five people to board with a sketch.", "A：换新外观。B：票在最上面，保持现状。C：拿草图请五个人上一次船。"),
         "prediction": ("Ten in a hundred more buy in the app.", "应用内购票占比涨十个百分点。"),
         "dissent": ("Wei: nobody complained about the look, everybody about the loading.", "小韦：没人抱怨外观，人人抱怨加载。"),
         "change_my_mind": ("Riders who use it every day are slower with it.", "天天用的人反而变慢。"),
         "outcome": ("Not two in a hundred more, and two taps more for everybody.", "涨了不到两个百分点，人人多点两下。"),
         "lesson": ("Option C would have cost an afternoon.", "选 C 只要一个下午。")}),
    "guestbuy": (
        "requirement guest", "reviewed", 322, 250, "two_way", 80, "moved", "sound",
        {"title": ("Sell without an account", "不注册也卖票"), "body": ("Two in three visitors leave at the form.", "三分之二的游客停在注册表单。"),
         "options": ("A: no account. B: account after paying. C: keep the form.", "A：不要账户。B：付完再注册。C：保留表单。"),
         "prediction": ("Half of the visitors who begin also pay.", "开始购票的游客有一半付款。"),
         "dissent": ("Finance: refunds need a name.", "财务：退款需要姓名。"), "change_my_mind": ("Refunds take more than a day each.", "每笔退款超过一天。"),
         "outcome": ("52 of 100 paid, from 34.", "每百人 52 人付款，原来 34 人。"), "lesson": ("", "")}),
    "sorry": (
        "requirement freeride", "reviewed", 226, 196, "one_way", 90, "moved", "sound",
        {"title": ("Pay the outage back without being asked", "中断扣款主动退"), "body": ("212 people were charged without a ticket.", "212 人扣了款没有票。"),
         "options": ("A: refund all. B: refund who asks. C: a voucher.", "A：全退。B：谁问退谁。C：发代金券。"),
         "prediction": ("Nine in ten of them buy again within a month.", "九成的人一个月内会再买。"),
         "dissent": ("Finance: half would never have asked.", "财务：一半人根本不会来要。"), "change_my_mind": ("More than 3,000 in all.", "总额超过 3,000。"),
         "outcome": ("194 of 212 bought again.", "212 人中 194 人再次购买。"), "lesson": ("", "")}),
    "elsewhere": (
        "requirement status", "reviewed", 224, 160, "two_way", 70, "moved", "sound",
        {"title": ("Run the status page somewhere else", "状态页放在别处"), "body": ("A page that falls with what it reports is none.", "和被报告的服务一起倒下的状态页，等于没有。"),
         "options": ("A: another provider. B: another machine here.", "A：另一家供应商。B：本地另一台机器。"),
         "prediction": ("It stays up in the next two failures.", "接下来两次故障中它都在线。"), "dissent": ("", ""),
         "change_my_mind": ("It costs more than 30 a month.", "每月超过 30。"), "outcome": ("It stayed up in both.", "两次都在线。"), "lesson": ("", "")}),
    "signout": (
        "requirement account", "reviewed", 190, 140, "one_way", 85, "not_moved", "poor",
        {"title": ("Sign everybody out for the new account", "为了新账户，让所有人重新登录"), "body": ("The old tokens cannot be carried over in time.", "旧令牌来不及迁移。"),
         "options": ("A: sign out. B: carry the tokens over, two weeks more. C: ask at home, on a network.", "A：登出。B：迁移令牌，多两周。C：等用户在家有网时再问。"),
         "prediction": ("Nine in ten sign in again on the first day.", "九成的人当天重新登录。"),
         "dissent": ("Petra: they will do it on the pontoon, where there is no network.", "佩特拉：他们会在浮桥上登录，那里没有信号。"),
         "change_my_mind": ("Somebody tries it at East pier.", "有人去东码头试一次。"),
         "outcome": ("Six in ten, and 31 cases of lost passes.", "六成，另有 31 起月票丢失。"), "lesson": ("The dissent was right there, in writing.", "反对意见白纸黑字写着，说对了。")}),
    "fiftyfour": (
        "requirement newprice", "decided", 160, 20, "one_way", 60, None, None,
        {"title": ("Raise the pass from 48 to 54", "月票从 48 涨到 54"), "body": ("The council pays for the evening boats only if the pass carries half.", "月票承担一半，港务局才肯出晚班船的钱。"),
         "options": ("A: 54 for all. B: 51 now, 54 in a year. C: 54 and a ten-day pass for 30.", "A：统一 54。B：先 51，一年后 54。C：54，另加 30 的十日票。"),
         "prediction": ("At most three in a hundred fewer passes are renewed.", "续买率最多降三个百分点。"),
         "dissent": ("Mei Chen: the bridge is free, and there is a lane on it now.", "陈梅：桥是免费的，现在还有自行车道。"),
         "change_my_mind": ("Two months below 69 per cent.", "连续两个月低于 69%。")}),
    "nogate": (
        "requirement scanner", "reviewed", 255, 100, "two_way", 65, "moved", "sound",
        {"title": ("No scanners for the crews", "不给船员配扫码枪"), "body": ("A scanner needs a hand, a battery and a dry day.", "扫码枪要一只手、一块电池和一个晴天。"),
         "options": ("A: scanners, 41,000. B: a colour a day, 400. C: trust.", "A：扫码枪，41,000。B：每天换颜色，400。C：靠信任。"),
         "prediction": ("In the trial a crew checks thirty people a minute by colour.", "试用中，船员凭颜色每分钟能查三十人。"),
         "dissent": ("An inspector: a colour proves nothing.", "一位稽查：颜色证明不了什么。"), "change_my_mind": ("More than one forged ticket in a hundred.", "百张里超过一张假票。"),
         "outcome": ("34 a minute; two forged of 2,600.", "每分钟 34 人；2,600 张里两张假票。"), "lesson": ("", "")}),
    "freeze": (
        "", "reviewed", 130, 70, "two_way", 55, "not_moved", "sound",
        {"title": ("Ship nothing in the festival week", "海港节那周不发版"), "body": ("Twice as many people, half of the team.", "人流翻倍，团队减半。"),
         "options": ("A: freeze. B: fixes only.", "A：冻结。B：只修缺陷。"), "prediction": ("Support cases stay below 4 per 1,000.", "每千次工单低于 4。"),
         "dissent": ("", ""), "change_my_mind": ("A fault that stops boarding.", "出现影响上船的故障。"), "outcome": ("4.4, all of them about the price.", "4.4，全是说票价的。"), "lesson": ("", "")}),
    "contrast7": (
        "requirement contrast", "decided", 40, -20, "two_way", 85, None, None,
        {"title": ("7 to 1 rather than 4.5 to 1", "对比度取 7:1，不取 4.5:1"), "body": ("The standard is made for rooms, our riders stand in the sun.", "标准是按室内定的，我们的乘客站在太阳下。"),
         "options": ("A: 4.5. B: 7. C: 7 on tickets only.", "A：4.5。B：7。C：只有票面用 7。"), "prediction": ("Six of seven testers read the price at noon.", "七位测试者里六位能在正午看清价格。"),
         "dissent": ("", ""), "change_my_mind": ("The sea picture cannot be kept.", "海景图保不住。")}),
    "evening": (
        "requirement alerts", "decided", 28, -30, "two_way", 60, None, None,
        {"title": ("Messages about cancelled boats by push, not by text", "停航消息用推送，不用短信"), "body": ("A text costs 0.06, a push nothing, and a push needs a network.", "短信每条 0.06，推送免费，但推送要有网。"),
         "options": ("A: push. B: text. C: text for the last boat only.", "A：推送。B：短信。C：只有末班船发短信。"), "prediction": ("Eight in ten see it within ten minutes.", "八成的人十分钟内看到。"),
         "dissent": ("", ""), "change_my_mind": ("", "")}),
    "openplan": (
        "", "open", 6, -10, "two_way", None, None, None,
        {"title": ("Show riders our roadmap?", "要不要把路线图给乘客看？"), "body": ("They ask every week when groups come.", "每周都有人问团体票什么时候有。"),
         "options": ("A: now, next, later without dates. B: with dates. C: not at all.", "A：现在、接下来、以后，不写日期。B：写日期。C：不公开。"), "prediction": ("", ""), "dissent": ("", ""), "change_my_mind": ("", "")}),
    "whoaboard": (
        "requirement manifest", "open", 9, -14, "one_way", None, None, None,
        {"title": ("May the crew see names?", "船员能看到姓名吗？"), "body": ("The harbour police want a list, and a third of the names would be children's.", "港务警察要名单，其中三分之一是孩子。"),
         "options": ("A: names. B: a number of heads. C: names for groups, given by the teacher.", "A：姓名。B：只报人数。C：团体由老师提供姓名。"), "prediction": ("", ""), "dissent": ("", ""), "change_my_mind": ("", "")}),
}  # fmt: skip
