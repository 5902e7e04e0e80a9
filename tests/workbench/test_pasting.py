"""Rows copied from a spreadsheet: dates and amounts as they stand there, and every wrong cell by its column."""

from __future__ import annotations

from pilothouse.workbench.models import Item


def test_pasted_cells_are_read_as_they_stand_and_wrong_ones_are_named(cast, client):
    client.force_login(cast.bob.user)
    rows = "Title\tReach\tPlanned from\n一\t￥1,200\t2026年3月5日\n二\t许多\t2026/3/5 14:30\n三\t许多\t哪天\n"
    page = client.post("/w/harbor/TW/requirement/paste", {"rows": rows}).text
    assert page.count("Reach: A number is needed here.") == 2
    assert page.count("Planned from: A date is needed here, like 2026-11-22.") == 1
    client.post("/w/harbor/TW/requirement/paste", {"rows": rows, "create": "1"})
    assert Item.objects.get().fields == {"reach": 1200, "planned_from": "2026-03-05"}
