"""A file as a table: its columns, and its rows with their numbers as a spreadsheet shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from pilothouse.exchange.reading import delimited, spreadsheet, spss
from pilothouse.exchange.reading.cells import visible
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.reading.encodings import ENCODINGS, SAMPLE, detect

CODEBOOK = gettext_lazy("Codebook")
MOST_COLUMNS = 500
FOREIGN = {
    b"\x1f\x8b": "gzip",
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
}
MARKUP = ("<html", "<!doctype", "<table", "<meta", "<head", "<?xml")
DATE_ORDERS = ("", "dmy", "mdy")


@dataclass(frozen=True)
class Reading:
    """How to read the file. `header` is the row that names the columns, 0 where none does. `sheet` is what is read of a
    workbook, and of an SPSS file whether its cells hold words or codes. `long` names the columns of an answer to a task
    that takes several rows: person, task, place, chosen."""

    spreadsheet: bool = False
    spss: bool = False
    encoding: str = "utf-8-sig"
    sure: bool = True
    delimiter: str = ","
    sheet: int = 0
    header: int = 1
    dates: str = ""
    long: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Reading:
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        return cls(**{**known, "long": tuple(known.get("long", ()))})

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def converted(self) -> bool:
        """Its cells are no text as people typed it, but come from a file that keeps numbers and words apart."""
        return self.spreadsheet or self.spss


Row = tuple[int, list[str]]


class Source:
    """`folder` holds the file as `upload`, and beside it the sheets that were read so far, as CSV."""

    def __init__(self, folder: Path, reading: Reading) -> None:
        self.folder, self.reading = folder, reading

    @property
    def path(self) -> Path:
        if not self.reading.converted:
            return self.folder / "upload"
        sheet = self.folder / f"sheet-{self.reading.sheet}.csv"
        if not sheet.exists():
            convert = spss.convert if self.reading.spss else spreadsheet.convert
            convert(self.folder / "upload", self.reading.sheet, sheet)
        return sheet

    def raw(self) -> Iterator[list[str]]:
        if self.reading.converted:
            return delimited.rows(self.path, "utf-8", ",")
        return delimited.rows(self.path, self.reading.encoding, self.reading.delimiter)

    def columns(self) -> list[str]:
        """The names of the columns, each once; where a row names none, their letters."""
        head = self.reading.header
        record = next(islice(self.raw(), max(head - 1, 0), None), [])[:MOST_COLUMNS]
        names = [name.lstrip("\ufeff").strip() for name in record] if head else [""] * len(record)
        return apart([visible(name[:200]) or letters(place) for place, name in enumerate(names)])

    def rows(self) -> Iterator[Row]:
        """Each row that is not empty, with its number; short rows are filled up to the columns."""
        width = len(self.columns())
        for number, record in enumerate(self.raw(), start=1):
            if number > self.reading.header and any(cell.strip() for cell in record):
                yield number, record + [""] * (width - len(record))

    def described(self) -> dict[int, spss.Variable]:
        """What the file itself says of its columns, by their places."""
        if not self.reading.spss:
            return {}
        known = {one.name: one for one in spss.variables(self.folder / "upload")}
        return {place: known[name] for place, name in enumerate(self.columns()) if name in known}

    def misquoted(self) -> int:
        if self.reading.converted:
            return 0
        return delimited.misquoted(self.path, self.reading.encoding, self.reading.delimiter)

    def sample(self, count: int) -> list[Row]:
        return list(islice(self.rows(), count))


def apart(names: list[str]) -> list[str]:
    """Names that tell columns apart: the second “Labels” of a file is “Labels (2)”."""
    taken = set(names)
    found: list[str] = []
    for name in names:
        new = next(new for new in numbered(name) if new not in taken) if name in found else name
        taken.add(new)
        found.append(new)
    return found


def numbered(name: str) -> Iterator[str]:
    return (f"{name} ({number})" for number in count(2))


def letters(place: int) -> str:
    """The name of a column as a spreadsheet has it: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def open_source(folder: Path) -> Source:
    """The file with a first guess at how it is to be read."""
    path = folder / "upload"
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    refuse_foreign(sample)
    if spss.is_spss(sample):
        reading = Reading(spss=True)
        next(Source(folder, reading).raw(), None)  # a broken file is refused where it comes in
        return Source(folder, reading)
    if spreadsheet.is_spreadsheet(sample):
        reading = Reading(spreadsheet=True, sheet=first_sheet(path))
    else:
        guess = detect(sample, whole=len(sample) < SAMPLE)
        delimiter = delimited.sniff(path, guess.encoding)
        refuse_markup(sample.decode(guess.encoding, "ignore"))
        reading = Reading(encoding=guess.encoding, sure=guess.sure, delimiter=delimiter)
    return with_header(Source(folder, reading))


