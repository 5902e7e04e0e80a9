import pytest

from pilothouse.canvases import actions
from pilothouse.kinds.layouts import LAYOUTS

pytestmark = pytest.mark.django_db


def test_every_layout_has_its_page(cast, client):
    client.force_login(cast.alice.user)
    url = cast.product.url
    assert client.get(f"{url}canvases/new").status_code == 200
    for slug, layout in LAYOUTS.items():
        assert client.get(f"{url}canvases/new?layout={slug}").status_code == 200
        made = client.post(f"{url}canvases/new", {"layout": slug})
        canvas = made.headers["Location"]
        place = layout.cells[0].slug + (f".{layout.stages[0].slug}" if layout.stages else "")
        assert client.post(f"{canvas}/notes", {"cell": place, "text": "fast"}).status_code == 302
        page = client.get(canvas)
        assert page.status_code == 200 and b"fast" in page.content
        assert client.post(f"{canvas}/notes", {"cell": "nowhere", "text": "fast"}).status_code == 422
