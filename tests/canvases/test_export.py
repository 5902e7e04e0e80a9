"""A canvas as a file, opened again: every kind of file, every shape, whatever people wrote into it."""

import io
import re
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from pptx import Presentation
from pypdf import PdfReader

from pilothouse.canvases import actions
from pilothouse.canvases.figures import set_figure
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.writing import actions as workbench

pytestmark = pytest.mark.django_db

TYPES = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "md": "text/markdown; charset=utf-8",
}
SHAPES = {"grid": "swot", "lanes": "journey_map", "tree": "opportunity_tree", "plot": "bcg_matrix"}
CHINESE = "没有信号也能出票，船员凭颜色验票"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>", "]]></title></svg><script>", "=HYPERLINK(\"http://x\")",
    "# heading\n- list\n| a | b |\n<iframe src=//x>", "[click](javascript:alert(1))", "\u202eright to left\u202c مرحبا שלום",
    "🛳️👩‍💻 \U0001f1e8\U0001f1f3", "x" * 500, "需" * 500, "&amp; ]]> -- %s {{ x }} \\ `", "a\u2028b\x7f\ufffe\x0b",
)  # fmt: skip


@pytest.fixture
def canvas(cast):
    def make(layout, texts=(CHINESE,)):
        made = actions.create_canvas(cast.alice, cast.product, layout, {"title": f"潮汐 {layout}"})
        places = made.places()
        for place, text in enumerate(texts):
            title, body = text if isinstance(text, tuple) else (text, "")
            row = {"title": title, "body": body, "parent": made.item, "cell": places[place % len(places)]}
            note = workbench.create(cast.alice, cast.product, "note", row)
            for measure in made.declared.measures_of(row["cell"].partition(".")[0]):
                low = measure.minimum or 0
                set_figure(cast.alice, made, note, measure.slug, {"value": low + 1, "low": low, "high": low + 1})
        return made

    return make


