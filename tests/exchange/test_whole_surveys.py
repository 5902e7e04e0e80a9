"""Surveys travel with their product: drafts, versions, answers, invitations without their doors, codes and codings."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.whole.checks import BadFile
from pilothouse.exchange.whole.incoming import bring_in
from pilothouse.people.models import Product
from pilothouse.surveys import actions, pictures
from pilothouse.surveys.analysis import actions as erasing
from pilothouse.surveys.answering import uploads
from pilothouse.surveys.models import Code, Coding, Invitation, QuotaCount, Response, Survey, Version
from pilothouse.workbench.models import Event
from pilothouse.workbench.writing import conversation
from pilothouse.workbench.writing.actions import create
from tests.exchange.helpers import again
from tests.exchange.test_whole import as_file, canonical, exported
from tests.surveys.taking import fresh
from tests.surveys.test_files_answers import QUESTIONNAIRE

pytestmark = pytest.mark.usefixtures("media")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def full(cast):
    """A product in which a survey was drafted, published twice, answered, coded and given invitations and a picture."""
    from pilothouse.surveys.definition import Questionnaire

    for n in range(3):  # so that no key of the database happens to be its number
        create(cast.alice, cast.private, "survey", {"title": f"Other {n}"})
    questionnaire = Questionnaire.model_validate(QUESTIONNAIRE)
    other = actions.create_survey(cast.alice, cast.private, questionnaire)
    actions.publish(cast.alice, other)
    Code.objects.create(product=cast.private, name="elsewhere")
    survey = actions.create_survey(cast.alice, cast.product, questionnaire)
    first = actions.publish(cast.alice, survey, "第一版")
    key = pictures.keep(cast.alice, survey, PICTURE)
    survey = fresh(survey)
    draft = json.loads(json.dumps(survey.draft))
    draft["pages"][0]["questions"][0]["options"][0]["image"] = key
    actions.save_draft(cast.alice, survey, draft, survey.draft_version)
    second = actions.publish(cast.alice, fresh(survey))
    actions.save_draft(cast.alice, fresh(survey), {**draft, "intro": {"en": "Hello"}}, fresh(survey).draft_version)
    invitation = Invitation.objects.create(survey=survey, token_digest="a" * 64, email="ann@example.com", name="安")
    Invitation.objects.create(survey=survey, token_digest="b" * 64, name="Ben")
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    row = Response.objects.create(
        survey=survey, version=first, language="zh-hans", answers={"q1": {"id": "n"}, "q2": "=1 风"}, status="complete",
        invitation=invitation, finished_at=at, seen=["p1"], flags=["speeder"], weight=1.5, external_id="x1", changed=7,
    )  # fmt: skip
    Response.objects.create(survey=survey, version=second, language="en", answers={"q4": 9}, member=cast.bob.user)
    QuotaCount.objects.create(survey=survey, quota="z", count=3)
    top = Code.objects.create(product=cast.product, name="weather", meaning="风浪")
    code = Code.objects.create(product=cast.product, name="wind", parent=top)
    Coding.objects.create(response=row, question="q2", code=code, by=cast.alice.user)
    conversation.attach(cast.alice, survey.item, SimpleUploadedFile("a.txt", b"x"))
    return Product.objects.select_related("workspace").get(pk=cast.product.pk)


def copied(cast, text: str, key: str = "COPY") -> Product:
    made = bring_in(again(cast.alice), as_file(text), key)
    return Product.objects.select_related("workspace").get(pk=made.pk)


def test_surveys_come_in_again_equal(cast, full):
    text = exported(full)
    copy = copied(cast, text)
    assert canonical(exported(copy)) == canonical(text)
    survey = Survey.objects.get(item__product=copy)
    assert survey.live.number == 2
    assert survey.live.survey == survey
    assert Version.objects.filter(survey=survey).count() == 2
    assert [row.version.number for row in survey.responses.order_by("pk")] == [1, 2]
    assert Coding.objects.get(response__survey=survey).code.parent.name == "weather"
    assert pictures.read(fresh(survey), survey.questionnaire.question("q1").options[0].image) == PICTURE


def test_what_opens_a_door_there_opens_none_here(cast, full):
    text = exported(full)
    first = Survey.objects.get(item__product=full)
    assert "a" * 64 not in text
    assert first.code not in text
    assert not any(str(key) in text for key in first.responses.values_list("key", flat=True))
    survey = Survey.objects.get(item__product=copied(cast, text))
    assert survey.code != first.code
    assert not Invitation.objects.filter(survey=survey, token_digest__in=["a" * 64, "b" * 64, ""]).exists()
    assert survey.invitations.count() == 2


def test_the_history_of_the_copy_names_its_own_versions(cast, full):
    copy = copied(cast, exported(full))
    events = Event.objects.filter(product=copy, verb="published").order_by("pk")
    keys = list(Version.objects.filter(survey__item__product=copy).order_by("number").values_list("pk", flat=True))
    assert [event.changes["version"] for event in events] == keys
    assert [event.changes["before"] for event in events] == [None, keys[0]]


@pytest.mark.parametrize(
    ("table", "name", "value", "place"),
    [
        ("surveys", "live", 99, "surveys[1].live"),
        ("surveys", "draft", {"pages": 5}, "surveys[1].draft.pages"),
        ("surveys", "collection", {"access": "all"}, "surveys[1].collection.access"),
        ("survey_versions", "definition", {"surprise": 1}, "survey_versions[1].definition.surprise"),
        ("survey_versions", "survey", 7, "survey_versions[1].survey"),
        ("survey_responses", "version", None, "survey_responses[1].version"),
        ("survey_responses", "status", "happy", "survey_responses[1].status"),
        ("survey_responses", "answers", [], "survey_responses[1].answers"),
        ("survey_responses", "key", "x", "survey_responses[1]"),
        ("codes", "parent", 50, "codes[1].parent"),
    ],
)
def test_hostile_surveys_are_refused_by_name(cast, full, table, name, value, place):
    document = json.loads(exported(full))
    document[table][0][name] = value
    with pytest.raises(BadFile) as refused:
        bring_in(again(cast.alice), as_file(json.dumps(document)), "COPY")
    assert place in str(refused.value)
    assert not Product.objects.filter(key="COPY").exists()


def test_what_respondents_sent_travels_and_no_key_of_a_file_is_believed(cast, full):
    row = Response.objects.filter(status="complete", survey__item__product=full).get()
    mine = default_storage.save(f"answers/{row.survey_id}/{'c' * 32}", ContentFile(b"a screenshot"))
    others = default_storage.save("attachments/secret", ContentFile(b"theirs"))
    gone = f"answers/{row.survey_id}/{'d' * 32}"
    evil = ("answers/../attachments/secret", f"answers/1/{'e' * 32}", "/etc/passwd", "attachments/secret")
    files = {f"f{n}": {"name": "a.txt", "key": key, "size": 6} for n, key in enumerate((mine, gone, *evil))}
    Response.objects.filter(pk=row.pk).update(answers={**row.answers, **files})
    text = exported(full)
    assert "theirs" not in text
    assert b64encode(b"theirs").decode() not in text
    made = Response.objects.get(survey__item__product=copied(cast, text), status="complete")
    kept = [made.answers[f"f{n}"] for n in range(6)]
    assert kept[0]["key"] not in (mine, "lost")
    assert uploads.opened(made.survey_id, kept[0]).read() == b"a screenshot"
    assert [one["key"] for one in kept[1:]] == ["lost"] * 5
    assert [one["name"] for one in kept] == ["a.txt"] * 6
    Response.objects.filter(pk=made.pk).update(answers=files)  # as if a file had been believed
    made.refresh_from_db()
    assert uploads.keys_of(made) == []
    assert [uploads.opened(made.survey_id, one) for one in files.values()] == [None] * 6
    erasing.erase(cast.alice, made.survey, made)
    assert all(default_storage.exists(key) for key in (mine, others))
    broken = text.replace(b64encode(b"a screenshot").decode(), "!!")
    with pytest.raises(BadFile, match="survey_responses"):
        copied(cast, broken, "COPZ")
