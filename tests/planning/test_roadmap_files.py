"""The roadmap as files: what the tab shows, harmless to open, nobody else's."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from pilothouse.workbench.writing import actions
from tests.planning.test_roadmap import ROADMAP, make, planned  # noqa: F401 a fixture


@pytest.mark.parametrize("tab", ["horizon", "timeline", "goal", "release"])
def test_a_spreadsheet_holds_what_the_tab_shows(client, cast, planned, tab):  # noqa: F811
    make(cast, title="=1+1", horizon="next")
    client.force_login(cast.gwen.user)
    answer = client.get(f"{ROADMAP}export.xlsx", {"view": tab})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 3
    by_title = {row[2]: row for row in rows[1:]}
    first = by_title["Offline ticket"]
    assert first[5].date().isoformat() == "2026-11-10"
    assert first[7] == "2.4"
    assert first[9] == "Tickets opened in time"
    assert first[14] == "Tickets opened in time from 82 to 92, 70 % sure"
    assert by_title["=1+1"][0] == {"horizon": "Next", "timeline": "Without dates", "goal": "No goal yet", "release": "In no release"}[tab]  # fmt: skip
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("tab", ["horizon", "timeline", "goal", "release"])
def test_markdown_keeps_text_as_text(client, cast, planned, tab):  # noqa: F811
    make(cast, title="[x](javascript:alert(1)) <script> # *new*", horizon="later")
    client.force_login(cast.alice.user)
    text = client.get(f"{ROADMAP}export.md", {"view": tab}).content.decode()
    assert r"\[x\]\(javascript:alert\(1\)\) \<script\> \# \*new\*" in text
    assert "**Offline ticket**" in text
    assert text.startswith("# Tidewater 潮汐 · Roadmap")
    assert "Another" not in text


def test_a_filter_holds_for_files_too(client, cast, planned):  # noqa: F811
    make(cast, title="Another one", horizon="later")
    client.force_login(cast.alice.user)
    assert "Another one" not in client.get(f"{ROADMAP}export.md", {"horizon": "now"}).content.decode()
    assert client.get(f"{ROADMAP}export.md", {"colour": "red"}).status_code == 400


def test_the_picture_is_well_formed_whatever_a_title_holds(client, cast, planned):  # noqa: F811
    for title in ('<script>alert("1")</script>&amp;', "]]>--><!--", "\u0007bell", "没有信号也能打开船票" * 12):
        make(cast, title=title, planned_from="2026-11-01", planned_to="9999-12-31")
    client.force_login(cast.alice.user)
    for zoom in ("week", "month", "quarter"):
        answer = client.get(f"{ROADMAP}timeline.svg", {"view": "timeline", "zoom": zoom})
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
        assert "attachment" in answer.headers["Content-Disposition"]
        root = ElementTree.fromstring(answer.content)
        assert not [node for node in root.iter() if node.tag.endswith("script")]
        width = float(root.get("width"))
        bars = [node for node in root.iter() if node.get("class") == "drawn-bar"]
        assert len(bars) == 5
        assert all(float(bar.get("x")) + float(bar.get("width")) <= width for bar in bars)


@pytest.mark.parametrize("file", ["export.md", "export.xlsx", "timeline.svg"])
def test_files_are_for_those_who_see_the_product(client, cast, planned, file):  # noqa: F811
    hidden = actions.create(cast.alice, cast.private, "metric", {"title": "Hidden metric"})
    actions.link(cast.alice, planned[0], "measured_by", hidden)
    client.force_login(cast.charlie.user)
    assert client.get(f"{ROADMAP}{file}").status_code == 404
    client.force_login(cast.bob.user)
    answer = client.get(f"{ROADMAP}{file}", {"view": "goal"})
    assert answer.status_code == 200
    if not answer.streaming:
        assert "Hidden metric" not in answer.content.decode()
