"""Load the practice product, in English (TW) and in Chinese (CX), into a workspace of its own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pilothouse.methods import rice
from pilothouse.outcomes import actions as outcomes
from pilothouse.people.access import Actor
from pilothouse.people.models import Membership, Product, Role, User, Workspace
from pilothouse.practice import asking, people, story
from pilothouse.practice.planning import Planning
from pilothouse.workbench import actions, scoring
from pilothouse.workbench.models import Event, Item

CAST = (("ada@tidewater.example", "Ada", Role.OWNER, "en"), ("wei@tidewater.example", "小韦", Role.MEMBER, "zh-hans"))
# Ada reads English: what was loaded last is what her home shows first.
PRODUCTS = (("CX", "潮汐", "一打开就能上船的船票", 1), ("TW", "Tidewater", "A ferry ticket that opens at once", 0))
NOTE = "practice-sign-in"


def load_once() -> None:
    """Load it into a database that holds nobody yet; the sign-in is kept in a file that only the owner can read."""
    if User.objects.exists():
        return
    password = secrets.token_urlsafe(9)
    with transaction.atomic():
        actors = make_people(password)
        for key, name, purpose, language in PRODUCTS:
            product = Product.objects.create(workspace=actors[0].workspace, key=key, name=name, purpose=purpose)
            Story([replace(actor) for actor in actors], product, language).tell()
    path = settings.DATA / NOTE
    path.touch(mode=0o600)
    path.write_text(f"{CAST[0][0]} {password}\n")


def sign_in() -> tuple[str, str] | None:
    """The practice product's e-mail address and password, while it is there to be signed in to."""
    path = settings.DATA / NOTE
    if not path.exists() or not Workspace.objects.filter(practice=True).exists():
        return None
    email, password = path.read_text().split()
    return email, password


def make_people(password: str) -> list[Actor]:
    workspace = Workspace.objects.create(slug="tidewater", name="Tidewater 潮汐", practice=True)
    actors = []
    for email, name, role, language in CAST:
        user = User.objects.create_user(email, password, name=name, language=language)
        Membership.objects.create(workspace=workspace, user=user, role=role)
        actors.append(Actor(user, workspace, role))
    return actors


