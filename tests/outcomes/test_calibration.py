"""Calibration: the published score through decisions, one person or all, and only what one may see."""

from __future__ import annotations

import pytest

from pilothouse.outcomes.calibration import reading, said
from pilothouse.workbench.writing import actions


def decide(actor, product, probability, verdict=None, owner="me"):
    data = {"title": f"D {probability}", "probability": probability, "owner": owner}
    item = actions.create(actor, product, "decision", data)
    return actions.change(actor, item, {"verdict": verdict, "state": "reviewed"}) if verdict else item


@pytest.fixture
def ten(cast):
    """Nine closed and one open: Brier 0.2344, as in the method's own example."""
    sure = (90, 90, 90, 60, 60, 20, 20, 20, 20)
    came = ("moved", "moved", "not_moved", "moved", "not_moved", "not_moved", "not_moved", "moved", "not_moved")
    for probability, verdict in zip(sure, came, strict=True):
        decide(cast.alice, cast.product, probability, verdict)
    decide(cast.bob, cast.product, 70, "cannot_tell")


def test_the_score_is_the_method_s(cast, ten):
    found = reading(said(cast.alice, cast.product, None))
    assert round(found["result"].brier, 4) == 0.2344
    assert (found["result"].n, found["result"].open) == (9, 1)
    assert "Below 30" in found["caveats"][0]
    assert reading(said(cast.alice, cast.product, cast.bob.user.pk))["result"] is None


def test_a_private_product_s_decisions_stay_there(cast, ten):
    decide(cast.alice, cast.private, 100, "not_moved")
    assert len(said(cast.alice, None, None)) == 11
    assert len(said(cast.bob, None, None)) == 10


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page(cast, client, ten, language, django_assert_max_num_queries):
    cast.alice.user.language = language
    cast.alice.user.save()
    client.force_login(cast.alice.user)
    url = f"{cast.product.url}calibration"
    with django_assert_max_num_queries(20):
        page = client.get(url).content.decode()
    assert "0.234" in page
    assert client.get(f"{url}?who={cast.bob.user.pk}&all=1").status_code == 200
    assert client.get(f"{url}?who=x").status_code == 200
    client.force_login(cast.charlie.user)
    assert client.get(url).status_code == 404
