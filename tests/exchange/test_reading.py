"""Files as people have them: every encoding, separator and accident; what cannot be read is named, never guessed away."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from pilothouse.exchange.reading import cells, spreadsheet
from pilothouse.exchange.reading.delimited import Unreadable, sniff
from pilothouse.exchange.reading.encodings import detect
from pilothouse.exchange.reading.source import Reading, Source, open_source, reread
from pilothouse.kinds import FieldError

CHINESE = "发表时间,评级,标题,内容\r\n2019-10-05 10:03:15,1,非常垃圾,正在登录，退出软件重进还是一样\r\n2019-10-04,3,支持苹果手机吗？,海雀智能摄像机\r\n"
LATIN = "title;body\r\nMenü öffnet nicht;Seit gestern, garçon\r\n"


def opened(tmp_path, data: bytes) -> Source:
    (tmp_path / "upload").write_bytes(data)
    return open_source(tmp_path)


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gbk", b""), ("gb18030", b""), ("gb2312", b""), ("utf-16-le", b"\xff\xfe"),
     ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32", b"")],
)  # fmt: skip
def test_chinese_is_read_in_every_encoding(tmp_path, encoding, bom):
    text = CHINESE.replace("，", "").replace("？", "") if encoding == "gb2312" else CHINESE
    table = opened(tmp_path, bom + text.encode(encoding))
    assert table.columns() == ["发表时间", "评级", "标题", "内容"]
    assert table.sample(9)[0][1][2] == "非常垃圾"
    assert len(table.sample(9)) == 2


def test_latin_and_wrong_guesses_can_be_put_right(tmp_path):
    table = opened(tmp_path, LATIN.encode("cp1252"))
    assert (table.reading.encoding, table.reading.sure) == ("cp1252", False)
    assert table.sample(1)[0][1] == ["Menü öffnet nicht", "Seit gestern, garçon"]
    big5 = Source(
        opened(tmp_path, "標題,內容\n連線失敗,一直顯示網路錯誤\n".encode("big5")).folder, Reading(encoding="big5hkscs")
    )
    assert big5.columns() == ["標題", "內容"]


def test_a_short_sample_may_end_within_a_character():
    assert detect("连接失败".encode()[:-1], whole=False).encoding == "utf-8-sig"
    assert detect("连接失败".encode("gbk"), whole=True).encoding == "gb18030"
    assert detect(b"a,b\n\xff\xff\xff", whole=True).sure is False


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_separators_are_found(tmp_path, sign):
    rows = "\n".join(sign.join(row) for row in (["title", "body"], ["a, b; c", "d"], ["e", "f|g"]))
    quoted = rows if sign not in ",;|" else f'title{sign}body\n"a, b; c"{sign}d\ne{sign}"f|g"\n'
    (tmp_path / "upload").write_text(quoted)
    assert sniff(tmp_path / "upload", "utf-8") == sign


def test_ragged_rows_and_titles_above_the_header(tmp_path):
    table = opened(tmp_path, "客户反馈汇总\n\n标题,内容,评分\na,b,5\nc\n,,\nd,e,3,多出来的\n".encode())
    assert (table.reading.header, table.columns()) == (3, ["标题", "内容", "评分"])
    assert table.sample(9) == [(4, ["a", "b", "5"]), (5, ["c", "", ""]), (7, ["d", "e", "3", "多出来的"])]


def test_a_quotation_mark_that_never_closes_names_its_row(tmp_path):
    table = opened(tmp_path, b'title,body\na,b\nc,"' + b"x" * 2_500_000)
    with pytest.raises(Unreadable, match="row 2"):
        list(table.rows())


def test_a_quotation_mark_that_swallows_rows_is_told(tmp_path):
    assert opened(tmp_path, '标题,内容\n好,"没关\n坏,x\n再,"y\n'.encode()).misquoted() == 2
    assert opened(tmp_path, '标题,内容\n5" 屏,"第一行\n他说""好"""\n'.encode()).misquoted() == 0


def test_nul_bytes_and_broken_bytes_stay_visible(tmp_path):
    table = opened(tmp_path, b"title,body\na\x00b,c\n" + "好".encode() * 3 + b"\xff,d\n" * 1)
    table = Source(tmp_path, Reading(encoding="utf-8-sig"))
    assert table.sample(2)[0][1][0] == "a\x00b"
    assert "\udcff" in table.sample(2)[1][1][0]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\x00"])
def test_files_without_anything_in_them_have_no_rows(tmp_path, data):
    assert opened(tmp_path, data).sample(5) == []


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no"])
def test_damaged_spreadsheets_are_called_damaged(tmp_path, data):
    with pytest.raises(Unreadable, match="damaged"):
        opened(tmp_path, data)
    if not data.startswith(b"PK"):
        with pytest.raises(Unreadable, match="locked with a password"):
            opened(tmp_path, data + bytes(1_000) + "EncryptedPackage".encode("utf-16-le"))


