"""Make a survey of 20 questions on five pages and one of 1,000 on one page; or count what came in. See surveys.py."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from pilothouse.people.access import Actor  # noqa: E402
from pilothouse.people.models import Membership, Product, Role, User, Workspace  # noqa: E402
from pilothouse.surveys import actions  # noqa: E402
from pilothouse.surveys.collection import Collection  # noqa: E402
from pilothouse.surveys.definition import Condition, Option, Page, Question, Questionnaire, Quota, Text  # noqa: E402
from pilothouse.surveys.models import QuotaCount, Response, Survey  # noqa: E402

PAGES, EACH, LARGE = 5, 4, 1_000


def single(id: str) -> Question:
    options = [Option(id=letter, text=Text(words={"en": f"Option {letter}"})) for letter in "abcde"]
    return Question(id=id, type="single", code=id, text=Text(words={"en": f"Question {id}?"}), options=options)


def made(actor: Actor, product: Product, pages: list[Page], **more: object) -> Survey:
    document = Questionnaire(title=Text(words={"en": "Bench"}), pages=pages, **more)  # type: ignore[arg-type]
    survey = actions.create_survey(actor, product, document)
    Survey.objects.filter(pk=survey.pk).update(collection=Collection(proof_of_work=False).model_dump(mode="json"))
    actions.publish(actor, survey)
    return survey


def prepare() -> str:
    call_command("migrate", verbosity=0)
    workspace = Workspace.objects.create(slug="bench", name="Bench")
    user = User.objects.create_user("ada@example.com", "not used here", name="Ada")
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    product = Product.objects.create(workspace=workspace, key="PH", name="Pilothouse")
    actor = Actor(user, workspace, Role.OWNER)
    pages = [Page(id=f"p{at}", questions=[single(f"q{at}_{place}") for place in range(EACH)]) for at in range(PAGES)]
    quota = Quota(id="a", name="a", when=Condition(question="q0_0", value="a"), limit=1_000_000)
    small = made(actor, product, pages, quotas=[quota])
    large = made(actor, product, [Page(id="p", questions=[single(f"q{n}") for n in range(LARGE)])])
    return f"{small.code} {large.code}"


def counted(code: str) -> str:
    """Every finished response with its answers, and what the counters say."""
    rows = Response.objects.filter(survey__code=code, status="complete")
    found = {str(row.key): {id: answer["id"] for id, answer in row.answers.items()} for row in rows.iterator()}
    counts = dict(QuotaCount.objects.filter(survey__code=code).values_list("quota", "count"))
    return json.dumps({"answers": found, "counts": counts})


if __name__ == "__main__":
    print(counted(sys.argv[1]) if len(sys.argv) > 1 else prepare())
