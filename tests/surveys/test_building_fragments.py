"""What the builder answers to a browser with scripts: parts of the page, each with the id of what it replaces."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pilothouse.surveys import actions
from pilothouse.surveys.definition import Condition, Hidden, Jump, Quota
from pilothouse.surveys.instruments import READY, together
from pilothouse.surveys.models import Survey
from pilothouse.surveys.rows import survey_for
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def survey(cast: Cast, client: Any) -> Survey:
    """With conditions, jumps, a quota, hidden fields and consent: everything that a part can show."""
    found = together([READY["kano"], READY["nps"], READY["conjoint"]], cast.product, languages=["en", "zh-hans"])
    asks = Condition(question="often", op="any_of", value=["daily", "weekly"])
    nested = Condition(all=[Condition(any=[asks, Condition(hidden="source", value="mail")]), Condition(language="en")])
    later = found.pages[-1]
    later.show_if = nested
    found.pages[0].jumps.append(Jump(when=asks, to=later.id))
    found.pages[1].jumps.append(Jump(to="end:thanks"))
    found.quotas.append(Quota(id="u1", name="Daily", when=asks, limit=5))
    found.hidden.append(Hidden(code="source"))
    client.force_login(cast.alice.user)
    return actions.create_survey(cast.alice, cast.product, found)


def send(client: Any, survey: Survey, at: str, do: str = "", **fields: Any) -> str:
    version = survey_for(survey.item).draft_version
    answer = client.post(f"{survey.url}/edit/{at}", {"version": version, "in": "en", "do": do, **fields}, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_a_kept_change_answers_with_its_row_its_problems_and_the_new_version(client: Any, survey: Survey) -> None:
    page = send(client, survey, "q.often", text="How often?")
    assert 'id="row-often"' in page
    assert 'id="problems"' in page
    assert 'id="draft-version" value="2"' in page
    assert 'id="editor"' not in page
    assert "Saved" in page


def test_every_part_is_shown_and_answers(client: Any, survey: Survey) -> None:
    found = survey.questionnaire
    parts = [f"q.{one.id}" for one in found.questions()] + [f"p.{one.id}" for one in found.pages]
    for at in [*parts, "welcome", "ends", "quotas", "hidden"]:
        for code in found.languages:
            shown = client.get(f"{survey.url}/edit?at={at}&in={code}", headers=HTMX)
            assert f'data-part="{at}"' in shown.content.decode()


OPTIONS = ("add:options", "add:options.daily", "remove:options.never", "shift:options.daily.down", "refresh", "split")


@pytest.mark.parametrize("do", [*OPTIONS, "add-test", "copy", "type", "move", "paste:options"])
def test_what_is_pressed_at_a_question_comes_back_whole(client: Any, survey: Survey, do: str) -> None:
    more = {"type": "multiple", "place": "p.nps", "lines": "One\nTwo"}
    assert 'id="editor"' in send(client, survey, "q.often", do, **more)


def test_options_are_added_pasted_moved_and_taken_away(client: Any, survey: Survey) -> None:
    def ids() -> list[str]:
        return [one.id for one in survey_for(survey.item).questionnaire.question("often").options]  # type: ignore[union-attr]

    send(client, survey, "q.often", "shift:options.daily.down")
    assert ids() == ["weekly", "daily", "rarely", "never"]
    send(client, survey, "q.often", "paste:options.weekly", lines="A\n\n B ")
    assert len(ids()) == 6
    assert ids()[0] == "weekly"
    send(client, survey, "q.often", "remove:options.never")
    assert "never" not in ids()
    send(client, survey, "q.often", options=["rarely", "weekly"])
    assert ids().index("rarely") < ids().index("weekly")
    assert len(ids()) == 5


def test_a_condition_is_written_as_a_sentence_and_dropped(client: Any, survey: Survey) -> None:
    first = "missing"
    fields = {"part": 1, "if-match": "any", "if-leaf": ["0", "1"], "if-0-subject": "q:often", "if-0-op": "is_not",
              "if-0-value": "never", "if-1-subject": "l:en", "if-1-op": "is", "if-1-value": "zh-hans"}  # fmt: skip
    send(client, survey, f"q.{first}", **fields)
    condition = survey_for(survey.item).questionnaire.question(first).show_if  # type: ignore[union-attr]
    assert [leaf.op for leaf in condition.any] == ["is_not", "is"]  # type: ignore[union-attr]
    assert condition.any[1].language == "zh-hans"  # type: ignore[union-attr, index]
    send(client, survey, f"q.{first}", **fields, **{"if-drop": ["0", "1"]})
    assert survey_for(survey.item).questionnaire.question(first).show_if is None  # type: ignore[union-attr]


def typed(page: str, prefix: str = "if") -> dict[str, Any]:
    """What the condition's rows would post as they stand."""
    part = page[page.index(f'id="{prefix}"') :]
    part = part[: part.rindex("</fieldset>")]
    found: dict[str, Any] = {"part": 1}
    for name, options in re.findall(rf'<select[^>]*name="({prefix}[^"]*)"[^>]*>(.*?)</select>', part, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    for name, value in re.findall(rf'<input[^>]*name="({prefix}-(?!leaf|drop)[^"]*)" value="([^"]*)"', part):
        if "checkbox" not in name:
            found[name] = value
    ticked = re.findall(rf'name="({prefix}-[\d.]+-value)" value="([^"]*)" checked', part)
    for name in {name for name, _value in ticked}:
        found[name] = [value for one, value in ticked if one == name]
    found[f"{prefix}-leaf"] = re.findall(rf'name="{prefix}-leaf" value="([^"]*)"', part)
    return found


def test_groups_of_conditions_are_shown_changed_and_told(cast: Cast, client: Any, survey: Survey) -> None:
    page = survey.questionnaire.pages[-1]
    at = f"p.{page.id}"

    def shown() -> str:
        return client.get(f"{survey.url}/edit?at={at}&in=en", headers=HTMX).content.decode()

    def kept() -> Any:
        return survey_for(survey.item).questionnaire.page(page.id).show_if  # type: ignore[union-attr]

    assert "if-0-match" in shown()
    assert "in the exported file" not in shown()
    before = page.show_if
    send(client, survey, at, title="Plans", **typed(shown()))  # nothing was touched
    assert kept() == before
    send(client, survey, at, "add-test:0", **typed(shown()))
    assert [len(list(one.leaves())) for one in kept().all] == [3, 1]
    answer = send(client, survey, at, "add-test:group", **typed(shown()))
    assert [bool(one.any) for one in kept().all] == [True, False, True]
    assert "(Often is" in answer.replace("&#34;", '"')
    fields = typed(shown())
    fields |= {"if-match": "any", "if-0-match": "all", "if-2-match": "none", "if-2.0-op": "unanswered"}
    send(client, survey, at, **fields)
    assert [name for name in ("all", "any", "none") if getattr(kept().any[0], name)] == ["all"]
    assert kept().any[2].none[0].op == "unanswered"
    send(client, survey, at, **typed(shown()), **{"if-drop": ["0.0", "0.2", "2.0", "2.1"]})
    assert [one.all or one.any or one.none for one in kept().any] == [None, None]  # one row needs no group
    deep = Condition(all=[Condition(any=[Condition(all=[before, before])])])
    document = survey_for(survey.item).questionnaire.model_copy(deep=True)
    document.pages[-1].show_if = deep
    now = survey_for(survey.item)
    actions.save_draft(cast.alice, now, document.model_dump(mode="json"), now.draft_version)
    assert 'name="if-kept"' in shown()


def test_conditions_that_never_hold_are_named_where_they_stand(client: Any, survey: Survey) -> None:
    last = survey.questionnaire.pages[-1]
    fields = {"part": 1, "if-match": "all", "if-leaf": ["0", "1.0", "1.1"], "if-1-match": "all"}
    for at, value in (("0", "daily"), ("1.0", "weekly"), ("1.1", "weekly")):
        fields |= {f"if-{at}-subject": "q:often", f"if-{at}-op": "is", f"if-{at}-value": value}
    words = "This condition never holds"
    assert words not in send(client, survey, f"p.{last.id}", **fields)
    fields |= {"if-1.1-value": "daily"}
    assert words in send(client, survey, f"p.{last.id}", **fields)
    fields |= {"if-match": "any"}
    assert words not in send(client, survey, f"p.{last.id}", **fields)


def test_a_nested_condition_stays_what_it_was(client: Any, survey: Survey) -> None:
    page = survey.questionnaire.pages[-1]
    send(client, survey, f"p.{page.id}", part=1, title="Plans", **{"if-kept": 1})
    kept = survey_for(survey.item).questionnaire.page(page.id)
    assert kept
    assert kept.show_if == page.show_if
    assert kept.title.get("en") == "Plans"


def test_jumps_are_added_and_dangling_ones_named(client: Any, survey: Survey) -> None:
    page = survey.questionnaire.pages[1]
    assert 'name="jump-1-to"' in send(client, survey, f"p.{page.id}", "add-jump")
    back = survey.questionnaire.pages[0].id
    answer = send(client, survey, f"p.{page.id}", part=1, jump="0", **{"jump-0-to": back})
    assert "leads back" in answer


def test_a_renamed_feature_takes_its_untouched_wordings_along(client: Any, survey: Survey) -> None:
    row = survey.questionnaire.question("kano").rows[0]  # type: ignore[union-attr]
    kept = {f"rows-{row.id}-more-{name}": text.get("en") for name, text in row.more.items()}
    own = {**kept, f"rows-{row.id}-more-d": "My own words"}
    send(client, survey, "q.kano", rows=row.id, **{f"rows-{row.id}-text": "Night boats", **own})
    after = survey_for(survey.item).questionnaire.question("kano").row(row.id)  # type: ignore[union-attr]
    assert after
    assert "Night boats" in after.more["f"].get("en")
    assert after.more["d"].get("en") == "My own words"


def test_around_the_questions(client: Any, survey: Survey) -> None:
    def now() -> Any:
        return survey_for(survey.item).questionnaire

    send(client, survey, "welcome", "add-consent", title="T")
    send(client, survey, "welcome", title="T", consent="We keep it a month.", retention_days="30", show_progress="1")
    assert (now().consent.retention_days, now().allow_back) == (30, False)
    send(client, survey, "ends", "add")
    assert len(now().ends) == 2
    send(client, survey, "quotas", "add")
    quota = now().quotas[-1]
    send(
        client, survey, "quotas", quota=quota.id, **{f"quota-{quota.id}-name": "Weekly", f"quota-{quota.id}-limit": "7"}
    )
    assert (now().quotas[-1].name, now().quotas[-1].limit) == ("Weekly", 7)
    send(client, survey, "hidden", fields="source = web\ncampaign")
    assert [(one.code, one.default) for one in now().hidden] == [("source", "web"), ("campaign", "")]


def test_questions_and_pages_are_dragged(client: Any, survey: Survey) -> None:
    pages = survey.questionnaire.pages
    send(client, survey, "outline", "drag", id="often", page=pages[0].id, before="kano")
    assert [one.id for one in survey_for(survey.item).questionnaire.pages[0].questions][:2] == ["often", "kano"]
    send(client, survey, "outline", "drag-page", id=pages[-1].id, before=pages[0].id)
    assert survey_for(survey.item).questionnaire.pages[0].id == pages[-1].id


def test_translations_are_kept_one_by_one(client: Any, survey: Survey) -> None:
    version, path = survey_for(survey.item).draft_version, "questions.often.text"
    fields = {"version": version, "to": "zh-hans", "path": path, f"t:{path}": "多久一次？"}
    answer = client.post(f"{survey.url}/languages", fields, headers=HTMX).content.decode()
    assert "Saved" in answer
    assert f'id="draft-version" value="{version + 1}"' in answer


def test_the_last_change_is_taken_back_step_by_step(client: Any, survey: Survey) -> None:
    for text in ("One", "Two"):
        send(client, survey, "q.often", text=text)
    for expected in ("One", survey.questionnaire.question("often").text.get("en")):  # type: ignore[union-attr]
        answer = client.post(f"{survey.url}/edit/undo", {"at": "q.often", "in": "en"}, headers=HTMX)
        assert survey_for(survey.item).questionnaire.question("often").text.get("en") == expected  # type: ignore[union-attr]
        page = answer.content.decode()
        assert all(f'id="{part}"' in page for part in ("editor", "outline", "saved", "draft-version"))
        assert f"\n{expected}</textarea>" in page
        assert "Taken back" in answer.headers["HX-Trigger"]
    assert client.post(f"{survey.url}/edit/undo", {"at": "q.often"}).status_code == 302


def test_a_change_that_was_not_kept_says_so(client: Any, survey: Survey) -> None:
    address = f"{survey.url}/edit/q.often"
    answer = client.post(address, {"version": 1, "in": "en", "code": "a b"}, headers=HTMX)
    assert answer.status_code == 422
    assert "Not saved yet" in answer.content.decode()
    for words in ("One", "Two"):
        answer = client.post(address, {"version": 1, "in": "en", "text": words}, headers=HTMX)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert 'id="saved"' in page
    assert "Not saved yet" in page
    assert "One" in page
    assert "Two" in page