class Story:
    """One telling of the story, in one language. `made` maps a key of the story to its item."""

    def __init__(self, actors: Sequence[Actor], product: Product, language: int) -> None:
        self.owner, self.teammate = actors
        self.product, self.language = product, language
        self.made: dict[str, Item] = {}
        self.dates: dict[int, date] = {}
        self.event_dates: dict[int, date] = {}
        self.today = timezone.localdate()

    def tell(self) -> None:
        """In the order in which it happened: the newest event is the one that was told last."""
        self.tell_market()
        self.tell_customers()
        self.tell_feedback()
        self.tell_insights()
        self.tell_needs()
        self.tell_releases()
        self.tell_requirements()
        self.tell_planning()
        self.tell_survey()
        self.tell_decisions()
        self.tell_metrics()
        self.tell_predictions()
        self.tell_states()
        self.tell_readings()
        self.backdate()

    def say(self, value: Any) -> Any:
        """The half of a pair that is in this language; anything else as it is."""
        return value[self.language] if isinstance(value, tuple) else value

    def make(self, kind: str, data: Mapping[str, Any], *, ago: int, by: Actor | None = None) -> Item:
        said = {name: self.say(value) for name, value in data.items()}
        item = actions.create(
            by or self.owner, self.product, kind, {k: v for k, v in said.items() if v not in (None, "")}
        )
        self.dates[item.pk] = self.today - timedelta(days=ago)
        return item

    def link(self, source: Item, relation: str, target: Item) -> None:
        actions.link(self.owner, source, relation, target)

    def tell_customers(self) -> None:
        for fields, name, contacts in story.CUSTOMERS:
            customer = self.make("customer", {"title": name, **fields}, ago=300)
            self.made[f"customer {self.say(name)}"] = customer
            for more, person in contacts:
                self.link(self.make("contact", {"title": person, **more}, ago=290), "works_at", customer)

    def tell_feedback(self) -> None:
        for key, (ago, channel, person, company, segment, rating, sentiment, title, body) in people.FEEDBACK.items():
            said_on = self.today - timedelta(days=ago)
            data = {
                "title": title, "body": body, "channel": channel, "person": person, "company": company,
                "segment": segment, "rating": rating, "sentiment": sentiment, "said_on": said_on.isoformat(),
                "state": "processed" if key in people.QUOTES else "inbox" if ago < 30 else "read",
            }  # fmt: skip
            feedback = self.made[f"feedback {key}"] = self.make("feedback", data, ago=ago, by=self.teammate)
            if customer := self.made.get(f"customer {self.say(company)}"):
                self.link(feedback, "asked_by", customer)
            for passage in people.QUOTES.get(key, ()):
                self.tell_quote(key, feedback, self.say(passage), ago)

    def tell_quote(self, key: str, feedback: Item, passage: str, ago: int) -> None:
        start = feedback.body.index(passage)
        data = {
            "title": passage, "body": passage, "start": start, "end": start + len(passage), "state": "used",
            **{name: feedback.fields.get(name) for name in ("segment", "said_on", "sentiment")},
            "speaker": feedback.fields.get("person"),
        }  # fmt: skip
        quote = self.made[f"quote {key}"] = self.make("quote", data, ago=ago - 1)
        self.link(feedback, "quoted_as", quote)

    def tell_insights(self) -> None:
        for key, (quotes, fields, statement) in story.INSIGHTS.items():
            insight = self.make("insight", {"title": statement, "state": "confirmed", **fields}, ago=110)
            self.made[f"insight {key}"] = insight
            for quote in quotes:
                self.link(self.made[f"quote {quote}"], "supports", insight)
        self.link(self.made["quote fine"], "contradicts", self.made["insight deadzones"])

    def tell_needs(self) -> None:
        for key, (insights, state, fields, title) in story.NEEDS.items():
            need = self.made[f"need {key}"] = self.make("need", {"title": title, "state": state, **fields}, ago=100)
            for insight in insights:
                self.link(self.made[f"insight {insight}"], "leads_to", need)

    def tell_releases(self) -> None:
        for key, (state, due, title, body) in story.RELEASES.items():
            day = (self.today + timedelta(days=due)).isoformat()
            released = {"released_on": day} if state == "released" else {}
            data = {"title": title, "body": body, "due_on": day, **released}
            self.made[f"release {key}"] = self.make("release", data, ago=90)

    def tell_requirements(self) -> None:
        for key, (needs, state, release, fields, title, body) in story.REQUIREMENTS.items():
            data = {"title": title, "body": body, "state": state, "owner": "me", **fields}
            requirement = self.made[f"requirement {key}"] = self.make("requirement", data, ago=85)
            scoring.score(self.owner, requirement, {name: fields[name] for name in rice.FIELDS})
            for need in needs:
                self.link(self.made[f"need {need}"], "addressed_by", requirement)
            if release:
                self.link(requirement, "planned_in", self.made[f"release {release}"])
            for state_, type_, points, name in story.TASKS.get(key, ()):
                owner = self.teammate.user.email if points < 4 else "me"
                task = self.make(
                    "task", {"title": name, "state": state_, "type": type_, "points": points, "owner": owner}, ago=70
                )
                self.link(requirement, "delivered_by", task)

    def tell_survey(self) -> None:
        """Asked three weeks ago, and used as priority when sixty had answered."""
        requirements = {key: self.made[f"requirement {key}"] for key in story.REQUIREMENTS}
        survey = asking.ask_riders(self.owner, self.product, self.language, requirements)
        self.made["survey riders"] = survey.item
        self.dates[survey.item.pk] = self.today - timedelta(days=25)
        self.event_dates.update({event.pk: self.today - timedelta(days=1) for event in asking.told(survey)})

    def tell_planning(self) -> None:
        """Scored apart a fortnight ago, and planned the day after."""
        before = Event.objects.filter(product=self.product).latest("pk").pk
        days = {offset: self.day(offset) for offset in range(-30, 31)}
        scored, planned = (at(self.today - timedelta(days=ago)) for ago in (14, 13))
        made = Planning([self.owner, self.teammate], self.product, self.language, self.made).tell(days, scored, planned)
        self.dates.update({item.pk: scored.date() for item in made})
        told = Event.objects.filter(product=self.product, pk__gt=before).values_list("pk", flat=True)
        self.event_dates.update(dict.fromkeys(told, planned.date()))

    def tell_metrics(self) -> None:
        for key, (measured, fields, title, body, _) in story.METRICS.items():
            metric = self.make("metric", {"title": title, "body": body, "state": "live", **fields}, ago=150)
            self.made[f"metric {key}"] = metric
            for name in measured:
                kind = "release" if name in story.RELEASES else "requirement"
                self.link(self.made[f"{kind} {name}"], "measured_by", metric)

    def tell_predictions(self) -> None:
        """Made while a release is planned; only then does it move on."""
        for release, predictions in story.PREDICTIONS.items():
            for metric, baseline, expected, probability, review in predictions:
                data = {
                    "baseline": baseline,
                    "expected": expected,
                    "probability": probability,
                    "review_on": self.day(review),
                }
                outcomes.predict(self.owner, self.made[f"release {release}"], self.made[f"metric {metric}"], data)

    def tell_states(self) -> None:
        for key, (state, due, *_) in story.RELEASES.items():
            actions.change(self.owner, self.made[f"release {key}"], {"state": state})
            if state == "released":
                self.date_last(-due)

    def tell_readings(self) -> None:
        for key, (*_, readings) in story.METRICS.items():
            rows = [{"on": self.day(-ago), "value": value, "n": n} for ago, value, n in readings]
            outcomes.record(self.owner, self.made[f"metric {key}"], rows)
            self.date_last(min(ago for ago, *_ in readings))

    def date_last(self, ago: int) -> None:
        """What was noted last did not happen when its item was made, but so many days ago."""
        event = Event.objects.filter(product=self.product).latest("pk")
        self.event_dates[event.pk] = self.today - timedelta(days=ago)

    def day(self, offset: int) -> str:
        return (self.today + timedelta(days=offset)).isoformat()

    def tell_decisions(self) -> None:
        for requirement, state, fields, title, body in story.DECISIONS:
            dates = {"decided_on": self.today - timedelta(days=80), "review_on": self.today + timedelta(days=5)}
            data = {
                "title": title,
                "body": body,
                "state": state,
                **fields,
                **{k: v.isoformat() for k, v in dates.items()},
            }
            self.link(self.made[f"requirement {requirement}"], "reviewed_in", self.make("decision", data, ago=80))

    def tell_market(self) -> None:
        for fields, title in story.PERSONAS:
            self.make("persona", {"title": title, "state": "grounded", **fields}, ago=105)
        for fields, title in story.COMPETITORS:
            checked = (self.today - timedelta(days=40)).isoformat()
            self.make("competitor", {"title": title, "state": "profiled", "checked_on": checked, **fields}, ago=200)

    def backdate(self) -> None:
        """The story happened over a year, not in the second in which it was loaded."""
        for pk, day in self.dates.items():
            Item.objects.filter(pk=pk).update(created_at=at(day), updated_at=at(day))
            Event.objects.filter(item=pk).update(at=at(day))
        for pk, day in self.event_dates.items():
            Event.objects.filter(pk=pk).update(at=at(day))


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))
