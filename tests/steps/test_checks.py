"""Every check asked of the database: an item that meets it, and one that does not, on whichever database runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pilothouse.outcomes import actions as outcomes
from pilothouse.planning.models import Gate, Told
from pilothouse.steps.checks import CHECKS, Look
from pilothouse.steps.facts import Facts, checks_met
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions

LONG_AGO = timezone.now() - timedelta(days=120)


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


class World:
    """Makes items by a few words; `old` ones were made and touched long ago."""

    def __init__(self, cast):
        self.cast = cast

    def make(self, kind, old=False, **data):
        item = actions.create(self.cast.alice, self.cast.product, kind, {"title": f"A {kind}", **data})
        if old:
            Item.objects.filter(pk=item.pk).update(created_at=LONG_AGO, updated_at=LONG_AGO)
        return item

    def linked(self, kind, source, relation, **data):
        item = self.make(kind, **data)
        actions.link(self.cast.alice, self.make(source), relation, item)
        return item

    def leading(self, kind, relation, target, **data):
        item = self.make(kind, **data)
        actions.link(self.cast.alice, item, relation, self.make(target))
        return item

    def said_by_two(self):
        """An insight on one quote, of feedback into which another was merged."""
        kept, quote, item = self.make("feedback"), self.make("quote"), self.make("insight")
        for source, relation, target in ((self.make("feedback"), "duplicates", kept), (kept, "quoted_as", quote), (quote, "supports", item)):  # fmt: skip
            actions.link(self.cast.alice, source, relation, target)
        return item

    def release(self, *, predicted=None, gates=(), told=False, **data):
        item = self.make("release", **data)
        if predicted is not None:
            metric = self.make("metric")
            given = {"baseline": 1, "expected": 2, "probability": 70, "review_on": day(9)}
            outcomes.predict(self.cast.alice, item, metric, given)
            item.predictions.update(review_on=day(predicted))
        for done in gates:
            Gate.objects.create(release=item, name="x", done_at=timezone.now() if done else None)
        if told:
            Told.objects.create(release=item, asked=self.make("feedback"))
        return item

    def metric(self, *, read=None, n=None, **data):
        item = self.make("metric", **data)
        if read is not None:
            outcomes.record(self.cast.alice, item, [{"on": day(read), "value": 3, **({"n": n} if n else {})}])
        return item

    def planned(self, **data):
        item = self.release(**data)
        actions.link(self.cast.alice, self.make("requirement"), "planned_in", item)
        return item

    def customer(self, *, spoken=None):
        item = self.make("customer", stage="customer")
        if spoken is not None:
            actions.link(self.cast.alice, self.make("contact", last_touch_on=day(spoken)), "works_at", item)
        return item


# kind.check: (an item that meets it, one that does not)
CASES = {
    "feedback.unread": (lambda w: w.make("feedback", old=True), lambda w: w.make("feedback")),
    "feedback.unquoted": (lambda w: w.make("feedback"), lambda w: w.leading("feedback", "quoted_as", "quote")),
    "feedback.no_segment": (lambda w: w.make("feedback"), lambda w: w.make("feedback", segment="crew")),
    "quote.unused": (lambda w: w.make("quote"), lambda w: w.leading("quote", "supports", "insight")),
    "insight.ungrounded": (lambda w: w.make("insight"), lambda w: w.linked("insight", "quote", "supports")),
    "insight.one_source": (lambda w: w.linked("insight", "quote", "supports"), lambda w: w.said_by_two()),
    "insight.orphan": (lambda w: w.make("insight"), lambda w: w.leading("insight", "leads_to", "need")),
    "need.unfounded": (lambda w: w.make("need"), lambda w: w.linked("need", "insight", "leads_to")),
    "need.contradicted": (lambda w: w.linked("need", "quote", "contradicts"), lambda w: w.linked("need", "insight", "leads_to")),
    "need.unanswered": (lambda w: w.make("need", state="confirmed"), lambda w: w.make("need")),
    "need.unanswered_yet": (lambda w: w.make("need"), lambda w: w.leading("need", "addressed_by", "requirement")),
    "requirement.unfounded": (lambda w: w.make("requirement", state="approved"), lambda w: w.linked("requirement", "need", "addressed_by", state="approved")),
    "requirement.no_acceptance": (lambda w: w.make("requirement", state="building"), lambda w: w.make("requirement", state="building", acceptance="It opens")),
    "requirement.unscored": (lambda w: w.make("requirement"), lambda w: w.make("requirement", state="dropped")),
    "requirement.no_effort": (lambda w: w.make("requirement", state="approved"), lambda w: w.make("requirement", state="approved", effort=2)),
    "requirement.questionable": (lambda w: w.make("requirement", kano="Q"), lambda w: w.make("requirement", kano="M")),
    "requirement.asked_kano": (lambda w: w.make("requirement", kano="M"), lambda w: w.make("requirement")),
    "requirement.resting": (lambda w: w.make("requirement", old=True), lambda w: w.make("requirement")),
    "release.unpredicted": (lambda w: w.release(state="approved"), lambda w: w.release(state="approved", predicted=9)),
    "release.unjudged": (lambda w: w.release(state="released", released_on=day(-9), predicted=0), lambda w: w.release(state="released", released_on=day(-9), predicted=1)),
    "release.gates_open": (lambda w: w.release(state="released", released_on=day(0), gates=[True, False]), lambda w: w.release(state="released", released_on=day(0), gates=[True])),
    "release.ungated": (lambda w: w.release(due_on=day(30)), lambda w: w.release(due_on=day(30), gates=[False])),
    "release.untold": (lambda w: w.planned(state="released", released_on=day(0)), lambda w: w.planned(state="released", released_on=day(0), told=True)),
    "release.just_closed": (lambda w: w.release(state="closed"), lambda w: w.release(state="released")),
    "release.out": (lambda w: w.release(state="released", released_on=day(0)), lambda w: w.release()),
    "task.unowned": (lambda w: w.make("task", state="doing"), lambda w: w.make("task", state="doing", owner="me")),
    "task.stuck": (lambda w: w.make("task", old=True, state="doing"), lambda w: w.make("task", old=True)),
    "task.overdue": (lambda w: w.make("task", due_on=day(-1)), lambda w: w.make("task", due_on=day(0))),
    "task.open": (lambda w: w.make("task"), lambda w: w.make("task", state="done")),
    "task.bug": (lambda w: w.make("task", type="bug"), lambda w: w.make("task", type="chore")),
    "metric.unread": (lambda w: w.metric(), lambda w: w.metric(read=0)),
    "metric.stale": (lambda w: w.metric(read=-36, state="live"), lambda w: w.metric(read=-35, state="live")),
    "metric.no_target": (lambda w: w.metric(baseline=0), lambda w: w.metric(baseline=0, target=2)),
    "metric.bare": (lambda w: w.metric(read=0), lambda w: w.metric(read=0, n=40)),
    "decision.review_due": (lambda w: w.make("decision", state="decided", review_on=day(0)), lambda w: w.make("decision", state="decided", review_on=day(1))),
    "decision.unpredicted": (lambda w: w.make("decision", state="decided", prediction="Less"), lambda w: w.make("decision", state="decided", prediction="Less", probability=70)),
    "decision.one_way_bare": (lambda w: w.make("decision", door="one_way", evidence_then="x"), lambda w: w.make("decision", door="one_way", evidence_then="x", change_my_mind="y")),
    "decision.no_dissent": (lambda w: w.make("decision", state="decided"), lambda w: w.make("decision", state="decided", dissent="Lin")),
    "decision.taken": (lambda w: w.make("decision", state="decided"), lambda w: w.make("decision")),
    "decision.waiting": (lambda w: w.make("decision", old=True), lambda w: w.make("decision")),
    "decision.no_lesson": (lambda w: w.make("decision", state="reviewed"), lambda w: w.make("decision", state="reviewed", lesson="Next time")),
    "decision.case_untold": (lambda w: w.make("decision", state="reviewed", verdict="moved", outcome="Half"), lambda w: w.make("decision", state="reviewed", verdict="moved", outcome="Half", lesson="x", quality="sound")),
    "persona.assumed": (lambda w: w.make("persona", sample=4), lambda w: w.make("persona", sample=5)),
    "competitor.undated": (lambda w: w.make("competitor", checked_on=day(-181)), lambda w: w.make("competitor", checked_on=day(-180))),
    "competitor.unsourced": (lambda w: w.make("competitor"), lambda w: w.make("competitor", source_url="https://example.com")),
    "customer.serving": (lambda w: w.customer(), lambda w: w.make("customer", stage="lead")),
    "customer.silent": (lambda w: w.customer(spoken=-91), lambda w: w.customer(spoken=-90)),
    "customer.renewing": (lambda w: w.make("customer", renewal_on=day(60)), lambda w: w.make("customer", renewal_on=day(61))),
    "customer.no_segment": (lambda w: w.make("customer"), lambda w: w.make("customer", segment="ferry")),
    "customer.no_revenue": (lambda w: w.customer(), lambda w: w.make("customer", stage="trial", revenue=10)),
    "contact.no_consent": (lambda w: w.make("contact"), lambda w: w.make("contact", consent="yes")),
    "reading.unapplied": (lambda w: w.make("reading", state="finished", finished_on=day(-22)), lambda w: w.leading("reading", "leads_to", "insight", state="finished", finished_on=day(-22))),
    "reading.lately": (lambda w: w.make("reading", finished_on=day(-3)), lambda w: w.make("reading")),
}  # fmt: skip


@pytest.fixture
def met(cast):
    """What each made item meets, and the world it was made in."""
    world = World(cast)
    return {name: [make(world) for make in pair] for name, pair in CASES.items()}


def again(item):
    """As a page reads it: some cases are set back in time behind the item's back."""
    return Item.objects.get(pk=item.pk)


