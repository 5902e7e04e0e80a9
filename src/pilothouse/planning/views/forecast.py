"""When will it be done: dates as ranges from the team's own throughput, with the record of past forecasts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from pilothouse.charts import Bar, bars
from pilothouse.jinja import day, decimal, sentences
from pilothouse.kinds import KINDS
from pilothouse.methods import forecast_mc
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.forecast.estimates import Estimated, estimated
from pilothouse.planning.forecast.history import (
    FEWEST,
    LEVELS,
    WEEKS,
    Coverage,
    History,
    back_test,
    history,
    monday_of,
    open_items,
)
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, product_of, show

FORECAST_KINDS = ("task", "requirement", "feedback")
MOST_BARS = 20
NONE, ALL = 0.005, 0.995  # what a whole per cent shows as 0 and as 100


@require_safe
@page
def forecast(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """`?kind=task&release=12`: what is finished each week, and what is to be finished."""
    product = product_of(request, actor, key)
    kind = request.GET.get("kind", "task")
    kind = kind if kind in FORECAST_KINDS else "task"
    release = release_of(actor, product, request.GET.get("release", ""))
    past, left = history(actor, product, kind), open_items(actor, product, kind, release)
    context = {
        "product": product, "kind_slug": kind, "counted": KINDS[kind],
        "kinds": [(slug, KINDS[slug].plural) for slug in FORECAST_KINDS],
        "release": release, "releases": releases(actor, product), "history": past, "left": left,
        "throughput": throughput_chart(past), "estimated": by_estimates(actor, product, release),
        **foretold(past, left, release),
    }  # fmt: skip
    return show(request, "planning/forecast.html", context)


def release_of(actor: Actor, product: Product, number: str) -> Item | None:
    if not number.isdecimal() or len(number) > 9:
        return None
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind="release")
    found = rows.filter(number=int(number)).first()
    if found:
        found.product = product
    return found


def releases(actor: Actor, product: Product) -> list[tuple[str, str]]:
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind="release", closed_at=None)
    return [(str(row.number), row.title) for row in rows.order_by("due_on", "pk")[:50]]


def foretold(past: History, left: int, release: Item | None) -> dict[str, Any]:
    """The reading: sentence, how sure, caveats, the chance by week; only a sentence where nothing can be said."""
    if not left:
        return {"sentence": _("Nothing is open: there is nothing to forecast.")}
    if len(past.counts) < FEWEST or not past.total:
        text = _("Forecasts begin with %(n)s weeks in which something was finished; so far there are %(have)s.")
        return {"sentence": text % {"n": FEWEST, "have": len(past.counts)}}
    start = monday_of(timezone.localdate())
    found = forecast_mc.analyse(list(past.counts), left, start=start, levels=LEVELS, seed=1)
    dates = found.dates or {}
    return {
        "sentence": sentence(left, dates), "sure": certainty(past, back_test(past.counts)),
        "caveats": caveats(past, dates, release, found), "dates": dates, "chances": chances_chart(found, start),
        "rows": chances(found, start),
    }  # fmt: skip


def by_estimates(actor: Actor, product: Product, release: Item | None) -> dict[str, Any] | None:
    """The same question asked of the estimates, so that the two can be held against each other."""
    found = estimated(actor, product, release)
    if found is None:
        return None
    count = len(found.work.efforts)
    text = ngettext(
        "By its estimate %(n)s open requirement is %(when)s.",
        "By their estimates %(n)s open requirements are %(when)s.",
        count,
    )
    return {
        "sentence": text % {"n": count, "when": found.ends.text}, "caveats": doubts(found),
        "sure": _("Every estimate drawn 5,000 times between its best and worst, against the days that people work."),
    }  # fmt: skip


def doubts(found: Estimated) -> list[str]:
    """What makes these dates too early or too narrow."""
    said = []
    if bare := len(found.work.bare):
        said.append(
            ngettext(
                "%(n)s open requirement has no estimate: the dates are too early.",
                "%(n)s open requirements have no estimate: the dates are too early.",
                bare,
            )
            % {"n": bare}
        )
    if found.idle:
        names = pgettext("between the parts of a list", ", ").join(one.name for one in found.idle)
        said.append(_("Nobody works on %(skills)s, so its days are not counted.") % {"skills": names})
    if found.driver:
        said.append(
            _("%(ref)s “%(title)s” moves the end most: a closer estimate of it helps most.")
            % {"ref": found.driver.ref, "title": found.driver.title}
        )
    return [*said, _("If all estimates err the same way, the real range is wider than this one.")]


def sentence(left: int, dates: dict[int, Any]) -> str:
    if any(dates.get(level) is None for level in LEVELS):
        return _("At this pace it is not done within ten years.")
    figures = {"n": left, **{f"by{level}": day(dates[level]) for level in LEVELS}}
    return (
        ngettext(
            "The %(n)s open item is done by %(by50)s with 50 %%, by %(by80)s with 80 %% and by %(by95)s with 95 %%.",
            "The %(n)s open items are done by %(by50)s with 50 %%, by %(by80)s with 80 %% and by %(by95)s with 95 %%.",
            left,
        )
        % figures
    )


def certainty(past: History, tested: Coverage | None) -> str:
    text = _("From %(weeks)s weeks with %(n)s items finished.") % {"weeks": len(past.counts), "n": past.total}
    if tested is None:
        return sentences([text, _("Too few weeks to try past forecasts.")])
    said = _("Tried on %(n)s past weeks, the 80 %% date held in %(share)s %% of them.")
    figures = {"n": tested.n, "share": decimal(tested.shares[80] * 100, 0)}
    return sentences([text, said % figures])


def caveats(past: History, dates: dict[int, Any], release: Item | None, found: Any) -> list[str]:
    said = []
    if len(past.counts) < 11:
        said.append(_("Below 11 weeks the late dates are rough."))
    if release and release.due_on and dates.get(80) and dates[80] > release.due_on:
        chance = by_date(found, release.due_on)
        said.append(
            _("%(release)s is due on %(day)s: the chance to be done by then is %(chance)s %%.")
            % {"release": release.title, "day": day(release.due_on), "chance": decimal(chance * 100, 0)}
        )
    return said


def by_date(found: Any, due: Any) -> float:
    """The chance that the last whole week before a day is enough."""
    weeks = (due - monday_of(timezone.localdate())).days // 7
    known = [chance for week, chance in sorted(found.P_done_by_week.items()) if week <= weeks]
    return known[-1] if known else 0.0


def chances(found: Any, start: Any) -> list[tuple[str, str]]:
    """The whole way from hardly any chance to certainty, in steps of as many weeks as keep it readable."""
    curve = sorted(found.P_done_by_week.items())
    sure = next((week for week, chance in curve if chance >= ALL), curve[-1][0] if curve else 0)
    rising = [week for week, chance in curve if chance > NONE and week <= sure]
    weeks = rising[:: -(len(rising) // MOST_BARS + 1)][::-1]
    return [(day(start + timedelta(weeks=week)), f"{found.P_done_by_week[week]:.0%}") for week in weeks]


def chances_chart(found: Any, start: Any) -> dict[str, Any]:
    rows = []
    for when, chance in chances(found, start):
        tip = _("%(chance)s done by %(day)s") % {"chance": chance, "day": when}
        rows.append(Bar(when, float(chance.rstrip("%")) / 100, chance, tip))
    return bars(rows, most=1.15)


def throughput_chart(past: History) -> dict[str, Any] | None:
    if not past.counts:
        return None
    rows = []
    for place, count in enumerate(past.counts[-WEEKS:], max(len(past.counts) - WEEKS, 0)):
        when = day(past.week(place))
        text = ngettext("%(day)s: %(n)s item finished", "%(day)s: %(n)s items finished", count)
        rows.append(Bar(when, count, str(count), text % {"day": when, "n": count}))
    return bars(rows, format="d")
