"""How far a chapter has come: for each, what is counted, and how many are enough to go on.

`enough` is where the chapter's work carries a decision, by the least samples of its methods where there are any.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilothouse.guide.standing import FACTS, MOST, Standing

STRATEGIC = (
    "swot", "tows", "porter", "pestel", "ansoff", "bcg_matrix", "ge_matrix", "lean_canvas", "business_model",
)  # fmt: skip
PEOPLE = ("empathy_map", "persona_sheet", "journey_map", "service_blueprint")
MARKETING = ("marketing_4p", "marketing_7p", "positioning", "positioning_map", "value_proposition")
TEAMWORK = ("retro_start_stop_continue", "retro_4l", "retro_sailboat", "premortem", "five_whys")
IDEAS = ("brainstorm", "six_hats", "scamper", "crazy_eights", "assumption_map")
Counter = Callable[[Standing], int]


@dataclass(frozen=True)
class Measure:
    """`words` name what is counted, `path` is where more of it is made, below the product."""

    slug: str
    words: Any
    path: str
    count: Counter


@dataclass(frozen=True)
class Progress:
    """One measure of a chapter in a product."""

    measure: Measure
    count: int
    enough: int

    @property
    def more(self) -> bool:
        """There are more than were counted."""
        return self.measure.slug in FACTS and self.count > MOST

    @property
    def told(self) -> int:
        return MOST if self.more else self.count

    @property
    def state(self) -> str:
        if self.count >= self.enough:
            return "full"
        return "part" if self.count else "none"


def fact(slug: str, words: Any, path: str) -> Measure:
    return Measure(slug, words, path, lambda standing: standing.facts.get(slug, 0))


def kind(slug: str, words: Any, *states: str) -> Measure:
    return Measure("_".join((slug, *states[:1])), words, f"{slug}/", lambda standing: standing.of(slug, *states))


def sheets(slug: str, words: Any, *layouts: str) -> Measure:
    return Measure(slug, words, "canvas/", lambda standing: standing.on(*layouts))


FEEDBACK = kind("feedback", _("Pieces of feedback"))
QUOTES = kind("quote", _("Quotes"))
COMPLETE = fact("answers", _("Complete answers to surveys"), "survey/")
INSIGHTS = fact("insights_grounded", _("Insights that rest on quotes or numbers"), "insight/")
NEEDS = fact("needs_grounded", _("Needs with evidence"), "need/")
ANSWERING = fact("requirements_grounded", _("Requirements that answer a need"), "requirement/")
ACCEPTED = fact("requirements_accepted", _("Requirements that say when they are accepted"), "requirement/")
SCORED = fact("requirements_scored", _("Requirements with a score"), "requirement/")
SIZED = fact("requirements_sized", _("Requirements with an effort"), "requirement/")
FILLED = fact("scorecards_filled", _("Scorecards with numbers"), "scorecard/")
ADOPTED = fact("scorecards_adopted", _("Scorecards that became the order"), "scorecard/")
SOLVED = fact("plans_solved", _("Release plans that were computed"), "plan/")
COMMITTED = fact("plans_committed", _("Release plans that were committed"), "plan/")
FINISHED = kind("task", _("Finished tasks"), "done")
OWNED = fact("tasks_owned", _("Tasks with somebody who does them"), "task/")
COMMENTS = fact("comments", _("Comments on items"), "activity")
SHARED = fact("shares", _("Public roadmaps"), "roadmap/shares")
TOLD = fact("told", _("People told that a release answers them"), "release/")
OUT = kind("release", _("Releases that went out"), "released", "closed")
JUDGED = kind("release", _("Releases with a verdict"), "closed")
PREDICTED = fact("predictions", _("Predictions of what a release does to a metric"), "release/")
GATES = fact("gates", _("Gates of releases"), "release/")
PASSED = fact("gates_passed", _("Gates that were passed"), "release/")
METRICS = fact("metrics_read", _("Metrics with readings"), "metric/")
AIMED = fact("metrics_aimed", _("Metrics with a baseline and a target"), "metric/")
READ = fact("readings", _("Readings of metrics"), "metric/")
BOUNDED = fact("readings_bounded", _("Readings that state their n or interval"), "metric/")
FORETOLD = fact("decisions_predicted", _("Decisions with a prediction and how sure it is"), "decision/")
DISPUTED = fact("decisions_disputed", _("Decisions that keep who saw it otherwise"), "decision/")
LEARNED = fact("decisions_learned", _("Decisions with their lesson"), "decision/")
REVIEWED = kind("decision", _("Decisions that were reviewed"), "reviewed")
GROUNDED = fact("personas_grounded", _("Personas that rest on five people and more"), "persona/")
DATED = fact("competitors_dated", _("Competitors checked on a known day"), "competitor/")
CUSTOMERS = kind("customer", _("Customers"))
WORTH = fact("customers_worth", _("Customers with their revenue"), "customer/")
CONTACTS = kind("contact", _("Contacts"))
AGREED = fact("contacts_agreed", _("Contacts who agreed to be asked"), "contact/")
BILINGUAL = fact("surveys_bilingual", _("Surveys in two languages"), "survey/")
WORKERS = fact("workers", _("People whose days are planned"), "team")
DAYS_OFF = fact("days_off", _("Days off that the plan knows"), "team")
CITED = fact("notes_cited", _("Notes with evidence"), "note/")
TAKEN = kind("note", _("Notes that became work"), "taken", "settled")
STUDIED = kind("reading", _("Books, courses and talks you finished"), "finished", "applied")
APPLIED = fact("readings_applied", _("Of these, what became work here"), "reading/")
STRATEGY = sheets("strategy", _("Canvases of strategy"), *STRATEGIC)
PERSONAL = sheets("people", _("Canvases of people and journeys"), *PEOPLE)
MARKET = sheets("market", _("Canvases of position and marketing"), *MARKETING)
LOOKING_BACK = sheets("team", _("Retrospectives and premortems"), *TEAMWORK)
IDEATION = sheets("ideas", _("Canvases of ideas"), *IDEAS)
RADAR = sheets("radar", _("Technology radars"), "technology_radar")
OUTSIDE = sheets("outside", _("PESTEL and radar canvases"), "pestel", "technology_radar")
GOALS = sheets("goals", _("Trees of goals"), "okr_tree", "impact_map", "opportunity_tree")
CURVES = sheets("curves", _("Life-cycle and portfolio canvases"), "life_cycle", "bcg_matrix", "ge_matrix")
DUTIES = sheets("duties", _("RACI and stakeholder canvases"), "raci", "stakeholder_map")

CHAPTERS: dict[int, tuple[tuple[Measure, int], ...]] = {
    1: ((FILLED, 1), (COMPLETE, 30), (SOLVED, 1), (FORETOLD, 1)),
    2: ((FEEDBACK, 20), (QUOTES, 10), (COMPLETE, 30), (INSIGHTS, 3), (DATED, 3)),
    3: ((NEEDS, 5), (ANSWERING, 5), (SCORED, 5), (ADOPTED, 1)),
    4: ((OWNED, 5), (FINISHED, 11), (SIZED, 5), (COMMITTED, 1)),
    5: ((DISPUTED, 3), (COMMENTS, 10), (DUTIES, 1), (TOLD, 3), (SHARED, 1)),
    6: ((QUOTES, 1), (ANSWERING, 1), (OUT, 1), (JUDGED, 1)),
    7: ((STUDIED, 3), (APPLIED, 1), (LEARNED, 3)),
    8: ((JUDGED, 1), (BOUNDED, 3), (LEARNED, 3)),
    9: ((IDEATION, 1), (TAKEN, 3), (FORETOLD, 1)),
    10: ((METRICS, 3), (READ, 8), (BOUNDED, 3), (PREDICTED, 3)),
    11: ((GROUNDED, 1), (PERSONAL, 1), (COMPLETE, 12), (ACCEPTED, 5)),
    12: ((READ, 8), (OUT, 3), (CURVES, 1)),
    13: ((GROUNDED, 2), (DATED, 3), (MARKET, 1), (COMPLETE, 100)),
    14: ((AIMED, 3), (GOALS, 1), (LOOKING_BACK, 1), (WORKERS, 3)),
    15: ((OUTSIDE, 1), (CITED, 3), (DATED, 3)),
    16: ((CUSTOMERS, 5), (CONTACTS, 5), (WORTH, 5), (TOLD, 3)),
    17: ((SIZED, 5), (WORTH, 3), (FORETOLD, 3), (READ, 8)),
    18: ((BILINGUAL, 1), (COMPLETE, 30), (DISPUTED, 1)),
    19: ((GATES, 5), (PASSED, 5), (AGREED, 3)),
    20: ((WORKERS, 1), (DAYS_OFF, 1), (LOOKING_BACK, 1), (FINISHED, 5)),
    21: ((STRATEGY, 2), (CITED, 5), (WORTH, 5), (DATED, 3)),
    22: ((RADAR, 1), (SIZED, 5), (METRICS, 2), (FINISHED, 5)),
    23: ((JUDGED, 1), (REVIEWED, 3), (STUDIED, 3)),
    24: ((FORETOLD, 5), (DISPUTED, 3), (REVIEWED, 5)),
}


def facts_of(number: int) -> list[str]:
    """What has to be counted for one chapter."""
    return [measure.slug for measure, _enough in CHAPTERS[number] if measure.slug in FACTS]


def progress_of(number: int, standing: Standing) -> list[Progress]:
    return [Progress(measure, measure.count(standing), enough) for measure, enough in CHAPTERS[number]]
