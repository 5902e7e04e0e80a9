"""Deliver: is the work small enough to flow, estimated, planned and ready to go out?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pilothouse.planning.forecast.history import FEWEST
from pilothouse.steps.declare import Finding, Rule
from pilothouse.steps.facts import Facts
from pilothouse.steps.reading import over_limit
from pilothouse.steps.rules.judging import some

MUCH_AT_ONCE, BUGS_COUNT_FROM = 3, 6


def crowded(facts: Facts) -> Finding | None:
    if not facts.n("task"):
        return None
    over = over_limit(facts.look, facts.counts)
    if not over:
        return Finding(False, {"n": 0})
    state, n, limit, kind = max(over, key=lambda one: one[1] - one[2])
    return Finding(True, {"state": str(state), "n": n, "limit": limit, "kind": kind}, bad=n - limit)


def forecastable(facts: Facts) -> Finding | None:
    """A release with a date, and enough weeks behind it to say how likely the date is."""
    if not facts.n("release", "new", "active") or not facts.n("task", "new", "active"):
        return None
    weeks = facts.weeks
    return Finding(weeks.n < FEWEST, {"n": weeks.n, "least": FEWEST, "done": weeks.done}, bad=FEWEST - weeks.n)


def unplanned(facts: Facts) -> Finding | None:
    n = facts.n("requirement", "active")
    if n < 5 or not facts.n("release"):
        return None
    return Finding(not facts.plans, {"n": n, "plans": len(facts.plans)}, bad=n)


def not_computed(facts: Facts) -> Finding | None:
    if not facts.plans:
        return None
    raw = [plan for plan in facts.plans if not plan.solved]
    return Finding(bool(raw), {"n": len(raw), "of": len(facts.plans)}, bad=len(raw), at=(raw or facts.plans)[0].number)


def not_committed(facts: Facts) -> Finding | None:
    solved = [plan for plan in facts.plans if plan.solved]
    if not solved:
        return None
    held = any(plan.committed for plan in solved)
    return Finding(not held, {"n": len(solved)}, at=solved[0].number)


def nobody_in_the_calendar(facts: Facts) -> Finding | None:
    if not facts.plans:
        return None
    return Finding(not facts.team.workers, {"n": facts.team.workers})


def mostly_bugs(facts: Facts) -> Finding | None:
    bugs, still = facts.rows("task", "bug"), facts.rows("task", "open")
    if still.n < BUGS_COUNT_FROM:
        return None
    return Finding(2 * bugs.n > still.n, {"n": bugs.n, "of": still.n}, bad=bugs.n)


def much_at_once(facts: Facts) -> Finding | None:
    if not facts.n("task"):
        return None
    return Finding(facts.mine.doing > MUCH_AT_ONCE, {"n": facts.mine.doing, "most": MUCH_AT_ONCE}, bad=facts.mine.doing)


def overdue_of_mine(facts: Facts) -> Finding | None:
    if not facts.counts:
        return None
    return Finding(facts.mine.overdue >= 5, {"n": facts.mine.overdue}, bad=facts.mine.overdue)


RULES = (
    Rule(
        slug="over_the_limit", chapters=(4,), order=25, judge=crowded, method="flow",
        claim=_("No state holds more than its limit"),
        text=_("Finish before you begin: “%(state)s” holds %(n)s, its limit is %(limit)s"),
        reason=_("By Little's law everything takes longer the more lies open at once; the limit was set to notice that."),
        enough=_("Good enough: no state holds more than its limit, or the limit was changed on purpose."),
        action=_("Open the board"), path="%(kind)s/?view=board",
    ),
    Rule(
        slug="task_unowned", chapters=(4, 14), order=38, judge=some("task", "unowned"), check=("task", "unowned"),
        claim=_("Every task in progress is somebody's"),
        text=ngettext_lazy("Say who does %(n)s task in progress", "Say who does %(n)s tasks in progress", "n"),
        here=_("Say who does this: it is in progress, and nobody has it"),
        reason=_("In progress, and nobody's: what everybody does, nobody finishes."),
        enough=_("Good enough: one name on everything that is in progress."),
        action=_("Assign it"), path="@#row-owner", many="task/?view=table&state=doing,review&owner.empty=1",
    ),
    Rule(
        slug="task_stuck", chapters=(4,), order=51, judge=some("task", "stuck", 2), check=("task", "stuck"), method="cycle_time",
        claim=_("Tasks in progress move within two weeks"),
        text=_("Ask what holds up %(n)s tasks"),
        here=_("Ask what holds this up: nothing has moved for two weeks"),
        reason=_("In progress, and nothing has moved for two weeks. Work that lies still is the most expensive kind."),
        enough=_("Good enough: each has moved, was cut smaller, or went back to the list."),
        action=_("Look at them"), path="@", many="task/?view=table&state=doing,review&sort=updated",
    ),
    Rule(
        slug="task_overdue", chapters=(4,), order=52, judge=some("task", "overdue", 3), check=("task", "overdue"),
        claim=_("Open tasks are not overdue"),
        text=_("Give %(n)s overdue tasks a new date, or drop them"),
        here=_("Give this a new date, or drop it: its day is past"),
        reason=_("The day is past. Dates that nobody keeps teach everyone that dates mean nothing."),
        enough=_("Good enough: nothing open lies in the past."),
        action=_("Look at them"), path="@#row-due_on", many="task/?view=table&due.lt=today&state=todo,doing,review",
    ),
    Rule(
        slug="effort_unknown", chapters=(4, 17), order=53, judge=some("requirement", "no_effort", 3), check=("requirement", "no_effort"),
        claim=_("Requirements on their way are estimated"),
        text=_("Estimate %(n)s requirements"),
        here=_("Estimate this: it is on its way, and its effort is unknown"),
        reason=_("Under way without an effort: that can be neither planned nor weighed against what it brings."),
        enough=_("Good enough: a range from those who will build it, low to high, not one number."),
        action=_("Estimate"), path="@#score", many="requirement/?view=table&effort.empty=1",
    ),
    Rule(
        slug="no_plan", chapters=(4,), order=62, judge=unplanned, method="nrp",
        claim=_("Five or more requirements on their way have a release plan"),
        text=_("Plan which of %(n)s requirements go into the next releases"),
        reason=_("There are more requirements on their way than fit into one release, and no plan says what goes where."),
        enough=_("Good enough: a plan that fits the people you have, with a reason for what stays out."),
        action=_("Make a plan"), path="plans/new",
    ),
    Rule(
        slug="plan_not_computed", chapters=(4,), order=54, judge=not_computed, method="nrp",
        claim=_("Release plans are computed"),
        text=_("Compute the release plan"),
        reason=_("It was set up and never computed: nobody knows yet whether it fits."),
        enough=_("Good enough: it fits, and the last requirement in and the first one out were looked at."),
        action=_("Open the plan"), path="@/plan",
    ),
    Rule(
        slug="plan_not_committed", chapters=(4,), order=63, judge=not_committed,
        claim=_("A release plan is committed"),
        text=_("Commit a plan, so that there is something to compare with"),
        reason=_("%(n)s computed, none committed: without a baseline a slipping plan looks as if it had always been so."),
        enough=_("Good enough: one committed plan; later ones say what changed against it."),
        action=_("Open the plan"), path="@/plan",
    ),
    Rule(
        slug="nobody_in_calendar", chapters=(4, 14), order=57, judge=nobody_in_the_calendar,
        claim=_("Those who work on it are in the calendar"),
        text=_("Say who can work how many days a week"),
        reason=_("There is a plan, and nobody in the calendar: the room in each release is then only typed in."),
        enough=_("Good enough: everyone with their days a week and their days off."),
        action=_("Open the team"), path="team",
    ),
    Rule(
        slug="too_few_weeks", chapters=(4, 10), order=66, judge=forecastable, method="forecast_mc",
        claim=_("Five weeks with finished tasks are on record"),
        text=_("Close tasks in the week in which they are finished"),
        reason=_("Weeks with finished tasks on record: %(n)s; a forecast begins with %(least)s."),
        enough=_("Good enough: five weeks for a first date, eleven to trust the late ones."),
        action=_("See the forecast"), path="forecast",
    ),
    Rule(
        slug="mostly_bugs", chapters=(22,), order=59, judge=mostly_bugs,
        claim=_("At most half of the open tasks are bugs"),
        text=_("Ask why %(n)s of %(of)s open tasks are bugs"),
        reason=_("More than half of what is open repairs what was built. Look for the part they share before the next feature."),
        enough=_("Good enough: the three parts with most bugs are known, and one has a task at its root."),
        action=_("Look at the bugs"), path="task/?view=table&type=bug",
    ),
    Rule(
        slug="much_at_once", chapters=(20,), order=26, judge=much_at_once, method="flow",
        claim=_("I have at most three tasks in progress"),
        text=_("Put something back: %(n)s tasks of yours are in progress"),
        reason=_("More than %(most)s at once means that each waits for the others, and for you to remember where you were."),
        enough=_("Good enough: one you are at, one that waits for somebody, and nothing else open."),
        action=_("My tasks"), path="task/?view=list&owner=me&state=doing,review",
    ),
    Rule(
        slug="overdue_mine", chapters=(20,), order=23, judge=overdue_of_mine,
        claim=_("Fewer than five things of mine are overdue"),
        text=_("Talk over %(n)s overdue things of yours"),
        reason=_("That many late items are no lack of effort but too many promises. Drop, move or hand over a third of them today."),
        enough=_("Good enough: nothing of yours is overdue that you do not mean to finish this week."),
        action=_("My work"), path="../mine",
    ),
)  # fmt: skip