def test_every_check_tells_the_one_from_the_other(cast, met):
    assert set(CASES) == {f"{kind}.{check}" for kind, checks in CHECKS.items() for check in checks}
    wrong = []
    for name, pair in met.items():
        kind, _, check = name.partition(".")
        found = ["yes" if checks_met(cast.alice, again(item), [check]) else "no" for item in pair]
        wrong += [] if found == ["yes", "no"] else [(name, found)]
    assert not wrong
    counted = Facts(cast.alice, cast.product)
    for name in met:
        kind, _, check = name.partition(".")
        found = counted.rows(kind, check)
        assert (found.n >= 1, found.of) == (True, counted.n(kind)), name
        assert Item.objects.filter(product=cast.product, number=found.at, kind=kind).exists()


def test_what_lies_in_the_trash_or_elsewhere_is_no_evidence(cast):
    world = World(cast)
    need = world.linked("need", "insight", "leads_to")
    hidden = actions.create(cast.alice, cast.private, "insight", {"title": "Hidden"})
    other = world.make("need")
    actions.link(cast.alice, hidden, "leads_to", other)
    assert checks_met(cast.alice, other, ["unfounded"]) == set()
    assert checks_met(cast.bob, other, ["unfounded"]) == {"unfounded"}  # who cannot see it has no evidence
    actions.trash(cast.alice, [link.source for link in need.links_in.all()])
    assert checks_met(cast.alice, need, ["unfounded"]) == {"unfounded"}


def test_states_of_ones_own_are_judged_by_what_they_mean(cast):
    from pilothouse.workbench.models import CustomState
    from pilothouse.workbench.models.custom import forget_kinds

    for place, (slug, category) in enumerate((("new", "new"), ("going", "active"), ("over", "done"))):
        CustomState.objects.create(
            product=cast.product, kind="task", slug=slug, name=slug, category=category, order=place
        )
    forget_kinds(cast.product)
    going = actions.create(cast.alice, cast.product, "task", {"title": "x", "state": "going"})
    assert checks_met(cast.alice, going, ["unowned"]) == {"unowned"}
    assert str(Look(cast.alice, cast.product).states("task", "active")) == "(AND: ('state__in', ['going']))"
