"""The roadmap on paper, beyond the first thousand, and by the address that people type."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from pilothouse.printing import Paper
from pilothouse.printing.paper import cut, width_of, wrapped
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.writing import actions
from tests.planning.test_roadmap import ROADMAP, make, planned  # noqa: F401 a fixture


def text_of(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


def test_every_tab_is_a_file_with_every_character_in_it(client, cast, planned):  # noqa: F811
    make(cast, title="离线船票“二维码” <b>&amp;</b>", horizon="now")
    client.force_login(cast.gwen.user)
    for tab in ("horizon", "timeline", "goal", "release"):
        answer = client.get(f"{ROADMAP}export.pdf", {"view": tab})
        assert answer.headers["Content-Type"] == "application/pdf"
        said = text_of(answer.content)
        assert "Offline ticket" in said
        assert "离线船票“二维码” <b>&amp;</b>" in said or tab == "timeline"
        assert "Tidewater 潮汐" in said
        assert len(answer.content) < 100_000  # only the characters used are in it
    client.force_login(cast.charlie.user)
    assert client.get(f"{ROADMAP}export.pdf").status_code == 404


def test_many_rows_take_many_pages(client, cast):
    rows = [{"title": f"需求 {n}", "horizon": "next"} for n in range(120)]
    actions.create_many(cast.alice, cast.product, "requirement", rows)
    client.force_login(cast.alice.user)
    pages = PdfReader(io.BytesIO(client.get(f"{ROADMAP}export.pdf").content)).pages
    assert len(pages) > 3
    said = "".join(page.extract_text() for page in pages)
    assert "需求 0" in said
    assert "需求 119" in said


def test_text_is_cut_and_wrapped_where_it_may_be():
    assert cut("abcdef", 10, 1_000) == "abcdef"
    assert cut("离线船票离线船票", 10, 45).endswith("…")
    lines = wrapped("A ticket that opens without a signal. 没有信号也能打开的船票，真的。", 10, 90)
    assert len(lines) > 2
    assert all(width_of(line, 10) <= 91 for line in lines)
    assert not any(line.startswith("，") for line in lines)
    assert wrapped("x" * 200, 10, 50, 2)[-1].endswith("…")
    assert text_of(Paper("空白").done()).strip() == ""


@pytest.mark.parametrize("query", ["", "?view=timeline&zoom=week"])
def test_the_address_without_its_slash_leads_there(client, cast, query):
    client.force_login(cast.gwen.user)
    assert client.get(f"{ROADMAP[:-1]}{query}").headers["Location"] == f"{ROADMAP}{query}"
    client.force_login(cast.charlie.user)
    assert client.get(ROADMAP[:-1]).status_code == 404


def test_groups_count_what_lies_beyond_the_first_thousand(client, cast, django_assert_max_num_queries):
    release = actions.create(cast.alice, cast.product, "release", {"title": "2.5"})
    made = actions.create_many(
        cast.alice, cast.product, "requirement", [{"title": f"R{number}"} for number in range(1_200)]
    )
    Link.objects.bulk_create([Link(source=one, target=release, relation="planned_in") for one in made[1_100:]])
    client.force_login(cast.alice.user)
    with django_assert_max_num_queries(45):
        page = client.get(ROADMAP, {"view": "release"}).content.decode()
    assert '<span class="count">100</span>' in page
    assert '<span class="count">1100</span>' in page
    assert "50 more" in page
    metric = actions.create(cast.alice, cast.product, "metric", {"title": "Opened in time"})
    Link.objects.create(source=release, target=metric, relation="measured_by")
    assert '<span class="count">100</span>' in client.get(ROADMAP, {"view": "goal"}).content.decode()
    assert Item.objects.filter(kind="requirement").count() == 1_200
    text = client.get(f"{ROADMAP}export.md", {"view": "release"}).content.decode()
    assert "**R1199**" in text
