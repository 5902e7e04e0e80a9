"""The sign-in library's addresses: those with a page of ours. The rest keep their names, which the library needs,
and lead nowhere."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.generic import RedirectView

from pilothouse.people import mail, setup
from pilothouse.people.pages import own_page
from pilothouse.people.views import own

LOGIN = account.LoginView.as_view(extra_context={"first_start": setup.waiting})
RESET = account.PasswordResetView.as_view(extra_context={"mail_works": mail.configured})


def nowhere(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("login/", LOGIN, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", own_page(account.password_change), name="account_change_password"),
    path("password/reset/", RESET, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("2fa/", own_page(second_factor.index), name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", own_page(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", own_page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", own_page(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        own_page(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        own_page(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", own_page(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", own_page(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", own_page(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("sessions/", own.device_list, name="usersessions_list"),
    path("sessions/others/end/", own.end_other_devices),
    path("sessions/<int:pk>/end/", own.end_device),
    path("signup/", nowhere, name="account_signup"),
    path("email/", nowhere, name="account_email"),
    path("confirm-email/", nowhere, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", nowhere, name="account_confirm_email"),
    path("password/set/", nowhere, name="account_set_password"),
]
