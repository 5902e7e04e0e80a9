"""Words of numbers: samples, tests and metrics."""

from django.utils.translation import gettext_lazy as _

from pilothouse.chapters.terms.declare import Term

TERMS = (
    Term("sample", "sample", "样本", chapter=2, method="sample_size", meaning=_(
        "The people or cases you looked at, standing for those you did not.")),
    Term("sample-size", "sample size", "样本量", chapter=2, method="sample_size", meaning=_(
        "How many were looked at, written n. It says how exact a number can be, not whether it is right.")),
    Term("margin-of-error", "margin of error", "误差幅度", chapter=2, method="sample_size",
        meaning=_(
        "How far a share may be off by chance alone: with 400 random answers about 5 points.")),
    Term("confidence-interval", "confidence interval", "置信区间", chapter=10, method="proportion_ci",
        meaning=_(
        "The values that fit the data. A wide one says that you know little; no overlap with zero says that "
        "something is there.")),
    Term("p-value", "p value", "p 值", chapter=10, method="ab_welch", meaning=_(
        "How often chance alone would bring a difference this large. Not the chance that you are wrong.")),
    Term("significance", "statistical significance", "统计显著", chapter=10, method="multiplicity",
        meaning=_(
        "Too large a difference for chance to bring about easily. It says nothing on whether it matters.")),
    Term("effect-size", "effect size", "效应量", chapter=10, method="power", meaning=_(
        "How large a difference is, in units one can feel: points, minutes, euros.")),
    Term("power", "power (of a test)", "检验效能", chapter=10, method="power", meaning=_(
        "The chance to notice a difference of a given size if it is there. 80 per cent is usual.")),
    Term("correlation", "correlation", "相关", chapter=10, method="correlation", meaning=_(
        "Two things that move together. Why they do is another question.")),
    Term("causation", "causation", "因果", chapter=10, method="ab_proportion", meaning=_(
        "One thing makes the other happen. Only an experiment, or very careful reasoning, shows it.")),
    Term("ab-test", "A/B test", "A/B 实验", chapter=10, method="ab_proportion", meaning=_(
        "Chance decides who gets which version, so that the difference can only come from the version.")),
    Term("control", "control group", "对照组", chapter=10, method="srm", meaning=_(
        "Those who get no change. Without them every trend looks like your doing.")),
    Term("outlier", "outlier", "异常值", chapter=10, method="outliers", meaning=_(
        "A value far from the others. A question to its source, never a reason to delete.")),
    Term("median", "median", "中位数", chapter=10, method="descriptive", meaning=_(
        "The value in the middle: half lie below. One very rich customer does not move it.")),
    Term("percentile", "percentile", "分位数", chapter=10, method="cycle_time", meaning=_(
        "The value that so many per cent stay below. Promises are made at the 85th.")),
    Term("regression", "regression", "回归", chapter=10, method="ols", meaning=_(
        "How the outcome changes with each explanation, the others held still.")),
    Term("cohort", "cohort", "同期群", chapter=10, method="retention", meaning=_(
        "People who began in the same week or month, followed together.")),
    Term("retention", "retention", "留存", chapter=10, method="retention", meaning=_(
        "The share of a cohort that is still there later. Everything else leaks until it holds.")),
    Term("churn", "churn", "流失", chapter=16, method="kaplan_meier", meaning=_(
        "The share of customers who leave in a period.")),
    Term("funnel", "funnel", "漏斗", chapter=10, method="funnel", meaning=_(
        "The steps to a goal and how many get through each.")),
    Term("conversion", "conversion rate", "转化率", chapter=10, method="ab_proportion",
        meaning=_(
        "The share of those who could that did.")),
    Term("north-star", "north-star metric", "北极星指标", chapter=10, kind="metric", meaning=_(
        "One number that grows only when users get what they came for.")),
    Term("leading-indicator", "leading indicator", "先行指标", chapter=10, kind="metric",
        meaning=_(
        "A number that moves before the one you care about, and that you can act on.")),
    Term("guardrail", "guardrail metric", "护栏指标", chapter=10, kind="metric", meaning=_(
        "What must not get worse while you improve something else.")),
    Term("vanity-metric", "vanity metric", "虚荣指标", chapter=10, kind="metric", meaning=_(
        "A number that always rises and changes no decision, such as downloads ever.")),
    Term("nps", "Net Promoter Score", "净推荐值（NPS）", chapter=16, kind="survey", method="nps",
        meaning=_(
        "Promoters less detractors, from −100 to 100. Read it with its interval and the reasons.")),
    Term("satisfaction", "customer satisfaction (CSAT)", "满意度（CSAT）",
        chapter=16, kind="survey", method="csat_ces",
        meaning=_(
        "The share of people who chose the top answers right after an experience.")),
)  # fmt: skip
