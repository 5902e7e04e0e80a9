"""Export a kind as CSV or XLSX, or a whole product as JSON, from the command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pilothouse.commands.speaking import _

NAME = "export"
HELP = _("export a kind as CSV or XLSX, or a product as JSON")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("where to write: .csv, .xlsx or .json; - is standard output"))
    parser.add_argument("--workspace", help=_("needed where there are several"))
    parser.add_argument("--product", required=True, metavar="KEY", help=_("the product"))
    parser.add_argument("--kind", help=_("which items: feedback, task …; without it the whole product as .json"))
    parser.add_argument(
        "--filter", default="", metavar="QUERY", help=_("as in a list's address: state=idea&sort=-score")
    )
    parser.add_argument("--raw", action="store_true", help=_("stable names, as an import reads them"))
    parser.add_argument("--as", dest="email", metavar="EMAIL", help=_("who exports (default: the first owner)"))


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.acting import actor_of, product_of
    from pilothouse.commands.django_setup import migrate, setup

    setup()
    migrate()
    refuse_other_kinds(options.file, options.kind)
    actor = actor_of(options.workspace, options.email)
    product = product_of(actor, options.product)
    if options.file.suffix == ".xlsx":
        write_xlsx(actor, product, options)
    else:
        write(options.file, pieces(actor, product, options))
    return 0


def refuse_other_kinds(path: Path, kind: str | None) -> None:
    """The name of the file says what is written; nothing else goes under it."""
    from pilothouse.commands.acting import Misunderstood, one_of
    from pilothouse.kinds import KINDS

    if str(path) != "-" and path.suffix not in (".csv", ".xlsx", ".json"):
        raise Misunderstood(
            _("%(file)s: the name ends in .csv or .xlsx for a kind, in .json for a whole product.") % {"file": path}
        )
    if kind not in KINDS and (kind or path.suffix in (".csv", ".xlsx")):
        raise Misunderstood(one_of("--kind", ", ".join(KINDS)))
    if kind and path.suffix == ".json":
        raise Misunderstood(_("A .json file holds the whole product: leave --kind out, or write .csv or .xlsx."))


def pieces(actor: Any, product: Any, options: argparse.Namespace) -> Iterator[bytes]:
    from pilothouse.exchange.whole.outgoing import lines
    from pilothouse.exchange.writing.files import csv_bytes

    if not options.kind:
        return (line.encode("utf-8", "replace") for line in lines(product))
    columns, found = table(actor, product, options)
    return csv_bytes([column.head for column in columns], found, raw=options.raw)


def write_xlsx(actor: Any, product: Any, options: argparse.Namespace) -> None:
    from pilothouse.exchange.writing.files import xlsx_file
    from pilothouse.workbench.models.custom import kind_of

    columns, found = table(actor, product, options)
    heads, slugs = [column.head for column in columns], [column.slug for column in columns]
    name = str(kind_of(product, options.kind).plural)
    with xlsx_file(heads, slugs, found, name) as file:
        write(options.file, iter(partial(file.read, 1 << 20), b""))


def table(actor: Any, product: Any, options: argparse.Namespace) -> tuple[list[Any], Iterator[list[Any]]]:
    from django.http import QueryDict

    from pilothouse.commands.acting import Misunderstood
    from pilothouse.exchange.views.exports import ordered
    from pilothouse.exchange.writing.table import columns_for, rows
    from pilothouse.workbench.viewing.filters import BadFilter
    from pilothouse.workbench.viewing.state import read

    try:
        view = read(actor, product, options.kind, QueryDict(options.filter))
        items = ordered(view)
    except BadFilter as error:
        raise Misunderstood(f"{error.parameter}: {error}") from None
    columns = columns_for(view.kind, raw=options.raw)
    return columns, rows(items, product, columns)


def write(path: Path, parts: Iterator[bytes]) -> None:
    """Whole or not at all: beside its place first."""
    if str(path) == "-":
        sys.stdout.buffer.writelines(parts)
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
