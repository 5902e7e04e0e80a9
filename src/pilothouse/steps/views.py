"""All rules with what they found, and putting one aside or taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.chapters import CHAPTERS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.steps import choosing
from pilothouse.steps.choosing import Step
from pilothouse.steps.declare import FIRES, FULFILLED, NOT_APPLICABLE
from pilothouse.steps.facts import Facts
from pilothouse.steps.models import Dismissal
from pilothouse.steps.rules import RULES
from pilothouse.workbench.pages import go, is_fragment, page, product_of, show, tell

DAYS = 30
STATES = (FIRES, FULFILLED, NOT_APPLICABLE)


@page
@require_safe
def steps(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Every rule: what it looks at, what it found, and whether it speaks. `?chapter=3` shows those of one chapter."""
    product = product_of(request, actor, key, "inspect")
    chapter = request.GET.get("chapter", "")
    found = [step for step in choosing.judged(actor, product) if not chapter or chapter in map(str, step.rule.chapters)]
    context = {
        "product": product, "groups": {state: [step for step in found if step.state == state] for state in STATES},
        "all": len(found), "on": actor.user.next_steps, "chapter": chapter,
        "chapters": [(str(one.number), _("%(n)s %(name)s") % {"n": one.number, "name": one.name}) for one in CHAPTERS],
    }  # fmt: skip
    return show(request, "steps/page.html", context)


@page
@require_POST
def dismissal(request: HttpRequest, actor: Actor, key: str, rule: str) -> HttpResponse:
    """Put a rule aside for 30 days, or with `for=good` until things are clearly worse."""
    product, step = step_in(actor, key, rule)
    until = None if request.POST.get("for") == "good" else timezone.now() + timedelta(days=DAYS)
    bad = step.finding.bad if step.finding else 1
    Dismissal.objects.update_or_create(
        user=actor.user, product=product, rule=rule, defaults={"until": until, "bad": bad}
    )
    text = _("You will not be told this for 30 days, unless it gets clearly worse.")
    if until is None:
        text = _("You will not be told this again, unless it gets clearly worse.")
    back = f"{product.url}steps/{rule}/return"
    return tell(HttpResponse(), text, undo=back) if is_fragment(request) else go(request, product.url, text, undo=back)


@page
@require_POST
def bring_back(request: HttpRequest, actor: Actor, key: str, rule: str) -> HttpResponse:
    product, _step = step_in(actor, key, rule)
    Dismissal.objects.filter(user=actor.user, product=product, rule=rule).delete()
    return go(request, f"{product.url}steps#{rule}", _("You will be told this again."))


def step_in(actor: Actor, key: str, slug: str) -> tuple[Product, Step]:
    product: Any = actor.product(key, "inspect")
    if slug not in RULES:
        raise Http404
    return product, choosing.step_of(RULES[slug], product, Facts(actor, product), {})
