"""The groups of the snapshot that are more than counts of rows: who spoke, what was asked, scored, planned, drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from pilothouse.outcomes.models import Prediction
from pilothouse.people.models import Workspace
from pilothouse.planning.forecast.history import WEEKS, monday_of
from pilothouse.planning.models import Entry, Plan, Scorecard, ScorecardRow, Seat, Worker
from pilothouse.steps.checks import Look
from pilothouse.surveys.models import Invitation, Survey
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of, kinds_of
from pilothouse.workbench.models.expressions import FieldText
from pilothouse.workbench.team import who_sees

MOST_VOICES, MOST_SURVEYS, MOST_CARDS, MOST_PLANS, MOST_CANVASES = 1_000, 30, 50, 50, 200
MOST_CARRIED = 100


def below(look: Look, model: Any, path: str, kind: str) -> QuerySet[Any]:
    """Rows that hang below an item of the product. Its kind is named, or SQLite would walk the items of every kind."""
    return model.objects.filter(
        **{f"{path}__product": look.product, f"{path}__kind": kind, f"{path}__trashed_at": None}
    )


@dataclass(frozen=True)
class Voices:
    """Who spoke in the feedback touched last. `interviews` counts the people interviewed, by segment ("" where none
    was noted)."""

    channels: Counter[str] = field(default_factory=Counter)
    interviews: Counter[str] = field(default_factory=Counter)


def voices(look: Look) -> Voices:
    rows = Item.objects.filter(product=look.product, kind="feedback", trashed_at=None)
    names = ("channel", "segment", "email", "person", "company")
    marked = rows.annotate(**{f"said_{name}": FieldText(name) for name in names}).order_by("-updated_at", "-pk")
    found = Voices()
    people = set()
    for pk, channel, segment, *who in marked.values_list("pk", *(f"said_{name}" for name in names))[:MOST_VOICES]:
        found.channels[channel or ""] += 1
        if channel == "interview":
            people.add((next((name.casefold() for name in who if name), pk), (segment or "").strip()))
    found.interviews.update(segment for _who, segment in people)
    return found


@dataclass(frozen=True)
class Asked:
    """A survey: what reads its answers, how many came, what was made of them."""

    number: int
    title: str
    category: str
    answers: int = 0
    instruments: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    consent: bool = True
    personal: bool = False  # people are invited by name, or asked for an e-mail address or a file
    used: bool = False
    days: int = 0  # since it was touched last


def surveys(look: Look) -> list[Asked]:
    """The surveys touched last, with the questionnaire that people answer, or the draft."""
    rows = below(look, Survey, "item", "survey").select_related("item", "live")
    used = Link.objects.unveiled(look.actor).filter(source=OuterRef("item"), target__trashed_at=None)
    invited = Invitation.objects.filter(survey=OuterRef("pk"))
    found = rows.annotate(used=Exists(used), invited=Exists(invited)).order_by("-item__updated_at", "-item__pk")[
        :MOST_SURVEYS
    ]
    states = kind_of(look.product, "survey").state_by_slug
    return [asked(row, states[row.item.state].category if row.item.state in states else "active") for row in found]


def asked(row: Any, category: str) -> Asked:
    asks = row.live.definition if row.live else row.draft
    return Asked(
        number=row.item.number, title=row.item.title, category=category,
        answers=int(row.item.fields.get("responses") or 0), instruments=frozenset(instruments(asks)),
        languages=frozenset(asks.get("languages", ["en"])), consent=bool(asks.get("consent")), used=row.used,
        personal=row.invited or any(map(personal, questions(asks))),
        days=days_since(row.item.updated_at),
    )  # fmt: skip


def instruments(asks: dict[str, Any]) -> Iterable[str]:
    """The type of each question, or the ready-made question that it is."""
    for question in questions(asks):
        yield question.get("settings", {}).get("instrument") or question.get("type", "")


def questions(asks: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for page in asks.get("pages", ()):
        yield from page.get("questions", ())


def personal(question: dict[str, Any]) -> bool:
    return question.get("type") == "file" or question.get("settings", {}).get("kind") == "email"


def days_since(moment: datetime) -> int:
    return max(0, (timezone.now() - moment).days)


@dataclass(frozen=True)
class Card:
    """A scorecard: how many rows, how many people put numbers on it, whether it became the order."""

    number: int
    way: str
    rows: int = 0
    people: int = 0
    asked: int = 0
    adopted: bool = False


def cards(look: Look) -> list[Card]:
    rows = below(look, Scorecard, "item", "scorecard").exclude(item__state="dropped")
    counted = rows.annotate(n=of_each(ScorecardRow, "pk"), who=of_each(Entry, "person"), seated=of_each(Seat, "pk"))
    newest = counted.order_by("-item__updated_at", "-item__pk")[:MOST_CARDS]
    found = newest.values_list("item__number", "way", "n", "who", "seated", "adopted_at")
    return [Card(number, way, n, who, seated, bool(adopted)) for number, way, n, who, seated, adopted in found]


def of_each(model: Any, name: str) -> Coalesce:
    """How many there are of a scorecard. Each counted by itself: joined, rows, numbers and seats would multiply."""
    rows = model.objects.filter(scorecard=OuterRef("pk")).order_by().values("scorecard")
    return Coalesce(Subquery(rows.annotate(n=Count(name, distinct=True)).values("n")), 0)


@dataclass(frozen=True)
class Planned:
    """A release plan: whether it was computed, and whether it became the baseline."""

    number: int
    solved: bool = False
    committed: bool = False
    days: int = 0


def plans(look: Look) -> list[Planned]:
    rows = below(look, Plan, "item", "plan").exclude(item__state="dropped")
    newest = rows.order_by("-item__updated_at", "-item__pk")[:MOST_PLANS]
    found = newest.values_list("item__number", "solved_at", "committed_at", "item__updated_at")
    return [Planned(number, bool(solved), bool(held), days_since(at)) for number, solved, held, at in found]


@dataclass(frozen=True)
class Sheet:
    """The canvas of a layout that was touched last. `cited` notes name their evidence, `led` were made into something;
    `filled` are the places where notes lie."""

    number: int
    notes: int = 0
    cited: int = 0
    led: int = 0
    days: int = 0
    filled: frozenset[str] = frozenset()


def canvases(look: Look) -> dict[str, Sheet]:
    rows = Item.objects.filter(product=look.product, kind="canvas", trashed_at=None).exclude(state="dropped")
    marked = rows.annotate(layout=FieldText("layout")).order_by("-updated_at", "-pk")
    newest: dict[str, tuple[int, int, datetime]] = {}
    for pk, number, layout, at in marked.values_list("pk", "number", "layout", "updated_at")[:MOST_CANVASES]:
        newest.setdefault(layout or "", (pk, number, at))
    noted = notes_on(look, [pk for pk, _number, _at in newest.values()])
    return {layout: sheet(number, at, noted.get(pk, [])) for layout, (pk, number, at) in newest.items()}


Note = tuple[int, str, bool, bool, int, datetime]


def notes_on(look: Look, canvas_ids: list[int]) -> dict[int, list[Note]]:
    """By canvas and place: how many notes lie there, by whether they are cited and led on."""
    rows = Item.objects.filter(parent__in=canvas_ids, kind="note", trashed_at=None).exclude(state="dropped")
    rows = rows.unveiled(look.actor)
    marked = rows.annotate(
        cell=FieldText("cell"), cited=look.source("supports", "quoted_as"), led=look.target("leads_to")
    )
    found: dict[int, list[Note]] = {}
    grouped = marked.order_by().values_list("parent", "cell", "cited", "led").annotate(Count("pk"), Max("updated_at"))
    for parent, *rest in grouped:
        found.setdefault(parent, []).append((parent, *rest))
    return found


def sheet(number: int, at: datetime, notes: list[Note]) -> Sheet:
    return Sheet(
        number=number,
        notes=sum(n for *_, n, _at in notes),
        cited=sum(n for _p, _c, cited, _l, n, _at in notes if cited),
        led=sum(n for _p, _c, _cited, led, n, _at in notes if led),
        days=days_since(max([at, *(last for *_, last in notes)])),
        filled=frozenset((cell or "").partition(".")[0] for _p, cell, *_ in notes),
    )


@dataclass(frozen=True)
class Weeks:
    """How many whole weeks lie behind since the first finished task of the last half year, and how many were finished
    in them: what a forecast begins with."""

    n: int = 0
    done: int = 0


def weeks(look: Look) -> Weeks:
    monday = monday_of(look.today)
    begin = timezone.make_aware(datetime.combine(monday - timedelta(weeks=WEEKS), time.min))
    end = timezone.make_aware(datetime.combine(monday, time.min))
    rows = Item.objects.filter(product=look.product, kind="task", trashed_at=None, closed_at__range=(begin, end))
    found = rows.filter(look.states("task", "done")).aggregate(first=Min("closed_at"), done=Count("pk"))
    if not found["first"]:
        return Weeks()
    return Weeks((monday - monday_of(timezone.localtime(found["first"]).date())).days // 7, found["done"])


def closed_predictions(look: Look) -> int:
    rows = below(look, Prediction, "release", "release").filter(removed_at=None)
    return rows.filter(release__closed_at__isnull=False).count()


@dataclass(frozen=True)
class Load:
    """What the person carries in this product: in progress, and overdue; counted up to `MOST_CARRIED`."""

    doing: int = 0
    overdue: int = 0


def load(look: Look) -> Load:
    rows = Item.objects.unveiled(look.actor).filter(product=look.product, owner=look.actor.user, trashed_at=None)
    doing = rows.filter(look.states("task", "active"), kind="task")
    late = rows.filter(closed_at=None, due_on__lt=look.today)
    return Load(doing[:MOST_CARRIED].count(), late[:MOST_CARRIED].count())


@dataclass(frozen=True)
class Team:
    """Those who see the product: how many, what they read; who is in the calendar; whether they know the practice
    product."""

    people: int = 1
    languages: frozenset[str] = frozenset()
    workers: int = 0
    practised: bool = False


def team(look: Look) -> Team:
    people = who_sees(look.product)
    practice = Q(practice=True) & Q(memberships__user=look.actor.user)
    return Team(
        people=len(people), languages=frozenset(person.language for person in people),
        workers=Worker.objects.filter(skill__product=look.product).count(),
        practised=Workspace.objects.filter(practice).exists(),
    )  # fmt: skip


def over_limit(look: Look, counts: dict[str, dict[str, int]]) -> list[tuple[Any, int, int, str]]:
    """(state, items in it, its limit, kind) wherever more lies in a state than its limit lets in."""
    return [
        (state.name, n, state.limit, kind.slug)
        for kind in kinds_of(look.product).values()
        for state in kind.states
        if state.limit and (n := counts.get(kind.slug, {}).get(state.slug, 0)) > state.limit
    ]