def workbook(**sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_spreadsheets_with_dates_numbers_and_several_sheets(tmp_path):
    from datetime import date, datetime

    rows = [["标题", "日期", "时间", "评分"], ["连接失败", date(2024, 1, 2), datetime(2024, 1, 2, 3, 4, 5), 4.0]]
    table = opened(tmp_path, workbook(封面=[["说明"]], 反馈=rows))
    assert table.reading.sheet == 1
    assert table.sample(5) == [(2, ["连接失败", "2024-01-02", "2024-01-02 03:04:05", "4"])]
    assert reread(table, {"sheet": "0"}).columns() == ["说明"]
    assert [sheet.name for sheet in spreadsheet.sheets(tmp_path / "upload")] == ["封面", "反馈"]


def test_a_sheet_as_offices_make_it_titles_above_two_lines_of_names_and_merged_cells(tmp_path):
    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook(说明=[["填写人", "林"], ["日期", "今天"]], 汇总=[["总计", 3]], 明细=[["第一季度"], ["导出于今天"]])
        )
    )
    sheet = book["明细"]
    for row in (["模块", "标题", "反馈人", None, "备注"], [None, None, "姓名", "邮箱", None],
                ["车票", "打不开", "林", "a@b.co", "x"], [None, "太慢", "梅", "c@d.co", "y"]):  # fmt: skip
        sheet.append(row)
    for merged in ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "A5:A6"):
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    table = opened(tmp_path, out.getvalue())
    assert (table.reading.sheet, table.reading.header) == (2, 4)
    assert table.columns() == ["模块", "标题", "姓名", "邮箱", "备注"]
    assert table.sample(9) == [(5, ["车票", "打不开", "林", "a@b.co", "x"]), (6, ["车票", "太慢", "梅", "c@d.co", "y"])]
    assert reread(table, {"sheet": "1"}).reading.header == 1


def test_names_of_columns_tell_them_apart_and_tables_that_are_none_are_refused(tmp_path):
    assert opened(tmp_path, b"a,b,b,b,b (2)\n1,2,3,4,5\n").columns() == ["a", "b", "b (3)", "b (4)", "b (2)"]
    for data in (b"\xef\xbb\xbf\n<html><table><tr><td>ID", '<?xml version="1.0"?>'.encode("utf-16")):
        with pytest.raises(Unreadable, match="web page or XML"):
            opened(tmp_path, data)
    with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
        archive.writestr("a.csv", "x")
    with pytest.raises(Unreadable, match="archive without"):
        opened(tmp_path, out.getvalue())


def test_open_document_sheets(tmp_path):
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="S">{}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    row = "<table:table-row>{}</table:table-row>"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    made = "".join(
        row.format("".join(cell.format(text) for text in line)) for line in (["title", "body"], ["标题", "正文"])
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content.format(made))
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    assert opened(tmp_path, out.getvalue()).sample(3) == [(2, ["标题", "正文"])]


def test_bombs_are_refused_before_they_are_opened(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    with pytest.raises(Unreadable, match="unpacks"):
        opened(tmp_path, out.getvalue())


@pytest.mark.parametrize(
    ("text", "number"),
    [("￥1,234.50", "1234.5"), ("１２％", "12"), ("1.2万", "12000"), ("3 亿元", "300000000"), ("$ 99", "99"), ("(1,000)", "-1000"),
     ("1.234,5", "1234.5"), ("1 234", "1234"), ("12,5", "12.5"), ("－3", "-3"), ("五星", "五星"), ("1e400", "inf"),
     ("3.4 万人", "34000"), ("1.2w", "12000"), ("5星", "5"), ("2人月", "2人月")],
)  # fmt: skip
def test_numbers_as_people_write_them(text, number):
    assert cells.number(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [("２０２６年１月", "2026-01-01"), ("2026年1月5日", "2026-01-05"), ("2026/1/5 10:00", "2026-01-05"), ("2026.01.05", "2026-01-05"),
     ("20260105", "2026-01-05"), ("2026-01-05T10:00:00Z", "2026-01-05"), ("45231", "2023-11-01"), ("45231.5", "2023-11-01"),
     ("1600000000", "2020-09-13"), ("Nov 22, 2026", "2026-11-22"), ("22 November 2026", "2026-11-22"), ("22/11/2026", "2026-11-22"), ("22-Nov-26", "2026-11-22"), ("05/Mar/26 10:12 AM", "2026-03-05"),
     ("2026-1", "2026-01-01")],
)  # fmt: skip
def test_dates_as_people_write_them(text, day):
    assert cells.day(text) == day


def test_ticks_and_the_mistakes_of_formulas():
    assert [cells.flag(text) for text in ("是", "√", "☑\ufe0f", "ＴＲＵＥ", "否", "×", "0")] == ["true"] * 4 + [
        "false"
    ] * 3
    with pytest.raises(FieldError, match="也许"):
        cells.flag("也许")
    assert cells.is_missing("#REF!")
    assert not cells.is_missing("#1 in the list")


@pytest.mark.parametrize(
    "text", ["03/04/2026", "tomorrow", "2026-13-01", "2026-02-30", "9999999999999", "12", "0000-00-00"]
)
def test_dates_that_are_none_or_two_are_refused(text):
    with pytest.raises(FieldError):
        cells.day(text)


def test_who_says_which_comes_first_is_believed():
    assert (cells.day("03/04/2026", "dmy"), cells.day("03/04/2026", "mdy")) == ("2026-04-03", "2026-03-04")
