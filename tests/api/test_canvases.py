"""Canvases by the API: the same cells, the same refusals as on the pages."""

from __future__ import annotations

import pytest

from tests.api.calls import Api


@pytest.fixture
def api(client, cast):
    return Api(client, cast.alice)


def test_a_canvas_from_making_to_moving_counting_and_voting(api, cast, client):
    assert "swot" in [layout["slug"] for layout in api("GET", "/layouts").data]
    given = {"layout": "stakeholder_map", "title": "Who decides"}
    made = api("POST", "/products/TW/canvases", given, Idempotency_Key="k1")
    assert made.status_code == 201
    assert api("POST", "/products/TW/canvases", given, Idempotency_Key="k1").data == made.data
    path = f"/items/{made.data['ref']}/canvas"
    added = api("POST", f"{path}/notes", {"cell": "supports", "texts": ["Harbour master\nSince 2019", "Crew"]})
    assert added.status_code == 201
    first, second = (int(ref.split("-")[1]) for ref in added.data["notes"])
    moved = api("PUT", f"{path}/notes/{second}/place", {"cell": "opposes"})
    assert moved.status_code == 200, moved.data
    told = api("PUT", f"{path}/notes/{first}/figures/power", {"value": 9, "low": 8, "high": 10, "n": 3}).data
    assert [note["text"] for note in told["cells"]["supports"]] == ["Harbour master\nSince 2019"]
    assert told["cells"]["supports"][0]["figures"]["power"]["low"] == 8
    assert told["cells"]["opposes"][0]["opinion"]
    for method, where, data in (
        ("POST", f"{path}/notes", {"cell": "nowhere", "texts": ["x"]}),
        ("PUT", f"{path}/notes/{first}/place", {"cell": "nowhere"}),
        ("PUT", f"{path}/notes/{first}/figures/power", {"value": 11}),
        ("POST", f"{path}/notes/{first}/vote", None),
        ("POST", "/products/TW/canvases", {"layout": "tarot", "title": "x"}),
    ):
        assert api(method, where, data).status_code == 422, where
    assert api("PUT", f"{path}/notes/999/place", {"cell": "opposes"}).status_code == 404
    for who in (cast.gwen, cast.charlie):
        refused = Api(client, who)("POST", f"{path}/notes", {"cell": "supports", "texts": ["x"]})
        assert refused.status_code == 404
    assert Api(client, cast.gwen)("GET", path).status_code == 200
    file = Api(client, cast.gwen, "read")("GET", f"{path}/export.md")
    assert file.headers["Content-Type"].startswith("text/markdown")
    assert "Harbour master" in file.content.decode()
    assert Api(client, cast.gwen)("GET", f"{path}/export.exe").status_code == 404
    assert Api(client, cast.charlie)("GET", f"{path}/export.md").status_code == 404
    assert api("PUT", f"{path}/phase", {"phase": "vote"}).data["phase"] == "vote"
    assert api("POST", f"{path}/notes/{first}/vote").data == {"mine": True, "put": 1}
