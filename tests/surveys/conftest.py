"""Three requirements and a published Kano survey about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pilothouse.surveys.models import Survey
    from pilothouse.workbench.models import Item
    from tests.cast import Cast


@pytest.fixture
def items(cast: Cast) -> list[Item]:
    from pilothouse.workbench.writing import actions

    titles = [{"title": title} for title in ("Offline", "Colour", "Alerts")]
    return actions.create_many(cast.alice, cast.product, "requirement", titles)


@pytest.fixture
def survey(cast: Cast, items: list[Item]) -> Survey:
    from pilothouse.surveys.definition import Row
    from pilothouse.surveys.questions.wording import both
    from tests.surveys.asked import published
    from tests.surveys.questions import asked

    rows = [
        Row(id=f"r{place}", text=both(item.title, item.title), item=item.number)
        for place, item in enumerate(items, start=1)
    ]
    return published(cast.alice, cast.product, [asked("kano", rows=rows)])
