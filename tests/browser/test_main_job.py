"""The main job, from an empty machine to a verdict, as a person plays it: in each language, at a desk."""

from __future__ import annotations

import pytest

from tests.browser.conftest import running
from tests.browser.job import ROWS, Job, reviews
from tests.prepared import prepared

pytestmark = pytest.mark.browser


@pytest.fixture(params=["en", "zh-hans"])
def language(request) -> str:
    return request.param


@pytest.fixture
def fresh(tmp_path, tmp_path_factory):
    yield from running(prepared(tmp_path_factory, tmp_path, practice=True))


def test_from_feedback_to_a_verdict(fresh, open_page, language, tmp_path):
    job = Job(open_page(language=language), fresh, language)
    file = reviews(tmp_path)
    job.set_up()
    job.make_the_product()
    job.invite_a_teammate()
    job.import_feedback(file, created=len(ROWS))
    job.import_feedback(file, created=0)
    job.search_and_edit_many()
    quote = job.mark_a_quote()
    requirement = job.lift_it_to_a_requirement(quote)
    job.score(requirement)
    release, task, metric = job.plan(requirement)
    job.predict_and_approve(release, metric)
    job.move_on_the_board(task)
    job.comment(requirement)
    job.measure(metric)
    job.close_with_a_verdict(release)
    job.see_the_whole_thread(requirement)
