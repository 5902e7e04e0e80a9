"""Files that the server makes: what fonts hold, where lines break, how charts look."""

import io
import math
import re
from pathlib import Path

from pypdf import PdfReader

from pilothouse.charts import Axis, Point, plane
from pilothouse.printing import Paper, charts
from pilothouse.printing.fonts import (
    ARABIC,
    FILES,
    FONTS,
    HEBREW,
    LATIN,
    MAIN,
    as_seen,
    font_of,
    plain,
    runs,
    width_of,
    wrapped,
)
from pilothouse.printing.picture import Stamp, png, stamped

TOKENS = Path(__file__).parents[2] / "web/src/css/tokens.css"


def read(file):
    return [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]


def test_what_no_font_holds_is_a_box_and_no_error():
    paper = Paper("all sorts")
    paper.page()
    said = "需求 Łódź Ελλάδα Киев 🙂🛳 한국어 ตั๋ว \U0001d49c \ud800\x00\u202e"
    paper.text(40, 40, said, 12)
    assert read(paper.done())[0].startswith("需求 Łódź Ελλάδα Киев 🙂🛳 한국어 ตั๋ว")
    assert plain("a\x00b\u202ec\ud800") == "a b c"


def test_what_is_read_from_right_to_left_is_turned_round_and_joined():
    assert as_seen("需求 ticket (2)") == "需求 ticket (2)"
    assert as_seen("שלום (2)") == "(2) םולש"
    assert as_seen("א\u0378") == "□א"
    assert as_seen("سلام") == "\ufee1\ufefc\ufeb3"
    assert {name for name, _text in runs(as_seen("שלום"))} == {HEBREW.removesuffix(".ttf")}
    assert {name for name, _text in runs(as_seen("سلام عليكم"))} <= {font_of(" ", False), ARABIC.removesuffix(".ttf")}


def test_ellipses_are_as_wide_as_their_language_and_quotation_marks_leave_no_hole():
    assert {name for name, _text in runs("Calm, he said…")} == {font_of("a", False), LATIN.removesuffix(".ttf")}
    assert {name for name, _text in runs("平静……")} == {MAIN.removesuffix(".ttf")}
    assert width_of("平静……", 10) == 40
    assert width_of("“平静”", 10) < 30


def test_lines_break_between_words_and_beside_han_characters():
    lines = wrapped("船员凭“颜色”验票，every minute counts: 30 people。", 9, 60)
    assert all(width_of(line, 9) <= 61 for line in lines)
    assert not [line for line in lines if line[0] in "，。”"]
    assert wrapped("", 9, 60) == []
    assert any(line.startswith("38\xa0%") for line in wrapped("Together they see 38 % of boardings", 9, 88))
    many = wrapped("问题业务：“企业合同”、“团体”、《票》（Hedley），“Crews”。" * 20, 9, 70, 500)
    assert not [line for line in many if line[0] in "，。、”》）" or line[-1] in "“《（"]
    assert "".join(many).replace(" ", "") == "问题业务：“企业合同”、“团体”、《票》（Hedley），“Crews”。" * 20


def test_charts_have_the_colours_of_the_page_by_day():
    text = TOKENS.read_text()
    for token, code in charts.DAY.items():
        if token not in ("paper",):  # a file's paper is white
            found = re.search(rf"--{token}: light-dark\(oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", text)
            assert found, token
            assert rgb(*(float(part) for part in found.groups())) == code, token
    assert charts.colour("$sea/50") == "#80b4d2"
    assert charts.colour("$100") == "$100"


def rgb(light, chroma, hue):
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light / 100 - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * curve(min(1, max(0, one)))):02x}" for one in linear)


def curve(value):
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def test_a_chart_is_drawn_on_a_page_with_its_chinese_and_leads_nowhere():
    spec = plane([Point("离线船票", 1, 2, "tip", url="javascript:alert(1)")], Axis("越右越好"), Axis("up"))
    svg = charts.as_svg(spec, 600)
    assert "离线船票" in svg
    assert "href" not in svg
    assert "javascript" not in svg
    paper = Paper("chart")
    paper.page((600, 500))
    paper.text(20, 12, "title")
    file = stamped(paper.done(), [Stamp(charts.as_pdf(spec, 600), 0, 20, 20, 500)])
    assert "离线船票" in read(file)[0]
    assert "越右越好" in read(file)[0]
    assert png(file, scale=1).startswith(b"\x89PNG")


def test_the_fonts_come_with_their_licences():
    for name in FILES:
        assert (FONTS / name).stat().st_size > 40_000
        licence = (FONTS / name.replace("Regular.ttf", "LICENSE.txt")).read_text()
        assert "open font license" in licence.casefold()
