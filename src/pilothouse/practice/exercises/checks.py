"""How work that was done in the product is marked: a link, a state, a verdict, words that were missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from pilothouse.outcomes import closing
from pilothouse.practice.exercises import measured
from pilothouse.practice.exercises.declare import Look, Marked, say
from pilothouse.workbench.models import Event, Item, Link

FRESH, DROP, FAIR = timedelta(days=30), -3.0, 60


def contradiction(look: Look) -> Marked:
    marked, insight = Marked(), look.item("insight pricequits")
    found = {row.source.external_id for row in look.links("contradicts", target=insight)} if insight else set()
    marked.mark(
        bool(found & {"talk leo", "quote talk leo"}),
        (
            "Leo's words stand against it: he left in the same month and for another reason.",
            "莱奥的话摆在反面：同一个月离开，原因却不同。",
        ),
        (
            "Somebody left in the month of the new price for another reason; no “contradicts” link leads from there to the insight.",
            "有人在涨价当月离开，原因却不同；还没有一条“反驳”链接从那里指向这条洞察。",
        ),
    )
    return marked


def orphans(look: Look) -> list[Item]:
    return [task for task in look.of("task", "doing") if task.owner_id is None]


def owners(look: Look) -> Marked:
    marked, left = Marked(), orphans(look)
    marked.mark(not left, ("Whatever is under way belongs to somebody.", "进行中的任务都有人负责了。"), "")
    text = ("{ref} {title} is under way and nobody's.", "{ref} {title} 正在进行，没有负责人。")
    marked.missed = [say(text, ref=task.ref, title=task.title) for task in left]
    return marked


def dissent(look: Look) -> Marked:
    marked, decision = Marked(), look.item("decision evening")
    wanted = {
        "dissent": (("It says who saw it otherwise.", "写明了谁有不同看法。"), ("“Who saw it otherwise” is empty.", "“谁有不同看法”还空着。")),
        "change_my_mind": (("It says what would change our mind.", "写明了什么会改变主意。"), ("“What would change our mind” is empty.", "“什么会改变我们的主意”还空着。")),
    }  # fmt: skip
    for field, (right, missed) in wanted.items():
        filled = bool(decision and len(str(decision.fields.get(field) or "")) >= 10)
        marked.mark(filled, say(right), say(missed))
    return marked


def loop(look: Look) -> Marked:
    """Closed, and as the readings say."""
    marked, release = Marked(), look.item("release r24")
    if release is None or not release.state_declared.closed:
        marked.mark(False, "", ("2.4 has no verdict yet.", "2.4 还没有结论。"))
        return marked
    events = Event.objects.visible_to(look.actor).filter(item=release, verb="closed", undone_at=None)
    given = events.order_by("pk").last()
    verdict = given.changes["verdict"] if given else ""
    proposed = closing.overall(closing.judged(look.actor, release))
    marked.mark(
        verdict == proposed, ("The verdict is what the readings say.", "结论与读数一致。"),
        ("The readings say “{proposed}”, the verdict says “{verdict}”.", "读数得出“{proposed}”，结论写的是“{verdict}”。"),
        proposed=named(proposed), verdict=named(verdict),
    )  # fmt: skip
    return marked


def named(verdict: str) -> str:
    words = {
        "moved": ("moved as predicted", "如预期变化"),
        "not_moved": ("did not move", "没有变化"),
        "cannot_tell": ("cannot tell", "无法判断"),
    }
    return say(words.get(verdict, (verdict or "–", verdict or "–")))


def lesson(look: Look) -> Marked:
    marked, decision = Marked(), look.item("decision freeze")
    filled = bool(decision and len(str(decision.fields.get("lesson") or "")) >= 10)
    marked.mark(
        filled,
        ("The lesson stands with the decision.", "教训写在决策上了。"),
        ("The decision did not come true, and its lesson is empty.", "这个决策没有应验，“经验教训”却空着。"),
    )
    return marked


def cheapest(look: Look) -> Marked:
    marked, idea = Marked(), look.item("requirement otherway")
    tasks = [row.target for row in look.links("delivered_by", source=idea)] if idea else []
    tests = [task for task in tasks if task.fields.get("type") == "research"]
    marked.mark(
        bool(tests),
        ("A research task tests the idea.", "有一项调研任务来检验这个想法。"),
        ("No task of type research is linked to the idea.", "这个想法还没有关联“调研”类任务。"),
    )
    small = [task for task in tests if 0 < float(task.fields.get("points") or 0) <= 2]
    if tests:
        marked.mark(
            bool(small),
            ("It costs two points at most.", "最多两个点。"),
            ("It is not cheap: give it two points or fewer.", "不够便宜：控制在两个点以内。"),
        )
    return marked


BLOCKERS, HINDRANCES = ("voice access1a", "voice access2a"), ("voice access0a", "voice access3a")


def severity(look: Look) -> Marked:
    marked = Marked()
    for key in BLOCKERS + HINDRANCES:
        item = look.item(key)
        given = item.fields.get("importance") if item else None
        good = given == 3 if key in BLOCKERS else given is not None and given < 3
        title, ref = (item.title, item.ref) if item else (key, "")
        wanted = (
            ("3: this person cannot get any further", "3：这个人完全走不下去")
            if key in BLOCKERS
            else ("less than 3: it hinders, there is a way round", "小于 3：有妨碍，但绕得过去")
        )
        marked.mark(
            good,
            say(("{ref} {title}: rated rightly.", "{ref} {title}：评得对。"), ref=ref, title=title),
            say(("{ref} {title}: ", "{ref} {title}："), ref=ref, title=title) + say(wanted),
        )
    return marked


def target(look: Look) -> Marked:
    marked, metric = Marked(), look.item("metric stars")
    wanted, base = (metric.fields.get("target"), metric.fields.get("baseline") or 0) if metric else (None, 0)
    marked.mark(
        wanted is not None,
        ("There is a target.", "有了目标值。"),
        ("The metric has no target.", "指标还没有目标值。"),
    )
    if wanted is not None:
        marked.mark(
            base < wanted <= 5,
            ("It lies above the baseline and on the scale.", "高于基线，且在量程之内。"),
            say(
                (
                    "Better is higher, and there are five stars: choose a number between {base} and 5.",
                    "越高越好，最多五星：请在 {base} 与 5 之间选。",
                ),
                base=base,
            ),
        )
    return marked


def stale(look: Look) -> Marked:
    marked, rival = Marked(), look.item("competitor waterbus")
    text = str(rival.fields.get("checked_on") or "") if rival else ""
    fresh = bool(text) and timezone.localdate() - date.fromisoformat(text) <= FRESH
    marked.mark(
        fresh,
        ("It was looked at within the last 30 days.", "最近 30 天内查看过。"),
        say(("It was last looked at on {day}.", "上次查看是 {day}。"), day=text or "–"),
    )
    return marked


def quiet(look: Look) -> list[Item]:
    """Customers whose every contact was last spoken to long ago, and who are neither lost nor marked."""
    limit = timezone.localdate() - timedelta(days=measured.SILENT)
    customers = {item.pk: item for item in look.of("customer")}
    rows = Link.objects.visible_to(look.actor).filter(
        relation="works_at", target__in=customers, source__trashed_at=None
    )
    heard: dict[int, date] = {}
    for row in rows.select_related("source"):
        day = date.fromisoformat(row.source.fields.get("last_touch_on") or "1970-01-01")
        heard[row.target_id] = max(day, heard.get(row.target_id, day))
    return [item for pk, item in customers.items() if pk in heard and heard[pk] < limit and item.state != "lost"]


def silent(look: Look) -> Marked:
    marked, wanted = Marked(), quiet(look)
    for item in wanted:
        marked.mark(
            item.state == "silent",
            say(("{name} is marked as silent.", "{name} 已标为“沉默”。"), name=item.title),
            say(
                (
                    "A customer with {money} a year has not been spoken to for {days} days and counts as active.",
                    "一位年收入 {money} 的客户已经 {days} 天没有联系，却还算“活跃”。",
                ),
                money=f"{item.fields.get('revenue') or 0:,}",
                days=measured.SILENT,
            ),
        )
    wrong = [item for item in look.of("customer", "silent") if item not in wanted]
    marked.missed += [
        say(("{name} was spoken to not long ago.", "{name} 不久前才联系过。"), name=item.title) for item in wrong
    ]
    return marked


def law(look: Look) -> Marked:
    marked, risky = Marked(), look.item("requirement manifest")
    rows = look.links("blocks", target=risky) if risky else []
    good = [row for row in rows if row.source.kind in ("task", "decision") and row.source.closed_at is None]
    marked.mark(
        bool(good),
        ("It cannot be built before that is settled.", "问题解决之前不能动工。"),
        ("Nothing blocks the list of names yet: no open task or decision.", "还没有任何待办任务或决策挡在名单前面。"),
    )
    return marked


def load(look: Look) -> Marked:
    found = measured.shares(look)
    total, (name, most) = (
        sum(found.values()),
        max(((who, points) for who, points in found.items() if who), key=lambda pair: pair[1], default=("–", 0.0)),
    )
    part, marked = round(100 * most / total) if total else 0, Marked()
    marked.mark(
        part < FAIR,
        say(("{name} has {part} % of the open points.", "{name} 占未完成点数的 {part}%。"), name=name, part=part),
        say(
            (
                "{name} has {part} % of the open points, and there are two of you.",
                "{name} 占未完成点数的 {part}%，而你们有两个人。",
            ),
            name=name,
            part=part,
        ),
    )
    return marked


def same(look: Look) -> Marked:
    marked, fast, drift = Marked(), look.item("task bug-fast"), look.item("task offline3")
    ends = [
        (row.source_id, row.target_id)
        for task in (fast, drift)
        if task
        for row in look.links("duplicates", source=task)
    ]
    good = bool(fast and drift and ({(fast.pk, drift.pk), (drift.pk, fast.pk)} & set(ends)))
    marked.mark(
        good,
        ("Both are one cause: the clock of the phone.", "两个缺陷同一个原因：手机时钟。"),
        (
            "A bug that is under way has the cause of one that was fixed for 2.4; no “duplicates” link says so.",
            "进行中的一个缺陷，与 2.4 修好的一个同因；还没有“重复”链接说明这一点。",
        ),
    )
    return marked


def overdue(look: Look) -> Marked:
    marked, decision = Marked(), look.item("decision fiftyfour")
    found = measured.before_and_after(look, "renewed", "r23")
    wanted = "not_moved" if found and found.effect * 100 < DROP else "moved"
    marked.mark(
        bool(decision and decision.state == "reviewed"),
        ("It is reviewed.", "已复盘。"),
        ("It still waits for its review.", "还在等复盘。"),
    )
    given = decision.fields.get("verdict") if decision else None
    marked.mark(
        given == wanted,
        ("The verdict fits the renewals.", "结论与续买率相符。"),
        ("The verdict does not fit the renewals before and after the price.", "结论与涨价前后的续买率不符。"),
    )
    told = bool(decision and len(str(decision.fields.get("outcome") or "")) >= 10)
    marked.mark(
        told,
        ("It says what happened.", "写明了结果。"),
        ("“What happened” is empty.", "“发生了什么”还空着。"),
    )
    return marked


def figures(look: Look) -> dict[str, str]:
    found = measured.change_of(look, "r24", "opened")
    names = ("change", "low", "high")
    return {
        name: f"{getattr(found, name):+.1f}" if found and getattr(found, name) is not None else "–" for name in names
    }


def renewals(look: Look) -> dict[str, Any]:
    found = measured.before_and_after(look, "renewed", "r23")
    effect = found.effect * 100 if found else 0.0
    return {"effect": effect, "verdict": named("not_moved" if effect < DROP else "moved")}