def file_of(client, canvas, kind):
    answer = client.get(f"{canvas.url}/export.{kind}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == TYPES[kind]
    name = f"TW-{canvas.item.number}-{canvas.declared.slug}.{kind}"
    assert answer.headers["Content-Disposition"] in (
        f'attachment; filename="{mark}{name}"' for mark in ("", "practice-")
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    return answer.content


def said_by_pdf(file):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


def said_by_slides(file):
    texts = []
    for slide in Presentation(io.BytesIO(file)).slides:
        for shape in slide.shapes:
            texts += [shape.text_frame.text] if shape.has_text_frame else []
            texts += [cell.text for row in shape.table.rows for cell in row.cells] if shape.has_table else []
        texts += [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else []
    return "\n".join(texts)


def said_by_svg(file):
    tree = ElementTree.fromstring(file)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert tags <= {"svg", "title", "rect", "polyline", "text", "g", "path", "line", "defs", "clipPath"}
    attributes = {name.rpartition("}")[2] for element in tree.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or name == "href"]
    return "".join(tree.itertext())


def test_every_shape_is_every_file_with_its_chinese(client, cast, canvas):
    client.force_login(cast.gwen.user)
    for shape, layout in SHAPES.items():
        made = canvas(layout, (CHINESE, "A second note, in English", "第三条"))
        assert made.declared.shape == shape
        files = {kind: file_of(client, made, kind) for kind in TYPES}
        for said in (said_by_pdf(files["pdf"]), said_by_slides(files["pptx"]), files["md"].decode()):
            assert CHINESE in said, shape
            assert "A second note" in said
            assert "opinion" in said
            assert f"潮汐 {layout}".replace("_", "") in said.replace("\\", "").replace("_", "")
        assert "没有信号" in said_by_svg(files["svg"])
        assert files["png"].startswith(b"\x89PNG")
        assert len(files["pdf"]) < 120_000  # only the characters used are in it
        fonts = PdfReader(io.BytesIO(files["pdf"])).pages[0]["/Resources"]["/Font"].values()
        assert any("NotoSansSC" in str(font.get_object()["/BaseFont"]) for font in fonts)


def test_every_layout_is_a_picture_with_its_cells_named(client, cast, canvas):
    client.force_login(cast.alice.user)
    for slug, layout in LAYOUTS.items():
        made = canvas(slug)
        said = re.sub(r"\s", "", said_by_svg(file_of(client, made, "svg")))
        for cell in layout.cells:
            assert re.sub(r"\s", "", str(cell.name)) in said, (slug, cell.slug)
        assert "没有信号" in said
        assert b"## " in file_of(client, made, "md")


def test_whatever_is_written_stays_text(client, cast, canvas):
    client.force_login(cast.alice.user)
    for layout in SHAPES.values():
        made = canvas(layout, HOSTILE)
        Item.objects.filter(pk=made.item.pk).update(title="<script>alert(1)</script>\n# x")
        files = {kind: file_of(client, made, kind) for kind in TYPES}
        assert "<script" not in files["svg"].decode()
        assert "alert(1)" in said_by_svg(files["svg"])
        html = MarkdownIt("commonmark").enable("table").render(files["md"].decode())
        assert not re.search(r"<(script|img|iframe|a)\b", html)
        assert "&lt;script&gt;alert(1)" in html
        assert "heading" in said_by_pdf(files["pdf"])
        assert "<script>alert(1)</script>" in said_by_slides(files["pptx"])


def test_what_a_note_rests_on_is_told(client, cast, canvas):
    made = canvas("swot", ("Refunds take six days", "Nobody knows us"))
    note = actions.notes_of(made).get(title="Refunds take six days")
    quotes = [workbench.create(cast.alice, cast.product, "quote", {"title": f"我等了{n}天"}) for n in (5, 6)]
    secret = workbench.create(cast.alice, cast.private, "quote", {"title": "between us"})
    for source in (*quotes, secret):
        Link.objects.create(source=source, target=note, relation="supports")
    client.force_login(cast.gwen.user)
    said = file_of(client, made, "md").decode()
    assert f"- Refunds take six days (TW-{note.number} · evidence: 2)" in said
    assert f"  - Evidence: TW-{quotes[0].number} 我等了5天" in said
    assert "Nobody knows us (TW-" in said
    assert "opinion 1" in said
    for kind in ("pdf", "pptx"):
        read = {"pdf": said_by_pdf, "pptx": said_by_slides}[kind](file_of(client, made, kind))
        assert "evidence: 2" in read
        assert "我等了6天" in read
        assert "between us" not in read
    assert "between us" not in said


def test_a_long_note_is_whole_in_every_file_with_pages(client, cast, canvas):
    made = canvas("swot", (("开头", "没有信号。" * 1_999 + "最后一句"),))
    client.force_login(cast.alice.user)
    svg = file_of(client, made, "svg").decode()
    assert svg.count("没有信号") < 2_100  # once in the note's own title, and as much as a slip shows
    assert "最后一句" in svg
    assert "最后一句" in said_by_pdf(file_of(client, made, "pdf")).replace("\n", "")
    assert "最后一句" in said_by_slides(file_of(client, made, "pptx"))
    assert "最后一句" in file_of(client, made, "md").decode()


def test_many_notes_lose_none_and_cost_as_many_queries_as_few(client, cast, canvas, django_assert_max_num_queries):
    made = canvas("business_model", ())
    rows = [
        {"title": f"便签 {n}", "parent": made.item, "cell": made.places()[n % 9], "under": None} for n in range(500)
    ]
    workbench.create_many(cast.alice, cast.product, "note", rows)
    client.force_login(cast.alice.user)
    files = {}
    for kind in ("svg", "pdf", "pptx", "md"):
        with django_assert_max_num_queries(24):
            files[kind] = file_of(client, made, kind)
    for said in (said_by_svg(files["svg"]), said_by_slides(files["pptx"]), files["md"].decode()):
        assert all(f"便签 {n}" in said for n in (0, 1, 250, 499))
    assert "便签 499" in said_by_pdf(files["pdf"])


def test_only_who_sees_the_canvas_gets_its_files(client, cast, canvas):
    made = canvas("swot")
    client.force_login(cast.charlie.user)
    assert {client.get(f"{made.url}/export.{kind}").status_code for kind in TYPES} == {404}
    client.force_login(cast.bob.user)
    assert client.get(f"{made.url}/export.exe").status_code == 404
    assert client.get(f"{cast.product.url[:-1]}-{made.item.number + 1}/canvas/export.svg").status_code == 404
    assert client.get(f"{made.url}/export.md").status_code == 200
    assert client.post(f"{made.url}/export.md").status_code == 405
    cast.bob.user.language = "zh-hans"
    cast.bob.user.save()
    assert "看法" in client.get(f"{made.url}/export.md").content.decode()
    page = client.get(made.url).content.decode()
    assert all(f"{made.url}/export.{kind}" in page for kind in TYPES)


def test_a_practice_product_says_so(client, cast, canvas):
    cast.product.workspace.practice = True
    cast.product.workspace.save()
    made = canvas("swot")
    client.force_login(cast.alice.user)
    label = "Practice product: everything in it is made up"
    assert label in said_by_svg(file_of(client, made, "svg"))
    assert label in said_by_pdf(file_of(client, made, "pdf"))
    assert label in said_by_slides(file_of(client, made, "pptx"))
    assert label in file_of(client, made, "md").decode()