def refuse_foreign(start: bytes) -> None:
    """Files that begin like those of other programs are no text, whatever they are called."""
    if name := next((name for mark, name in FOREIGN.items() if start.startswith(mark)), None):
        raise Unreadable(
            _("This is a file of %(name)s. Save the table as CSV or Excel, and import that.") % {"name": name}
        )


def refuse_markup(text: str) -> None:
    """Some systems call a web page or a file of XML a spreadsheet: Excel opens it, and it has no rows of text."""
    if text[:1_000].lstrip("\ufeff \t\r\n").casefold().startswith(MARKUP):
        raise Unreadable(
            _("This is a web page or XML called a table. Open it in Excel or WPS, save it as .xlsx, and import that.")
        )


def first_sheet(path: Path) -> int:
    """The fullest of several; the first that is not hidden where that takes too long to find out. The sheet that
    explains an export of ours may be fuller than its rows, and is none of them."""
    seen = [
        place
        for place, sheet in enumerate(spreadsheet.sheets(path))
        if not sheet.hidden and not is_codebook(sheet.name)
    ]
    if len(seen) > 1:
        with suppress(Unreadable):
            return spreadsheet.fullest(path, seen)
    return seen[0] if seen else 0


def is_codebook(name: str) -> bool:
    """Whether a sheet is called as ours are that say what the columns and codes of answers mean."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if name == str(CODEBOOK):
                return True
    return False


def with_header(source: Source) -> Source:
    """The header is the first of the top rows that is about as wide as the rows below it: titles above are not. Where
    names are merged over two lines, the second of them repeats them and says what the first only groups."""
    top = top_rows(source)
    filled = [sum(1 for cell in record if cell.strip()) for record in top]
    widths = Counter(count for count in filled if count > 1)
    usual = widths.most_common(1)[0][0] if widths else 1
    header = next((place for place, count in enumerate(filled[:10], start=1) if count >= max(1, 0.8 * usual)), 1)
    if source.reading.spreadsheet and header < len(top) and goes_on(top[header - 1], top[header]):
        header += 1
    return Source(source.folder, replace(source.reading, header=header))


def goes_on(names: list[str], below: list[str]) -> bool:
    pairs = list(zip(names, below, strict=False))
    return any(name and name == cell for name, cell in pairs) and any(cell and not name for name, cell in pairs)


def top_rows(source: Source) -> list[list[str]]:
    """As many of the first rows as can be read."""
    top: list[list[str]] = []
    with suppress(Unreadable):
        top.extend(islice(source.raw(), 30))
    return top


def reread(source: Source, wanted: dict[str, str]) -> Source:
    """The same file read as a person says; what makes no sense is left as it was."""
    before = reading = source.reading
    if wanted.get("encoding") in ENCODINGS:
        reading = replace(reading, encoding=wanted["encoding"], sure=True)
    if wanted.get("delimiter") in delimited.DELIMITERS:
        reading = replace(reading, delimiter=wanted["delimiter"])
    for name, most in (("sheet", 999), ("header", 100)):
        text = wanted.get(name, "")
        if text.isdecimal() and len(text) < 4 and int(text) <= most:
            reading = replace(reading, **{name: int(text)})  # type: ignore[arg-type]
    if wanted.get("dates") in DATE_ORDERS:
        reading = replace(reading, dates=wanted["dates"])
    other = (reading.sheet, reading.encoding, reading.delimiter) != (before.sheet, before.encoding, before.delimiter)
    source = Source(source.folder, reading)
    return with_header(source) if other and "header" not in wanted else source
