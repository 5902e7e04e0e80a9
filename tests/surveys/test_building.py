"""The pages of a survey, as far as all of them share them."""

from __future__ import annotations

from typing import Any

import pytest

from pilothouse.surveys.models import Survey
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench import actions
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_survey_made_anywhere_has_its_row(cast: Cast, client: Any) -> None:
    item = actions.create(cast.alice, cast.product, "survey", {"title": "Riders"})
    assert not Survey.objects.filter(item=item).exists()
    client.force_login(cast.alice.user)
    for path in ("", "/survey"):
        assert client.get(item.url + path).status_code == 200
    assert survey_for(item).questionnaire.title.get("en") == "Riders"


def test_who_sees_a_survey(cast: Cast, client: Any) -> None:
    url = actions.create(cast.alice, cast.product, "survey", {"title": "Riders"}).url + "/survey"
    for actor, status in ((cast.alice, 200), (cast.bob, 200), (cast.gwen, 200), (cast.charlie, 404)):
        client.force_login(actor.user)
        assert client.get(url).status_code == status
