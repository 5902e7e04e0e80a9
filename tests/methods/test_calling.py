"""Methods are called as the field writes them, and a slip in the call is named rather than passed over."""

from __future__ import annotations

import pytest

from pilothouse.methods import MethodError, bayes, funnel, nps, npv, retention, xnpv


def test_a_rate_may_stand_second():
    assert npv.analyse([-100, 60, 60], 0.1) == npv.analyse([-100, 60, 60], rate=0.1)
    days = ["2026-01-01", "2027-01-01"]
    assert xnpv.analyse(days, [-100, 110], 0.1) == xnpv.analyse(days, [-100, 110], rate=0.1)


@pytest.mark.parametrize(
    ("call", "code", "field"),
    [
        (lambda: npv.analyse(0.1, [-100, 60, 60]), "not_a_list", "flows"),
        (lambda: npv.analyse([-100, 60, 60]), "not_a_number", "rate"),
        (lambda: funnel.analyse([{"who": 1, "time": 2, "event": "a"}], chain=["a"]), "no_such_column", "user"),
        (lambda: funnel.analyse([{"user": 1, "ts": 2, "event": "a"}], chain=["a"]), "no_such_column", "time"),
        (lambda: retention.analyse([{"user": 1, "on": "2026-01-01"}]), "no_such_column", "date"),
        (lambda: nps.analyse(), "give_one_of", "ratings"),
        (lambda: nps.analyse([9], promoters=1), "give_one_of", "ratings"),
        (lambda: nps.analyse(promoters=1), "not_a_number", "detractors"),
        (lambda: bayes.analyse({"successes": 1, "n": 9}, {"successes": 2, "n": 9}, prior=[1]), "too_few", "prior"),
    ],
)
def test_a_slip_is_named(call, code, field):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field) == (code, field)


def test_an_event_table_with_other_columns_says_which_it_has():
    with pytest.raises(MethodError) as refused:
        funnel.analyse([{"user_id": 1, "ts": 2, "name": "a"}], chain=["a"])
    assert refused.value.details["columns"] == ("user_id", "ts", "name")


def test_a_missing_cell_is_still_counted_and_not_refused():
    rows = [{"user": 1, "time": 2, "event": "a"}, {"user": 1, "time": 3}]
    assert funnel.analyse(rows, chain=["a"]).missing == 1


def test_counts_of_people_score_as_their_ratings_do():
    assert nps.analyse(detractors=1, passives=2, promoters=3) == nps.analyse([0, 7, 7, 9, 9, 9])


def test_a_pair_is_the_beta_prior_of_both_shares():
    a, b = {"successes": 49, "n": 100}, {"successes": 51, "n": 100}
    flat = bayes.analyse(a, b)
    assert bayes.analyse(a, b, prior=[1, 1]) == flat
    sure = bayes.analyse(a, b, prior=(500, 500))
    assert sure.p_b_gt_a == bayes.beats(a, b, prior=(500, 500)).p_b_gt_a < flat.p_b_gt_a
