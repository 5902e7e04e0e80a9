"""Measure: was it said beforehand what should change, and does anybody look whether it did?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pilothouse.steps.declare import Finding, Rule
from pilothouse.steps.facts import Facts
from pilothouse.steps.rules.judging import some, too_few_answers

SCORED_PREDICTIONS = 30


def no_metric(facts: Facts) -> Finding | None:
    n = facts.n("release")
    if not n:
        return None
    return Finding(not facts.n("metric"), {"n": n, "metrics": facts.n("metric")}, bad=1)


def untested(facts: Facts) -> Finding | None:
    """Something is out, and nobody was asked how usable it is."""
    out = facts.rows("release", "out").n
    if not out:
        return None
    asked = sum(bool(one.instruments & {"sus", "umux_lite"}) for one in facts.surveys)
    return Finding(not asked, {"n": out, "asked": asked}, bad=1)


def few_predictions(facts: Facts) -> Finding | None:
    if not facts.n("release", "done"):
        return None
    n = facts.forecasts
    return Finding(n < SCORED_PREDICTIONS, {"n": n, "least": SCORED_PREDICTIONS}, bad=1)


RULES = (
    Rule(
        slug="no_metric", chapters=(10,), order=65, judge=no_metric,
        claim=_("A metric is named"),
        text=_("Name the number that tells whether it worked"),
        reason=_("There is no metric: whether a release changed anything is then a matter of opinion."),
        enough=_("Good enough: one number that moves when people are better off, with where it comes from."),
        action=_("New metric"), path="metric/new",
    ),
    Rule(
        slug="metric_without_reading", chapters=(10,), order=67, judge=some("metric", "unread"), check=("metric", "unread"),
        claim=_("Metrics have a reading"),
        text=ngettext_lazy("Read %(n)s metric for the first time", "Read %(n)s metrics for the first time", "n"),
        here=_("Record a first reading: there is none yet"),
        reason=_("Named, and never measured. Without a reading from before, no later one says whether it moved."),
        enough=_("Good enough: one reading before the release, then one a month."),
        action=_("Record a reading"), path="@#readings", many="metric/",
    ),
    Rule(
        slug="metric_stale", chapters=(10,), order=68, judge=some("metric", "stale"), check=("metric", "stale"),
        claim=_("Metrics were read within five weeks"),
        text=ngettext_lazy("Read %(n)s metric again", "Read %(n)s metrics again", "n"),
        here=_("Read it again: the newest reading is more than five weeks old"),
        reason=_("The newest reading is more than five weeks old; what changed since then is not seen."),
        enough=_("Good enough: a reading a month, by the same rule each time."),
        action=_("Record a reading"), path="@#readings", many="metric/",
    ),
    Rule(
        slug="metric_without_target", chapters=(10, 14), order=70, judge=some("metric", "no_target"), check=("metric", "no_target"),
        claim=_("Metrics have a baseline and a target"),
        text=ngettext_lazy("Set baseline and target of %(n)s metric", "Set baseline and target of %(n)s metrics", "n"),
        here=_("Say where this stands and where it should be"),
        reason=_("Without where it stands and where it should be, every reading is good news."),
        enough=_("Good enough: a baseline that was measured, and a target with a reason."),
        action=_("Set them"), path="@#row-baseline", many="metric/?view=table",
    ),
    Rule(
        slug="readings_bare", chapters=(10,), order=72, judge=some("metric", "bare"), check=("metric", "bare"), method="proportion_ci",
        claim=_("Readings carry n or an interval"),
        text=ngettext_lazy("Note how many stand behind %(n)s metric", "Note how many stand behind %(n)s metrics", "n"),
        here=_("Note n or the interval with the readings"),
        reason=_("Its readings carry neither n nor an interval, so a change cannot be told from chance."),
        enough=_("Good enough: n with every reading; the interval follows from it."),
        action=_("Open the readings"), path="@#readings", many="metric/",
    ),
    Rule(
        slug="release_without_prediction", chapters=(12, 10), order=22, judge=some("release", "unpredicted"), check=("release", "unpredicted"),
        claim=_("Approved releases have a prediction"),
        text=ngettext_lazy("Predict what %(n)s release will change", "Predict what %(n)s releases will change", "n"),
        here=_("Predict what this release will change, and how sure you are"),
        reason=_("Approved, and nobody has said what should be different afterwards. Later everything looks expected."),
        enough=_("Good enough: one metric, from what to what, by when, and how sure you are."),
        action=_("Predict"), path="@#outcome", many="release/",
    ),
    Rule(
        slug="release_without_verdict", chapters=(12, 24), order=20, judge=some("release", "unjudged"), check=("release", "unjudged"),
        claim=_("Releases get their verdict on time"),
        text=ngettext_lazy("Close %(n)s release with a verdict", "Close %(n)s releases with a verdict", "n"),
        here=_("Close this with a verdict: its day has come"),
        reason=_("Out for long enough to tell. A release nobody looks back on teaches nothing."),
        enough=_("Good enough: moved, did not move, or cannot tell, with one sentence why."),
        action=_("Give the verdict"), path="@/verdict", many="release/",
    ),
    Rule(
        slug="gates_open", chapters=(12, 19), order=19, judge=some("release", "gates_open"), check=("release", "gates_open"),
        claim=_("What is out has passed its gates"),
        text=ngettext_lazy("Pass the gates %(n)s release skipped", "Pass the gates %(n)s releases skipped", "n"),
        here=_("Pass or lift the open gates: this is out already"),
        reason=_("Out already, and checks that were to come first are still open."),
        enough=_("Good enough: each gate is passed by a name, or taken away on purpose."),
        action=_("Open the launch"), path="@/launch", many="release/",
    ),
    Rule(
        slug="no_gates", chapters=(19, 12), order=69, judge=some("release", "ungated"), check=("release", "ungated"),
        claim=_("Releases due within 30 days have gates"),
        text=ngettext_lazy("Set what has to hold before %(n)s release", "Set what has to hold before %(n)s releases", "n"),
        here=_("Say what has to be checked before this goes out"),
        reason=_("Due within 30 days, and nothing has to be checked first: neither privacy and licences nor the way back."),
        enough=_("Good enough: three to seven gates, each with a name: privacy, licences, accessibility, way back, support."),
        action=_("Set the gates"), path="@/launch", many="release/",
    ),
    Rule(
        slug="usability_unknown", chapters=(11,), order=75, judge=untested, method="sus",
        claim=_("Usability was asked about"),
        text=_("Ask how usable it is"),
        reason=_("People use it, and nobody was asked how well that goes. Ten questions take two minutes."),
        enough=_("Good enough: 12 to 14 people for a mean within about ten points, given with its interval."),
        action=_("New SUS survey"), path="surveys/new?instrument=sus",
    ),
    Rule(
        slug="sus_few_answers", chapters=(11,), order=71, method="sus",
        judge=too_few_answers(frozenset({"sus", "umux_lite"}), 12),
        claim=_("Usability surveys have 12 answers or more"),
        text=_("Collect more answers for “%(survey)s”"),
        reason=_("%(n)s answered; with fewer than %(least)s the mean may be off by more than ten points."),
        enough=_("Good enough: 12 to 14 people who really used it."),
        action=_("Collect answers"), path="@/survey/collect",
    ),
    Rule(
        slug="few_predictions", chapters=(23, 24), order=90, judge=few_predictions, method="brier",
        claim=_("30 predictions or more are closed"),
        text=_("Go on predicting: %(n)s closed so far"),
        reason=_("How well you judge shows from %(least)s closed predictions on; below that luck decides the score."),
        enough=_("Good enough: 30 for a score, 100 for a curve."),
        action=_("See your calibration"), path="calibration",
    ),
)  # fmt: skip
