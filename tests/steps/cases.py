"""For every rule a state in which it speaks and one in which it does not."""

from __future__ import annotations

from pilothouse.steps.reading import Load, Team, Weeks
from tests.steps.made import asked, card, facts, plan, sheet, voices

TWO = Team(people=3, languages=frozenset({"en", "zh-hans"}))
ALONE = Team(people=1)


def rows(name: str, fires: int = 1, of: int = 10, quiet: int = 0):
    """A rule on rows of a kind: `fires` of them meet its check, or only `quiet`."""
    return facts(rows={name: (fires, of)}), facts(rows={name: (quiet, of)})


def short(instrument: str, few: int, enough: int):
    """A rule on how many answered a survey."""
    return facts({"survey": {"active": 1}}, surveys=[asked(instrument, few)]), facts({"survey": {"active": 1}}, surveys=[asked(instrument, enough)])  # fmt: skip


def undrawn(layout: str, **there):
    return facts(**there), facts(**there, canvases={layout: sheet()})


ITEMS = {"need": {"new": 1}}
OPEN = {"survey": {"active": 1}}
CASES = {
    "first_words": (facts(), facts(ITEMS)),
    "no_feedback": (facts(ITEMS), facts({**ITEMS, "quote": {"new": 1}})),
    "first_quote": (facts(rows={"feedback.unquoted": (2, 2)}), facts({"quote": {"new": 1}}, {"feedback.unquoted": (1, 2)})),
    "first_insight": (facts(rows={"quote.unused": (2, 2)}), facts({"insight": {"new": 1}}, {"quote.unused": (1, 2)})),
    "first_need": (facts(rows={"insight.orphan": (1, 1)}), facts({"need": {"new": 1}}, {"insight.orphan": (1, 2)})),
    "first_requirement": (facts(rows={"need.unanswered_yet": (1, 1)}), facts({"requirement": {"new": 1}}, {"need.unanswered_yet": (0, 1)})),
    "first_score": (facts(rows={"requirement.unscored": (2, 2)}), facts(rows={"requirement.unscored": (1, 2)})),
    "one_order": (facts({"requirement": {"new": 3}}), facts({"requirement": {"new": 3}}, cards=[card()])),
    "interviews_of_one_segment": (facts(voices=voices(interviews={"riders": 3})), facts(voices=voices(interviews={"riders": 2, "crew": 1}))),
    "few_interviews": (facts(voices=voices(interviews={"riders": 5})), facts(voices=voices(interviews={"riders": 4, "crew": 2}))),
    "one_channel": (facts(voices=voices({"review": 10})), facts(voices=voices({"review": 9, "interview": 1}))),
    "feedback_unread": rows("feedback.unread", 5, 20, 4),
    "feedback_without_segment": rows("feedback.no_segment", 6, 10, 5),
    "quotes_unused": rows("quote.unused", 5, 9, 4),
    "insight_ungrounded": rows("insight.ungrounded"),
    "insight_of_one_source": rows("insight.one_source"),
    "insight_orphaned": rows("insight.orphan", 3, 9, 2),
    "survey_rests": (facts(OPEN, surveys=[asked(category="new", days=14)]), facts(OPEN, surveys=[asked(category="new", days=13)])),
    "survey_unused": (facts(OPEN, surveys=[asked(category="done", answers=4)]), facts(OPEN, surveys=[asked(category="done", answers=4, used=True)])),
    "competitors_undated": rows("competitor.undated"),
    "competitors_unsourced": rows("competitor.unsourced"),
    "kano_few_answers": short("kano", 19, 20),
    "large_method_few_answers": short("maxdiff", 99, 100),
    "need_unfounded": rows("need.unfounded"),
    "need_contradicted": rows("need.contradicted"),
    "need_unanswered": rows("need.unanswered"),
    "requirement_unfounded": rows("requirement.unfounded"),
    "requirement_without_acceptance": rows("requirement.no_acceptance"),
    "kano_questionable": (facts(rows={"requirement.asked_kano": (10, 10), "requirement.questionable": (2, 10)}), facts(rows={"requirement.asked_kano": (10, 10), "requirement.questionable": (1, 10)})),
    "scored_by_one": (facts(cards=[card(people=1)]), facts(cards=[card(people=2)])),
    "order_not_adopted": (facts(cards=[card(people=1, rows=4)]), facts(cards=[card(people=1, adopted=True)])),
    "persona_assumed": rows("persona.assumed"),
    "decision_review_due": rows("decision.review_due"),
    "decision_without_prediction": rows("decision.unpredicted"),
    "one_way_door_bare": rows("decision.one_way_bare"),
    "decision_waits": rows("decision.waiting"),
    "no_dissent_noted": (facts(rows={"decision.no_dissent": (3, 3), "decision.taken": (3, 3)}), facts(rows={"decision.no_dissent": (2, 3), "decision.taken": (3, 3)})),
    "no_lesson": rows("decision.no_lesson"),
    "over_the_limit": (facts({"task": {"doing": 6}}), facts({"task": {"doing": 5}})),
    "task_unowned": rows("task.unowned"),
    "task_stuck": rows("task.stuck", 2, 9, 1),
    "task_overdue": rows("task.overdue", 3, 9, 2),
    "effort_unknown": rows("requirement.no_effort", 3, 9, 2),
    "no_plan": (facts({"requirement": {"active": 5}, "release": {"new": 1}}), facts({"requirement": {"active": 5}, "release": {"new": 1}}, plans=[plan()])),
    "plan_not_computed": (facts(plans=[plan()]), facts(plans=[plan(solved=True)])),
    "plan_not_committed": (facts(plans=[plan(solved=True)]), facts(plans=[plan(solved=True, committed=True)])),
    "nobody_in_calendar": (facts(plans=[plan()]), facts(plans=[plan()], team=Team(workers=1))),
    "too_few_weeks": (facts({"release": {"new": 1}, "task": {"new": 1}}, weeks=Weeks(4, 9)), facts({"release": {"new": 1}, "task": {"new": 1}}, weeks=Weeks(5, 9))),
    "mostly_bugs": (facts(rows={"task.bug": (4, 9), "task.open": (6, 9)}), facts(rows={"task.bug": (3, 9), "task.open": (6, 9)})),
    "much_at_once": (facts({"task": {"new": 9}}, mine=Load(doing=4)), facts({"task": {"new": 9}}, mine=Load(doing=3))),
    "overdue_mine": (facts(ITEMS, mine=Load(overdue=5)), facts(ITEMS, mine=Load(overdue=4))),
    "no_metric": (facts({"release": {"new": 1}}), facts({"release": {"new": 1}, "metric": {"new": 1}})),
    "metric_without_reading": rows("metric.unread"),
    "metric_stale": rows("metric.stale"),
    "metric_without_target": rows("metric.no_target"),
    "readings_bare": rows("metric.bare"),
    "release_without_prediction": rows("release.unpredicted"),
    "release_without_verdict": rows("release.unjudged"),
    "gates_open": rows("release.gates_open"),
    "no_gates": rows("release.ungated"),
    "usability_unknown": (facts(rows={"release.out": (1, 2)}), facts(rows={"release.out": (1, 2)}, surveys=[asked("sus")])),
    "sus_few_answers": short("sus", 11, 12),
    "few_predictions": (facts({"release": {"done": 2}}, forecasts=29), facts({"release": {"done": 2}}, forecasts=30)),
    "customers_silent": rows("customer.silent"),
    "renewal_unowned": rows("customer.renewing"),
    "release_untold": rows("release.untold"),
    "nps_few_answers": short("nps", 99, 100),
    "customers_without_segment": rows("customer.no_segment", 3, 5, 2),
    "price_few_answers": short("psm", 99, 100),
    "price_never_asked": (facts(rows={"customer.serving": (5, 5)}), facts(rows={"customer.serving": (5, 5)}, surveys=[asked("psm")])),
    "revenue_unknown": rows("customer.no_revenue", 3, 5, 2),
    "survey_without_consent": (facts(OPEN, surveys=[asked(personal=True, consent=False)]), facts(OPEN, surveys=[asked(personal=True)])),
    "contacts_without_consent": rows("contact.no_consent", 3, 5, 2),
    "survey_in_one_language": (facts(OPEN, surveys=[asked(languages={"en"})], team=TWO), facts(OPEN, surveys=[asked()], team=TWO)),
    "swot_stale": (facts(canvases={"swot": sheet(days=181)}), facts(canvases={"swot": sheet(days=180)})),
    "swot_without_tows": (facts(canvases={"swot": sheet()}), facts(canvases={"swot": sheet(), "tows": sheet()})),
    "canvas_of_opinions": (facts(canvases={"porter": sheet()}), facts(canvases={"porter": sheet(cited=1), "brainstorm": sheet()})),
    "no_forces": undrawn("porter", counts={"competitor": {"active": 3}}),
    "no_positioning": undrawn("positioning", counts={"competitor": {"active": 3}}),
    "no_journey": undrawn("journey_map", counts={"insight": {"done": 5}}),
    "no_goals": undrawn("okr_tree", counts={"metric": {"active": 3}}),
    "no_retrospective": (facts(rows={"release.just_closed": (1, 3)}), facts(rows={"release.just_closed": (1, 3)}, canvases={"retro_4l": sheet(days=60)})),
    "no_premortem": undrawn("premortem", counts={"release": {"active": 1}, "requirement": {"active": 8}}),
    "ideas_rest": rows("requirement.resting", 3, 9, 2),
    "ideas_lead_nowhere": (facts(canvases={"scamper": sheet()}), facts(canvases={"scamper": sheet(led=1)})),
    "signals_old": (facts({"competitor": {"new": 4}}), facts({"competitor": {"new": 4}}, canvases={"pestel": sheet(days=180)})),
    "life_cycle_unknown": undrawn("life_cycle", rows={"release.out": (4, 4)}),
    "case_untold": rows("decision.case_untold"),
    "learning_unapplied": rows("reading.unapplied"),
    "not_practised": (facts(ITEMS), facts(ITEMS, team=Team(practised=True))),
}  # fmt: skip
# Where a rule waits: it neither fires nor is fulfilled.
WAITING = {
    "interviews_of_one_segment": facts(voices=voices(interviews={"": 9})),  # alike or not: nobody noted it
    "one_channel": facts(voices=voices({"review": 9})),
    "scored_by_one": facts(cards=[card(people=1)], team=ALONE),
    "no_dissent_noted": facts(rows={"decision.no_dissent": (3, 3), "decision.taken": (3, 3)}, team=ALONE),
    "kano_few_answers": facts(OPEN, surveys=[asked("kano", category="new")]),
    "survey_without_consent": facts(OPEN, surveys=[asked(consent=False)]),  # anonymous
    "survey_in_one_language": facts(OPEN, surveys=[asked(languages={"en"})]),
    "canvas_of_opinions": facts(canvases={"brainstorm": sheet()}),  # ideas are opinions on purpose
    "no_retrospective": facts(rows={"release.just_closed": (1, 3)}, team=ALONE),
    "not_practised": facts({"need": {"new": 31}}),
    "first_score": facts({"requirement": {"done": 2}}, {"requirement.unscored": (0, 2)}),
}
