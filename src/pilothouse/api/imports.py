"""Files on their way in, through the very steps of the wizard."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Header, Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import ValidationError

from pilothouse.api.auth import caller
from pilothouse.api.edge import strict
from pilothouse.api.idempotency import once
from pilothouse.api.import_schemas import ImportOut, Mapping, import_out
from pilothouse.api.listing import known_kind
from pilothouse.api.words import in_words
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.taking import steps
from pilothouse.exchange.taking.steps import TooLarge
from pilothouse.exchange.taking.telling import Told, adapt
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.writing.cleaning import Invalid

router = Router()
MOST_PROBLEMS = 200


@router.post("/products/{key}/imports", response={202: ImportOut}, summary="Import a file of items")
def begin(
    request: HttpRequest,
    key: str,
    file: File[UploadedFile],
    kind: Form[str],
    mapping: str = Form(
        "", description="JSON: columns, constants, key, policy, encoding, delimiter, sheet, header, dates"
    ),
    dry_run: bool = Form(False, description="only say what would happen; start it afterwards"),
    idempotency_key: str | None = Header(None),
) -> Any:
    """CSV, TSV, XLSX, XLS or ODS, up to 200 MB; `kind` is what its rows are: feedback, task …

    Encoding, header and columns are guessed as the wizard guesses them. A row that is here already is known again
    by its id or its key columns, so that the same file twice makes nothing twice."""
    actor = caller(request)
    product = actor.product(key, "write")
    told = mapping_of(mapping)

    def act() -> tuple[int, Any]:
        source = received(actor, product, known_kind(kind), file, told)
        if dry_run:
            steps.begin_check(actor, source)
        else:
            source.job = steps.begin(actor, source)
        return 202, shown(source, "")

    return once(request, act)


@router.get("/imports/{import_id}", response=ImportOut, summary="How far an import is, and which rows were not taken")
def state(request: HttpRequest, import_id: uuid.UUID, cursor: str = "") -> Any:
    """Rows that were not taken are told to those who could have imported them."""
    actor = caller(request)
    source = import_of(actor, import_id, "read")
    return shown(source, cursor, problems=actor.may("inspect"))


@router.post("/imports/{import_id}/start", response={202: ImportOut}, summary="Import what was only checked so far")
def start(request: HttpRequest, import_id: uuid.UUID) -> Any:
    """One that runs or is done is left alone; one that was stopped goes on where it stopped."""
    actor = caller(request)
    source = import_of(actor, import_id)
    if source.undone_at is not None or source.undo_job is not None:
        raise HttpError(409, _("This import was taken back; upload the file again."))
    source.job = steps.begin(actor, source)
    return Status(202, shown(source, ""))


@router.post("/imports/{import_id}/undo", response={202: ImportOut}, summary="Take an import back")
def undo(request: HttpRequest, import_id: uuid.UUID) -> Any:
    """Only by whoever imported it; what was worked on since stays."""
    actor = caller(request)
    source = import_of(actor, import_id)
    if not steps.may_undo(actor, source):
        raise HttpError(409, _("Only an import of your own that is over and was not taken back can be taken back."))
    source.undo_job = steps.begin_undo(actor, source)
    return Status(202, shown(source, ""))


def mapping_of(text: str) -> Told:
    if not text.strip():
        return Told()
    try:
        return Mapping.model_validate(strict(text.encode("utf-8", "surrogatepass"))).told()
    except ValidationError as error:
        errors = [{**one, "loc": ("", *one["loc"])} for one in error.errors(include_url=False)]
        raise Invalid({f"mapping.{place}".rstrip("."): why for place, why in in_words(errors).items()}) from None


def received(actor: Actor, product: Product, kind: str, file: UploadedFile, told: Told) -> Import:
    if not file.size:
        raise Invalid({"file": _("Choose a file that has something in it.")})
    try:
        source = steps.receive(actor, product, kind, file.name or "", file)  # type: ignore[arg-type]
    except Unreadable as error:
        raise Invalid({"file": error}) from None
    except TooLarge:
        raise HttpError(413, _("The file is larger than 200 MB. Split it and import the parts one by one.")) from None
    try:
        adapt(actor, source, told)
    except (Unreadable, Invalid) as error:
        steps.discard(source)
        raise named(error) from None
    return source


def named(error: Unreadable | Invalid) -> Invalid:
    if isinstance(error, Unreadable):
        return Invalid({"file": error})
    return Invalid({f"mapping.{name}": message for name, message in error.errors.items()})


def import_of(actor: Actor, import_id: uuid.UUID, verb: str = "write") -> Import:
    """One that was begun: a file that a person is still mapping on the pages is theirs alone."""
    rows = Import.objects.select_related("job", "check_job", "undo_job").exclude(job=None, check_job=None)
    source = actor.find(rows, verb, pk=import_id, answers=False)
    source.product = next(product for product in actor.products if product.pk == source.product_id)
    return source


def shown(source: Import, cursor: str, *, problems: bool = True) -> dict[str, Any]:
    """With the problems of its last step; the cursor is the row after which more are wanted."""
    if cursor and not (cursor.isdecimal() and len(cursor) < 18):
        raise Invalid({"cursor": _("This place in the list cannot be read. Start again from the first page.")})
    rows = source.problems.filter(checking=source.job is None, row__gt=int(cursor or 0)).order_by("row")
    found = list(rows[: MOST_PROBLEMS + 1]) if problems else []
    following = str(found[MOST_PROBLEMS - 1].row) if len(found) > MOST_PROBLEMS else None
    return import_out(source, found[:MOST_PROBLEMS], following)
