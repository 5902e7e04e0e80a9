"""Which way an interview goes: properties over logic, language and quota, then the cases a person would think of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pilothouse.surveys import flow
from pilothouse.surveys.definition import (
    Condition,
    End,
    Hidden,
    Jump,
    Option,
    Page,
    Question,
    Questionnaire,
    Quota,
    Row,
)

LANGUAGES = ["en", "zh-hans", "ar"]
PAGES, EACH = 6, 2
QUESTIONS = [f"q{page}{place}" for page in range(PAGES) for place in range(EACH)]
OPS = some.sampled_from(["is", "is_not", "any_of", "none_of", "answered", "unanswered", "less", "at_least", "contains"])


def text(words: str) -> dict[str, str]:
    return {language: f"{words} ({language})" for language in LANGUAGES}


def question(id: str, **more) -> Question:
    given = {"type": "single" if id.endswith("0") else "number", "options": [], **more}
    if given["type"] in ("single", "multiple") and not given["options"]:
        given["options"] = [Option(id=letter, text=text(letter)) for letter in "abc"]
    return Question(id=id, code=id, text=text(id), **given)


@some.composite
def conditions(draw, depth: int = 2):
    if depth and draw(some.booleans()):
        name = draw(some.sampled_from(["all", "any", "none"]))
        return Condition(**{name: draw(some.lists(conditions(depth - 1), min_size=1, max_size=2))})
    asked, op = draw(some.sampled_from(QUESTIONS)), draw(OPS)
    values = some.sampled_from(["a", "b", "c"]) if asked.endswith("0") else some.integers(0, 5)
    value = draw(some.lists(values, max_size=3)) if op in ("any_of", "none_of") else draw(values)
    return Condition(question=asked, op=op, value=value)


maybe = some.none() | conditions()


@some.composite
def questionnaires(draw):
    """Any logic at all, also such as `check` would refuse: jumps back, to nowhere, conditions on what comes later."""
    targets = some.sampled_from([*(f"p{at}" for at in range(PAGES)), "end:done", "end:out", "end:gone", "nowhere"])
    pages = [
        Page(
            id=f"p{at}",
            show_if=draw(maybe),
            shuffle=draw(some.booleans()),
            questions=[
                question(f"q{at}{place}", required=draw(some.booleans()), show_if=draw(maybe)) for place in range(EACH)
            ],
            jumps=[Jump(when=draw(maybe), to=draw(targets)) for _ in range(draw(some.integers(0, 2)))],
        )
        for at in range(PAGES)
    ]
    ends = [End(id="done"), End(id="out", kind="screened_out"), End(id="sorry", kind="quota_full")]
    quotas = [Quota(id=f"n{n}", name="n", when=draw(conditions()), limit=1, end="sorry") for n in range(2)]
    return Questionnaire(languages=LANGUAGES, pages=pages, ends=ends, quotas=quotas)


answers = some.fixed_dictionaries(
    {},
    optional={
        id: some.sampled_from([{"id": letter} for letter in "abc"]) if id.endswith("0") else some.integers(0, 5)
        for id in QUESTIONS
    },
)
ALL = [f"p{at}" for at in range(PAGES)]
full = some.sets(some.sampled_from(["n0", "n1"]))
several = settings(max_examples=80, deadline=None)


@several
@given(questionnaires(), answers, full, some.integers(0, 2**31))
def test_the_same_answers_lead_the_same_way_in_every_language(survey, given, filled, seed):
    routes = [flow.pages(survey, flow.State(given, {}, language, seed), ALL, filled) for language in LANGUAGES]
    assert routes[0] == routes[1] == routes[2]


@several
@given(questionnaires(), answers, full)
def test_every_path_ends_and_never_goes_back(survey, given, filled):
    """Whoever sends each page that is put before them arrives, having met each page at most once and in order."""
    everything = {id: {"id": "a"} if id.endswith("0") else 1 for id in QUESTIONS} | given
    seen: list[str] = []
    for _step in range(PAGES + 1):
        route = flow.pages(survey, flow.State(everything), seen, filled)
        assert route.done == seen
        if route.current is None:
            break
        assert not seen or ALL.index(route.current.id) > ALL.index(seen[-1])
        seen.append(route.current.id)
    assert route.end is not None
    assert route.current is None


@several
@given(questionnaires(), answers, answers, some.sets(some.sampled_from(ALL)), full)
def test_answers_off_the_path_never_count(survey, given, other, seen, filled):
    """Whatever stands in questions that were not asked: the way and the answers that count stay the same."""
    route = flow.pages(survey, flow.State(given), seen, filled)
    asked = {
        one.id for id in route.open for one in flow.shown(survey, survey.page(id), flow.State(route.answers | given))
    }
    assert set(route.answers) <= asked & set(given)
    changed = {**{id: value for id, value in other.items() if id not in asked}, **{id: given[id] for id in asked & set(given)}}  # fmt: skip
    assert flow.pages(survey, flow.State(changed), seen, filled) == route


@several
@given(questionnaires(), answers, some.sets(some.sampled_from(ALL)))
def test_the_page_to_ask_lacks_something_or_was_not_sent(survey, given, seen):
    route = flow.pages(survey, flow.State(given), seen)
    assert (route.current is None) == (route.end is not None)
    for id in route.done:
        assert id in seen
        asked = flow.shown(survey, survey.page(id), flow.State(given))
        assert asked
        assert not flow.lacking(asked, given)
    if route.current:
        asked = flow.shown(survey, route.current, flow.State(given))
        assert asked
        assert route.current.id not in seen or flow.lacking(asked, given)


@several
@given(questionnaires(), answers, full)
def test_a_filled_quota_turns_away_exactly_those_who_meet_it(survey, given, filled):
    everything = {id: {"id": "a"} if id.endswith("0") else 1 for id in QUESTIONS} | given
    free = flow.pages(survey, flow.State(everything), ALL)
    turned = flow.pages(survey, flow.State(everything), ALL, filled)
    assert turned.done == free.done[: len(turned.done)]
    if turned.quota:
        assert turned.quota.id in filled
        assert turned.quota in flow.met(survey, flow.State(turned.answers))
    else:
        assert turned.end == free.end
        assert turned.end.kind != "complete" or not filled & {
            one.id for one in flow.met(survey, flow.State(turned.answers))
        }


@several
@given(
    some.lists(some.tuples(some.sampled_from(["", "fixed", "exclusive", "other"]), some.booleans()), max_size=12),
    some.integers(0, 2**31),
)
def test_a_shuffled_order_is_a_permutation_that_keeps_what_is_fixed(marks, seed):
    given = [Option(id=str(at), **({mark: True} if mark else {})) for at, (mark, _free) in enumerate(marks)]
    asked = question("q00", options=given or [Option(id="x")], shuffle=True)
    order = flow.options(asked, seed)
    assert order == flow.options(asked, seed)
    assert sorted(one.id for one in order) == sorted(one.id for one in asked.options)
    for at, option in enumerate(asked.options):
        assert not option.fixed or order[at] is option
    loose = [option for option in order if not option.fixed]
    last = [option.exclusive or option.other for option in loose]
    assert last == sorted(last)


def test_orders_differ_between_respondents_and_pages_keep_statements_in_place():
    asked = question("q00", options=[Option(id=str(n)) for n in range(8)], shuffle=True)
    assert len({tuple(one.id for one in flow.options(asked, seed)) for seed in range(40)}) > 30
    page = Page(
        id="p", shuffle=True, questions=[question("s", type="statement"), *(question(f"q{n}1") for n in range(5))]
    )
    survey = Questionnaire(pages=[page])
    orders = {tuple(one.id for one in flow.shown(survey, page, flow.State(seed=seed))) for seed in range(40)}
    assert len(orders) > 20
    assert {order[0] for order in orders} == {"s"}


def test_rows_are_shuffled_and_their_scale_is_not():
    asked = Question(
        id="m", type="single", code="m", shuffle=True, rows=[Row(id=str(n)) for n in range(9)],
        options=[Option(id=str(n)) for n in range(5)],
    )  # fmt: skip
    assert flow.options(asked, 7) == asked.options
    assert flow.rows(asked, 7) != asked.rows
    assert sorted(row.id for row in flow.rows(asked, 7)) == [row.id for row in asked.rows]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition(question="one", value="a"), True),
        (Condition(question="one", value="A"), True),
        (Condition(question="one", op="is_not", value="a"), False),
        (Condition(question="gone", op="is_not", value="a"), True),
        (Condition(question="gone", op="unanswered"), True),
        (Condition(question="gone", op="less", value=9), False),
        (Condition(question="many", op="contains", value="b"), True),
        (Condition(question="many", op="any_of", value=["c", "b"]), True),
        (Condition(question="many", op="none_of", value=["c"]), True),
        (Condition(question="many", value=["b", "a"]), True),
        (Condition(question="many", value=["a"]), False),
        (Condition(question="n", value="5.0"), True),
        (Condition(question="n", op="at_least", value="5"), True),
        (Condition(question="n", op="more", value=5), False),
        (Condition(question="n", op="more", value="x"), False),
        (Condition(question="words", op="contains", value="票"), True),
        (Condition(hidden="from", value="mail"), True),
        (Condition(hidden="none", op="answered"), False),
        (Condition(language="zh-hans"), True),
        (Condition(language="en"), False),
        (Condition(language="en", op="is_not"), True),
        (Condition(all=[]), True),
        (Condition(any=[]), False),
        (Condition(none=[Condition(question="one", value="b")]), True),
    ],
)
def test_conditions(condition, expected):
    survey = Questionnaire(
        pages=[Page(id="p", questions=[
            question("one", type="single"), question("many", type="multiple"), question("n", type="number"),
            question("gone", type="number"), question("words", type="text"),
        ])],
        hidden=[Hidden(code="from")],
    )  # fmt: skip
    given = {"one": {"id": "a"}, "many": {"ids": ["a", "b"]}, "n": 5, "words": "改签船票"}
    state = flow.State(given, {"from": "mail"}, "zh-hans")
    assert flow.holds(condition, survey, state) is expected


def test_earlier_answers_are_piped_in():
    survey = Questionnaire(
        pages=[Page(id="p", questions=[question("n", type="number"), question("one", type="single")])],
        hidden=[Hidden(code="name")],
    )
    state = flow.State({"n": 5}, {"name": "*Ada*"}, "en")
    assert flow.pipe("Why {{ N }}, {{name}}? {{one}}{{other}}", survey, state, lambda said: f"<{said}>") == (
        "Why <5>, <*Ada*>? <><>"
    )
