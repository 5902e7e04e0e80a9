"""Where a survey's arrays are kept: in this process while there is room, and in a file that outlives it.

Nothing tells a process that another one has taken an answer. Every reading asks the database for one line: how many
responses there are and the sum of their stamps. When that differs from what is kept, what is newer is read; when it
still differs (a response was erased, or was committed late), the kept stamps are compared with all stamps.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Count, F, Sum

from pilothouse import __version__
from pilothouse.surveys.analysis.store import Reader, Store, rows_of
from pilothouse.surveys.models import Response, Survey, Version

FORMAT = f"1 {__version__}"
MOST_BYTES = 256 * 2**20
PRIME = 1_000_003  # stamps are summed modulo this, so that their sum fits
WRITE_AFTER = 0.02  # of the rows being new, or a hundred
IN_A_QUERY = 500
Stamp = tuple[int, int]


class Memory:
    """The stores last read, the oldest dropped when they outgrow their room."""

    def __init__(self) -> None:
        self.stores: OrderedDict[str, Store] = OrderedDict()
        self.written: dict[str, int] = {}
        self.versions: OrderedDict[tuple[str, int], tuple[Version, Reader]] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, code: str) -> Store | None:
        with self.lock:
            if code in self.stores:
                self.stores.move_to_end(code)
            return self.stores.get(code)

    def keep(self, code: str, store: Store) -> None:
        with self.lock:
            self.stores[code] = store
            self.stores.move_to_end(code)
            while len(self.stores) > 1 and sum(one.bytes for one in self.stores.values()) > MOST_BYTES:
                self.stores.popitem(last=False)

    def drop(self, code: str) -> None:
        with self.lock:
            self.stores.pop(code, None)


memory = Memory()


def versions_of(survey: Survey) -> dict[int, tuple[Version, Reader]]:
    """The versions of a survey by id, oldest first. A version never changes, so each is read once a process."""
    found = {}
    known = memory.versions
    for pk in Version.objects.filter(survey=survey).order_by("number").values_list("pk", flat=True):
        if (survey.code, pk) not in known:
            version = Version.objects.get(pk=pk)
            known[survey.code, pk] = version, Reader(version.questionnaire)
        known.move_to_end((survey.code, pk))
        found[pk] = known[survey.code, pk]
    while len(known) > max(200, len(found)):
        known.popitem(last=False)
    return found


def store_of(survey: Survey) -> Store:
    """All responses as they are in the database now. What is kept in this process or in the file is brought up to date
    first, where the number of responses or the sum of their stamps differs."""
    kept = memory.get(survey.code) or from_file(survey) or Store()
    wanted = stamp_of_rows(survey)
    if stamp_of(kept) != wanted:
        kept = updated(survey, kept, wanted)
        memory.keep(survey.code, kept)
        write_when_much_is_new(survey, kept)
    elif memory.get(survey.code) is None:
        memory.keep(survey.code, kept)
    return kept


def stamp_of_rows(survey: Survey) -> Stamp:
    found = Response.objects.filter(survey=survey).aggregate(n=Count("pk"), sum=Sum(F("changed") % PRIME))
    return found["n"], int(found["sum"] or 0)


def stamp_of(store: Store) -> Stamp:
    return store.n, int((store.arrays[":changed"] % PRIME).sum())


def updated(survey: Survey, store: Store, wanted: Stamp) -> Store:
    """The store with the responses changed since it was read; compared response by response where that is not all."""
    readers = {pk: reader for pk, (_version, reader) in versions_of(survey).items()}
    store = store.with_rows(rows_of(survey.pk, changed__gt=store.watermark), readers)
    return store if stamp_of(store) == wanted else healed(survey, store, readers)


def healed(survey: Survey, store: Store, readers: dict[int, Reader]) -> Store:
    """The store compared with the database stamp by stamp: erased responses leave it (and the file), and whatever
    differs is read again."""
    there = dict(Response.objects.filter(survey=survey).values_list("pk", "changed"))
    kept = dict(zip(store.arrays[":id"].tolist(), store.arrays[":changed"].tolist(), strict=True))
    if len(kept.keys() & there.keys()) < len(kept):
        forget(survey)
        store = store.without(~np.isin(store.arrays[":id"], list(there)))
    differ = [pk for pk, changed in there.items() if kept.get(pk) != changed]
    for start in range(0, len(differ), IN_A_QUERY):
        store = store.with_rows(rows_of(survey.pk, pk__in=differ[start : start + IN_A_QUERY]), readers)
    return store


def file_of(survey: Survey) -> Path:
    return Path(settings.DATA) / "cache" / "surveys" / f"{survey.code}.npz"


def forget(survey: Survey) -> None:
    """Delete what is kept of a survey outside its tables; called whenever a response is erased."""
    memory.drop(survey.code)
    memory.written.pop(survey.code, None)
    file_of(survey).unlink(missing_ok=True)


def write_when_much_is_new(survey: Survey, store: Store) -> None:
    if abs(store.n - memory.written.get(survey.code, 0)) >= max(100, WRITE_AFTER * store.n):
        to_file(survey, store)
        memory.written[survey.code] = store.n


def to_file(survey: Survey, store: Store) -> None:
    """Write the file, whole or not at all, readable by the server's user alone. Where the disk is full there is none,
    and the next process reads the responses anew."""
    path = file_of(survey)
    about = {"format": FORMAT, "words": store.words, "newest": newest(survey, store)}
    partial = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            partial.chmod(0o600)
            np.savez(file, **store.arrays, **{"*about": np.frombuffer(json.dumps(about).encode(), np.uint8)})  # type: ignore[arg-type]
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)


def from_file(survey: Survey) -> Store | None:
    """The store as the file keeps it; None where there is none, another release wrote it, or the database was restored
    to an earlier day."""
    try:
        with np.load(file_of(survey), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, KeyError):
        return None
    about: dict[str, Any] = json.loads(arrays.pop("*about").tobytes())
    store = Store(arrays, about["words"])
    if about["format"] != FORMAT or about["newest"] != newest(survey, store):
        return None
    memory.written[survey.code] = store.n
    return store


def newest(survey: Survey, store: Store) -> list[str]:
    """[key of the response that was changed last], by which a file is known to be of this very database."""
    if not store.n:
        return []
    pk = int(store.arrays[":id"][store.arrays[":changed"].argmax()])
    rows = Response.objects.filter(survey=survey, pk=pk, changed=store.watermark)
    return [str(key) for key in rows.values_list("key", flat=True)]
