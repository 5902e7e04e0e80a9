"""Think and grow: canvases that rest on evidence, and learning that becomes work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pilothouse.steps.declare import Finding, Rule
from pilothouse.steps.facts import Facts
from pilothouse.steps.rules.judging import drawn, filled_sheet, some

SWOT_STALE, RADAR_STALE, RETRO_DUE = 180, 180, 60
RETROS = ("retro_start_stop_continue", "retro_4l", "retro_sailboat")
IDEAS = ("brainstorm", "scamper", "crazy_eights", "six_hats")
SIGNALS = ("technology_radar", "pestel")


def swot_stale(facts: Facts) -> Finding | None:
    sheet = filled_sheet(facts, "swot")
    if sheet is None:
        return None
    return Finding(sheet.days > SWOT_STALE, {"days": sheet.days, "most": SWOT_STALE}, bad=sheet.days, at=sheet.number)


def swot_without_tows(facts: Facts) -> Finding | None:
    sheet = filled_sheet(facts, "swot")
    if sheet is None or sheet.notes < 4:
        return None
    tows = filled_sheet(facts, "tows")
    return Finding(tows is None and not sheet.led, {"notes": sheet.notes, "led": sheet.led}, at=sheet.number)


def only_opinions(facts: Facts) -> Finding | None:
    """Ideas and retrospectives are opinions on purpose; a canvas about the market is not."""
    claims = {name: one for name, one in facts.canvases.items() if one.notes >= 4 and name not in (*RETROS, *IDEAS)}
    if not claims:
        return None
    bare = [one for one in claims.values() if not one.cited]
    numbers = {"n": len(bare), "of": len(claims)}
    return Finding(bool(bare), numbers, bad=len(bare), at=(bare or list(claims.values()))[0].number)


def ideas_lead_nowhere(facts: Facts) -> Finding | None:
    sheet = filled_sheet(facts, *IDEAS)
    if sheet is None or sheet.notes < 5:
        return None
    return Finding(not sheet.led, {"notes": sheet.notes, "led": sheet.led}, at=sheet.number)


def signals_old(facts: Facts) -> Finding | None:
    sheet = filled_sheet(facts, *SIGNALS)
    if sheet is None:
        n = facts.n("competitor") + facts.rows("release", "out").n
        return Finding(True, {"days": 0}) if n >= 4 else None
    return Finding(sheet.days > RADAR_STALE, {"days": sheet.days}, bad=sheet.days, at=sheet.number)


def no_retrospective(facts: Facts) -> Finding | None:
    closed = facts.rows("release", "just_closed")
    if not closed.n or facts.team.people < 2:
        return None
    sheet = filled_sheet(facts, *RETROS)
    held = sheet is not None and sheet.days <= RETRO_DUE
    return Finding(not held, {"n": closed.n, "team": facts.team.people}, bad=closed.n)


def rivals(facts: Facts) -> dict | None:
    n = facts.n("competitor", "new", "active", "done")
    return {"n": n} if n >= 3 else None


def understood(facts: Facts) -> dict | None:
    n = facts.n("insight")
    return {"n": n} if n >= 5 else None


def goals(facts: Facts) -> dict | None:
    n = facts.n("metric", "active")
    return {"n": n} if n >= 3 and facts.team.people > 1 else None


def curve(facts: Facts) -> dict | None:
    n = facts.rows("release", "out").n
    return {"n": n} if n >= 4 else None


def large_step(facts: Facts) -> dict | None:
    n = facts.n("release", "active")
    return {"n": n} if n and facts.n("requirement", "active") >= 8 else None


def not_practised(facts: Facts) -> Finding | None:
    n = sum(facts.n(kind) for kind in facts.counts)
    if not n or n > 30:
        return None
    return Finding(not facts.team.practised, {"n": n})


RULES = (
    Rule(
        slug="swot_stale", chapters=(21, 15), order=80, judge=swot_stale,
        claim=_("The SWOT was gone through within half a year"),
        text=_("Go through the SWOT again"),
        reason=_("Nothing on it has moved for %(days)s days; it shows the situation of then, and is quoted as that of now."),
        enough=_("Good enough: looked over within half a year, each note with a source or struck out."),
        action=_("Open the SWOT"), path="@/canvas",
    ),
    Rule(
        slug="swot_without_tows", chapters=(21,), order=83, judge=swot_without_tows, method="qspm_tows",
        claim=_("Consequences were drawn from the SWOT"),
        text=_("Draw the consequences from the SWOT"),
        reason=_("%(notes)s notes, and nothing follows from any. TOWS puts strengths and weaknesses against chances and threats, pair by pair."),
        enough=_("Good enough: two or three moves that each name the notes they come from."),
        action=_("Start a TOWS"), path="canvases/new?layout=tows",
    ),
    Rule(
        slug="canvas_of_opinions", chapters=(21, 13), order=81, judge=only_opinions,
        claim=_("Canvases name what they rest on"),
        text=ngettext_lazy("Put evidence under %(n)s canvas", "Put evidence under %(n)s canvases", "n"),
        reason=_("Not one note there names what it rests on: a canvas of opinions looks just like one of facts."),
        enough=_("Good enough: the notes that decide something carry a quote, a number or a link."),
        action=_("Open the canvas"), path="@/canvas",
    ),
    Rule(
        slug="no_forces", chapters=(21,), order=86, judge=drawn("porter", rivals), method="porter_five_forces",
        claim=_("The market's forces are drawn"),
        text=_("Look at the whole market, not only at the rivals"),
        reason=_("%(n)s competitors are on record. Buyers, suppliers, newcomers and substitutes press on a price just as they do."),
        enough=_("Good enough: a few drivers for each of the five forces, each with its evidence."),
        action=_("Start five forces"), path="canvases/new?layout=porter",
    ),
    Rule(
        slug="no_positioning", chapters=(13,), order=85, judge=drawn("positioning", rivals),
        claim=_("The position is written down"),
        text=_("Say in one sentence for whom you are, and against what"),
        reason=_("%(n)s competitors are known, and nowhere does it say what sets you apart for whom."),
        enough=_("Good enough: one sentence that a customer would sign and a rival could not."),
        action=_("Write the positioning"), path="canvases/new?layout=positioning",
    ),
    Rule(
        slug="no_journey", chapters=(11,), order=82, judge=drawn("journey_map", understood),
        claim=_("The insights lie along a journey"),
        text=_("Lay the insights along the way people take"),
        reason=_("%(n)s insights lie side by side. In order of the journey they show where it hurts most, and what is missing."),
        enough=_("Good enough: one kind of person, one errand, every stage with a quote or a number."),
        action=_("Start a journey map"), path="canvases/new?layout=journey_map",
    ),
    Rule(
        slug="no_goals", chapters=(14,), order=87, judge=drawn("okr_tree", goals),
        claim=_("Goals say what the metrics are for"),
        text=_("Show what the metrics are for"),
        reason=_("%(n)s metrics are measured, and no goal says which of them matter this quarter."),
        enough=_("Good enough: one to three goals, each with two or three numbers that are in somebody's hands."),
        action=_("Start an OKR tree"), path="canvases/new?layout=okr_tree",
    ),
    Rule(
        slug="no_retrospective", chapters=(14, 7), order=74, judge=no_retrospective,
        claim=_("A retrospective followed the last release"),
        text=_("Hold a retrospective"),
        reason=ngettext_lazy(
            "%(n)s release was closed within 60 days, and the team has not looked at how it works since.",
            "%(n)s releases were closed within 60 days, and the team has not looked at how it works since.", "n",
        ),
        enough=_("Good enough: everyone wrote before anyone spoke, and one change has a name and a date."),
        action=_("Start one"), path="canvases/new?layout=retro_start_stop_continue",
    ),
    Rule(
        slug="no_premortem", chapters=(9, 20), order=88, judge=drawn("premortem", large_step),
        claim=_("A premortem went before the large step"),
        text=_("Ask how this could fail before it does"),
        reason=_("A release is approved and much hangs on it. Told that it has failed, people say what they would not say otherwise."),
        enough=_("Good enough: written apart, and the three likeliest causes have somebody who watches them."),
        action=_("Start a premortem"), path="canvases/new?layout=premortem",
    ),
    Rule(
        slug="ideas_rest", chapters=(9,), order=89, judge=some("requirement", "resting", 3), check=("requirement", "resting"),
        claim=_("No more than two ideas rest for three months"),
        text=_("Test or drop %(n)s ideas that have rested for three months"),
        here=_("Test it or drop it: this idea has rested for three months"),
        reason=_("Untouched for 90 days. A list that only grows hides the ideas that are worth a test."),
        enough=_("Good enough: each has its cheapest test, or is dropped with a sentence why."),
        action=_("Look at it"), path="@", many="requirement/?state=idea&sort=updated",
    ),
    Rule(
        slug="ideas_lead_nowhere", chapters=(9,), order=84, judge=ideas_lead_nowhere,
        claim=_("An idea was taken further"),
        text=_("Take one idea further"),
        reason=_("%(notes)s ideas were written down, and none became a requirement or a test."),
        enough=_("Good enough: one to three ideas with the assumption that kills them, and a test that costs a day."),
        action=_("Open the canvas"), path="@/canvas",
    ),
    Rule(
        slug="signals_old", chapters=(15, 22), order=91, judge=signals_old, method="technology_radar",
        claim=_("Somebody looked outside within half a year"),
        text=_("Look round: what has changed outside?"),
        reason=_("No radar or PESTEL of the last half year is on record: trends are then met as surprises."),
        enough=_("Good enough: five to ten signals, each with its source, a day to look again, and what you will do about it."),
        action=_("Start a radar"), path="canvases/new?layout=technology_radar",
    ),
    Rule(
        slug="life_cycle_unknown", chapters=(12,), order=92, judge=drawn("life_cycle", curve), method="life_cycle_stage",
        claim=_("The stage of the product's life is known"),
        text=_("Find out which stage of its life the product is in"),
        reason=_("%(n)s releases are out. What is right while growing is wrong when grown up, and the curve tells which it is."),
        enough=_("Good enough: eight periods of sales or users, and the stage with its range."),
        action=_("Draw the curve"), path="canvases/new?layout=life_cycle",
    ),
    Rule(
        slug="case_untold", chapters=(8, 23), order=93, judge=some("decision", "case_untold"), check=("decision", "case_untold"),
        claim=_("What came as predicted is told in full"),
        text=ngettext_lazy("Make a case of %(n)s success that others can check", "Make cases of %(n)s successes that others can check", "n"),
        here=_("Make a case of this: it came as predicted, and the story is incomplete"),
        reason=_("It came as predicted, but what happened, how sound the decision was or what was learned is missing. That is what separates a case from a boast."),
        enough=_("Good enough: the prediction, the number with its n, what you would do otherwise, and who else had a part."),
        action=_("Complete it"), path="@#row-outcome", many="decision/?view=table&verdict=moved",
    ),
    Rule(
        slug="learning_unapplied", chapters=(7, 23), order=56, judge=some("reading", "unapplied"), check=("reading", "unapplied"),
        claim=_("What was read was applied within three weeks"),
        text=ngettext_lazy("Apply one thing from %(n)s reading", "Apply one thing from each of %(n)s readings", "n"),
        here=_("Apply one thing from this: finished three weeks ago, and nothing came of it yet"),
        reason=_("Finished more than three weeks ago, and nothing has come of it. What is not used within a month is mostly gone."),
        enough=_("Good enough: one insight, requirement or decision that names it as its source."),
        action=_("Make an insight"), path="@/lift/insight", many="reading/?state=finished",
    ),
    Rule(
        slug="not_practised", chapters=(6,), order=95, judge=not_practised,
        claim=_("The practice product was opened"),
        text=_("Try it once where nothing can break"),
        reason=_("%(n)s items so far. The practice product holds a year of somebody else's work, to play with and to reset."),
        enough=_("Good enough: one exercise done and compared with its key."),
        action=_("Open the guide"), path="../guide/6",
    ),
)  # fmt: skip
