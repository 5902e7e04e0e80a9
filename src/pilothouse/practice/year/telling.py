"""The twelve months round the story: everything of this folder, put into a chronicle with its days."""

from __future__ import annotations

from typing import Any

from pilothouse.practice.chronicle import MATE, OWNER, Chronicle
from pilothouse.practice.hand import tell_quote
from pilothouse.practice.year import (
    boards,
    choices,
    findings,
    market,
    numbers,
    talking,
    talks,
    weighed,
    wishes,
    working,
)  # fmt: skip

DUE = 20  # days until what is being built shall be done
TAKEN_UP = 2  # of what was said about a topic, every second voice was worked into something


def tell(year: Chronicle) -> None:
    tell_customers(year)
    tell_competitors(year)
    tell_voices(year)
    tell_talks(year)
    tell_findings(year)
    tell_releases(year)
    tell_wishes(year)
    tell_work(year)
    tell_metrics(year)
    tell_decisions(year)
    tell_boards(year)
    tell_readings(year)


def tell_customers(year: Chronicle) -> None:
    for key, row in market.CUSTOMERS.items():
        name, trade, stage, employees, revenue, renews, state, contract, person, role, touched, consent = row
        data = {
            "title": name, "industry": market.TRADES[trade], "stage": stage, "employees": employees,
            "revenue": revenue, "contract": contract, "renewal_on": year.day(-renews) if renews else None,
        }  # fmt: skip
        ago = 345 - 11 * list(market.CUSTOMERS).index(key)
        steps = [(max(touched - 20, 3), {"state": state})] if state != "active" else []
        year.add("customer", f"customer {key}", data, ago, steps=steps)
        contact = {"title": person, "role": market.ROLES[role], "company": name, "consent": consent}
        contact["last_touch_on"] = year.day(touched)
        year.add("contact", f"contact {key}", contact, ago)
        year.tie(f"contact {key}", "works_at", f"customer {key}", ago)


def tell_competitors(year: Chronicle) -> None:
    for key, (name, checked, fields, seen) in market.COMPETITORS.items():
        body = "\n".join(f"- {year.day(ago)}: {year.say(text)}" for ago, text in seen)
        data = {"title": name, "body": body, "state": "profiled", "checked_on": year.day(checked), **fields}
        year.add("competitor", f"competitor {key}", data, seen[0][0] - 5)


def tell_voices(year: Chronicle) -> None:
    for place, voice in enumerate(talking.voices(year.today)):
        data = {
            "title": voice.title, "body": voice.body, "channel": voice.channel, "person": voice.person,
            "segment": talking.SEGMENTS[voice.segment], "rating": voice.rating, "sentiment": voice.sentiment,
            "said_on": year.day(voice.ago), "category": voice.category,
            "importance": None if voice.topic == "access" else voice.importance,
        }  # fmt: skip
        year.add("feedback", f"voice {voice.key}", data, voice.ago, by=MATE, steps=read_by(voice, place))


def read_by(voice: talking.Voice, place: int) -> list[tuple[int, dict[str, str]]]:
    """What is new waits to be read; some of the rest was worked into something."""
    if voice.ago < 9:
        return []
    last = "dropped" if voice.topic == "other" else "processed" if place % TAKEN_UP else "read"
    return [(max(voice.ago - 1 - place % 6, 1), {"state": last})]


def tell_talks(year: Chronicle) -> None:
    for key, (ago, person, company, segment, sentiment, title, turns, passages) in talks.TALKS.items():
        data: dict[str, Any] = {
            "title": title, "body": "\n\n".join(year.say(turn) for turn in turns), "channel": "interview",
            "person": person, "company": company, "segment": talking.SEGMENTS[segment], "sentiment": sentiment,
            "said_on": year.day(ago), "state": "processed",
        }  # fmt: skip
        year.add("feedback", f"talk {key}", data, ago, by=MATE)
        for passage in passages:
            tell_quote(year, f"quote talk {key}", f"talk {key}", data, year.say(passage), ago - 1)


def tell_findings(year: Chronicle) -> None:
    for key, (quotes, _topic, ago, fields, statement) in findings.INSIGHTS.items():
        data = {"title": statement, "state": "confirmed", "learned_on": year.day(ago), **fields}
        year.add("insight", f"insight {key}", data, ago)
        for quote in quotes:
            year.tie(f"quote talk {quote}", "supports", f"insight {key}", ago)
    told = talking.voices(year.today)
    for key, (insights, topics, state, ago, fields, title) in findings.NEEDS.items():
        year.add("need", f"need {key}", {"title": title, "state": state, **fields}, ago)
        for insight in insights:
            year.tie(f"insight {insight}", "leads_to", f"need {key}", ago)
        for place, voice in enumerate(told):
            if voice.topic in topics and place % TAKEN_UP and voice.sentiment != "positive" and voice.ago >= 9:
                year.tie(f"voice {voice.key}", "leads_to", f"need {key}", min(ago, voice.ago - 1), MATE)


def tell_releases(year: Chronicle) -> None:
    for key, (ago, title, body, *_rest) in reversed(wishes.RELEASES.items()):
        data = {"title": title, "body": body, "due_on": year.day(ago), "tag": title[0].split()[0]}
        year.add("release", f"release {key}", data, ago + 24, steps=[(ago + 6, {"state": "approved"}), (ago, {"state": "released"})])  # fmt: skip


