"""Import a file from the command line, by the same steps as the wizard; or a whole product from its JSON file."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from pilothouse.commands.acting import Misunderstood, Refused, file_there, one_of, whole
from pilothouse.commands.speaking import _

NAME = "import"
HELP = _("import a file of items, or a product's JSON file")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_there, help=_("CSV, TSV, XLSX, XLS, ODS; or .json for a whole product"))
    parser.add_argument("--workspace", help=_("needed where there are several"))
    parser.add_argument("--product", required=True, metavar="KEY", help=_("the product, or the key of the new one"))
    parser.add_argument("--kind", help=_("what the rows are: feedback, task …"))
    parser.add_argument("--as", dest="email", metavar="EMAIL", help=_("who imports (default: the first owner)"))
    parser.add_argument("--map", nargs="+", default=[], metavar="FIELD=COLUMN", help=_("what columns become"))
    parser.add_argument("--set", nargs="+", default=[], metavar="FIELD=VALUE", help=_("the same for every row"))
    parser.add_argument("--key", nargs="+", default=[], metavar="COLUMN", help=_("the columns that tell rows apart"))
    parser.add_argument("--policy", choices=["changed", "fill", "skip"], help=_("rows that are here already"))
    parser.add_argument("--encoding", help=_("when it is not recognised"))
    parser.add_argument("--sheet", type=whole(0, 999), help=_("number of the sheet, from 0"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    parser.add_argument("--json", action="store_true", help=_("print the outcome as JSON"))


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.acting import actor_of
    from pilothouse.commands.django_setup import migrate, setup

    setup()
    from pilothouse.people.access import Archived

    migrate()
    try:
        actor = actor_of(options.workspace, options.email)
        whole = options.file.suffix == ".json" and not options.kind
        return import_product(actor, options) if whole else import_items(actor, options)
    except Archived as error:
        raise Refused(str(error)) from None


def import_product(actor: Any, options: argparse.Namespace) -> int:
    from pilothouse.exchange.whole.checks import BadFile
    from pilothouse.exchange.whole.incoming import bring_in

    try:
        with options.file.open("rb") as file:
            product = bring_in(actor, file, options.product)
    except BadFile as error:
        raise Refused(str(error)) from None
    print(f"{product.key} {product.name}: {product.items.count():,} items")
    return 0


def import_items(actor: Any, options: argparse.Namespace) -> int:
    from pilothouse.commands.acting import follow, product_of
    from pilothouse.exchange.reading.delimited import Unreadable
    from pilothouse.exchange.reading.encodings import ENCODINGS
    from pilothouse.exchange.taking import steps
    from pilothouse.exchange.taking.telling import adapt
    from pilothouse.kinds import KINDS
    from pilothouse.workbench.writing.cleaning import Invalid

    if options.kind not in KINDS:
        raise Misunderstood(one_of("--kind", ", ".join(KINDS)))
    if options.encoding not in (None, *ENCODINGS):
        raise Misunderstood(one_of("--encoding", ", ".join(ENCODINGS)))
    product = product_of(actor, options.product)
    if not options.file.stat().st_size:
        raise Refused(_("%(file)s is empty.") % {"file": options.file})
    try:
        with options.file.open("rb") as file:
            source = steps.receive(actor, product, options.kind, options.file.name, file, most=float("inf"))
    except Unreadable as error:
        raise Refused(str(error)) from None
    try:
        adapt(actor, source, told_by(options))
    except (Unreadable, Invalid, Misunderstood) as error:
        steps.discard(source)
        raise Misunderstood(str(error)) from None
    job = follow(steps.begin_check(actor, source) if options.dry_run else steps.begin(actor, source))
    told(source, job.result or {}, options)
    failed = (job.result or {}).get("failed", 0)
    if options.dry_run:
        steps.discard(source)
    return 1 if failed else 0


def told_by(options: argparse.Namespace) -> Any:
    """What was said on the command line, to be put over what is guessed."""
    from pilothouse.exchange.taking.telling import Told

    mapped = list(map(pair, options.map))
    return Told(
        columns={name: target for target, name in mapped if name},
        without=[target for target, name in mapped if not name],
        constants=dict(map(pair, options.set)),
        key=options.key,
        policy=options.policy or "",
        reading={name: str(value) for name in ("encoding", "sheet") if (value := getattr(options, name)) is not None},
    )


def pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise Misunderstood(_("%(text)r is no FIELD=COLUMN") % {"text": text})
    return name, value


def told(source: Any, counts: dict[str, int], options: argparse.Namespace) -> None:
    rows = source.problems.filter(checking=options.dry_run)
    problems = [{"row": row.row, "outcome": row.outcome, "reasons": row.reasons} for row in rows]
    if options.json:
        print(json.dumps({"counts": counts, "problems": problems, "dry_run": options.dry_run}, ensure_ascii=False))
        return
    for problem in problems[:100]:
        for reason in problem["reasons"]:
            where = _("row %(n)s") % {"n": problem["row"]} + (f", {reason['column']}" if reason["column"] else "")
            print(f"{where}: {reason['message']}", file=sys.stderr)
    print(", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count) or _("nothing to import"))
