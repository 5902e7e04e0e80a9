"""How the sign-in library fits this product: accounts come from the setup link or an invitation, never from a
stranger; links in mail start with the public address; messages are in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilothouse.people import mail

# What is worth saying after the fact; the library's other messages state what the page already shows.
SAID = {
    "account/messages/password_changed.txt": _("Your password is changed. You are signed out everywhere else."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up. It is asked for at the next sign-in."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is no longer asked for."),
    "mfa/messages/recovery_codes_generated.txt": _("Your recovery codes are ready. Only these work."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and password do not belong together."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path on this very host: a link that was sent to someone cannot lead them away after sign-in."""
        if not url or any(ord(character) < 32 for character in url):
            return False
        return url[0] == "/" != url[1:2] and url_has_allowed_host_and_scheme(url, {context.request.get_host()})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_URL + path.replace("UID-KEY", key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the background, so that an unknown address is answered as fast as a known one."""
        mail.post(self.render_mail(template_prefix, email, {"email": email, **context}))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if text := message or SAID.get(message_template or ""):
            tone = messages.SUCCESS if message_template else level
            messages.add_message(request, tone, str(text), extra_tags=extra_tags)  # in the reader's language, now


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Codes change every 30 seconds."),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Pilothouse"}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
