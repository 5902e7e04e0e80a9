"""What a Kano analysis says, in words, a chart and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.charts import Point, scatter
from pilothouse.jinja import is_chinese, sentences
from pilothouse.kinds.define import KANO
from pilothouse.methods import kano
from pilothouse.surveys.definition import Question, Row
from pilothouse.surveys.instruments.declare import Control, Figure, Link, Reading, Table, cell
from pilothouse.surveys.instruments.explained import how
from pilothouse.surveys.instruments.words import first_of, name_of, number, percent, spread

CATEGORIES = {option.slug: option.name for option in KANO}
TONES = {
    "M": "$chart-rust",
    "O": "$sea",
    "A": "$chart-moss",
    "I": "$chart-slate",
    "R": "$chart-plum",
    "Q": "$chart-sand",
}
LONGEST_LABEL = 26


def reading(
    question: Question,
    result: kano.Result,
    controls: Sequence[Control],
    link: Link,
    segments: Mapping[str, str],
) -> Reading:
    names = {row.id: name_of(row) for row in question.rows}
    suffix = ".p" if result.table == "pouliot" else ""
    tables = [answers_table(result, names, link, suffix), continuous_table(result, names)]
    if result.segments:
        tables.append(segment_table(result, names, segments))
    return Reading(
        sentence=sentence(result, names),
        sure=sure(result),
        caveats=caveats(result, names),
        figures=[
            Figure(
                _("Better and Worse"), chart(question, result, link), subtitle(result), first_table(result, names, link)
            )
        ],
        tables=tables,
        how=how(f"kano_{result.table}", f"kano_{result.rule}", "kano"),
        controls=controls,
        n=max((int(feature.n) for feature in result.features.values()), default=0),
        missing=result.missing,
        method="kano",
    )


def category_name(category: str) -> str:
    """ "O/I" where two categories lead together."""
    return " / ".join(str(CATEGORIES[code]) for code in category.split("/"))


def sentence(result: kano.Result, names: Mapping[str, str]) -> str:
    """The features by category, those that matter most first."""
    groups: dict[str, list[str]] = {}
    for key, feature in sorted(result.features.items(), key=lambda pair: weight(pair[1])):
        groups.setdefault(feature.category[:1], []).append(names[key])
    colon, stop = ("：", "。") if is_chinese() else (": ", ".")
    return sentences(
        [f"{CATEGORIES[code]}{colon}{first_of(groups[code])}{stop}" for code in CATEGORIES if code in groups]
    )


def weight(feature: kano.Feature) -> float:
    return (feature.worse or 0.0) - (feature.better or 0.0)


def sure(result: kano.Result) -> str:
    ns = sorted({int(feature.n) for feature in result.features.values()})
    n = f"{ns[0]}" if len(ns) == 1 else f"{ns[0]}–{ns[-1]}"
    clear, every = sum(feature.fong.significant for feature in result.features.values()), len(result.features)
    text = ngettext(
        "n = %(n)s. The first category leads by more than chance for %(clear)s of %(every)s feature (Fong).",
        "n = %(n)s. The first category leads by more than chance for %(clear)s of %(every)s features (Fong).",
        every,
    )
    return text % {"n": n, "clear": clear, "every": every}


def subtitle(result: kano.Result) -> str:
    return _("%(n)s pairs of answers, %(missing)s incomplete; lines are 95 %% intervals") % {
        "n": result.n,
        "missing": result.missing,
    }


def caveats(result: kano.Result, names: Mapping[str, str]) -> list[str]:
    """Each with the features it is about."""
    said = {
        "few_answers": _("Fewer than 20 answers, so the category may change: %(names)s."),
        "check_wording": _("More than a tenth contradict themselves; check the wording: %(names)s."),
        "restate_reversed": _("More people would rather not have it; ask it the other way round: %(names)s."),
        "combination": _("Two categories lie close together; look at segments: %(names)s."),
    }
    found = []
    for flag, text in said.items():
        flagged = [names[key] for key, feature in result.features.items() if flag in feature.flags]
        if flagged:
            found.append(text % {"names": first_of(flagged)})
    if result.no_answers:
        found.append(_("Not answered yet: %(names)s.") % {"names": first_of([names[key] for key in result.no_answers])})
    return found


def chart(question: Question, result: kano.Result, link: Link) -> dict[str, Any]:
    rows = {row.id: row for row in question.rows}
    points = [point(rows[key], feature, link) for key, feature in result.features.items() if feature.better is not None]
    corners = [str(CATEGORIES[code]) for code in ("A", "O", "I", "M")]
    return scatter(
        points,
        x_title=_("Worse: what its absence costs"),
        y_title=_("Better: what its presence brings"),
        x_domain=(0, 1),
        y_domain=(0, 1),
        x_cut=result.cut[1],
        y_cut=result.cut[0],
        quadrants=corners,
        format=".1f",
    )


def point(row: Row, feature: kano.Feature, link: Link) -> Point:
    better, worse = feature.better or 0.0, feature.worse or 0.0
    tip = _("%(name)s: %(category)s, Better %(better)s, Worse %(worse)s, n = %(n)s") % {
        "name": name_of(row),
        "category": category_name(feature.category),
        "better": number(better),
        "worse": number(worse),
        "n": int(feature.n),
    }
    low, high = feature.worse_ci or (worse, worse)
    bottom, top = feature.better_ci or (better, better)
    return Point(
        name_of(row, LONGEST_LABEL),
        abs(worse),
        better,
        tip,
        link(row.id),
        x_low=abs(high),
        x_high=abs(low),
        y_low=bottom,
        y_high=top,
        tone=TONES[feature.category[:1]],
    )


def first_table(result: kano.Result, names: Mapping[str, str], link: Link) -> Table:
    head = [_("Feature"), _("Category"), "Better", "Worse", _("Sure"), "n"]
    rows = [
        [
            names[key],
            category_name(feature.category),
            with_interval(feature.better, feature.better_ci),
            with_interval(feature.worse, feature.worse_ci),
            _("yes") if feature.fong.significant else _("no"),
            cell(str(int(feature.n)), link(key)),
        ]
        for key, feature in result.features.items()
    ]
    return Table(head, rows, _("Categories and coefficients"))


def with_interval(value: float | None, interval: tuple[float, float] | None) -> Any:
    return "–" if value is None else cell(number(value), note=spread(interval))


def answers_table(result: kano.Result, names: Mapping[str, str], link: Link, suffix: str) -> Table:
    """How many fell into each category, each number leading to these answers."""
    head = [_("Feature"), *(f"{code} {name}" for code, name in CATEGORIES.items()), _("Total strength")]
    rows = [
        [
            names[key],
            *(cell(str(int(feature.counts[code])), link(f"{key}.{code}{suffix}")) for code in CATEGORIES),
            percent(feature.total_strength),
        ]
        for key, feature in result.features.items()
    ]
    return Table(head, rows, _("Answers by category"))


def continuous_table(result: kano.Result, names: Mapping[str, str]) -> Table:
    head = [_("Feature"), _("Without it (−2 to 4)"), _("With it (−2 to 4)"), _("Quadrant")]
    rows = [
        [
            names[key],
            with_interval(feature.continuous.x_dysfunctional_mean, feature.continuous.x_ci),
            with_interval(feature.continuous.y_functional_mean, feature.continuous.y_ci),
            category_name(feature.continuous.quadrant),
        ]
        for key, feature in result.features.items()
    ]
    return Table(head, rows, _("Continuous analysis (DuMouchel)"))


def segment_table(result: kano.Result, names: Mapping[str, str], segments: Mapping[str, str]) -> Table:
    """The leading category of each segment, and whether segments differ by more than chance."""
    known = list(dict.fromkeys(code for test in result.segments.values() for code in test.segments))
    rows = []
    for key, test in result.segments.items():
        by_segment = {
            code: {category: test.counts[i][j] for i, category in enumerate(test.categories)}
            for j, code in enumerate(test.segments)
        }
        cells = [leading(by_segment.get(code, {})) for code in known]
        p = cell(number(test.p_holm, 3), note=_("rough: small cells") if test.warn_expected_lt5 else "")
        rows.append([names[key], *cells, p])
    return Table([_("Feature"), *(segments.get(code, code) for code in known), _("p (Holm)")], rows, _("By segment"))


def leading(counts: Mapping[str, float]) -> Any:
    if not counts or not any(counts.values()):
        return "–"
    top = max(counts, key=lambda code: counts[code])
    return cell(str(CATEGORIES[top]), note=f"n = {int(sum(counts.values()))}")
