"""What the check of a questionnaire finds before it is published."""

from __future__ import annotations

import pytest

from pilothouse.surveys import flow
from pilothouse.surveys.definition import (
    Condition,
    End,
    Jump,
    Page,
    Question,
    Questionnaire,
    Quota,
)
from tests.surveys.test_flow import question


def test_check_finds_what_leads_nowhere():
    later = Condition(question="q11", op="answered")
    survey = Questionnaire(
        languages=["en", "zh-hans"],
        pages=[
            Page(
                id="p0",
                questions=[Question(id="q01", type="number", code="q01", text={"en": "{{nobody}}"}, show_if=later)],
                jumps=[Jump(to="p2"), Jump(when=Condition(question="no"), to="end:no")],
            ),
            Page(id="p1", questions=[question("q11")], jumps=[Jump(to="p0")]),
            Page(id="p2", questions=[question("q20", show_if=Condition(hidden="no", value="x"))]),
            Page(id="p3", show_if=Condition(question="q20", value="z"), questions=[question("q31", type="telepathy")]),
            Page(id="p4", show_if=Condition(language="fr")),
        ],
        ends=[End(id="a"), End(id="b"), End(id="c", kind="quota_full", redirect="https://evil.example/x")],
        quotas=[Quota(id="n", name="n", when=Condition(question="q01"), limit=1, end="none")],
    )  # fmt: skip
    found = {(problem.path, problem.code): problem for problem in flow.check(survey, ["good.example"])}
    assert {
        ("questions.q01", "later_question"), ("pages.p0.jumps.0", "hides_jumps"), ("pages.p0.jumps.1", "unknown_question"),
        ("pages.p0.jumps.1", "unknown_end"), ("pages.p1.jumps.0", "leads_back"), ("questions.q20", "unknown_hidden"),
        ("pages.p3", "unknown_option"), ("questions.q31", "unknown_type"), ("pages.p4", "unknown_language"),
        ("pages.p4", "empty_page"), ("quotas.n", "unknown_end"), ("ends.c", "redirect_host"), ("ends.b", "unreached_end"),
        ("questions.q01.text", "unknown_code"), ("questions.q01.text", "untranslated"),
    } <= set(found)  # fmt: skip
    assert not found["questions.q01.text", "untranslated"].serious
    assert found["pages.p1.jumps.0", "leads_back"].serious


def test_a_page_that_is_always_passed_over_is_reported():
    survey = Questionnaire(
        pages=[
            Page(id="p0", questions=[question("q01")], jumps=[Jump(to="p2")]),
            Page(id="p1", questions=[question("q11")]),
            Page(id="p2", questions=[question("q21")]),
        ]
    )
    assert [(one.path, one.serious) for one in flow.check(survey) if one.code == "unreached_page"] == [
        ("pages.p1", False)
    ]


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://good.example/a?b=1", True),
        ("https://GOOD.example", True),
        ("https://good.example:8443/", False),
        ("https://good.example.evil.example/", False),
        ("https://good.example@evil.example/", False),
        ("https:good.example", False),
        ("//good.example", False),
        ("javascript:alert(1)//good.example", False),
        ("https://evil.example\\@good.example", False),
        ("https://good.example/\r\nSet-Cookie: a=b", False),
        ("https://[good.example", False),
    ],
)
def test_a_survey_leads_only_to_the_hosts_it_allows(address, good):
    survey = Questionnaire(pages=[Page(id="p", questions=[question("q01")])], ends=[End(id="a", redirect=address)])
    codes = {problem.code for problem in flow.check(survey, ["good.example"])}
    assert ("redirect_host" not in codes) is good
