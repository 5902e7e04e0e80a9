"""The second half of the year's voices: passes, the price, receipts, groups, access, cancelled boats, and what 2.4
changed. Told as in `voices`."""

from __future__ import annotations

from typing import Any

LATE: Any = {
    "passes": (("Passes", "月票"), 178, 40, 3, (
        ("support", "commuter", "negative", None, ("My pass is gone since the update", "更新后月票没了"), ("It said “welcome”, as if I were new. I have had a pass for six years.", "显示“欢迎加入”，好像我是新用户。我买月票六年了。")),
        ("support", "commuter", "negative", None, ("Sign in again, at {pier}, without a network", "在没有网络的{pier}让我重新登录"), ("Whoever thought of asking for a password on the pontoon has never been there.", "谁想出来在浮桥上让人输密码的，肯定没来过。")),
        ("review", "commuter", "negative", 1, ("Paid for two passes this month", "这个月买了两张月票"), ("The old one was hidden, so I bought a new one. Now I have both and no refund.", "旧的看不到，我又买了一张。现在两张都在，钱没退。")),
        ("review", "student", "positive", 4, ("The pass follows me to a new phone", "换手机月票也跟着走"), ("New phone, same pass, no call to anybody. That was worth the update.", "换了手机，月票还在，不用打电话。这次更新值了。")),
        ("email", "commuter", "mixed", None, ("Remind me before the pass ends", "月票到期前提醒一下"), ("It ends on a Sunday night and I learn it on Monday at {pier}.", "周日晚上到期，周一在{pier}我才知道。")),
        ("survey", "commuter", "mixed", 6, ("A pass for ten days a month", "想要一个月十天的票"), ("I work at home three days a week. A month is too much and single tickets too dear.", "我一周居家三天。买月票亏，买单程又贵。")),
        ("support", "family", "negative", None, ("The family pass shows one name only", "家庭月票只显示一个名字"), ("My husband was sent back at {pier} because the pass says my name.", "月票上只有我的名字，先生在{pier}被拦了回来。")),
    )),
    "price": (("Price", "票价"), 139, 96, 3, (
        ("review", "commuter", "negative", 1, ("From 48 to 54 for the same boat", "同一班船，48 涨到 54"), ("The {boat} is as full and as late as before. What do the six pay for?", "{boat} 还是一样挤、一样晚点。多的六块买了什么？")),
        ("review", "student", "negative", 2, ("Students pay more too", "学生票也涨了"), ("My grant did not rise by twelve per cent.", "我的助学金可没涨百分之十二。")),
        ("email", "commuter", "negative", None, ("You could have told us in advance", "涨价为什么不提前说"), ("I learned the new price on the payment page, at {pier}, with the boat at the pontoon.", "我是在{pier}的付款页面上才知道涨价的，船就停在旁边。")),
        ("survey", "commuter", "negative", 4, ("I count my crossings now", "现在我会数坐了几次"), ("Below eighteen crossings a month the pass does not pay any more. I count.", "一个月不到十八次，月票就不划算了。我现在会数。")),
        ("review", "commuter", "mixed", 3, ("Dearer, but more boats in the evening", "贵了，但晚上船多了"), ("If the money goes into the evening boats I can live with it. Say so.", "如果钱是花在晚班船上，我能接受。你们倒是说一声。")),
        ("support", "senior", "negative", None, ("The senior fare has disappeared", "老年票不见了"), ("On the new price list there is no line for us. The lady at {pier} said it is still there, under “other”.", "新价目表上没有我们这一栏。{pier}的售票员说还有，在“其他”里面。")),
        ("review", "visitor", "positive", 5, ("Still cheaper than the taxi", "还是比打车便宜"), ("A fifth of a taxi, and the view is free.", "打车的五分之一，风景还免费。")),
        ("email", "operator", "mixed", None, ("The council asks who wanted this", "港务局问是谁要涨的"), ("We agreed on the price together. In your letter it sounds as if it came from us alone.", "价格是一起定的，可你们的通知读起来像是我们单方面决定的。")),
        ("survey", "commuter", "negative", 5, ("My employer pays for the bus, not for the boat", "公司报公交，不报船票"), ("Six more a month was the drop too much. I take the bus on Fridays now.", "多出的六块成了最后一根稻草，周五我改坐公交了。")),
    )),
    "receipts": (("Receipts", "收据"), 340, 110, 2, (
        ("email", "commuter", "negative", None, ("A receipt for {boat}, please, for the third time", "第三次索要 {boat} 的收据"), ("My employer wants a receipt with a number. You send a picture of a ticket.", "公司要带编号的收据，你们发来一张船票截图。")),
        ("support", "operator", "negative", None, ("Forty-four receipts by hand last week", "上周手写了四十四张收据"), ("One person at the desk does nothing else on Mondays.", "周一客服有一个人什么都不干，只写收据。")),
        ("review", "commuter", "positive", 5, ("One tap and the receipt is there", "一点就有收据"), ("Since 2.3 I send it from the boat. My accountant noticed.", "2.3 之后我在船上就发出去了，会计都注意到了。")),
        ("email", "visitor", "mixed", None, ("The receipt names no tax", "收据上没写税额"), ("Everything is there but the one line that the office reads.", "什么都有，就缺财务要看的那一行。")),
        ("sales", "operator", "mixed", None, ("One bill a month for our guests", "想给客人统一月结"), ("We buy for two hundred guests at {pier} and get two hundred slips.", "我们在{pier}给两百位客人买票，拿到两百张小票。")),
    )),
    "groups": (("Groups", "团体"), 330, 8, 3, (
        ("sales", "operator", "mixed", None, ("Twenty-six pupils from {pier}", "{pier}出发的二十六名学生"), ("The teacher bought, forwarded, and lost four tickets on the way. We counted heads in the end.", "老师买票、转发，路上丢了四张，最后还是数人头。")),
        ("email", "family", "negative", None, ("A birthday of eleven children", "十一个孩子的生日会"), ("Eleven codes on one phone, and the boat whistles.", "一部手机十一个码，船已经在鸣笛了。")),
        ("support", "crew", "negative", None, ("Classes board through the side gate", "整班学生走侧门"), ("At {pier} we open the side gate and count. It is quick and it is not allowed.", "在{pier}我们开侧门数人头，快是快，可不合规定。")),
        ("sales", "operator", "negative", None, ("Scouts went by bus instead", "童子军改坐大巴了"), ("Two hundred and ten children for the summer camp. The bus had one ticket for all.", "夏令营两百一十个孩子，大巴一张票全搞定。")),
        ("email", "operator", "mixed", None, ("Can the price fall from the twentieth head?", "超过二十人能不能便宜点？"), ("Every museum on the shore does it. We would bring a group each Thursday.", "沿岸的博物馆都这样。我们每周四都能带一个团。")),
        ("review", "visitor", "negative", 2, ("Our guide bought 14 tickets one at a time", "导游一张一张买了 14 张票"), ("We watched two boats leave while she typed.", "她输入的时候，我们眼看着两班船开走。")),
    )),
    "access": (("Access", "无障碍"), 355, 10, 4, (
        ("email", "senior", "negative", None, ("I cannot read the price in the sun", "太阳下看不清票价"), ("Light grey on white, at noon, at {pier}. My eyes are seventy-four years old.", "正午在{pier}，白底浅灰字。我的眼睛七十四岁了。")),
        ("support", "visitor", "negative", None, ("The screen reader says “button, button, button”", "读屏只会念“按钮，按钮，按钮”"), ("I am blind. I hear that there are three buttons and not what they do. I cannot buy a ticket.", "我看不见。我听到有三个按钮，听不到它们做什么。我买不了票。")),
        ("review", "senior", "negative", 2, ("Large letters push the button off the screen", "字体调大，按钮就没了"), ("With large letters, which I need, there is no “pay” any more.", "我需要大字体，可调大之后“付款”按钮就跑到屏幕外面了。")),
        ("email", "family", "mixed", None, ("Which piers have a ramp?", "哪些码头有坡道？"), ("We went to {pier} with a pushchair and carried it down nineteen steps.", "推着婴儿车去了{pier}，扛着下了十九级台阶。")),
        ("review", "commuter", "negative", 2, ("Red and green are the same to me", "红和绿我分不清"), ("Your valid and your invalid ticket are the same brown. One man in twelve sees it as I do.", "有效和无效的票在我眼里是同一种棕色。每十二个男人就有一个跟我一样。")),
        ("support", "senior", "negative", None, ("It times out while I type", "还没输完就超时"), ("Arthritis. I type slowly, the page forgets me after a minute.", "我有关节炎，打字慢，一分钟页面就重来。")),
        ("survey", "senior", "positive", 9, ("Bigger letters, thank you", "字大了，谢谢"), ("I do not need my husband to read it to me any more.", "不用先生念给我听了。")),
    )),
    "cancelled": (("Cancelled boats", "停航"), 335, 5, 4, (
        ("email", "commuter", "negative", None, ("Fog at {pier}, no boat, no word", "{pier}大雾，没有船，也没有消息"), ("We were thirty people and looked at the water.", "我们三十个人，就那么看着江面。")),
        ("review", "commuter", "negative", 2, ("The {boat} did not come, again", "{boat} 又没来"), ("The app still counted down to it. Three minutes, two minutes, one minute, gone.", "应用还在倒计时：三分钟、两分钟、一分钟，没了。")),
        ("support", "student", "negative", None, ("Taxi home for 38 because of the last boat", "末班船停了，打车花了 38"), ("I would have left the party an hour earlier. That is all I ask for.", "早知道我就提前一小时走。我要的只是这个。")),
        ("survey", "commuter", "mixed", 6, ("A message, and where to go instead", "发消息，并告诉我改去哪"), ("Do not only tell me that it is cancelled. Tell me that the bus 12 goes from {pier}.", "别只说停航，告诉我{pier}有 12 路公交。")),
        ("review", "commuter", "negative", 1, ("Storm, and the app sells tickets", "台风天还在卖票"), ("No boat all day, and you sold me one at eleven.", "全天停航，十一点你们还卖了我一张票。")),
        ("support", "crew", "mixed", None, ("We write it on paper and tape it up", "我们写在纸上贴出来"), ("At {pier} the tape does not hold in the rain. Then nobody knows.", "{pier}下雨天胶带粘不住，就谁也不知道了。")),
    )),
    "offline": (("Offline", "离线"), 29, 2, 3, (
        ("review", "commuter", "positive", 5, ("Opens on the stairs of {pier}", "在{pier}楼梯上就能打开"), ("Where it used to turn in circles it is simply there. I almost miss the excitement.", "以前转圈的地方，现在一下就出来了，都有点不习惯。")),
        ("review", "commuter", "positive", 5, ("Airplane mode, and still a ticket", "飞行模式也有票"), ("I tried to trick it. It opened.", "我故意试了一下，居然打开了。")),
        ("survey", "commuter", "positive", 9, ("I threw away the paper ten-ride", "纸质十次票扔了"), ("Nine months in my wallet, since that Monday. Gone.", "从那个周一起在钱包里放了九个月，扔了。")),
        ("review", "student", "positive", 5, ("No more waiting on the pontoon", "浮桥上不用等了"), ("The queue at {pier} walks. It really walks.", "{pier}的队伍真的在往前走。")),
        ("support", "crew", "positive", None, ("Boarding two minutes shorter", "上船快了两分钟"), ("The {boat} from {pier} leaves on time, three days of four.", "{pier} {boat} 的船，四天里有三天准点开。")),
        ("review", "commuter", "mixed", 3, ("Yesterday's ticket was on top", "昨天的票排在最上面"), ("Mine was below it. I showed the wrong one and was embarrassed.", "今天的在下面，我出示错了，挺尴尬。")),
        ("review", "visitor", "negative", 2, ("Only the last ticket is kept", "只存最近一张票"), ("We are four. Offline there was one ticket, and four people.", "我们四个人，断网时只有一张票。")),
        ("email", "operator", "positive", None, ("The council noticed", "港务局注意到了"), ("The minutes of the harbour meeting mention you, kindly, for the first time.", "海港例会的纪要第一次提到你们，而且是好话。")),
        ("survey", "senior", "positive", 10, ("I no longer ask a stranger for help", "不用再请陌生人帮忙"), ("I lift the phone and there it is.", "拿起手机，票就在那里。")),
    )),
    "other": (("Something else", "其他"), 350, 15, 1, (
        ("email", "visitor", "mixed", None, ("Is there coffee on board?", "船上有咖啡吗？"), ("I looked in the app and on the boat. In neither.", "应用里找了，船上也找了，都没有。")),
        ("review", "family", "mixed", 3, ("May my dog come along?", "能带狗吗？"), ("Nobody at the pier knew. The dog did not mind, I did.", "码头上没人说得清。狗无所谓，我有所谓。")),
        ("support", "commuter", "negative", None, ("Lost umbrella on the 18:05", "18:05 的船上丢了伞"), ("Black, wooden handle. I know that you only make the app.", "黑色，木柄。我知道你们只做应用。")),
        ("email", "commuter", "mixed", None, ("Room for bicycles", "自行车位"), ("Eleven bicycles and six hooks, every sunny morning.", "每个晴天早上，十一辆车，六个挂钩。")),
        ("review", "visitor", "negative", 1, ("Seagull took my sandwich", "海鸥抢了我的三明治"), ("One star for the bird.", "这一星给那只鸟。")),
    )),
}  # fmt: skip
