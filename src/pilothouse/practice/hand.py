"""The story that was written by hand: two releases of a ferry app, from the first complaint to the verdict that is
still due."""

from __future__ import annotations

from pilothouse.methods import rice
from pilothouse.practice import people, story
from pilothouse.practice.chronicle import MATE, OWNER, Chronicle

SHIPPED, BEGUN, ASKED = 31, 70, 85
CONFIRMED = {"state": "confirmed"}


def tell(year: Chronicle) -> None:
    tell_market(year)
    tell_feedback(year)
    tell_insights(year)
    tell_releases(year)
    tell_requirements(year)
    tell_metrics(year)
    tell_decisions(year)


def tell_market(year: Chronicle) -> None:
    for fields, name, contacts in story.CUSTOMERS:
        key = f"customer {name[0]}"
        year.add("customer", key, {"title": name, **fields}, 300)
        for more, person in contacts:
            data = {"title": person, "last_touch_on": year.day(9), "consent": True, **more}
            year.add("contact", f"contact {person[0]}", data, 290)
            year.tie(f"contact {person[0]}", "works_at", key, 290)
    for place, (fields, title) in enumerate(story.PERSONAS):
        year.add("persona", f"persona {place}", {"title": title, "state": "grounded", **fields}, 105)
    for place, (fields, title) in enumerate(story.COMPETITORS):
        checked = {"state": "profiled", "checked_on": year.day(40)}
        year.add("competitor", f"competitor {place}", {"title": title, **checked, **fields}, 200)


def tell_feedback(year: Chronicle) -> None:
    companies = {name for _fields, name, _contacts in story.CUSTOMERS}
    for key, (ago, channel, person, company, segment, rating, sentiment, title, body) in people.FEEDBACK.items():
        data = {
            "title": title, "body": body, "channel": channel, "person": person, "company": company,
            "segment": segment, "rating": rating, "sentiment": sentiment, "said_on": year.day(ago),
            "state": "processed" if key in people.QUOTES else "inbox" if ago < 30 else "read",
        }  # fmt: skip
        year.add("feedback", f"feedback {key}", data, ago, by=MATE)
        if company in companies:
            year.tie(f"feedback {key}", "asked_by", f"customer {company[0]}", ago)
        for passage in people.QUOTES.get(key, ()):
            tell_quote(year, f"quote {key}", f"feedback {key}", data, year.say(passage), ago - 1)


def tell_quote(year: Chronicle, key: str, source: str, data: dict, passage: str, ago: int) -> None:
    """Words lifted from what somebody said, with the place where they stand."""
    start = year.say(data["body"]).index(passage)
    quote = {
        "title": passage, "body": passage, "start": start, "end": start + len(passage), "state": "used",
        **{name: data[name] for name in ("segment", "said_on", "sentiment")}, "speaker": data["person"],
    }  # fmt: skip
    year.add("quote", key, quote, ago)
    year.tie(source, "quoted_as", key, ago)


def tell_insights(year: Chronicle) -> None:
    for key, (quotes, fields, statement) in story.INSIGHTS.items():
        year.add(
            "insight", f"insight {key}", {"title": statement, **CONFIRMED, "learned_on": year.day(110), **fields}, 110
        )
        for quote in quotes:
            year.tie(f"quote {quote}", "supports", f"insight {key}", 110)
    year.tie("quote fine", "contradicts", "insight deadzones", 110)
    for key, (insights, state, more, title) in story.NEEDS.items():
        year.add("need", f"need {key}", {"title": title, "state": state, **more}, 100)
        for insight in insights:
            year.tie(f"insight {insight}", "leads_to", f"need {key}", 100)


def tell_releases(year: Chronicle) -> None:
    """2.4 was planned, and shipped a month ago; 2.5 is being planned."""
    for key, (state, due, title, body) in story.RELEASES.items():
        day = year.day(-due)
        steps = [(-due, {"state": state})] if state == "released" else []
        year.add("release", f"release {key}", {"title": title, "body": body, "due_on": day}, 90, steps=steps)


def tell_requirements(year: Chronicle) -> None:
    for key, (needs, state, release, fields, title, body) in story.REQUIREMENTS.items():
        data = {"title": title, "body": body, "owner": "me", **fields}
        scored = all(name in fields for name in rice.FIELDS)
        year.add("requirement", f"requirement {key}", data, ASKED, steps=way_of(state), scored=scored)
        for need in needs:
            year.tie(f"need {need}", "addressed_by", f"requirement {key}", ASKED)
        if release:
            year.tie(f"requirement {key}", "planned_in", f"release {release}", ASKED - 1)
        tell_tasks(year, key)


def way_of(state: str) -> list[tuple[int, dict[str, str]]]:
    """When a requirement of the story came to its state."""
    days = {"exploring": ASKED - 3, "approved": ASKED - 6, "building": BEGUN, "shipped": SHIPPED}
    slugs = list(days)
    reached = slugs[: slugs.index(state) + 1] if state in days else []
    if state == "building":
        days["building"] = 12
    return [(days[slug], {"state": slug}) for slug in reached]


def tell_tasks(year: Chronicle, key: str) -> None:
    rows = story.TASKS.get(key, ())
    for place, (state, type_, points, name) in enumerate(rows):
        done = BEGUN - round((BEGUN - SHIPPED - 2) * (place + 1) / len(rows))
        steps = {
            "done": [(done + 5, {"state": "doing"}), (done, {"state": "done"})], "doing": [(10, {"state": "doing"})],
            "review": [(9, {"state": "doing"}), (4, {"state": "review"})], "todo": [],
        }[state]  # fmt: skip
        holder = year.actors[MATE if points < 4 else OWNER].user.pk
        data = {"title": name, "type": type_, "points": points, "owner": holder}
        year.add("task", f"task {key}{place}", data, BEGUN + 6, steps=steps)
        year.tie(f"requirement {key}", "delivered_by", f"task {key}{place}", BEGUN + 6)


def tell_metrics(year: Chronicle) -> None:
    for key, (measured, fields, title, body, _readings) in story.METRICS.items():
        year.add("metric", f"metric {key}", {"title": title, "body": body, "state": "live", **fields}, 150)
        for name in measured:
            kind = "release" if name in story.RELEASES else "requirement"
            year.tie(f"{kind} {name}", "measured_by", f"metric {key}", ASKED - 2)


def tell_decisions(year: Chronicle) -> None:
    for requirement, state, fields, title, body in story.DECISIONS:
        dates = {"decided_on": year.day(80), "review_on": year.day(-5)}
        data = {"title": title, "body": body, "state": state, **fields, **dates}
        year.add("decision", f"decision {requirement}", data, 80)
        year.tie(f"requirement {requirement}", "reviewed_in", f"decision {requirement}", 80)
