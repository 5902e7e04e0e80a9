"""Every rule speaks where it should, is quiet where it should be, and says so in both languages."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from pilothouse.methods import REGISTRY
from pilothouse.people.models import Workspace
from pilothouse.steps.choosing import step_of
from pilothouse.steps.declare import FIRES, FULFILLED, NOT_APPLICABLE
from pilothouse.steps.numbers import NUMBERS
from pilothouse.steps.rules import RULES
from tests.steps.cases import CASES, WAITING
from tests.steps.made import facts

EVERY = pytest.mark.parametrize("slug", RULES)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def told(slug, snapshot):
    snapshot.look.product.workspace = Workspace(slug="harbor")
    return step_of(RULES[slug], snapshot.look.product, snapshot, {})


def test_every_rule_has_its_cases():
    assert set(CASES) == set(RULES)
    assert len(RULES) >= 45
    assert {chapter for rule in RULES.values() for chapter in rule.chapters} == set(range(1, 25))


@EVERY
def test_it_fires_and_it_rests(slug):
    speaks, rests = (told(slug, snapshot) for snapshot in CASES[slug])
    assert (speaks.state, rests.state) == (FIRES, FULFILLED)
    assert speaks.url.startswith("/w/harbor/")
    assert "%(" not in speaks.url
    assert not speaks.url.endswith("/None")
    assert set(speaks.numbers) | set(rests.numbers) <= set(NUMBERS)


@EVERY
def test_it_is_said_in_whole_sentences_in_both_languages(slug):
    step = told(slug, CASES[slug][0])
    for language in ("en", "zh-hans"):
        with translation.override(language):
            texts = [step.text, step.reason, step.enough, step.action, str(step.rule.claim), str(step.rule.here)]
            texts = [text for text in texts if text]
        assert not [text for text in texts if "%(" in text]
        assert all(CHINESE.search(text) for text in texts) == (language == "zh-hans")
        assert texts[1][-1] in ".”。"


@pytest.mark.parametrize("slug", WAITING)
def test_it_waits_until_there_is_something_to_judge(slug):
    assert told(slug, WAITING[slug]).state == NOT_APPLICABLE


def test_a_new_product_is_told_one_thing():
    assert [slug for slug in RULES if told(slug, facts()).state == FIRES] == ["first_words"]


def test_least_samples_are_those_of_the_methods():
    """What a rule asks for stands in the docstring of the method it names."""
    wanted = {"kano_few_answers": "20", "nps_few_answers": "100", "sus_few_answers": "12", "price_few_answers": "100", "few_predictions": "30", "too_few_weeks": "5", "large_method_few_answers": "100"}  # fmt: skip
    for slug, number in wanted.items():
        module = __import__(f"pilothouse.methods.{RULES[slug].method}", fromlist=["x"])
        sample = re.search(r"^Sample: (.*)", module.__doc__, re.M)[1]
        assert number in sample, (slug, sample)
    assert all(not rule.method or rule.method in REGISTRY for rule in RULES.values())
