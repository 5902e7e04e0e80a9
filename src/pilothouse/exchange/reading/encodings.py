"""Which encoding a file of text is in: by rules, in the order in which they can be wrong, and by choice."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

SAMPLE = 1_000_000
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What the wizard offers; the first names what is meant by it.
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030 (GBK, GB2312)",
    "utf-16": _("UTF-16 with a mark"),
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "big5hkscs": "Big5",
    "cp932": "Shift JIS",
    "cp949": "EUC-KR",
    "cp1252": "Windows-1252 (Latin 1)",
    "cp1251": "Windows-1251",
    "utf-32": "UTF-32",
}
# Half a character: no file can hold it, so that a cell in which it stands is known to be misread.
MISREAD = "\udcff"


def mark(error: UnicodeError) -> tuple[str, int]:
    """Bytes that the encoding has no reading for become a sign that the row's check finds and names."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return MISREAD, error.end


codecs.register_error("pilothouse-mark", mark)


@dataclass(frozen=True)
class Guess:
    """`sure` is False where another reading is about as likely, so that a person must look."""

    encoding: str
    sure: bool


def detect(sample: bytes, *, whole: bool = True) -> Guess:
    """Byte order mark, then UTF-16 by its zero bytes, then UTF-8, then GB18030, then Windows-1252."""
    for bom, encoding in BOMS:
        if sample.startswith(bom):
            return Guess(encoding, True)
    if wide := by_zero_bytes(sample):
        return Guess(wide, True)
    if readable(sample, "utf-8", whole):
        return Guess("utf-8-sig", True)
    if readable(sample, "gb18030", whole):
        return Guess("gb18030", looks_chinese(sample))
    return Guess("cp1252", False)


def by_zero_bytes(sample: bytes) -> str | None:
    """UTF-16 without a mark has zero bytes on one side of line ends, commas and Latin letters, and few on the other."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even + odd < max(2, len(sample) // 100):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    lopsided = max(even, odd) >= 9 * min(even, odd)
    return encoding if lopsided and readable(sample, encoding, False) else None


def readable(sample: bytes, encoding: str, whole: bool) -> bool:
    """Whether the bytes are valid in the encoding; a sample may end in the middle of a character."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def looks_chinese(sample: bytes) -> bool:
    """Whether most of what is not ASCII are common Chinese characters and signs rather than rare ones."""
    text = sample[:100_000].decode("gb18030", "ignore")
    foreign = [letter for letter in text if letter > "\x7f"]
    common = sum(is_common(letter) for letter in foreign)
    return bool(foreign) and common >= 0.9 * len(foreign)


def is_common(letter: str) -> bool:
    """In GB2312, the set of everyday characters, to which Chinese text keeps."""
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
