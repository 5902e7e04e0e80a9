"""Exercises that are done in the product itself."""

from __future__ import annotations

from typing import Any

from pilothouse.practice.exercises import checks, measured
from pilothouse.practice.exercises.declare import Exercise, say


def keys(*pairs: Any) -> Any:
    """A solution that is known in words: each pair may take figures from the look."""
    return lambda look: [say(pair(look)) if callable(pair) else say(pair) for pair in pairs]


WORK = (
    Exercise(
        slug="contradiction", chapter=2, title=("Find the contradiction", "找出反例"),
        task=("The insight says that riders gave up the pass because of the price. Read the interviews of those weeks: one of them speaks against it. Link it to the insight with “contradicts”.", "洞察说乘客因为涨价才放弃月票。读一读那几周的访谈，其中一篇说的正相反。用“反驳”把它链接到这条洞察。"),
        at=lambda look: look.url("insight pricequits", "/thread"), check=checks.contradiction,
        key=keys(("Leo left in the month of the new price because he moved; his employer paid. One such voice does not refute the insight, but it lowers its confidence.", "莱奥在涨价当月离开，是因为搬家，而且票钱由公司出。一个反例推不翻洞察，但会降低把握。")),
    ),
    Exercise(
        slug="owners", chapter=4, title=("Nobody's work", "没人负责的任务"),
        task=("Three tasks are under way and belong to nobody. Give each an owner.", "有三项任务正在进行，却没有负责人。给每一项指定一个人。"),
        at=lambda look: f"{look.product.url}task/?view=board&state=doing", check=checks.owners,
        key=lambda look: [f"{task.ref} {task.title}" for task in checks.orphans(look)] or [say(("All of them have an owner now.", "现在都有负责人了。"))],
    ),
    Exercise(
        slug="dissent", chapter=5, title=("Write down the other view", "写下不同意见"),
        task=("A decision about messages was made without a word on who saw it otherwise and what would change our mind. Fill both in.", "有一项关于停航消息的决策，没写谁有不同看法，也没写什么会让我们改主意。把两处补上。"),
        at=lambda look: look.url("decision evening", "/edit"), check=checks.dissent,
        key=keys(("For instance: the crew at North Quay say that old phones do not show a push while they have no network. We would change our mind if fewer than six in ten saw it in time.", "例如：北码头的船员说，旧手机没网时收不到推送。如果及时看到的人不到六成，我们就改用短信。")),
    ),
    Exercise(
        slug="loop", chapter=6, title=("Close the loop on release 2.4", "给 2.4 版收尾"),
        task=("2.4 shipped a month ago with two predictions, and its readings are in. Close it with a verdict and say why.", "2.4 发布一个月了，有两个预测，读数也到了。给出结论，并写明理由。"),
        at=lambda look: look.url("release r24", "/verdict"), check=checks.loop,
        key=lambda look: [say(("Both metrics: {verdict}. Boardings opened within two seconds changed by {change} points (95 % {low} to {high}).", "两个指标：{verdict}。两秒内打开的登船占比变化 {change} 个百分点（95% 区间 {low} 到 {high}）。"), verdict=checks.named("moved"), **checks.figures(look))],
    ),
    Exercise(
        slug="lesson", chapter=7, title=("A lesson that comes back", "会回来的教训"),
        task=("One decision did not come true and taught nothing so far: nothing was shipped in the festival week, and cases rose all the same. Write down its lesson.", "有一项决策没有应验，也没留下教训：海港节那周没有发版，工单还是涨了。写下教训。"),
        at=lambda look: look.url("decision freeze", "/edit"), check=checks.lesson,
        key=keys(("The cases were about the price. A freeze protects from our own faults, not from a decision of two weeks before.", "工单都在说票价。冻结发版防的是自己的缺陷，防不住两周前的另一项决定。")),
    ),
    Exercise(
        slug="cheapest", chapter=9, title=("The cheapest test", "最便宜的验证"),
        task=("The idea “Name the bus when the boat is cancelled” has no test. Make a task of type research for it that costs two points at most.", "“停航时给出公交路线”还没有验证。给它建一项调研任务，最多两个点。"),
        at=lambda look: look.url("requirement otherway", "/lift/task"), check=checks.cheapest,
        key=keys(("For two weeks somebody sends the bus by hand to fifty people who agreed, and asks them the next day what they did.", "两周内手动给五十位同意参加的人发公交路线，第二天问他们怎么回的家。")),
    ),
    Exercise(
        slug="severity", chapter=11, title=("How bad is it for whom?", "对谁有多严重？"),
        task=("Rate the importance of four findings about access, from 0 to 3: the sun, the screen reader, large letters, ramps. 3 is for whoever cannot get any further alone.", "给四条无障碍反馈评重要度，0 到 3：阳光、读屏、大字体、坡道。一个人完全走不下去的，才是 3。"),
        at=lambda look: f"{look.product.url}feedback/?view=table&category={look.items['voice access1a'].fields.get('category', '') if 'voice access1a' in look.items else ''}", check=checks.severity,
        key=keys(("Who hears “button, button, button”, and who loses the pay button, cannot buy at all: 3. In the sun there is shade, and a ramp can be found by asking: 1 or 2.", "只听到“按钮，按钮，按钮”的人、找不到付款按钮的人，根本买不了票：3。太阳下可以找阴凉，坡道可以问人：1 或 2。")),
    ),
    Exercise(
        slug="target", chapter=14, title=("A goal that can be seen", "看得见的目标"),
        task=("The mean star rating has a baseline and no target. Set one that is better than the baseline and can be reached.", "平均星级有基线，没有目标。定一个高于基线、够得着的目标。"),
        at=lambda look: look.url("metric stars", "/edit"), check=checks.target,
        key=keys(("4 would do: 3.2 is the baseline, and the month after 2.4 reached 4.2 once. One good month is not yet a level.", "4 就合适：基线 3.2，2.4 之后有一个月到过 4.2。一个好月份还不算稳定水平。")),
    ),
    Exercise(
        slug="stale", chapter=15, title=("What was true last spring", "去年的事实"),
        task=("One competitor was last looked at more than half a year ago. Read its page again (you may make up what you find) and note the day.", "有一家竞争对手，半年多没看过了。重新看一遍（内容可以编），记下日期。"),
        at=lambda look: f"{look.product.url}competitor/?view=table&sort=checked_on", check=checks.stale,
        key=keys(("The Waterbus, which was “thinking of” an app.", "水上巴士，当时说“正在考虑”做应用。")),
    ),
    Exercise(
        slug="silent", chapter=16, title=("Who has gone quiet", "谁没声音了"),
        task=("Find the customers whose contacts were last spoken to more than 150 days ago and that still count as active. Mark them as silent.", "找出超过 150 天没联系、却还算“活跃”的客户，标为“沉默”。"),
        at=lambda look: f"{look.product.url}contact/?view=table&sort=last_touch_on", check=checks.silent,
        key=lambda look: [f"{item.ref} {item.title}" for item in checks.quiet(look)],
    ),
    Exercise(
        slug="law", chapter=19, title=("What must be asked first", "先问合不合法"),
        task=("“The crew sees who is on board” would put names, children's among them, on the crew's phones. Let an open task or decision block it until the law has been looked at.", "“船员能看到船上有谁”会把姓名放到船员手机上，其中有孩子。用一项未完成的任务或决策挡住它，直到看过法规。"),
        at=lambda look: look.url("requirement manifest"), check=checks.law,
        key=keys(("The open decision “May the crew see names?” blocks it. A number of heads would do for the harbour police and needs no name.", "让待定的决策“船员能看到姓名吗？”挡住它。港务警察要的人数不需要姓名。")),
    ),
    Exercise(
        slug="load", chapter=20, title=("A load that can be carried", "扛得住的工作量"),
        task=("One of the two has far more than half of the open points. Hand over tasks until nobody has 60 % or more.", "两个人里，一个人的未完成点数远超一半。转交一些任务，让谁都不到 60%。"),
        at=lambda look: f"{look.product.url}task/?group=owner", check=checks.load,
        key=lambda look: [f"{name or '–'}: {points:g}" for name, points in sorted(measured.shares(look).items())],
    ),
    Exercise(
        slug="same", chapter=22, title=("Two bugs, one cause", "两个缺陷，一个原因"),
        task=("A bug that is under way has the same cause as one that was fixed for 2.4. Link the two with “duplicates”.", "有一个进行中的缺陷，和 2.4 修好的一个同因。用“重复”把两者链接起来。"),
        at=lambda look: f"{look.product.url}task/?type=bug", check=checks.same,
        key=keys(("“Clock drift makes a valid ticket look old” and “A valid ticket goes grey on phones that run two minutes fast”.", "“时钟误差让有效的票显得过期”和“手机快两分钟，有效的票就变灰”。")),
    ),
    Exercise(
        slug="overdue", chapter=24, title=("Was it right to raise the price?", "涨价对不对？"),
        task=("The review of the new price is overdue. Compare the renewals before and after, set the verdict, and say what happened.", "新票价的复盘已经过期。比较涨价前后的续买率，给出结论，写明结果。"),
        at=lambda look: look.url("decision fiftyfour", "/edit"), check=checks.overdue,
        key=lambda look: [say(("Renewals changed by {effect:.1f} points where at most 3 were expected: {verdict}.", "续买率变化 {effect:.1f} 个百分点，预期最多降 3 个：{verdict}。"), **checks.renewals(look))],
    ),
)  # fmt: skip
