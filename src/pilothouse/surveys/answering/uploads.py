"""Files that respondents send. Each is stored under a name made here; its question then holds a signed token of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from pilothouse.surveys.answering.asking import name_of
from pilothouse.surveys.definition import Page, Question
from pilothouse.surveys.models import Response
from pilothouse.surveys.questions import TYPES, Refused
from pilothouse.surveys.questions.upload import File, clean_name

FOLDER = "answers"


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


def remove(key: str) -> None:
    if key.startswith(f"{FOLDER}/"):
        default_storage.delete(key)


def remove_all(keys: Iterable[str]) -> None:
    for key in keys:
        remove(key)
