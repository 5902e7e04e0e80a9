"""The pages on which a product shapes its kinds: fields and states."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.people.forms import NameField
from pilothouse.people.models import Product
from pilothouse.people.naming import seen
from pilothouse.workbench.models import CustomField
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import go, page, product_of, show
from pilothouse.workbench.writing import shaping
from pilothouse.workbench.writing.cleaning import Invalid

TYPES = [
    ("text", gettext_lazy("Text, one line")), ("long", gettext_lazy("Text, several lines")),
    ("number", gettext_lazy("Number")), ("date", gettext_lazy("Date")), ("choice", gettext_lazy("One of a list")),
    ("choices", gettext_lazy("Several of a list")), ("flag", gettext_lazy("Yes or no")),
    ("link", gettext_lazy("Web address")), ("email", gettext_lazy("E-mail")),
]  # fmt: skip
CATEGORIES = [
    ("new", pgettext_lazy("category", "Not begun")), ("active", pgettext_lazy("category", "Under way")),
    ("done", pgettext_lazy("category", "Done")), ("dropped", pgettext_lazy("category", "Given up")),
]  # fmt: skip
STEPS = {"up": -1, "down": 1}


class FieldForm(forms.Form):
    name = NameField(label=gettext_lazy("Name"), max_length=60)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=TYPES)
    new_options = forms.CharField(
        label=gettext_lazy("Options"),
        max_length=6_000,
        required=False,
        help_text=gettext_lazy("One a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    required = forms.BooleanField(label=gettext_lazy("Must be filled in"), required=False)

    def __init__(self, *args: Any, row: CustomField | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_type = row.type if row else None
        if row:
            del self.fields["type"]
            self.fields["new_options"].label = gettext_lazy("More options")

    def clean_new_options(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["new_options"].splitlines()]
        if any(len(line) > 100 for line in lines):
            raise forms.ValidationError(_("An option has at most 100 characters."))
        if not all(map(seen, filter(None, lines))):
            raise forms.ValidationError(_("A name needs at least one character that can be seen."))
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.kept_type is None and "new_options" in data and "type" in data:
            takes_options = data["type"] in ("choice", "choices")
            if takes_options and not data["new_options"]:
                self.add_error("new_options", _("A choice needs at least one option."))
            data["new_options"] = data.get("new_options", []) if takes_options else []
        return data


class StateForm(forms.Form):
    name = NameField(label=gettext_lazy("Name"), max_length=60)
    category = forms.ChoiceField(label=gettext_lazy("Means"), choices=CATEGORIES)
    limit = forms.IntegerField(
        label=gettext_lazy("At most"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=gettext_lazy("The board warns when more than this many stand here."),
    )


def wrong(form: forms.Form, invalid: Invalid) -> None:
    for name, message in invalid.errors.items():
        form.add_error(name if name in form.fields else None, message)


def shaped(request: HttpRequest, actor: Actor, key: str) -> Product:
    return product_of(request, actor, key, "manage")


@page
@require_safe
def first_kind(request: HttpRequest, actor: Actor, key: str, part: str) -> HttpResponse:
    product = shaped(request, actor, key)
    return HttpResponseRedirect(f"{product.url}settings/{part}/{next(iter(KINDS))}")


# Fields


@page
def fields(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    product = shaped(request, actor, key)
    form = FieldForm(request.POST or None, initial={"type": "text"})
    if form.is_valid():
        try:
            row = shaping.add_field(actor, product, kind, form.cleaned_data)
            return go(request, here(product, "fields", kind), _("The field %(name)s is there.") % {"name": row.name})
        except Invalid as invalid:
            wrong(form, invalid)
    rows = shaping.own_fields(product, kind)
    context = {
        **about(product, "fields", kind),
        "form": form,
        "types": dict(TYPES),
        "declared": KINDS[kind].fields,
        "rows": [row for row in rows if not row.removed_at],
        "removed": [row for row in rows if row.removed_at],
    }
    return show(request, "shape/fields.html", context, status=422 if form.is_bound else 200)


@page
def field(request: HttpRequest, actor: Actor, key: str, kind: str, pk: int) -> HttpResponse:
    product = shaped(request, actor, key)
    row = field_row(product, kind, pk)
    initial = {"name": row.name, "required": row.required}
    form = FieldForm(request.POST or None, initial=initial, row=row)
    names = {
        option["slug"]: request.POST.get(f"option-{option['slug']}", option["name"]).strip()[:100]
        for option in row.options
    }
    if form.is_valid():
        try:
            shaping.change_field(actor, row, form.cleaned_data, names)
            return go(request, here(product, "fields", kind), _("The field %(name)s is saved.") % {"name": row.name})
        except Invalid as invalid:
            wrong(form, invalid)
    context = {**about(product, "fields", kind), "form": form, "row": row, "names": names, "types": dict(TYPES)}
    return show(request, "shape/field.html", context, status=422 if form.is_bound else 200)


@page
@require_POST
def field_change(request: HttpRequest, actor: Actor, key: str, kind: str, pk: int, what: str) -> HttpResponse:
    product = shaped(request, actor, key)
    row = field_row(product, kind, pk)
    text = ""
    try:
        if what in STEPS:
            shaping.move_field(actor, row, STEPS[what])
        elif what == "removal":
            shaping.remove_field(actor, row)
            text = _("The field %(name)s is gone. What items hold in it is kept.") % {"name": row.name}
        else:
            shaping.return_field(actor, row)
            text = _("The field %(name)s is back.") % {"name": row.name}
    except Invalid as invalid:
        text = str(invalid.errors["name"])
    return go(request, here(product, "fields", kind), text)


def field_row(product: Product, kind: str, pk: int) -> CustomField:
    row = CustomField.objects.filter(product=product, kind=kind, pk=pk).first()
    if row is None:
        raise Http404
    row.product = product
    return row


# States


@page
def states(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    product = shaped(request, actor, key)
    form = StateForm(request.POST or None, initial={"category": "active"})
    if form.is_valid():
        try:
            shaping.add_state(actor, product, kind, form.cleaned_data)
            return go(request, here(product, "states", kind), _("The state %(name)s is there.") % form.cleaned_data)
        except Invalid as invalid:
            wrong(form, invalid)
    context = {**about(product, "states", kind), "form": form, "categories": dict(CATEGORIES)}
    context |= {"rows": kind_of(product, kind).states, "counts": shaping.in_state(actor, product, kind)}
    return show(request, "shape/states.html", context, status=422 if form.is_bound else 200)


@page
def state(request: HttpRequest, actor: Actor, key: str, kind: str, slug: str) -> HttpResponse:
    product = shaped(request, actor, key)
    row = state_of(product, kind, slug)
    initial = {"name": row.name, "category": row.category, "limit": row.limit}
    form = StateForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            shaping.change_state(actor, product, kind, slug, form.cleaned_data)
            return go(request, here(product, "states", kind), _("The state %(name)s is saved.") % form.cleaned_data)
        except Invalid as invalid:
            wrong(form, invalid)
    context = {**about(product, "states", kind), "form": form, "row": row}
    return show(request, "shape/state.html", context, status=422 if form.is_bound else 200)


@page
def state_removal(request: HttpRequest, actor: Actor, key: str, kind: str, slug: str) -> HttpResponse:
    """Asks where the items go, then moves them."""
    product = shaped(request, actor, key)
    row = state_of(product, kind, slug)
    error = None
    if request.method == "POST":
        try:
            shaping.remove_state(actor, product, kind, slug, request.POST.get("target"))
            return go(request, here(product, "states", kind), _("The state %(name)s is gone.") % {"name": row.name})
        except Invalid as invalid:
            error = invalid.errors["target"]
    others = [(other.slug, other.name) for other in kind_of(product, kind).states if other.slug != slug]
    context = {
        **about(product, "states", kind),
        "row": row,
        "error": error,
        "choices": [("", _("Choose a state")), *others],
    }
    context |= {"held": shaping.in_state(actor, product, kind).get(slug, 0)}
    return show(request, "shape/state_removal.html", context, status=422 if error else 200)


@page
@require_POST
def state_move(request: HttpRequest, actor: Actor, key: str, kind: str, slug: str, what: str) -> HttpResponse:
    product = shaped(request, actor, key)
    state_of(product, kind, slug)
    shaping.move_state(actor, product, kind, slug, STEPS[what])
    return go(request, here(product, "states", kind))


def state_of(product: Product, kind: str, slug: str) -> Any:
    found = kind_of(product, kind).state_by_slug.get(slug)
    if found is None:
        raise Http404
    return found


# Both


def here(product: Product, part: str, kind: str) -> str:
    return f"{product.url}settings/{part}/{kind}"


def about(product: Product, part: str, kind: str) -> dict[str, Any]:
    kinds = [
        {"name": row.plural, "url": here(product, part, slug), "current": slug == kind} for slug, row in KINDS.items()
    ]
    return {"product": product, "kind": KINDS[kind], "kinds": kinds, "url": here(product, part, kind)}
