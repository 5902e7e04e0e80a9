"""Runs as a process of its own, with little memory and time, because spreadsheets from strangers can be bombs.

    python -I spreadsheet_child.py FILE             prints the sheets as JSON
    python -I spreadsheet_child.py FILE fullest N…  prints which of these sheets, by number, holds the most
    python -I spreadsheet_child.py FILE N OUT       writes sheet N to OUT as UTF-8 CSV, and prints its rows

It imports nothing of the product.
"""

import csv
import datetime
import json
import resource
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

MEMORY = 1 << 30
CPU_SECONDS = 60
LOOKED_AT = 300
MOST_MERGED = 1_000_000


def main(arguments: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(arguments[0])
        print(json.dumps(done(book, *arguments[1:])))
    except PasswordError:
        return 3
    except MemoryError:
        return 4
    except (CalamineError, OSError, ValueError, IndexError):
        return 2
    return 0


def done(book: Any, *asked: str) -> Any:
    if asked[:1] == ("fullest",):
        return fullest(book, map(int, asked[1:]))
    return convert(book, int(asked[0]), asked[1]) if asked else sheets(book)


def sheets(book: Any) -> list[dict]:
    return [{"name": sheet.name, "hidden": "Visible" not in str(sheet.visible)} for sheet in book.sheets_metadata]


def fullest(book: Any, numbers: Iterable[int]) -> int:
    """Not the page of notes in front of it, nor the list of terms behind it."""
    return max(numbers, key=lambda number: filled(book.get_sheet_by_index(number)))


def filled(sheet: Any) -> int:
    """The cells of its first rows, counting those that stand beside others."""
    counts = (sum(cell != "" for cell in row) for row in islice(sheet.iter_rows(), LOOKED_AT))
    return sum(count for count in counts if count > 1)


def convert(book: Any, number: int, target: str) -> int:
    sheet = book.get_sheet_by_index(number)
    merged, count = merged_down(sheet), 0
    above: list[Any] = []
    with open(target, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file)
        for row in sheet.iter_rows():
            cells = [text(cell) for cell in row]
            for place in merged.get(count, ()):
                cells[place] = above[place]
            writer.writerow(cells)
            above, count = cells, count + 1
    return count


def merged_down(sheet: Any) -> dict[int, list[int]]:
    """The rows and places that only repeat the cell above them: cells merged over several rows say the same in each,
    though the file keeps their words in the first alone."""
    places: dict[int, list[int]] = defaultdict(list)
    left, right = (sheet.start[1], sheet.end[1]) if sheet.start else (0, -1)
    room = MOST_MERGED
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
        room -= bottom - top
        if first == last and left <= first <= right and room > 0:
            for row in range(top + 1, bottom + 1):
                places[row].append(first - left)
    return places


def text(cell: Any) -> str:
    """A date as 2026-11-22, a whole number without a decimal point, a formula's kept value."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime.datetime):
        cell = cell.replace(microsecond=0)
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return str(cell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
