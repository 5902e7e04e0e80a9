"""What people may give to the pages of this floor. A form names its fields; nothing else in a request is read."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pilothouse.people import zones
from pilothouse.people.access import Actor
from pilothouse.people.models import KEY, Membership, Product, Role, Token, User
from pilothouse.people.naming import can_be_seen


def zone_field() -> forms.CharField:
    return forms.CharField(
        label=_("Time zone"),
        max_length=60,
        validators=[known_zone],
        help_text=_("Type a place: Shanghai, Berlin, New York."),
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
    )


def known_zone(value: str) -> None:
    if value not in zones.names():
        raise ValidationError(_("There is no time zone “%(name)s”. Choose one of the list."), params={"name": value})


class NameField(forms.CharField):
    default_validators = [can_be_seen]


class AccountForm(forms.Form):
    """A new person, except for the address: that comes from the invitation."""

    name = NameField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters. A few unrelated words are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": 10}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=User.LANGUAGES)
    time_zone = zone_field()

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if password := data.get("password"):
            try:
                validate_password(password, User(name=data.get("name", ""), email=self.address()))
            except ValidationError as error:
                self.add_error("password", error)
        return data

    def address(self) -> str:
        return self.cleaned_data.get("email", "")


class SetupForm(AccountForm):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "inputmode": "email"}),
    )
    workspace = NameField(
        label=_("Name of the workspace"),
        max_length=100,
        help_text=_("Your company or team. More workspaces can be added later."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    field_order = ("name", "email", "password", "workspace", "language", "time_zone")

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("This address is already in use here."))
        return email


class JoinForm(AccountForm):
    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def address(self) -> str:
        return self.email


class WorkspaceForm(forms.Form):
    name = NameField(label=_("Name"), max_length=100)


class ProductForm(forms.Form):
    name = NameField(label=_("Name"), max_length=100)
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=2_000,
        required=False,
        help_text=_("One or two sentences: for whom, and what becomes better for them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    private = forms.BooleanField(
        label=_("Private"),
        required=False,
        help_text=_("Only the people you name see it, besides the workspace's owners and admins."),
    )


class NewProductForm(ProductForm):
    key = forms.CharField(
        label=_("Key"),
        max_length=10,
        validators=[KEY],
        help_text=_("Stands in front of every number, as PH does in PH-12. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )
    field_order = ("name", "key", "purpose", "private")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_key(self) -> str:
        key = self.cleaned_data["key"]
        if Product.objects.filter(workspace=self.actor.workspace, key=key).exists():
            raise ValidationError(_("The key %(key)s is taken in this workspace."), params={"key": key})
        return key


class PreferencesForm(forms.ModelForm):
    time_zone = zone_field()

    class Meta:
        model = User
        fields = ("name", "language", "time_zone", "theme", "single_keys", "next_steps")


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), initial=Role.MEMBER)
    products = forms.MultipleChoiceField(label=_("Products"), required=False)

    def __init__(self, *args: Any, actor: Actor, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["products"].choices = [(row.key, row.name) for row in self.offered()]  # type: ignore[attr-defined]

    def offered(self) -> list[Product]:
        return [product for product in self.actor.products if not product.archived_at]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if Membership.objects.filter(workspace=self.actor.workspace, user__email=email).exists():
            raise ValidationError(_("%(email)s is in this workspace already."), params={"email": email})
        return email

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("role") == Role.GUEST and not data.get("products") and "products" not in self.errors:
            self.add_error("products", _("A guest sees only the products you choose. Choose at least one."))
        return data

    def chosen_products(self) -> list[Product]:
        return [product for product in self.offered() if product.key in self.cleaned_data["products"]]


class TokenForm(forms.Form):
    DAYS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("A year")), ("", _("Until it is revoked"))]

    name = NameField(
        label=_("What is it for?"), max_length=100, help_text=_("For example: nightly import, or my laptop.")
    )
    scope = forms.ChoiceField(label=_("It may"), choices=Token.SCOPES, initial=Token.READ)
    days = forms.TypedChoiceField(
        label=_("It works for"), choices=DAYS, coerce=int, empty_value=None, required=False, initial="90"
    )


class Once:
    """The new password is typed once: it can be made visible instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # type: ignore[attr-defined]


class ChangePassword(Once, ChangePasswordForm):
    pass


class ResetPassword(Once, ResetPasswordKeyForm):
    pass
