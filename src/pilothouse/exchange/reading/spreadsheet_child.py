"""Runs as a process of its own, with little memory and time, because spreadsheets from strangers can be bombs.

    python -I spreadsheet_child.py FILE            prints the sheets as JSON
    python -I spreadsheet_child.py FILE N OUT      writes sheet N to OUT as UTF-8 CSV, and prints its rows

It imports nothing of the product.
"""

import csv
import datetime
import json
import resource
import sys
from typing import Any

MEMORY = 1 << 30
CPU_SECONDS = 60


def main(arguments: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(arguments[0])
        print(json.dumps(sheets(book) if len(arguments) == 1 else convert(book, int(arguments[1]), arguments[2])))
    except PasswordError:
        return 3
    except MemoryError:
        return 4
    except (CalamineError, OSError, ValueError, IndexError):
        return 2
    return 0


def sheets(book: Any) -> list[dict]:
    return [{"name": sheet.name, "hidden": "Visible" not in str(sheet.visible)} for sheet in book.sheets_metadata]


def convert(book: Any, number: int, target: str) -> int:
    count = 0
    with open(target, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file)
        for row in book.get_sheet_by_index(number).iter_rows():
            writer.writerow([text(cell) for cell in row])
            count += 1
    return count


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
