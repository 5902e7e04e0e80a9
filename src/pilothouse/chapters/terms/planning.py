"""Words of priorities, plans and the flow of work."""

from django.utils.translation import gettext_lazy as _

from pilothouse.chapters.terms.declare import Term

TERMS = (
    Term("scorecard", "scorecard", "评分表", chapter=3, kind="scorecard", meaning=_(
        "Items scored by declared criteria, by one or several people, so that the order can be argued about.")),
    Term("criterion", "criterion", "标准", chapter=3, kind="scorecard", method="weighted_scoring",
        meaning=_(
        "One column of a scorecard: what is judged, on which scale, with which weight.")),
    Term("weight", "weight", "权重", chapter=3, method="ahp", meaning=_(
        "How much a criterion counts against the others. Agree on it before anybody sees the scores.")),
    Term("release-plan", "release plan", "版本计划", chapter=3, kind="plan", method="nrp",
        meaning=_(
        "What goes into which release, given the capacity of every skill, and what stays out and why.")),
    Term("baseline-plan", "baseline (of a plan)", "计划基线", chapter=4, kind="plan", meaning=_(
        "The plan as it was committed. What moves later is measured against it.")),
    Term("baseline-metric", "baseline (of a metric)", "指标基线", chapter=10, kind="metric",
        meaning=_(
        "Where a metric stood before the change. Without it, no change can be seen.")),
    Term("capacity", "capacity", "产能", chapter=4, kind="plan", meaning=_(
        "Days that a skill has in a release, absences taken off.")),
    Term("estimate", "estimate", "估算", chapter=4, kind="requirement", method="cpm_pert",
        meaning=_(
        "Days that a requirement takes of a skill: at best, most likely, at worst. One number alone hides the "
        "doubt.")),
    Term("roadmap", "roadmap", "路线图", chapter=3, kind="requirement", meaning=_(
        "What comes now, next and later, and on which needs it rests. A direction, not a promise of dates.")),
    Term("horizon", "horizon", "时段", chapter=3, kind="requirement", meaning=_(
        "Now, next or later: which of the three a requirement stands in.")),
    Term("gate", "gate", "检查项", chapter=12, kind="release", meaning=_(
        "Something to be true before a release goes out, with who looks at it.")),
    Term("calibration", "calibration", "校准", chapter=24, method="brier", meaning=_(
        "Whether things said to be 70 per cent sure come true 7 times in 10.")),
    Term("method", "method", "方法", chapter=1, meaning=_(
        "A calculation with its question, its limits, its least sample and its source.")),
    Term("run", "run (of a method)", "计算", chapter=1, meaning=_(
        "One use of a method, its inputs frozen, so that anybody can compute it again.")),
    Term("mvp", "minimum viable product", "最小可行产品（MVP）", chapter=9, kind="requirement",
        meaning=_(
        "The smallest thing that lets real users answer the riskiest question. Not a first version with half of "
        "everything.")),
    Term("backlog", "backlog", "需求池", chapter=4, kind="requirement", meaning=_(
        "What could be built and is not being built. It is a list of options, not of promises.")),
    Term("scope-creep", "scope creep", "范围蔓延", chapter=4, kind="plan", meaning=_(
        "Work that joins a release after it was committed, a little at a time and without anything leaving.")),
    Term("technical-debt", "technical debt", "技术债", chapter=22, kind="task", meaning=_(
        "What was left for later in the code, and costs a little on every change until it is paid.")),
    Term("critical-path", "critical path", "关键路径", chapter=4, kind="task", method="cpm_pert",
        meaning=_(
        "The chain of tasks that decides the end. A day lost on it is a day lost for all.")),
    Term("work-in-progress", "work in progress", "在制品", chapter=4, kind="task", method="flow",
        meaning=_(
        "What was begun and is not finished. The more of it, the longer each thing takes.")),
    Term("cycle-time", "cycle time", "周期时间", chapter=4, kind="task", method="cycle_time",
        meaning=_(
        "Days from the start of a piece of work to its end. Promise by its 85th percentile, never by its mean.")),
    Term("throughput", "throughput", "吞吐量", chapter=4, kind="task", method="forecast_mc",
        meaning=_(
        "How many items are finished a week. Weeks in which nothing was finished count too.")),
    Term("velocity", "velocity", "速度", chapter=4, kind="task", method="burn", meaning=_(
        "Points finished in a sprint. It plans the next one and compares no two teams.")),
    Term("cost-of-delay", "cost of delay", "延迟成本", chapter=3, method="wsjf", meaning=_(
        "What waiting costs for each week that a thing comes later.")),
)  # fmt: skip
