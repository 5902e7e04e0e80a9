"""What each type of question takes and what it refuses, in the words a respondent reads."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from pilothouse.surveys.questions import TYPES, Refused
from tests.surveys.questions import NAME, asked, options, post, rows

FILE = TYPES["file"]


def read(slug: str, posted: QueryDict, **more: Any) -> Any:
    return TYPES[slug].read(asked(slug, **more), posted, NAME)


CHOICES = options("a", "b", "n", "o", exclusive="n", other="o")


@pytest.mark.parametrize(("slug", "more", "posted", "answer"), [
    ("single", {"options": CHOICES}, post(_="b"), {"id": "b"}),
    ("single", {"options": CHOICES}, post(_="o", other=" by  bike "), {"id": "o", "other": "by  bike"}),
    ("single", {"options": CHOICES}, post(other="by bike"), {"id": "o", "other": "by bike"}),
    ("single", {"options": CHOICES}, post(_="a", other="by bike"), {"id": "a"}),
    ("single", {"options": CHOICES}, post(), None),
    ("multiple", {"options": CHOICES}, post(_=["b", "a", "b"]), {"ids": ["a", "b"]}),
    ("multiple", {"options": CHOICES}, post(_=["n"]), {"ids": ["n"]}),
    ("multiple", {"options": CHOICES, "settings": {"minimum": 2}}, post(_="n"), {"ids": ["n"]}),
    ("picture", {"options": options("a", "b")}, post(_="a"), {"id": "a"}),
    ("picture", {"options": options("a", "b"), "settings": {"many": True}}, post(_="a"), {"ids": ["a"]}),
    ("text", {}, post(_="a\r\nb\x00\ud800"), "a\nb"),
    ("text", {"settings": {"kind": "email"}}, post(_="a@b.example"), "a@b.example"),
    ("text", {}, post(_="   "), None),
    ("number", {}, post(_="1,250.50"), 1250.5),
    ("number", {}, post(_="１，２５０"), 1250),
    ("number", {}, post(_="-3"), -3),
    ("date", {}, post(_="2026/2/9"), "2026-02-09"),
    ("rating", {}, post(_="4"), 4),
    ("nps", {}, post(_="0"), 0),
    ("matrix", {"rows": rows("a", "b")}, post(a="1"), {"a": 1}),
    ("differential", {}, post(r1="7", r2="1"), {"r1": 7, "r2": 1}),
    ("ranking", {"options": options("a", "b", "c")}, post(a="3", c="1"), ["c", "a"]),
    ("sum", {"options": options("a", "b", "c")}, post(a="60", b="40"), {"a": 60, "b": 40, "c": 0}),
    ("sum", {"options": options("a", "b")}, post(a="0", b=""), None),
    ("sum", {"options": options("a", "b"), "settings": {"whole": False, "total": 1}}, post(a=".3", b=".7"), {"a": 0.3, "b": 0.7}),
    ("consent", {}, post(_="on"), True),
    ("consent", {}, post(_="no"), None),
    ("statement", {}, post(_="x"), None),
    ("kano", {"rows": rows("a")}, post(a__f="1", a__d="5"), {"a": {"f": 1, "d": 5}}),
    ("kano", {"rows": rows("a"), "settings": {"importance": True}}, post(a__importance="9"), {"a": {"importance": 9}}),
    ("opportunity", {"rows": rows("a")}, post(a__importance="5", a__satisfaction="2"), {"a": {"importance": 5, "satisfaction": 2}}),
    ("psm", {}, post(too_cheap="2", cheap="4", expensive="9", too_expensive="12.5"),
     {"too_cheap": 2, "cheap": 4, "expensive": 9, "too_expensive": 12.5}),
    ("psm", {"settings": {"rising": False}}, post(too_cheap="9", cheap="4"), {"too_cheap": 9, "cheap": 4}),
    ("ladder", {"settings": {"prices": [5, 12.5]}}, post(**{"5": "yes", "12__5": "no"}), {"5": True, "12.5": False}),
])  # fmt: skip
def test_taken(slug: str, more: dict[str, Any], posted: QueryDict, answer: Any) -> None:
    assert read(slug, posted, **more) == answer


@pytest.mark.parametrize(("slug", "more", "posted", "words"), [
    ("single", {"options": CHOICES}, post(_=["a", "b"]), "one answer only"),
    ("single", {"options": CHOICES}, post(_="zzz"), "one of the answers offered"),
    ("multiple", {"options": CHOICES}, post(_=["a", "n"]), "“N” cannot be chosen together"),
    ("multiple", {"options": CHOICES, "settings": {"minimum": 2}}, post(_="a"), "at least 2"),
    ("multiple", {"options": CHOICES, "settings": {"maximum": 1}}, post(_=["a", "b"]), "at most 1"),
    ("text", {"settings": {"longest": 3}}, post(_="four"), "At most 3 characters fit here; this has 4"),
    ("text", {"settings": {"kind": "email"}}, post(_="a@"), "e-mail"),
    ("text", {"settings": {"kind": "link"}}, post(_="javascript:alert(1)"), "http"),
    ("number", {}, post(_="1e999"), "A number"),
    ("number", {}, post(_="nan"), "A number"),
    ("number", {}, post(_="1_000"), "A number"),
    ("number", {}, post(_="12,5"), "A number"),
    ("number", {"settings": {"whole": True}}, post(_="1.5"), "whole number"),
    ("number", {"settings": {"minimum": 1}}, post(_="0"), "smallest value is 1"),
    ("date", {}, post(_="2026-02-30"), "A date"),
    ("date", {"settings": {"minimum": "2026-01-01"}}, post(_="2025-12-31"), "earliest date is 2026-01-01"),
    ("rating", {}, post(_="6"), "one of the answers"),
    ("nps", {}, post(_="11"), "one of the answers"),
    ("scale", {"settings": {"low": 1, "high": 7}}, post(_="0"), "one of the answers"),
    ("ranking", {"options": options("a", "b", "c")}, post(a="1", b="1"), "Place 1 is given twice"),
    ("ranking", {"options": options("a", "b", "c")}, post(a="0"), "1, 2, 3"),
    ("ranking", {"options": options("a", "b", "c"), "settings": {"maximum": 1}}, post(a="1", b="2"), "place only"),
    ("sum", {"options": options("a", "b")}, post(a="60", b="41"), "adds up to 101; it should be 100"),
    ("sum", {"options": options("a", "b")}, post(a="-10", b="110"), "smallest value is 0"),
    ("sum", {"options": options("a", "b")}, post(a="50.5", b="49.5"), "Whole numbers"),
    ("kano", {"rows": rows("a")}, post(a__f="6"), "one of the answers"),
    ("maxdiff", {"rows": rows(*"abcde")}, None, "cannot be the same"),
    ("conjoint", {}, post(**{"1": "9"}), "one of the answers"),
    ("psm", {}, post(too_cheap="9", cheap="4"), "higher than the one before"),
    ("psm", {"settings": {"most": 100}}, post(too_expensive="101"), "largest value is 100"),
    ("ladder", {}, post(**{"5": "perhaps"}), "yes or no"),
    ("file", {}, post(_="ab/cdef"), "did not arrive"),
])  # fmt: skip
def test_refused(slug: str, more: dict[str, Any], posted: QueryDict | None, words: str) -> None:
    if posted is None:
        first = asked(slug, **more).settings["sets"][0][0]
        posted = post(**{"1__best": first, "1__worst": first})
    with pytest.raises(Refused, match=words):
        read(slug, posted, **more)


def test_a_refusal_names_its_part() -> None:
    with pytest.raises(Refused) as refusal:
        read("matrix", post(a="1", b="9"), rows=rows("a", "b"))
    assert refusal.value.part == "b"


def test_what_makes_an_answer_full() -> None:
    ranked = asked("ranking", options=options("a", "b", "c"), settings={"maximum": 2})
    assert not TYPES["ranking"].complete(ranked, ["a"])
    assert TYPES["ranking"].complete(ranked, ["a", "c"])
    kano = asked("kano", rows=rows("a"), settings={"importance": True})
    assert not TYPES["kano"].complete(kano, {"a": {"f": 1}})
    assert TYPES["kano"].complete(kano, {"a": {"f": 1, "d": 5}})
    assert not TYPES["matrix"].complete(asked("matrix", rows=rows("a", "b")), {"a": 1})
    assert not TYPES["psm"].complete(asked("psm"), {"cheap": 1})


def test_what_conditions_compare() -> None:
    multiple = asked("multiple", options=CHOICES)
    assert TYPES["multiple"].value(multiple, {"ids": ["a", "b"]}) == ["a", "b"]
    assert TYPES["nps"].value(asked("nps"), 9) == 9
    assert TYPES["matrix"].value(asked("matrix", rows=rows("a")), {"a": 4}, "a") == 4
    assert TYPES["ranking"].value(asked("ranking", options=options("a", "b")), ["b", "a"], "a") == 2


def test_how_answers_are_said() -> None:
    single = asked("single", options=CHOICES)
    assert TYPES["single"].shown(single, {"id": "o", "other": "by bike"}, "en") == "by bike"
    assert TYPES["multiple"].shown(asked("multiple", options=CHOICES), {"ids": ["a", "b"]}, "zh-hans") == "A、B"
    assert TYPES["nps"].shown(asked("nps"), 10, "zh-hans") == "10 非常可能"
    kano = asked("kano", rows=rows("a"))
    assert (
        TYPES["kano"].shown(kano, {"a": {"f": 1, "d": 5}}, "zh-hans")
        == "如果有“A”，你会觉得？很喜欢\n如果没有“A”，你会觉得？很不喜欢"
    )
    assert TYPES["psm"].shown(asked("psm", settings={"currency": "€"}), {"cheap": 4.5}, "en").endswith("? €4.50")
    assert TYPES["number"].shown(asked("number", settings={"unit": "kg"}), 1250.5, "en") == "1,250.5 kg"


def test_a_file_is_named_by_a_token_that_only_the_server_makes() -> None:
    question = asked("file", settings={"megabytes": 1, "endings": ["png"]})
    token = FILE.token(question, "ab/cdef", "C:\\fakepath\\screen.png", 12)  # type: ignore[attr-defined]
    answer = FILE.read(question, post(_=token), NAME)
    assert answer == {"name": "screen.png", "key": "ab/cdef", "size": 12}
    for changed in (token[:-2], token + "x", token.replace(":", "", 1), "x" * 10_000):
        with pytest.raises(Refused, match="did not arrive"):
            FILE.read(question, post(_=changed), NAME)
    with pytest.raises(Refused, match="did not arrive"):  # another question's file
        FILE.read(
            question.model_copy(update={"id": "y"}), QueryDict(mutable=True) | MultiValueDict({NAME: [token]}), NAME
        )
    with pytest.raises(Refused, match="larger than 1 MB"):
        FILE.accepts(question, "a.png", 2_000_000)  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="Only these files"):
        FILE.accepts(question, "a.exe", 10)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("slug", "more", "words"), [
    ("single", {"options": options("a")}, "at least 2 answers"),
    ("multiple", {"settings": {"minimum": 5}}, "More answers are asked for"),
    ("matrix", {"rows": []}, "at least 1 row"),
    ("ranking", {"settings": {"minimum": 3, "maximum": 2}}, "More places"),
    ("ladder", {"settings": {"prices": [5, 4]}}, "must rise"),
    ("conjoint", {"settings": {"price": "price", "amounts": {"l1": 5}}}, "amount as a number"),
    ("file", {"settings": {"endings": ["../x"]}}, "no file name ending"),
    ("scale", {"settings": {"low": 5, "high": 1}}, "setting cannot be used"),
])  # fmt: skip
def test_what_keeps_a_question_from_being_asked(slug: str, more: dict[str, Any], words: str) -> None:
    made = asked(slug).model_copy(update=more)
    assert any(words in problem for problem in TYPES[slug].lacks(made))
