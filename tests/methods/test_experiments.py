"""Experiments: published figures and real data."""

from __future__ import annotations

import pytest

from pilothouse.methods import (
    ab_cuped,
    ab_proportion,
    ab_ratio,
    ab_warehouse,
    ab_welch,
    always_valid,
    bayes,
    group_sequential,
    multiplicity,
    power,
    srm,
)
from tests.datasets import rows_of
from tests.methods.cases import close, published, table

# Published ------------------------------------------------------------------------------------------------------


@published("ab_welch", "sleep")
def test_students_sleep(case):
    arms = ab_welch.arms(case["inputs"]["data"])
    result = ab_welch.analyse(arms["2"], arms["1"])
    expected = dict(case["expected"])
    exact = expected.pop("R_values")
    close(result, expected, {"abs": 5e-4})
    close(result, {key: exact[key] for key in ("t", "df", "p", "ci")}, {"rel": 1e-12})
    assert (result.mean_b, result.mean_a) == pytest.approx(exact["est"])


@published("ab_welch", "gb_mean_relative", "gb_mean_absolute")
def test_mean_of_growthbook(case):
    close(ab_welch.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("ab_proportion")
def test_proportions_of_r(case):
    close(ab_proportion.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("ab_ratio")
def test_ratio_of_growthbook(case):
    result = ab_ratio.analyse(**case["inputs"])
    close(result, case["expected"], case["tolerance"])
    assert result.flags == ("impossible_moments",)


@published("ab_cuped")
def test_cuped_of_growthbook(case):
    close(ab_cuped.analyse(**case["inputs"]), case["expected"], case["tolerance"])


METRICS = {
    "sessions_per_user": "sessions",
    "orders_per_session": ("orders", "sessions"),
    "orders_per_user": "orders",
    "revenue_per_user": "revenue",
}


@published("ab_warehouse", "tea_basic")
def test_user_table_of_tea_tasting(case):
    result = ab_warehouse.analyse(table(case["inputs"]["csv"]), metrics=METRICS)
    same_as_guide(result, case["expected"])
    close(result.sample_ratio, case["expected"]["sample_ratio"], {"abs": 5e-4}, "sample_ratio")


@published("ab_warehouse", "tea_cuped")
def test_cuped_of_tea_tasting(case):
    metrics = {}
    for key, metric in METRICS.items():
        numerator, denominator, *_ = ab_warehouse.parts(metric)
        pasts = [f"{name}_covariate" if name else None for name in (numerator, denominator)]
        metrics[key] = (numerator, denominator, *pasts)
    result = ab_warehouse.analyse(table(case["inputs"]["csv"]), metrics=metrics)
    same_as_guide(result, case["expected"])
    assert all(one.variance_kept < 0.75 for one in result.metrics.values())


def same_as_guide(result, expected):
    """The guide prints two or three digits, of revenue that the CSV rounds to cents; long figures are exact."""
    for key, figures in expected.items():
        for name, value in figures.items() if key != "sample_ratio" else ():
            long = len(str(value)) > (30 if isinstance(value, list) else 12)
            tolerance = {"rel": 1e-12} if long else {"rel": 0.025, "abs": 2e-4}
            close(getattr(result.metrics[key], "ci_rel" if name == "ci" else name), value, tolerance, f"{key}.{name}")


@published("srm")
def test_sample_ratio_of_growthbook(case):
    result = srm.analyse(**case["inputs"])
    close(result, case["expected"], case["tolerance"])
    assert result.alarm == (result.p < 0.001)


@published("power", "r_t1", "r_t2", "r_p1", "r_p2")
def test_power_of_r(case):
    close(power.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("power", "cohen")
def test_power_of_cohen(case):
    got = {
        "n_d02": power.n_t(0.2, **case["inputs"]),
        "n_h_10_11": power.n_h(0.10, 0.11, **case["inputs"]),
        "n_anova_k4_f025": power.n_anova(4, 0.25, **case["inputs"]),
        "N_chi_w01_df1": power.n_chi2(0.1, 1, **case["inputs"]),
        "n_prop_10_11": power.n_proportions(0.10, 0.11, **case["inputs"]),
    }
    close(got, case["expected"], case["tolerance"])


def test_power_examples_printed_by_r():
    """R ?power.t.test, one-sided n 17.84713; ?power.prop.test p2 0.8026 for n 50."""
    assert power.analyse(power=0.9, delta=1, alternative="one.sided").n == pytest.approx(17.84713, abs=2e-5)
    assert power.analyse(n=50, p1=0.5, power=0.9).p2 == pytest.approx(0.8026, abs=5e-5)


@published("multiplicity")
def test_adjusted_p_values(case):
    result = multiplicity.analyse(**case["inputs"])
    rejected = {f"reject_{name}": count for name, count in result.reject.items()}
    counted = {name: value for name, value in case["expected"].items() if name in rejected}
    close(rejected, counted, case["tolerance"])
    close(result, {name: value for name, value in case["expected"].items() if name not in counted}, case["tolerance"])


@published("group_sequential")
def test_boundaries(case):
    expected = dict(case["expected"])
    constant = expected.pop("JT_constant", None)
    result = group_sequential.analyse(**case["inputs"])
    close(result, expected, {"abs": 2e-6})
    if constant is not None:
        close(result.JT_constant, constant, {"abs": 6e-4}, "JT_constant")


@published("always_valid")
def test_confidence_sequence_of_growthbook(case):
    close(always_valid.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("bayes", "gb_prop", "gb_norm")
def test_bayes_of_growthbook(case):
    inputs = {**case["inputs"], "prior": "flat"}
    close(bayes.analyse(**inputs), case["expected"], case["tolerance"])


@published("bayes", "bda3_placenta")
def test_placenta_previa(case):
    close(bayes.posterior(**case["inputs"]), case["expected"], case["tolerance"])


@published("bayes", "beta_prob_b_beats_a")
def test_chance_to_beat(case):
    close(bayes.beats(**case["inputs"]), case["expected"], case["tolerance"])


# Real data ------------------------------------------------------------------------------------------------------


def test_cookie_cats():
    """Published analyses: gate 40 keeps 44.23 % and 18.20 % against 44.82 % and 19.02 %; p 0.0744 and 0.0016."""
    rows = rows_of("abtest_cookie_cats", "cookie_cats.csv")
    assert srm.analyse(
        [sum(row["version"] == arm for row in rows) for arm in ("gate_30", "gate_40")]
    ).p == pytest.approx(0.00861, abs=5e-6)
    for day, p, effect, ci in (
        ("retention_1", 0.07441, -0.5905, (-1.2393, 0.0582)),
        ("retention_7", 0.00155, -0.8201, (-1.3282, -0.3121)),
    ):
        kept = {arm: [row[day] == "TRUE" for row in rows if row["version"] == arm] for arm in ("gate_30", "gate_40")}
        result = ab_proportion.analyse([sum(one) for one in kept.values()], [len(one) for one in kept.values()])
        assert result.p == pytest.approx(p, abs=5e-6)
        assert result.effect * 100 == pytest.approx(effect, abs=5e-5)
        assert [end * 100 for end in result.ci] == pytest.approx(ci, abs=2e-3)
