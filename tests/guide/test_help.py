"""What a method's page says: read from its docstring, whole in both languages, with numbers that can be tried."""

from __future__ import annotations

import re
import sys

import pytest

from pilothouse.guide.library import trying
from pilothouse.guide.library.child import computed
from pilothouse.guide.library.help import chinese, help_for, parts
from pilothouse.guide.library.homes import PAGES, homes_of
from pilothouse.guide.library.outcome import outcome_of
from pilothouse.guide.library.typed import MOST_VALUES, Unreadable, example, plain, taken, written
from pilothouse.guide.links import KNOWN
from pilothouse.methods import REGISTRY

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]|\([\u4e00-\u9fff]|[\u4e00-\u9fff]\)")
JOINED = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")


def test_every_method_is_told_in_both_languages():
    assert set(chinese()) == set(REGISTRY)
    for id in REGISTRY:
        for language in ("en", "zh-hans"):
            help = help_for(id, language)
            assert all((help.question, help.unless, help.sample, help.given, help.outcome, help.source)), (id, language)
            assert all((help.examples, help.arguments)), id
        assert all(HAN.search(text) for text in chinese()[id].values()), id


def test_no_figure_is_lost_on_the_way_into_chinese():
    lost = {
        (id, name): missing
        for id, row in REGISTRY.items()
        for name in ("question", "unless", "sample", "notes")
        if (missing := set(FIGURE.findall(parts(row.doc)[name])) - set(FIGURE.findall(chinese()[id].get(name, ""))))
    }
    assert not lost


def test_the_chinese_keeps_to_its_own_punctuation():
    texts = [text for row in chinese().values() for text in row.values()]
    assert not [text for text in texts if HALF_WIDTH.search(text) or JOINED.search(text) or re.search("[您「」]", text)]


def test_the_worked_example_can_be_typed_as_it_is_shown():
    def alike(value):
        return repr(plain(value)).replace("(", "[").replace(")", "]").replace(",]", "]")

    for id in REGISTRY:
        shown = example(id)
        assert shown, id
        assert alike(taken(id, {name: written(value) for name, value in shown.items()})) == alike(shown), id


@pytest.mark.parametrize("id", ["rice", "nps", "ahp", "clv_bgnbd_gammagamma", "cycle_time", "npv", "nrp", "crosstab"])
def test_the_worked_example_computes(id):
    answer = computed(id, {name: written(value) for name, value in example(id).items()})
    outcome = outcome_of(answer)
    assert "result" in answer, answer
    assert outcome.sentence
    assert outcome.facts or outcome.tables


def test_what_is_computed_is_told_as_a_sentence_and_side_by_side():
    outcome = outcome_of(computed("rice", {"items": written(example("rice")["items"])}))
    assert outcome.sentence == "First comes B, last A."
    assert outcome.tables[0].head == ["", "scores", "at_full_confidence", "holds_down_to"]
    assert {row[0]: row[1] for row in outcome.tables[0].rows} == {"A": "1066.67", "B": "2500"}


def test_rows_may_be_pasted_from_a_spreadsheet():
    pasted = "item\treach\timpact\tconfidence\teffort\nA\t2000\t2\t0.8\t3\nB\t5000\t0.5\t1\t1"
    assert computed("rice", {"items": pasted}) == computed("rice", {"items": written(example("rice")["items"])})
    assert taken("descriptive", {"x": "1\n2\n3.5"}) == {"x": [1, 2, 3.5]}


def test_a_refusal_names_its_field_and_row():
    outcome = outcome_of(computed("rice", {"items": '{"A": {"reach": 1, "impact": 1, "confidence": 1, "effort": 0}}'}))
    assert (outcome.problem, outcome.argument, outcome.row) == ("Effort has to be above 0.", "effort", "A")
    outcome = outcome_of(computed("nps", {"ratings": "[9, 11]"}))
    assert (outcome.argument, outcome.row) == ("ratings", "2")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("{broken", "unreadable"), ("a\tb\n1\t2\n3", "ragged"), ("[" * 5_000, "unreadable"), ("[" * 20 + "]" * 20, "too_deep"),
     (str([1] * (MOST_VALUES + 1)), "too_many"), ("__import__('os')", "unreadable")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(text, reason):
    with pytest.raises(Unreadable) as refusal:
        taken("descriptive", {"x": text})
    assert refusal.value.reason == reason


def test_input_of_another_form_is_no_error_of_the_page():
    assert outcome_of(computed("rice", {"items": "7"})).problem
    assert outcome_of(computed("rice", {})).problem
    assert outcome_of(computed("kano", {"answers": '[{"x": 1}]'})).problem


def test_where_a_method_runs_exists():
    homes = {id: [home.link for home in homes_of(id)] for id in REGISTRY}
    assert set(PAGES) <= set(REGISTRY)
    assert not [link for links in homes.values() for link in links if not KNOWN[link.split(":")[0]](link.split(":")[1])]
    assert "scorecard:rice" in homes["rice"]
    assert "survey:kano" in homes["kano"]
    assert "page:plans/new" in homes["nrp"]


def test_one_computes_at_a_time_and_the_next_is_told():
    with trying.ONE:
        answer = trying.tried("rice", {})
    assert answer == {"busy": True}
    assert "just now" in outcome_of(answer).problem
    assert not trying.ONE.locked()


def test_what_computes_for_somebody_is_told_nothing_of_the_server(monkeypatch, tmp_path):
    """An interpreter that writes down what it was told before it runs as ever."""
    spy, told = tmp_path / "python", tmp_path / "told"
    spy.write_text(f'#!/bin/sh\nenv > {told}\nexec {sys.executable} "$@"\n')
    spy.chmod(0o700)
    for name in ("PILOTHOUSE_SECRET", "DATABASE_URL", "PILOTHOUSE_SMTP_PASSWORD"):
        monkeypatch.setenv(name, "keep this")
    monkeypatch.setattr(sys, "executable", str(spy))
    assert "result" in trying.tried("rice", {"items": written(example("rice")["items"])})
    assert "OMP_NUM_THREADS=1" in told.read_text()
    assert "keep this" not in told.read_text()
