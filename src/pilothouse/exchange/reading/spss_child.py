"""Runs as a process of its own, with little memory and time, because its library is native code and the file a
stranger's.

    python -I spss_child.py FILE            prints what its variables are, as JSON
    python -I spss_child.py FILE MODE OUT   writes its cells as "words" or "codes" to OUT as UTF-8 CSV, and prints rows

It imports nothing of the product.
"""

import csv
import datetime
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 1 << 30
CPU_SECONDS = 60
LARGEST_FILE = 1 << 30
CELLS_AT_ONCE = 1_000_000
# The second is for files that do not say in which encoding they are.
ENCODINGS = (None, "GB18030")


def main(arguments: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from pyreadstat import PyreadstatError, ReadstatError

    for encoding in ENCODINGS:
        try:
            print(json.dumps(done(arguments, encoding)))
        except MemoryError:
            return 4
        except UnicodeError:
            continue
        except (PyreadstatError, ReadstatError) as error:
            why = str(error).casefold()
            if "memory" in why:
                return 4
            if "encod" not in why and "convert" not in why:
                return 2
        except (OSError, ValueError, TypeError, KeyError):
            return 2
        else:
            return 0
    return 2


def done(arguments: list[str], encoding: str | None) -> Any:
    path, *more = arguments
    return convert(path, more[0], more[1], encoding) if more else variables(path, encoding)


def read(path: str, encoding: str | None, **rows: Any) -> Any:
    """The columns and what is said of them; days that no calendar has stay numbers."""
    from pyreadstat import read_sav

    wanted = {"output_format": "dict", "encoding": encoding, **rows}
    try:
        return read_sav(path, **wanted)
    except OverflowError:
        return read_sav(path, disable_datetime_conversion=True, **wanted)


def variables(path: str, encoding: str | None) -> list[dict]:
    about = read(path, encoding, metadataonly=True)[1]
    return [
        {
            "name": name,
            "label": (about.column_names_to_labels.get(name) or "").strip(),
            "values": [label.strip() for _code, label in in_order(about.variable_value_labels.get(name, {}))],
        }
        for name in about.column_names
    ]


def in_order(labels: dict) -> list[tuple]:
    return sorted(labels.items(), key=lambda pair: (isinstance(pair[0], str), pair[0]))


def convert(path: str, mode: str, target: str, encoding: str | None) -> int:
    about = read(path, encoding, metadataonly=True)[1]
    labels = about.variable_value_labels if mode == "words" else {}
    gaps = with_gaps(path, encoding, about) if labels else set()
    labels = {name: whole(known, name in gaps) for name, known in labels.items()}
    count = 0
    with open(target, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file)
        writer.writerow(about.column_names)
        for columns in parts(path, encoding, about):
            rows = list(zip(*(said(columns[name], labels.get(name, {})) for name in about.column_names), strict=True))
            writer.writerows(rows)
            count += len(rows)
    return count


def parts(path: str, encoding: str | None, about: Any, only: list[str] | None = None) -> Iterator[dict]:
    """The rows by thousands, so that a long file needs no more memory than a short one."""
    at_once = max(100, CELLS_AT_ONCE // max(1, len(only or about.column_names)))
    done, found = 0, at_once
    while found == at_once:
        columns = read(path, encoding, row_offset=done, row_limit=at_once, usecols=only)[0]
        found = max(map(len, columns.values()), default=0)
        done += found
        if found:
            yield columns


def with_gaps(path: str, encoding: str | None, about: Any) -> set[str]:
    """Variables of which only some values have a label, as the ends of a scale have."""
    labels = about.variable_value_labels
    gaps: set[str] = set()
    for columns in parts(path, encoding, about, list(labels)):
        gaps |= {name for name, cells in columns.items() if without(cells, labels[name])}
    return gaps


def without(cells: list, labels: dict) -> set[str]:
    return set(map(text, cells)) - set(map(text, labels)) - {""}


def whole(labels: dict, gaps: bool) -> dict:
    """Where there are gaps the number stands in front of the words, so that all of them are numbers still."""
    if not gaps:
        return labels
    return {
        code: label if label.startswith(text(code)) else f"{text(code)} - {label}" for code, label in labels.items()
    }


def said(values: list, labels: dict) -> list[str]:
    return [text(labels[value]) if value in labels else text(value) for value in values]


def text(cell: Any) -> str:
    """A date as 2026-11-22, a whole number without a decimal point, nothing for a missing value."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.replace(microsecond=0).isoformat(" ")
    return str(cell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
