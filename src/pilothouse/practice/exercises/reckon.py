"""Exercises that ask for an answer: a number or a choice."""

from __future__ import annotations

from collections.abc import Sequence

from pilothouse.practice.exercises import answers, measured
from pilothouse.practice.exercises.declare import Ask, Exercise, Pair, say


def sign(slug: str, name: Pair, rows: Sequence[tuple[str, Pair]] = answers.YES_NO) -> Ask:
    return Ask(slug=slug, name=name, type="choice", options=answers.options(rows))


RECKON = (
    Exercise(
        slug="speed", chapter=1, title=("Which method answers this?", "这个问题用哪种方法？"),
        task=("Do more people get on board within two seconds since 2.4? Choose the method, and give the difference between the last reading before the release and the first one after it.", "2.4 之后，两秒内打开船票的人变多了吗？选出方法，并算出发布前最后一次读数与发布后第一次读数的差。"),
        at=lambda look: look.url("metric opened"), check=answers.speed, key=answers.speed_key,
        asks=(sign("method", answers.METHOD, answers.WAYS), Ask(slug="difference", name=answers.DIFFERENCE)),
    ),
    Exercise(
        slug="kano", chapter=3, title=("Do the Kano", "做一次 Kano"),
        task=("Sixty riders answered about six ideas. Which one is a must, and which one makes people happier the more there is of it?", "六十位乘客评了六个想法。哪一个是必备的？哪一个越多越满意？"),
        at=lambda look: look.url("survey riders", "/survey"), check=answers.do_kano, key=answers.kano_key,
        asks=(Ask(slug="must", name=answers.MUST, type="choice", options=answers.ideas), Ask(slug="linear", name=answers.LINEAR, type="choice", options=answers.ideas)),
    ),
    Exercise(
        slug="case", chapter=8, title=("A case study that holds", "站得住的案例"),
        task=("You want to tell of 2.4 in public. By how many points did the share of quick boardings change, from the mean before to the mean since, and where does its 95 % interval begin?", "你想公开讲 2.4 的故事。快速登船占比从发布前均值到之后均值，变化了几个百分点？95% 区间从哪里开始？"),
        at=lambda look: look.url("release r24", "/verdict"), check=answers.case, key=answers.case_key,
        asks=(Ask(slug="change", name=answers.CHANGE), Ask(slug="low", name=answers.LOW)),
    ),
    Exercise(
        slug="waves", chapter=10, title=("Did it rise, or does it only look so?", "是真的涨了，还是看着像？"),
        task=("Read the quarterly survey by its hidden field “wave”: give the NPS after the outage (Q2) and after 2.4 (Q4), and say whether the difference is more than chance.", "按隐藏字段“wave”看季度问卷：给出中断之后（Q2）和 2.4 之后（Q4）的 NPS，并判断差异是不是偶然。"),
        at=lambda look: look.url("survey nps", "/survey"), check=answers.two_waves, key=answers.waves_key,
        asks=(Ask(slug="second", name=answers.SECOND), Ask(slug="fourth", name=answers.FOURTH), sign("rose", answers.ROSE)),
    ),
    Exercise(
        slug="judge", chapter=12, title=("Which release cannot be judged, and why?", "哪个版本没法判断，为什么？"),
        task=("Five releases were closed. For one of them nobody can tell whether it worked. Which one, and what is in the way?", "五个版本已经有结论，其中一个没法判断有没有用。是哪一个？问题出在哪里？"),
        at=lambda look: f"{look.product.url}release/", check=answers.judge, key=answers.judge_key,
        asks=(Ask(slug="which", name=answers.WHICH, type="choice", options=answers.releases), sign("why", answers.WHY, answers.REASONS)),
    ),
    Exercise(
        slug="price", chapter=13, title=("What the price cost", "涨价的代价"),
        task=("By how many points did the share of renewed passes change, from the last reading before 2.3 to the first one after? Is that more than chance?", "从 2.3 之前最后一次读数到之后第一次读数，续买率变化了几个百分点？是不是偶然？"),
        at=lambda look: look.url("metric renewed"), check=answers.price, key=answers.price_key,
        asks=(Ask(slug="difference", name=answers.DIFFERENCE), sign("sure", answers.SURE)),
    ),
    Exercise(
        slug="tenday", chapter=17, title=("Is the ten-day pass worth it?", "十日票值得做吗？"),
        task=("It costs 42,000 now and would bring 14,500 at the end of each of four years. Money could earn 8 % elsewhere. What is the net present value?", "现在投入 42,000，之后四年每年末带来 14,500。这笔钱放在别处年收益 8%。净现值是多少？"),
        at=lambda look: look.url("requirement tenday"), check=answers.ten_days,
        key=lambda look: [say(("{value:,.0f}: worth it, if four years of 14,500 are.", "{value:,.0f}：值得做，前提是四年里每年真有 14,500。"), value=measured.worth())],
        asks=(Ask(slug="npv", name=answers.NPV), sign("worth", answers.WORTH)),
    ),
    Exercise(
        slug="languages", chapter=18, title=("Too few to compare", "人太少，比不了"),
        task=("How many of the sixty riders answered in the other language? Would that be enough to compare the two languages?", "六十位乘客里，有多少人用另一种语言作答？够比较两种语言吗？"),
        at=lambda look: look.url("survey riders", "/survey"), check=answers.tongues, key=answers.tongues_key,
        asks=(Ask(slug="other", name=answers.OTHER), sign("enough", answers.ENOUGH)),
    ),
    Exercise(
        slug="risk", chapter=21, title=("Where the money stands", "钱在谁那里"),
        task=("How many customers make up class A of the revenue (the first 80 %)? And what share of the revenue is with customers that are at risk or silent?", "收入的 A 类（前 80%）有几位客户？“有风险”和“沉默”的客户占收入的百分之几？"),
        at=lambda look: f"{look.product.url}customer/?view=table&sort=-revenue", check=answers.risk,
        key=lambda look: [say(("{few} customers; {loss:.1f} %.", "{few} 位客户；{loss:.1f}%。"), few=measured.few(look), loss=measured.at_risk(look))],
        asks=(Ask(slug="few", name=answers.FEW), Ask(slug="loss", name=answers.LOSS)),
    ),
    Exercise(
        slug="brier", chapter=23, title=("How good is your judgement?", "你的判断有多准？"),
        task=("Look at the reviewed decisions: what is their Brier score, and were the two too sure?", "看已复盘的决策：Brier 评分是多少？两个人的把握是不是过高？"),
        at=lambda look: f"{look.product.url}calibration", check=answers.calibrated, key=answers.calibrated_key,
        asks=(Ask(slug="brier", name=answers.SCORED), sign("sure", answers.TENDENCY)),
    ),
)  # fmt: skip
