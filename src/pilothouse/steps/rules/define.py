"""Define: does what we mean to build rest on a need, and is its order anybody's but one person's?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pilothouse.steps.declare import Finding, Rule
from pilothouse.steps.facts import Facts
from pilothouse.steps.rules.judging import some


def questionable(facts: Facts) -> Finding | None:
    """More than one in ten of the requirements asked about came out questionable: the questions were misread."""
    asked, strange = facts.rows("requirement", "asked_kano"), facts.rows("requirement", "questionable")
    if not asked.n:
        return None
    numbers = {"n": strange.n, "of": asked.n}
    return Finding(strange.n * 10 > asked.n, numbers, bad=strange.n, at=strange.at)


def one_scorer(facts: Facts) -> Finding | None:
    """Where the team is one person there is nobody else to ask."""
    scored = [card for card in facts.cards if card.people]
    if not scored or facts.team.people < 2:
        return None
    alone = [card for card in scored if card.people == 1]
    numbers = {"n": len(alone), "of": len(scored), "team": facts.team.people}
    return Finding(bool(alone), numbers, bad=len(alone), at=(alone or scored)[0].number)


def not_adopted(facts: Facts) -> Finding | None:
    filled = [card for card in facts.cards if card.people]
    if not filled:
        return None
    held = any(card.adopted for card in filled)
    return Finding(not held, {"n": filled[0].rows, "people": filled[0].people}, at=filled[0].number)


def one_way_of_deciding(facts: Facts) -> Finding | None:
    """Dissent that nobody ever notes was not asked for."""
    silent, taken = facts.rows("decision", "no_dissent"), facts.rows("decision", "taken")
    if taken.n < 3 or facts.team.people < 2:
        return None
    return Finding(silent.n == taken.n, {"n": silent.n, "of": taken.n, "team": facts.team.people}, at=silent.at)


RULES = (
    Rule(
        slug="need_unfounded", chapters=(3,), order=32, judge=some("need", "unfounded"), check=("need", "unfounded"),
        claim=_("Every open need was voiced by somebody"),
        text=ngettext_lazy("Find who has %(n)s need", "Find who has %(n)s needs", "n"),
        here=_("Link what people said: nothing leads to this need yet"),
        reason=_("Nobody is on record as having it: a need that nobody voiced is a guess."),
        enough=_("Good enough: two sources that do not know each other, in their own words."),
        action=_("Link the evidence"), path="@#links", many="need/?evidence=no",
    ),
    Rule(
        slug="need_contradicted", chapters=(3,), order=28, judge=some("need", "contradicted"), check=("need", "contradicted"),
        claim=_("No open need is contradicted"),
        text=ngettext_lazy("Settle the contradiction in %(n)s need", "Settle the contradictions in %(n)s needs", "n"),
        here=_("Settle this: somebody says the opposite"),
        reason=_("Evidence speaks for and against it. Often both are right, of different people or situations: then it is two needs."),
        enough=_("Good enough: the need names the segment or the situation in which it holds."),
        action=_("Read both sides"), path="@/thread", many="need/",
    ),
    Rule(
        slug="need_unanswered", chapters=(3,), order=47, judge=some("need", "unanswered"), check=("need", "unanswered"),
        claim=_("Confirmed needs are answered"),
        text=ngettext_lazy("Decide what becomes of %(n)s confirmed need", "Decide what becomes of %(n)s confirmed needs", "n"),
        here=_("Decide what becomes of this need: nothing answers it"),
        reason=_("Confirmed, and nothing is meant to meet it. Leaving it is a decision too, and one worth writing down."),
        enough=_("Good enough: a requirement, or a decision that says why not."),
        action=_("Make a requirement"), path="@/lift/requirement", many="need/?state=confirmed",
    ),
    Rule(
        slug="requirement_unfounded", chapters=(3,), order=29, judge=some("requirement", "unfounded"), check=("requirement", "unfounded"),
        claim=_("Requirements on their way rest on something"),
        text=ngettext_lazy("Say what %(n)s requirement rests on", "Say what %(n)s requirements rest on", "n"),
        here=_("Say what this rests on: it is on its way, and nothing leads to it"),
        reason=_("Under way, and no need, quote or answer leads there."),
        enough=_("Good enough: each leads back to at least one need that somebody voiced."),
        action=_("Link a need"), path="@#links", many="requirement/?evidence=no",
    ),
    Rule(
        slug="requirement_without_acceptance", chapters=(3, 4), order=43,
        judge=some("requirement", "no_acceptance"), check=("requirement", "no_acceptance"),
        claim=_("Requirements on their way say when they are done"),
        text=ngettext_lazy("Say when %(n)s requirement is done", "Say when %(n)s requirements are done", "n"),
        here=_("Say when this is done: it has no acceptance criteria"),
        reason=_("Without a test that both sides accept, “done” means something different to whoever builds and whoever asked."),
        enough=_("Good enough: one to three sentences that somebody else could check."),
        action=_("Write them"), path="@#row-acceptance", many="requirement/?view=table&acceptance.empty=1",
    ),
    Rule(
        slug="kano_questionable", chapters=(3,), order=35, judge=questionable, method="kano",
        claim=_("At most one in ten Kano results is questionable"),
        text=_("Word the Kano questions anew"),
        reason=_("%(n)s of %(of)s requirements came out questionable: people contradicted themselves, which says that they misread the question."),
        enough=_("Good enough: hardly any questionable answers after a rehearsal with three people."),
        action=_("New Kano survey"), path="surveys/new?instrument=kano",
    ),
    Rule(
        slug="scored_by_one", chapters=(3, 5), order=41, judge=one_scorer, method="ice",
        claim=_("Scorecards are filled by two people or more"),
        text=_("Let a second person score, apart from the first"),
        reason=_("One person filled the sheet, though %(team)s see the product. Where two differ by much, one of them knows something."),
        enough=_("Good enough: two people, scoring apart and blind, and a talk about the widest gaps."),
        action=_("Open the scorecard"), path="@/scorecard",
    ),
    Rule(
        slug="order_not_adopted", chapters=(3,), order=48, judge=not_adopted,
        claim=_("One scorecard is the order in force"),
        text=_("Make the scorecard the order, or say why not"),
        reason=_("%(n)s scored, and the list is still sorted by something else."),
        enough=_("Good enough: one scorecard is the order in force, and everybody knows which."),
        action=_("Look at the outcome"), path="@/scorecard/outcome",
    ),
    Rule(
        slug="persona_assumed", chapters=(3,), order=49, judge=some("persona", "assumed"), check=("persona", "assumed"),
        claim=_("Personas rest on five people or more"),
        text=ngettext_lazy("Ground %(n)s persona in people", "Ground %(n)s personas in people", "n"),
        here=_("Say how many people this rests on"),
        reason=_("Fewer than five people, or nobody counted: that describes the team, not the users."),
        enough=_("Good enough: five or more people of that segment, and the number noted."),
        action=_("Note the sample"), path="@#row-sample", many="persona/",
    ),
    Rule(
        slug="decision_review_due", chapters=(24, 7), order=21, judge=some("decision", "review_due"), check=("decision", "review_due"),
        claim=_("Decisions are reviewed on their day"),
        text=ngettext_lazy("Look back on %(n)s decision whose day has come", "Look back on %(n)s decisions whose day has come", "n"),
        here=_("Look back: the day to review this has come"),
        reason=_("The day you set for it is past. Memory bends towards what happened; the note of then does not."),
        enough=_("Good enough: what happened, whether it came as expected, and one sentence of what you would do again."),
        action=_("Review it"), path="@#row-outcome", many="decision/?state=decided&sort=review_on",
    ),
    Rule(
        slug="decision_without_prediction", chapters=(24,), order=50, method="brier",
        judge=some("decision", "unpredicted"), check=("decision", "unpredicted"),
        claim=_("Decisions say what is expected, and how surely"),
        text=ngettext_lazy("Say what you expect of %(n)s decision", "Say what you expect of %(n)s decisions", "n"),
        here=_("Say what you expect of this, and how sure you are"),
        reason=_("Decided without saying what should happen and how likely it is: later nobody can tell judgement from luck."),
        enough=_("Good enough: something countable by a day, and a probability."),
        action=_("Add the prediction"), path="@#row-prediction", many="decision/?view=table&prediction.empty=1",
    ),
    Rule(
        slug="one_way_door_bare", chapters=(24, 19), order=24, judge=some("decision", "one_way_bare"), check=("decision", "one_way_bare"),
        claim=_("What cannot be undone states its evidence and what would change it"),
        text=ngettext_lazy("Slow down on %(n)s decision that cannot be undone", "Slow down on %(n)s decisions that cannot be undone", "n"),
        here=_("Slow down: this cannot be undone, and it is not written down what it rests on"),
        reason=_("What cannot be undone deserves its evidence and what would change your mind; one of the two is missing."),
        enough=_("Good enough: the evidence is linked or named, and one fact that would turn it round."),
        action=_("Add it"), path="@#row-evidence_then", many="decision/?view=table",
    ),
    Rule(
        slug="decision_waits", chapters=(5, 24), order=39, judge=some("decision", "waiting"), check=("decision", "waiting"),
        claim=_("No question stays undecided for two weeks"),
        text=ngettext_lazy("Decide %(n)s open question", "Decide %(n)s open questions", "n"),
        here=_("Decide this: it has been open for two weeks"),
        reason=_("Open for more than two weeks. A door that swings both ways costs less to try than to discuss."),
        enough=_("Good enough: decided, or one named fact that is missing and who brings it by when."),
        action=_("Decide"), path="@", many="decision/?state=open",
    ),
    Rule(
        slug="no_dissent_noted", chapters=(5, 14), order=60, judge=one_way_of_deciding,
        claim=_("Somebody's dissent is on record"),
        text=_("Ask who sees it otherwise, and write it down"),
        reason=_("None of %(of)s decisions names anybody who disagreed, though %(team)s people see them. Either nobody was asked, or nobody dared."),
        enough=_("Good enough: the next decision carries one objection in its owner's words."),
        action=_("Open the newest"), path="@#row-dissent",
    ),
    Rule(
        slug="no_lesson", chapters=(7, 8), order=61, judge=some("decision", "no_lesson"), check=("decision", "no_lesson"),
        claim=_("Reviewed decisions carry a lesson"),
        text=ngettext_lazy("Take the lesson out of %(n)s reviewed decision", "Take the lessons out of %(n)s reviewed decisions", "n"),
        here=_("Write the lesson down: this was reviewed without one"),
        reason=_("Reviewed, and the lesson is missing. Unwritten lessons are paid for twice."),
        enough=_("Good enough: one sentence that begins with “next time”."),
        action=_("Write it"), path="@#row-lesson", many="decision/?view=table&lesson.empty=1&state=reviewed",
    ),
)  # fmt: skip