def tell_wishes(year: Chronicle) -> None:
    for key, (need, state, release, module, rated, days, _short, title, body) in wishes.WISHES.items():
        names = ("reach", "impact", "confidence", "effort")
        scored = state != "idea"  # ideas wait for their numbers
        numbers_ = dict(zip(names, rated, strict=True)) if scored else {}
        data = {"title": title, "body": body, "suite": wishes.M[module], "owner": year.actors[len(key) % 2].user.pk}
        data |= {"horizon": {"building": "now", "approved": "next", "exploring": "later"}.get(state)}
        if state == "building":
            data |= {"planned_from": year.day(days[1]), "planned_to": year.day(-DUE + len(key) % 7)}
        year.add("requirement", f"requirement {key}", {**data, **numbers_}, days[0], steps=way(state, days), scored=scored)  # fmt: skip
        if need:
            year.tie(f"need {need}", "addressed_by", f"requirement {key}", days[0])
        if release:
            year.tie(f"requirement {key}", "planned_in", f"release {release}", days[1] or days[0] - 1)


def way(state: str, days: tuple[int, int, int]) -> list[tuple[int, dict[str, str]]]:
    """The states that a requirement went through on the days when it was asked for, begun and ended."""
    asked, started, ended = days
    after = {"idea": 0, "exploring": 1, "approved": 2, "building": 3, "shipped": 4, "dropped": 1}[state]
    if state == "dropped":
        return [(asked - 12, {"state": "dropped"})]
    when = (asked - 1, max(asked - 3, started), started or asked - 4, ended)
    slugs = ("exploring", "approved", "building", "shipped")
    return [(max(ago, 1), {"state": slug}) for ago, slug in zip(when[:after], slugs[:after], strict=True)]


def tell_work(year: Chronicle) -> None:
    for job in working.jobs():
        steps = [(job.begun, {"state": "doing"})] if job.begun is not None else []
        steps += [(job.done, {"state": "done"})] if job.done is not None else []
        holder = None if job.owner is None else year.actors[job.owner].user.pk
        data = {"title": job.title, "type": job.type, "points": job.points, "owner": holder}
        year.add("task", f"task {job.key}", data, job.made, by=OWNER if job.owner == MATE else MATE, steps=steps)
        if job.wish:
            year.tie(f"requirement {job.wish}", "delivered_by", f"task {job.key}", job.made)


def tell_metrics(year: Chronicle) -> None:
    for key, (measured, fields, title, body, _readings) in numbers.METRICS.items():
        year.add("metric", f"metric {key}", {"title": title, "body": body, "state": "live", **fields}, 360)
        for name in measured:
            year.tie(name, "measured_by", f"metric {key}", 130 if "r24" not in name else 28)


def tell_decisions(year: Chronicle) -> None:
    for key, row in choices.DECISIONS.items():
        about, state, decided, reviewed, door, sure, verdict, quality, texts = row
        data = {
            "body": "\n\n".join(filter(None, (year.say(texts["body"]), options_of(year, key)))), "door": door,
            "probability": sure, "review_on": year.day(reviewed),
            **{name: text for name, text in texts.items() if name in ("title", "prediction", "dissent", "change_my_mind")},
        }  # fmt: skip
        steps: list[tuple[int, dict[str, Any]]] = []
        if state != "open":
            steps.append((decided, {"state": "decided"}))
        if state == "reviewed":
            came = {name: year.say(texts[name]) for name in ("outcome", "lesson") if year.say(texts[name])}
            steps.append((reviewed, {"state": "reviewed", "verdict": verdict, "quality": quality, **came}))
        year.add("decision", f"decision {key}", data, decided + 4, by=len(key) % 2, steps=steps)
        if about:
            year.tie(about, "reviewed_in", f"decision {key}", decided + 4)
        tell_options(year, key, decided)


def options_of(year: Chronicle, key: str) -> str:
    """In the body, unless they are items that were weighed."""
    return "" if key in weighed.MATRICES else year.say(choices.DECISIONS[key][-1]["options"])


def tell_options(year: Chronicle, key: str, decided: int) -> None:
    """Of the decisions that were weighed by numbers; their matrix is computed later."""
    ago, _scored, _criteria, options = weighed.MATRICES.get(key, (0, 0, {}, {}))
    for slug, (state, title, body, _numbers) in options.items():
        steps = [(decided, {"state": state})] if state != "open" else []
        data = {"title": title, "body": body}
        year.add("option", f"option {key} {slug}", data, ago, parent=f"decision {key}", steps=steps)


def tell_boards(year: Chronicle) -> None:
    for key, (layout, ago, title, body, notes) in boards.BOARDS.items():
        year.add("canvas", f"canvas {key}", {"title": title, "body": body, "layout": layout}, ago)
        for place, (where, text, rests_on) in enumerate(notes):
            cell, _arrow, above = where.partition(">")
            under = f"note {key}{above}" if above else ""
            data = {"title": text, "cell": cell}
            year.add("note", f"note {key}{place}", data, ago, by=place % 2, parent=f"canvas {key}", under=under)
            for source in rests_on:
                year.tie(source, "supports", f"note {key}{place}", ago - 1)


def tell_readings(year: Chronicle) -> None:
    """What was read, and what it was applied to."""
    for key, (ago, form, minutes, title, note, use) in boards.READINGS.items():
        data = {"title": title, "body": note, "form": form, "minutes": minutes, "finished_on": year.day(ago)}
        steps = [(ago, {"state": "finished"}), (ago - 2, {"state": "applied"})]
        year.add("reading", f"reading {key}", data, ago + 9, steps=steps)
        year.tie(f"reading {key}", "leads_to", use, ago - 2)
