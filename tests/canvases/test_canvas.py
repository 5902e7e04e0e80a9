import pytest
from pilothouse.canvases import actions
from pilothouse.canvases.board import board_of

pytestmark = pytest.mark.django_db


def test_first(cast, client):
    client.force_login(cast.alice.user)
    url = cast.alice.product("TW").url
    assert client.get(f"{url}canvases/new").status_code == 200
    made = client.post(f"{url}canvases/new", {"layout": "swot", "title": "A"})
    assert made.status_code == 302
    canvas_url = made.headers["Location"]
    assert client.post(f"{canvas_url}/notes", {"cell": "strengths", "text": "fast"}).status_code == 302
    page = client.get(canvas_url)
    assert b"fast" in page.content
    assert client.post(f"{canvas_url}/notes", {"cell": "nowhere", "text": "fast"}).status_code == 422
