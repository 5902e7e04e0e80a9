"""What became of it travels with its product: readings, predictions, runs and the verdict come in again equal."""

from __future__ import annotations

import pytest

from pilothouse.exchange.whole.incoming import bring_in
from pilothouse.outcomes import actions as outcomes
from pilothouse.outcomes import closing
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.models import Product
from pilothouse.workbench.models import Event, Item, Run
from pilothouse.workbench.writing import actions, scoring
from pilothouse.workbench.writing.undo import undo
from tests.exchange.helpers import again
from tests.exchange.test_whole import as_file, canonical, exported
from tests.workbench.chain import make_chain

pytestmark = pytest.mark.usefixtures("media")
PREDICTED = {"baseline": 61, "expected": 80, "probability": 70, "review_on": "2026-11-20", "note": "离线"}


@pytest.fixture
def told(cast):
    """A release that was predicted, changed, measured, corrected and closed; every verb of outcomes was used."""
    # Rows of another product first, so that no key of the database happens to be its number.
    for n in range(3):
        actions.create(cast.alice, cast.private, "metric", {"title": f"Other {n}"})
    chain, alice = make_chain(cast), cast.alice
    release, metric = chain["release"], chain["metric"]
    outcomes.predict(alice, release, metric, PREDICTED)
    outcomes.amend(alice, Prediction.objects.get(), {**PREDICTED, "expected": 75})
    outcomes.predict(alice, release, metric, {**PREDICTED, "expected": 99})
    outcomes.withdraw(alice, Prediction.objects.latest("id"))
    actions.change(alice, release, {"released_on": "2026-11-05"})
    rows = [{"on": f"2026-11-0{day}", "value": value, "n": 400} for day, value in ((1, 60), (2, 62), (6, 79), (7, 81))]
    outcomes.record(alice, metric, rows)
    wrong = outcomes.record(alice, metric, [{"on": "2026-11-08", "value": 5, "low": 4, "high": 6, "source": "门"}])
    outcomes.remove_reading(alice, Reading.objects.get(pk=wrong.changes["readings"][0]))
    undo(alice, outcomes.record(alice, metric, [{"on": "2026-11-09", "value": 1e-7}]).batch)
    scoring.score(alice, chain["requirement"], {"reach": 900, "impact": "2", "confidence": 80, "effort": 1.5})
    closing.close(alice, release, "moved", "It opens in the lift.")
    return Product.objects.select_related("workspace").get(pk=cast.product.pk)


def copied(cast, product: Product) -> Product:
    made = bring_in(again(cast.alice), as_file(exported(product)), "COPY")
    return Product.objects.select_related("workspace").get(pk=made.pk)


def test_readings_predictions_and_runs_come_in_again_equal(cast, told):
    copy = copied(cast, told)
    assert canonical(exported(copy)) == canonical(exported(told))
    assert Reading.objects.filter(metric__product=copy, removed_at=None).count() == 4
    assert Reading.objects.filter(metric__product=copy).count() == 6
    assert Prediction.objects.filter(release__product=copy).count() == 2
    assert set(Run.objects.filter(product=copy).values_list("method", flat=True)) == {"before_after", "rice"}


def test_the_copy_names_its_own_rows(cast, told):
    copy = copied(cast, told)
    rows = set(Reading.objects.filter(metric__product=copy).values_list("pk", flat=True))
    read = Event.objects.filter(product=copy, verb__in=("read", "unread"))
    assert {pk for event in read for pk in event.changes["readings"]} <= rows
    predicted = Event.objects.filter(product=copy, verb="predicted").values_list("changes__prediction", flat=True)
    assert set(predicted) == set(Prediction.objects.filter(release__product=copy).values_list("pk", flat=True))
    kept = Run.objects.get(product=copy, method="before_after").inputs["predictions"]
    assert {row["metric"] for row in kept} == {Item.objects.get(product=copy, kind="metric").number}


def test_undo_in_the_copy_takes_back_the_copys_reading(cast, told):
    copy = copied(cast, told)
    before = list(Reading.objects.filter(metric__product=told).values_list("pk", "removed_at"))
    batch = Event.objects.filter(product=copy, verb="read", undone_at=None).order_by("id").first().batch
    undo(again(cast.alice), batch)
    assert not Reading.objects.filter(metric__product=copy, removed_at=None).exists()
    assert list(Reading.objects.filter(metric__product=told).values_list("pk", "removed_at")) == before
