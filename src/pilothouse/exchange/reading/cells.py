"""What people write into cells, brought to what fields read: ￥1,234, 12％, 1.2 万, ２０２６年１月, 45231."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from pilothouse.kinds import FieldError

MISSING = {"", "-", "–", "—", "n/a", "na", "null", "none", "nan", "无", "#n/a", "(空)", "/"}
MISTAKES = {"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#spill!", "#calc!"}
YES = {"true", "yes", "y", "t", "1", "on", "是", "对", "有", "√", "✓", "✔", "☑", "✅"}
NO = {"false", "no", "n", "f", "0", "off", "否", "不是", "不", "没有", "×", "✗", "✘", "☐", "❌"}
CURRENCY = re.compile(r"^(?:cny|rmb|usd|eur|us\$|[¥$€£])\s*|\s*(?:元|人民币|cny|rmb|usd|eur|[¥$€£])$", re.IGNORECASE)
COUNTED = re.compile(r"(?<=[\d万亿千kw])\s*(?:人次|人|次|个|条|家|户|位|名|分|星|颗星)\Z")
SCALES = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "千": 1_000, "k": 1_000}
MONTHS = {month.casefold(): number for number, month in enumerate(calendar.month_abbr) if month}
EXCEL_EPOCH = date(1899, 12, 30)
# Excel day numbers of 1955 to 2099: a smaller or larger number is no date that anybody means.
EARLIEST_SERIAL, LATEST_SERIAL = 20_090, 73_050
LATEST_SECOND = 4_102_444_800

YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*[日号]?|\s*月)?(?=$|[\sT,日])")
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?=$|[\sT,])")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|[\sT])")
NAMED = re.compile(r"(?:([a-z]{3})[a-z]*\.?\s+(\d{1,2})|(\d{1,2})\s+([a-z]{3})[a-z]*\.?),?\s+(\d{4})", re.IGNORECASE)
# As trackers and Excel in English write it: 05/Mar/26 10:12, 5-Mar-2026.
SHORT_NAMED = re.compile(r"(\d{1,2})[-/ ]([a-z]{3})[a-z]*[-/ ](\d{4}|\d{2})(?=$|[\sT,])", re.IGNORECASE)
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
TIME_SIGN = re.compile(r"(?<=\d)T(?=\d)")
NUMBER = re.compile(r"\d+(?:\.\d+)?\Z")


def plain(text: str) -> str:
    """Full-width digits and signs as the usual ones, without spaces and invisible characters round them."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def visible(text: str) -> str:
    """A cell as it can be shown and kept: what is no character becomes the sign for that."""
    return UNSTORABLE.sub("\ufffd", text)


def is_missing(text: str) -> bool:
    return plain(text).casefold() in MISSING or is_mistake(text)


def is_mistake(text: str) -> bool:
    """What a formula leaves where it has no answer: nobody means it, and a workbook keeps nothing there."""
    return text.startswith("#") and text.strip().casefold() in MISTAKES


def flag(text: str) -> str:
    """Yes or no as people tick it. Raises FieldError."""
    word = plain(text).replace("\ufe0f", "").casefold()
    if word not in YES | NO:
        raise FieldError(_("“%(value)s” is neither yes nor no.") % {"value": text[:40]})
    return "true" if word in YES else "false"


def number(text: str) -> str:
    """The number as Python writes it; what is none comes back as it was, for the field to refuse."""
    value = CURRENCY.sub("", plain(text).casefold()).strip()
    negative = value.startswith("(") and value.endswith(")")
    value = COUNTED.sub("", value.strip("()").removesuffix("%").strip())
    scale = next((factor for sign, factor in SCALES.items() if value.endswith(sign)), 1)
    digits = ungrouped(value[:-1].strip() if scale > 1 else value)
    try:
        amount = float(digits) * scale * (-1 if negative else 1)
    except ValueError:
        return text
    return str(int(amount)) if amount.is_integer() and abs(amount) < 2**53 else repr(amount)


def checked_number(text: str) -> str:
    """The number as Python writes it. Raises FieldError, naming the cell."""
    value = number(text)
    try:
        float(value)
    except ValueError:
        raise FieldError(_("“%(value)s” is not a number.") % {"value": text[:40]}) from None
    return value


def of_hundred(text: str) -> str:
    """0.8 as 80; what has its sign, or is more than the whole, stays."""
    try:
        amount = float(plain(text))
    except ValueError:
        return text
    return f"{amount * 100:.10g}" if 0 <= amount <= 1 else text


def ungrouped(digits: str) -> str:
    """1,234.5 and 1.234,5 and 1 234,5 are one number; a lone comma groups thousands when three digits follow."""
    digits = re.sub(r"(?<=\d)[\s\u202f\u00a0'](?=\d{3})", "", digits)
    if "," in digits and "." in digits and digits.rindex(",") > digits.rindex("."):
        return digits.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[-+]?\d+,\d{1,2}", digits):
        return digits.replace(",", ".")
    return digits.replace(",", "")


def day(text: str, order: str = "") -> str:
    """A date as 2026-11-22. `order` says how to read 03/04/2026: "dmy", "mdy", or not at all. Raises FieldError."""
    value = plain(text)
    found = year_first(value) or year_last(value, order) or by_name(value) or by_number(value)
    if found is None:
        raise FieldError(_("“%(value)s” is not a date like 2026-11-22.") % {"value": text[:40]})
    return found.isoformat()


def moment(text: str) -> str:
    """A cell as rows are told apart by it: the time of day counts, the way of writing does not."""
    return " ".join(TIME_SIGN.sub(" ", plain(text)).split())


def year_first(value: str) -> date | None:
    match = COMPACT.match(value) or YEAR_FIRST.match(value)
    return made(match[1], match[2], match[3] or "1") if match else None


def year_last(value: str, order: str) -> date | None:
    match = YEAR_LAST.match(value)
    if not match:
        return None
    first, second, year = match.groups()
    if int(first) > 12 or first == second:
        order = "dmy"
    elif int(second) > 12:
        order = "mdy"
    if order not in ("dmy", "mdy"):
        raise FieldError(
            _("“%(value)s” can be read in two ways: say in the settings of the file whether the day comes first.")
            % {"value": value[:40]}
        )
    return made(year, second, first) if order == "dmy" else made(year, first, second)


def by_name(value: str) -> date | None:
    if short := SHORT_NAMED.match(value):
        month = MONTHS.get(short[2].casefold())
        return made(short[3] if len(short[3]) == 4 else f"20{short[3]}", str(month), short[1]) if month else None
    match = NAMED.search(value)
    if not match:
        return None
    month = MONTHS.get((match[1] or match[4]).casefold())
    return made(match[5], str(month), match[2] or match[3]) if month else None


def by_number(value: str) -> date | None:
    """An Excel day number, or seconds or milliseconds since 1970."""
    if not NUMBER.match(value):
        return None
    amount = float(value)
    if EARLIEST_SERIAL <= amount <= LATEST_SERIAL:
        return EXCEL_EPOCH + timedelta(days=int(amount))
    seconds = amount / 1000 if len(value) == 13 else amount
    if len(value) in (10, 13) and value.isdecimal() and seconds < LATEST_SECOND:
        return datetime.fromtimestamp(seconds, UTC).date()
    return None


def made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
