"""Files that respondents send. Each is stored under a name made here; its question then holds a signed token of it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from pilothouse.surveys.answering.asking import name_of
from pilothouse.surveys.definition import Page, Question
from pilothouse.surveys.models import Response
from pilothouse.surveys.questions import TYPES, Refused
from pilothouse.surveys.questions.upload import File, clean_name

FOLDER = "answers"
LOST = "lost"  # the key of a file that did not come along: nothing is stored under it
LARGEST_TRAVELLING = 50 * 1024 * 1024


def stored(request: HttpRequest, response: Response, page: Page) -> tuple[QueryDict, dict[str, str]]:
    """What was posted, with a token in the place of each file; and why a file was not taken, by question."""
    posted, refused = request.POST.copy(), {}
    for question in page.questions:
        kind = TYPES.get(question.type)
        if isinstance(kind, File):
            name = name_of(question)
            sent = request.FILES.get(f"{name}-file")
            if isinstance(sent, UploadedFile):
                try:
                    posted[name] = keep(kind, question, response, sent)
                    posted[f"{name}-name"] = clean_name(sent.name or "")
                except Refused as refusal:
                    refused[question.id] = str(refusal)
            elif f"{name}-remove" in posted:
                posted[name] = ""
    return posted, refused


def keep(kind: File, question: Question, response: Response, sent: UploadedFile) -> str:
    """The token of a file that is now in the store. Raises Refused."""
    name, size = sent.name or "", sent.size or 0
    kind.accepts(question, name, size)
    key = default_storage.save(f"{FOLDER}/{response.survey_id}/{uuid4().hex}", sent)
    return kind.token(question, key, name, size)


# A stored file is only ever found through the survey that took it in: keys are part of answers, and answers come from
# files too.


def is_own(survey_id: int, key: Any) -> bool:
    return isinstance(key, str) and re.fullmatch(rf"{FOLDER}/{survey_id}/[0-9a-f]{{32}}", key) is not None


def is_file(answer: Any) -> bool:
    if not isinstance(answer, dict) or not {"name", "key", "size"} <= set(answer) <= {"name", "key", "size", "data"}:
        return False
    return isinstance(answer["key"], str) and isinstance(answer["name"], str) and isinstance(answer["size"], int)


def keys_of(response: Response) -> list[str]:
    """The files of this response that lie in its own survey's folder."""
    given = [*response.answers.values(), *response.off_path.values()]
    return [one["key"] for one in given if is_file(one) and is_own(response.survey_id, one["key"])]


def opened(survey_id: int, answer: Any) -> IO[bytes] | None:
    """None where the answer names no file of this survey, or the disk has lost it."""
    if not is_file(answer) or not is_own(survey_id, answer["key"]):
        return None
    try:
        return default_storage.open(answer["key"], "rb")
    except OSError:
        return None


def remove_all(keys: Iterable[str]) -> None:
    for key in keys:
        default_storage.delete(key)


# With the product as one file


def with_contents(survey_id: int, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they travel: each file with what is in it, up to the size that comes in again."""
    return {id: travelling(survey_id, one) if is_file(one) else one for id, one in answers.items()}


def travelling(survey_id: int, answer: Mapping[str, Any]) -> dict[str, Any]:
    kept = {**answer, "key": LOST}
    stream = opened(survey_id, answer)
    if stream is None:
        return kept
    with stream:
        data = stream.read(LARGEST_TRAVELLING + 1)
    return kept if len(data) > LARGEST_TRAVELLING else {**kept, "data": base64.b64encode(data).decode()}


def arrived(survey_id: int, answers: Mapping[str, Any], saved: Callable[[str], None]) -> dict[str, Any]:
    """Answers with their files in this store, under names made here; `saved` hears of each. Whatever key a file names
    is forgotten. Raises ValueError for contents that are none."""
    return {id: settled(survey_id, one, saved) if is_file(one) else one for id, one in answers.items()}


def settled(survey_id: int, answer: Mapping[str, Any], saved: Callable[[str], None]) -> dict[str, Any]:
    kept = {name: value for name, value in answer.items() if name != "data"} | {"key": LOST}
    if "data" not in answer:
        return kept
    try:
        data = base64.b64decode(answer["data"], validate=True)
    except (binascii.Error, TypeError) as error:
        raise ValueError from error
    if len(data) > LARGEST_TRAVELLING:
        raise ValueError
    key = default_storage.save(f"{FOLDER}/{survey_id}/{uuid4().hex}", ContentFile(data))
    saved(key)
    return {**kept, "key": key, "size": len(data)}
