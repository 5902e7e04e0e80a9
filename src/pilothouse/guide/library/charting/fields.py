"""Methods that place things on two scales, split them, or count how numbers spread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.canvases.readings.bcg_matrix import NAMES
from pilothouse.charts import Axis, Bin, Point, Spec, Stack, histogram, plane, scatter, stacked
from pilothouse.guide.library.charting.parts import LONGEST, Maker, Result, is_drawn, listed, named, pair, shown
from pilothouse.surveys.instruments.kano_words import CATEGORIES
from pilothouse.surveys.instruments.kano_words import TONES as KANO

MOST = 60
LEAST = 0.01  # of a relative share: its scale has no zero


def kano(result: Result) -> Spec | None:
    """How far satisfaction rises with each feature and falls without it, each with its intervals."""
    points = []
    for whole, feature in list(named(result.get("features")).items())[:MOST]:
        name, found = whole[:LONGEST], named(feature)
        better, worse = found.get("better"), found.get("worse")
        if is_drawn(better) and is_drawn(worse):
            up, down = pair(found.get("better_ci")) or (None, None), pair(found.get("worse_ci"))
            said = f"{name}: Better {shown(better)}, Worse {shown(worse)} (n = {found.get('n')})"
            points.append(Point(
                name, -worse, better, said, x_low=-down[1] if down else None, x_high=-down[0] if down else None,
                y_low=up[0], y_high=up[1], tone=KANO.get(str(found.get("mode")), "$sea"),
            ))  # fmt: skip
    cuts = pair(result.get("cut")) or (0.5, 0.5)
    return scatter(
        points, x_title=_("Worse: what its absence costs"), y_title=_("Better: what its presence brings"),
        x_domain=(0, 1), y_domain=(0, 1), x_cut=cuts[1], y_cut=cuts[0], format=".1f",
        quadrants=[str(CATEGORIES[code]) for code in ("A", "O", "I", "M")],
    ) if points else None  # fmt: skip


def portfolio(result: Result) -> Spec | None:
    points = [
        Point(str(row["key"]), max(row["rms"], LEAST), row["growth"],
              f"{row['key']}: {shown(row['rms'])}, {shown(row['growth'])}%",
              size=row["revenue"] if is_drawn(row.get("revenue")) and row["revenue"] > 0 else None)
        for row in listed(result.get("items"))[:MOST]
        if is_drawn(row.get("rms")) and is_drawn(row.get("growth"))
    ]  # fmt: skip
    shares, growths = [point.x for point in points], [0.0, 20.0, *(point.y for point in points)]
    return plane(
        points,
        Axis(_("Relative market share (largest rival = 1)"), (min(0.1, *shares) / 1.1, max(10, *shares) * 1.1),
             (result.get("share_cut") or 1,), log=True, reverse=True, format="~g", ticks=(0.1, 0.2, 0.5, 1, 2, 5, 10)),
        Axis(_("Growth of the market, % a year"), (min(growths) - 1, max(growths) + 2),
             (result.get("growth_cut") or 10,)),
        corners=[str(NAMES[name]) for name in ("star", "question_mark", "cash_cow", "dog")],
    ) if points else None  # fmt: skip


def placed(values: Any, tone: str = "$sea") -> Iterator[Point]:
    for name, value in list(named(values).items())[:MOST]:
        if at := pair(value):
            said = str(name)[:LONGEST]
            yield Point(said, *at, f"{said}: {shown(at[0])}, {shown(at[1])}", tone=tone)


def mapped(*parts: tuple[str, str], arrows: str = "") -> Maker:
    """Coordinates by name, each part in its own tone, with directions from the origin where there are any."""

    def drawn(result: Result) -> Spec | None:
        points = [point for part, tone in parts for point in placed(result.get(part), tone)]
        shares = [*listed(result.get("pct")), None, None][:2]
        titles = [
            _("direction %(n)s (%(share)s %%)") % {"n": n, "share": f"{share:.0f}"} if is_drawn(share) else str(n)
            for n, share in enumerate(shares, start=1)
        ]
        far = max((abs(value) for point in points for value in (point.x, point.y)), default=1) or 1
        rays = [(str(name), at[0] * far, at[1] * far) for name, value in named(result.get(arrows)).items()
                if (at := pair(value))]  # fmt: skip
        across, up = (Axis(title, cuts=(0,)) for title in titles)
        return plane(points, across, up, arrows=rays) if points else None

    return drawn


def calibration(result: Result) -> Spec | None:
    points = []
    for row in listed(result.get("bins")):
        if is_drawn(row.get("mean")) and is_drawn(row.get("share")):
            figures = {"said": f"{row['mean']:.0%}", "came": f"{row['share']:.0%}", "n": row.get("n")}
            tip = _("Said %(said)s, came %(came)s (n = %(n)s)") % figures
            low, high = pair(row.get("interval")) or (None, None)
            points.append(Point(f"n = {row.get('n')}", row["mean"], row["share"], tip, y_low=low, y_high=high))
    return scatter(
        points, x_title=_("How sure you were"), y_title=_("How often it came"), x_domain=(0, 1.05), y_domain=(0, 1.05),
        format=".0%", line=((0.0, 0.0), (1.0, 1.0)),
    ) if points else None  # fmt: skip


def promoters(result: Result) -> Spec | None:
    names = {"detractors": _("Detractors"), "passives": _("Passives"), "promoters": _("Promoters")}
    counts = {name: result.get(part) for part, name in names.items()}
    return split({"NPS": list(counts.values())}, list(counts), diverging=True)


def crossed(result: Result) -> Spec | None:
    rows = {
        str(name): row for name, row in zip(listed(result.get("rows")), listed(result.get("row_pct")), strict=False)
    }
    return split(rows, [str(name) for name in listed(result.get("cols"))], diverging=False)


def split(rows: dict[str, list[Any]], names: list[str], *, diverging: bool) -> Spec | None:
    """Rows of counts or per cent as shares of their sum."""
    stacks = []
    for label, values in list(rows.items())[:MOST]:
        there = [value if is_drawn(value) else 0 for value in listed(values)]
        if sum(there) > 0 and len(there) == len(names):
            shares = [value / sum(there) for value in there]
            tips = [f"{label}, {name}: {shown(part, True)}" for name, part in zip(names, shares, strict=True)]
            stacks.append(Stack(label, shares, tips))
    return stacked(stacks, names, diverging=diverging) if stacks else None


def classes(breaks: Any, counts: Any) -> Spec | None:
    edges, there = listed(breaks), listed(counts)
    bins = [
        Bin(low, high, count, f"{shown(low)} – {shown(high)}: {shown(count)}")
        for low, high, count in zip(edges, edges[1:], there, strict=False)
        if all(is_drawn(one) for one in (low, high, count))
    ]
    return histogram(bins) if bins else None


def trials(result: Result) -> Spec | None:
    edges_and_counts = [*listed(result.get("histogram")), None, None]
    return classes(*edges_and_counts[:2])


METHODS: dict[str, Maker] = {
    "kano": kano,
    "bcg_matrix": portfolio,
    "brier": calibration,
    "nps": promoters,
    "crosstab": crossed,
    "monte_carlo": trials,
    "histogram": lambda result: classes(result.get("breaks"), result.get("counts")),
    "mds": mapped(("coordinates", "$sea")),
    "pca_map": mapped(("scores", "$sea"), arrows="correlations"),
    "correspondence_analysis": mapped(("row_principal", "$sea"), ("col_principal", "$chart-rust")),
}
