"""Settings, all from the environment; everything that is stored lives under PILOTHOUSE_DATA."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from pilothouse import secret

try:  # Debian's SQLite has the WAL-reset corruption bug; the wheel bundles a fixed one.
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
except ImportError:
    pass


def number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} is a whole number, not {text!r}.")
    return int(text)


PACKAGE = Path(__file__).parent
DATA = Path(os.environ.get("PILOTHOUSE_DATA", "data")).resolve()
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = secret.key(DATA / "secret-key")
PUBLIC_URL = os.environ.get("PILOTHOUSE_URL", "http://127.0.0.1:8000").rstrip("/")
if not PUBLIC_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured("PILOTHOUSE_URL begins with http:// or https://.")
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "127.0.0.1", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "pilothouse.people",
    "pilothouse.workbench",
    "pilothouse.outcomes",
    "pilothouse.surveys",
    "pilothouse.planning",
    "pilothouse.canvases",
    "pilothouse.steps",
    "pilothouse.exchange",
    "pilothouse.guide",
    "pilothouse.practice",
    "pilothouse.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pilothouse.exchange.limits.content_limit",
    "pilothouse.people.middleware.forms_in_utf8",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pilothouse.people.middleware.content_security_policy",
    "pilothouse.people.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pilothouse.people.middleware.preferences",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pilothouse.people.middleware.devices_seen",
    "pilothouse.practice.marks.files_marked",
]

ROOT_URLCONF = "pilothouse.urls"
WSGI_APPLICATION = "pilothouse.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "environment": "pilothouse.jinja.environment",
            "context_processors": [*CONTEXT_PROCESSORS, "pilothouse.workbench.frame.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]


def database(url: str) -> dict:
    """Settings for a DATABASE_URL such as postgresql://user:password@host:5432/name; SQLite when it is empty."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "pilothouse.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
                    "PRAGMA cache_size=-32768;PRAGMA journal_size_limit=67108864;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("DATABASE_URL begins with postgresql://; without it the database is SQLite.")
    host = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a query takes PostgreSQL up to a second, which none of ours runs long enough to earn back; and
        # what is read often lies in memory, where one page costs no more than the next.
        "OPTIONS": {"options": "-c jit=off -c random_page_cost=1.1"},
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
# Sign-in limits and used one-time codes are counted in the database, for every process alike; what each process may
# know for itself alone stays in its memory. The room is so large that nobody can push a count out by making others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_limit",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "pilothouse.people.adapter.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the present session stays; every other one ends
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "change_password": "pilothouse.people.forms.ChangePassword",
    "reset_password_from_key": "pilothouse.people.forms.ResetPassword",
}
ACCOUNT_RATE_LIMITS = {"roadmap_password": "10/5m/ip,100/h/key"}  # beside those of the library
ALLAUTH_TRUSTED_PROXY_COUNT = number("PILOTHOUSE_PROXIES", 0)  # for the client's address in limits
MFA_ADAPTER = "pilothouse.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Pilothouse"
SOCIALACCOUNT_ADAPTER = "pilothouse.people.adapter.SocialAccountAdapter"

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "files"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("PILOTHOUSE_SMTP_HOST")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = os.environ.get("PILOTHOUSE_SMTP_HOST", "")
EMAIL_PORT = number("PILOTHOUSE_SMTP_PORT", 25)
EMAIL_HOST_USER = os.environ.get("PILOTHOUSE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PILOTHOUSE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("PILOTHOUSE_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PILOTHOUSE_MAIL_FROM", "pilothouse@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["models.W036", "models.W037", "models.W045", "staticfiles.W004"]
