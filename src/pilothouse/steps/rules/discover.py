"""Discover: are there enough voices, of more than one kind, and was something made of them?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pilothouse.steps.declare import Finding, Rule
from pilothouse.steps.facts import Facts
from pilothouse.steps.rules.judging import mostly, said, some, too_few_answers

FEW_INTERVIEWS, SATURATES_AT, FEW_VOICES = 3, 6, 10
DRAFT_RESTS = 14


def one_segment(facts: Facts) -> Finding | None:
    """Interviews without a segment do not tell that they are alike."""
    people = facts.voices.interviews
    n = sum(people.values())
    if n < FEW_INTERVIEWS or not any(people):
        return None
    alone = len(people) == 1
    return Finding(alone, {"n": n, "segment": next(iter(people)), "segments": len(people)}, bad=n)


def few_interviews(facts: Facts) -> Finding | None:
    n = sum(facts.voices.interviews.values())
    if not n:
        return None
    return Finding(n < SATURATES_AT, {"n": n, "least": SATURATES_AT}, bad=SATURATES_AT - n)


def one_channel(facts: Facts) -> Finding | None:
    channels = facts.voices.channels
    n = sum(channels.values())
    if n < FEW_VOICES:
        return None
    (channel, most) = channels.most_common(1)[0]
    return Finding(most == n and bool(channel), {"n": n, "channels": len(channels)}, bad=1)


def draft_rests(facts: Facts) -> Finding | None:
    drafts = [one for one in facts.surveys if one.category == "new"]
    if not drafts:
        return None
    oldest = max(drafts, key=lambda one: one.days)
    return Finding(oldest.days >= DRAFT_RESTS, {**said(oldest), "days": oldest.days}, bad=1, at=oldest.number)


def unused_answers(facts: Facts) -> Finding | None:
    closed = [one for one in facts.surveys if one.category == "done" and one.answers]
    if not closed:
        return None
    unused = [one for one in closed if not one.used]
    first = (unused or closed)[0]
    numbers = {**said(first), "n": first.answers, "unused": len(unused), "of": len(closed)}
    return Finding(bool(unused), numbers, bad=len(unused), at=first.number)


RULES = (
    Rule(
        slug="interviews_of_one_segment", chapters=(2,), order=30, judge=one_segment,
        claim=_("Interviews come from two segments or more"),
        text=_("Talk to two people of another segment"),
        reason=_("All %(n)s interviews come from one segment, “%(segment)s”: what holds for them may hold for nobody else. Those who left know what the others put up with."),
        enough=_("Good enough: two segments or more, each until nothing new comes up, usually after six people."),
        action=_("Note an interview"), path="feedback/new?channel=interview", method="saturation",
    ),
    Rule(
        slug="few_interviews", chapters=(2,), order=34, judge=few_interviews, method="saturation",
        claim=_("There are six interviews or more"),
        text=ngettext_lazy("Go on: %(n)s person interviewed so far", "Go on: %(n)s people interviewed so far", "n"),
        reason=_("With fewer than %(least)s interviews nobody can say whether the next one brings something new."),
        enough=_("Good enough: four interviews of one kind of people, and two more that bring hardly anything new."),
        action=_("Note an interview"), path="feedback/new?channel=interview",
    ),
    Rule(
        slug="one_channel", chapters=(2,), order=46, judge=one_channel,
        claim=_("Feedback comes by more than one channel"),
        text=_("Listen where you have not listened yet"),
        reason=_("The newest %(n)s pieces of feedback all came by one channel; whoever does not use it is not heard."),
        enough=_("Good enough: two channels that different people use, such as support and interviews."),
        action=_("Import feedback"), path="import",
    ),
    Rule(
        slug="feedback_unread", chapters=(2, 16), order=27, judge=some("feedback", "unread", 5), check=("feedback", "unread"),
        claim=_("No feedback waits longer than two weeks"),
        text=_("Read %(n)s pieces of feedback that have waited for two weeks"),
        here=_("Read this and say what becomes of it: it has waited for two weeks"),
        reason=_("Whoever writes and hears nothing writes no more; and what nobody reads is no evidence."),
        enough=_("Good enough: nothing unread is older than two weeks. Setting aside counts as reading."),
        action=_("Read"), path="@", many="feedback/?state=inbox&sort=created",
    ),
    Rule(
        slug="feedback_without_segment", chapters=(2, 13), order=56, judge=mostly("feedback", "no_segment", 10),
        claim=_("Most feedback says what kind of person speaks"),
        text=_("Note the segment on your feedback"),
        reason=_("Of the newest %(of)s, %(n)s do not say what kind of person speaks: differences between segments stay invisible."),
        enough=_("Good enough: more than half carry a segment, from a list that fits on one hand."),
        action=_("Fill in the table"), path="feedback/?view=table&segment.empty=1",
    ),
    Rule(
        slug="quotes_unused", chapters=(2,), order=44, judge=some("quote", "unused", 5), check=("quote", "unused"),
        claim=_("Quotes are used or set aside"),
        text=_("Make something of %(n)s quotes"),
        here=_("Say what this quote means: lift it into an insight"),
        reason=_("Marked because it carries a point, and no insight rests on it."),
        enough=_("Good enough: each is used, or set aside on purpose."),
        action=_("Make an insight"), path="@/lift/insight", many="quote/?state=open",
    ),
    Rule(
        slug="insight_ungrounded", chapters=(2,), order=31, judge=some("insight", "ungrounded"), check=("insight", "ungrounded"),
        claim=_("Every insight rests on something"),
        text=ngettext_lazy("Give %(n)s insight its evidence", "Give %(n)s insights their evidence", "n"),
        here=_("Link what this insight rests on"),
        reason=_("Nothing leads to it: without quotes, answers or numbers behind it, an insight is an opinion."),
        enough=_("Good enough: two sources that do not know each other; five or more for something expensive."),
        action=_("Link a quote"), path="@#links", many="insight/?evidence=no",
    ),
    Rule(
        slug="insight_of_one_source", chapters=(2,), order=42, judge=some("insight", "one_source"), check=("insight", "one_source"),
        claim=_("Every insight rests on more than one source"),
        text=ngettext_lazy("Look for a second source for %(n)s insight", "Look for a second source for %(n)s insights", "n"),
        here=_("Look for a second source: this insight rests on one"),
        reason=_("One voice is an anecdote. A second one that does not know the first makes it worth acting on."),
        enough=_("Good enough: two to four sources for a small change; five, of two segments, for a large one."),
        action=_("Search the feedback"), path="@#links", many="insight/",
    ),
    Rule(
        slug="insight_orphaned", chapters=(2, 3), order=45, judge=some("insight", "orphan", 3), check=("insight", "orphan"),
        claim=_("Insights lead to something"),
        text=_("Let %(n)s insights lead to something"),
        here=_("Say what follows from this: lift it into a need"),
        reason=_("Nothing was made of it. What is learned and not used is learned again next year."),
        enough=_("Good enough: each leads to a need or a decision, or is put aside with a reason."),
        action=_("Make a need"), path="@/lift/need", many="insight/",
    ),
    Rule(
        slug="survey_rests", chapters=(2,), order=58, judge=draft_rests,
        claim=_("No survey stays a draft for two weeks"),
        text=_("Publish “%(survey)s”, or drop it"),
        reason=_("It has been a draft for %(days)s days. A rehearsal with two or three people shows what nobody understands."),
        enough=_("Good enough: three people have gone through it and said aloud what they understood."),
        action=_("Open the draft"), path="@/survey/edit",
    ),
    Rule(
        slug="survey_unused", chapters=(2,), order=37, judge=unused_answers,
        claim=_("What surveys said was written down"),
        text=_("Write down what “%(survey)s” said"),
        reason=_("%(n)s answered, and no insight or requirement rests on it. They gave their time for a decision."),
        enough=_("Good enough: one sentence with its n and its range, linked to what it changes."),
        action=_("Make an insight"), path="@/lift/insight",
    ),
    Rule(
        slug="competitors_undated", chapters=(2, 21), order=55, judge=some("competitor", "undated"), check=("competitor", "undated"),
        claim=_("Competitors were looked at within half a year"),
        text=ngettext_lazy("Look at %(n)s competitor again", "Look at %(n)s competitors again", "n"),
        here=_("Look again: this was last checked more than half a year ago, or never"),
        reason=_("What was not looked at for half a year, or has no date, may be wrong by now: prices and features change."),
        enough=_("Good enough: checked within half a year, with the date and the page where it stands."),
        action=_("Check it"), path="@#row-checked_on", many="competitor/?view=table",
    ),
    Rule(
        slug="competitors_unsourced", chapters=(2,), order=64, judge=some("competitor", "unsourced"), check=("competitor", "unsourced"),
        claim=_("What is said of competitors has a source"),
        text=ngettext_lazy("Note the source on %(n)s competitor", "Note the source on %(n)s competitors", "n"),
        here=_("Note where this was read"),
        reason=_("A claim about a competitor without a source cannot be checked by anyone, and is quoted all the same."),
        enough=_("Good enough: one link that somebody else can open."),
        action=_("Add the link"), path="@#row-source_url", many="competitor/?view=table&source_url.empty=1",
    ),
    Rule(
        slug="kano_few_answers", chapters=(2, 3), order=33, method="kano", judge=too_few_answers(frozenset({"kano"}), 20),
        claim=_("Kano surveys have 20 answers or more"),
        text=_("Collect more answers for “%(survey)s”"),
        reason=_("%(n)s answered; Kano needs 20 to 30 of one segment before a category means anything."),
        enough=_("Good enough: 20 answers in each segment you want to speak about."),
        action=_("Collect answers"), path="@/survey/collect",
    ),
    Rule(
        slug="large_method_few_answers", chapters=(2, 3), order=36, method="maxdiff",
        judge=too_few_answers(frozenset({"maxdiff", "conjoint"}), 100),
        claim=_("MaxDiff and conjoint surveys have 100 answers or more"),
        text=_("Collect more answers for “%(survey)s”"),
        reason=_("%(n)s answered; shares of preference from fewer than %(least)s move with every new answer."),
        enough=_("Good enough: 100 people, each of whom saw every item at least three times."),
        action=_("Collect answers"), path="@/survey/collect",
    ),
)  # fmt: skip
