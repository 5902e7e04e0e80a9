"""A file as an answer. The page that takes it in stores it first and posts a signed token in its place, so that
nobody can name a file that is not theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from pilothouse.surveys.definition import Question
from pilothouse.surveys.questions import posted as reading
from pilothouse.surveys.questions.declare import Column, Refused, Settings
from pilothouse.surveys.questions.words import One

MEGABYTE = 1_048_576
LONGEST_NAME, LONGEST_TOKEN = 255, 3_000
ENDING = re.compile(r"^[a-z0-9]{1,12}$")
SALT = "survey answer file"


class FileSettings(Settings):
    """`endings` are file name endings without a dot; none means any."""

    megabytes: int = Field(10, ge=1, le=100)
    endings: list[str] = Field([], max_length=30)


class File(One):
    slug, icon, name = "file", "paperclip", _("File")
    asks = _("A screenshot or document. Ask for it only where you will look at it.")
    measure = "file"
    Settings = FileSettings

    def misses(self, question: Question, settings: Any) -> list[Any]:
        bad = [ending for ending in settings.endings if not ENDING.match(ending)]
        return [gettext("“%(ending)s” is no file name ending.") % {"ending": ending[:20]} for ending in bad]

    def token(self, question: Question, key: str, name: str, size: int) -> str:
        """What a stored file is posted as: its key in the store, its name and its size in bytes."""
        kept = {"name": clean_name(name), "key": key, "size": size}
        return signing.dumps([question.id, kept], salt=SALT)

    def accepts(self, question: Question, name: str, size: int) -> None:
        """Whether a file may be stored at all. Raises Refused."""
        settings = self.settings(question)
        if size > settings.megabytes * MEGABYTE:
            raise Refused(gettext("The file is larger than %(n)s MB.") % {"n": settings.megabytes})
        ending = name.rpartition(".")[2].casefold()
        if settings.endings and ending not in settings.endings:
            raise Refused(gettext("Only these files can be taken: %(list)s.") % {"list": ", ".join(settings.endings)})

    def cell(self, question: Question, column: Column, raw: Any) -> Any:
        """A token from a page, or what `cells` gave."""
        if raw in (None, ""):
            return None
        if isinstance(raw, Mapping):
            return kept_file(raw) or refuse()
        return opened(question, raw) if isinstance(raw, str) and len(raw) < LONGEST_TOKEN else refuse()

    def reader(self, question: Question) -> Callable[[Any], dict[str, Any]]:
        def read(answer: Any) -> dict[str, Any]:
            found = kept_file(answer) if isinstance(answer, Mapping) else None
            return {"": found} if found else {}

        return read

    def shown(self, question: Question, answer: Any, language: str) -> str:
        return str(answer.get("name", "")) if isinstance(answer, Mapping) else ""

    def value(self, question: Question, answer: Any, part: str = "") -> Any:
        return self.shown(question, answer, "") or None


def clean_name(name: str) -> str:
    return reading.words(name.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:], LONGEST_NAME) or "file"


def opened(question: Question, token: str) -> dict[str, Any]:
    try:
        of, kept = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return refuse()
    return (kept_file(kept) if of == question.id else None) or refuse()


def kept_file(answer: Mapping[str, Any]) -> dict[str, Any] | None:
    name, key, size = answer.get("name"), answer.get("key"), answer.get("size")
    if not (isinstance(name, str) and isinstance(key, str) and isinstance(size, int)) or isinstance(size, bool):
        return None
    sound = re.fullmatch(r"[\w/.-]{1,200}", key, re.ASCII) and ".." not in key and 0 <= size < 10**12
    return {"name": name[:LONGEST_NAME], "key": key, "size": size} if sound else None


def refuse() -> Any:
    raise Refused(gettext("The file did not arrive. Choose it again."))
