"""Settings, read from the environment; `docs/operations.md` lists the variables.

The portal runs in one of three ways: development (`DEBUG=1`, the default of manage.py), the demo
(`DEMO=1`: as in production, with invented log-ins and mail in a folder) and production (neither:
a value without a safe default must be in the environment, or the start stops with a sentence).
"""

import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError

from taskforce.core.acts import Refused
from taskforce.ops import embedded_postgres

django_stubs_ext.monkeypatch()

BASE = Path(__file__).resolve().parent.parent
env = Env()
Value = TypeVar("Value")


def stop(sentence: str) -> NoReturn:
    sys.exit(f"The portal cannot start: {sentence}")


def read(name: str, parse: Callable[..., Value], *default: object) -> Value:
    """Return a variable as `parse` reads it, or stop with a sentence that names the variable.

    The sentence never repeats the value, which may contain a password.
    """
    try:
        return parse(name, *default)
    except (EnvError, ValueError, LookupError, Refused):
        stop(f"a value in the environment cannot be read: {name} (see docs/operations.md).")


def words(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated values of a variable. Raises ValueError if there are none."""
    given: list[str] = env.list(name, default)
    found = [word.strip() for word in given if word.strip()]
    if not found:
        raise ValueError(name)
    return found


def port(name: str, default: int) -> int:
    number: int = env.int(name, default)
    if not 0 < number < 65536:
        raise ValueError(name)
    return number


def zone(name: str, default: str) -> str:
    """Return the name of a time zone. Raises LookupError or ValueError if there is none such."""
    return ZoneInfo(env.str(name, default)).key


def mail_server(name: str, default: str) -> dict[str, Any]:
    """Return how to send mail. Raises ValueError for an address of no mail server."""
    found: dict[str, Any] = env.dj_email_url(name, default)
    if "EMAIL_BACKEND" not in found:
        raise ValueError(name)
    return found


def postgres(name: str) -> dict[str, Any]:
    """Return how to reach the database: the one in the variable, or the embedded one."""
    if not env.str(name, ""):
        return dict(embedded_postgres.connection(VAR))
    found: dict[str, Any] = env.dj_db_url(name)
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ValueError(name)
    return found


def kept_secret(path: Path) -> str:
    """Return the secret in the file, created the first time, so that log-ins survive a restart."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()


# How it runs

DEBUG = read("DEBUG", env.bool, False)
DEMO = read("DEMO", env.bool, False)
PRODUCTION = not DEBUG and not DEMO
VAR = Path(env.str("VAR", str(BASE / "var")))  # everything the portal writes: database, mail, files

REQUIRED = {
    "SECRET_KEY": "a long random text, kept secret",
    "ALLOWED_HOSTS": "the host names of the portal, such as taskforce.example",
    "SITE_URL": "the portal's address in links in mail, such as https://taskforce.example",
    "DATABASE_URL": "the database, such as postgres://user:password@host/taskforce",
    "EMAIL_URL": "the mail server, such as smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the address that the portal's mail comes from",
    "SECRETARIAT_EMAIL": "the address that requests to join are sent to",
}
if PRODUCTION:
    for name, meaning in REQUIRED.items():
        if not env.str(name, "").strip():
            stop(f"set {name} in the environment to {meaning}. (DEBUG=1 needs no settings.)")

PORT = read("PORT", port, 8000)
ALLOWED_HOSTS = read("ALLOWED_HOSTS", words, ["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
BEHIND_PROXY = read("BEHIND_PROXY", env.bool, False)
TIME_ZONE = read("TIME_ZONE", zone, "Europe/Copenhagen")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "taskforce@localhost")
SECRETARIAT_EMAIL = env.str("SECRETARIAT_EMAIL", "sekretariat@eksempel.example")
mail: dict[str, Any] = read("EMAIL_URL", mail_server, "file:")
database = read("DATABASE_URL", postgres)

SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret(VAR / "secret-key")
WSGI_APPLICATION = "taskforce.wsgi.application"
ROOT_URLCONF = "taskforce.urls"

# Apps, middleware, templates

INSTALLED_APPS = [
    "taskforce.example",
    "taskforce.front",
    "taskforce.open_data",
    "taskforce.results",
    "taskforce.intake",
    "calls",
    "initiatives",
    "barriers",
    "taskforce.news",
    "taskforce.dialogue",
    "meetings",
    "taskforce.following",
    "taskforce.members",
    "taskforce.activity",
    "taskforce.ops",
    "taskforce.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_prose_editor",  # for its script; static/js/editor.js makes the editors
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # for its widget templates, which the form renderer loads
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "taskforce.core.middleware.CompressText",
    "django.middleware.http.ConditionalGetMiddleware",
    "taskforce.core.middleware.cache_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "taskforce.core.middleware.language_by_path",
    "taskforce.core.middleware.clean_input",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "taskforce.core.once.once",
    "taskforce.following.visits.seen",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "taskforce.core.context.page",
                "taskforce.members.context.viewer",
                "taskforce.front.desk.context.waiting",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "taskforce.core.templatetags.look",
                "taskforce.core.templatetags.words",
            ],
            "libraries": {"taskforce.core.templatetags.words": "taskforce.core.templatetags.words"},
        },
    }
]
FORM_RENDERER = "taskforce.core.forms.Renderer"
FORMS_URLFIELD_ASSUME_HTTPS = True  # the default in Django 6

# Database, cache, jobs

EMBEDDED = not env.str("DATABASE_URL", "")
DATABASES = {"default": {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, **database}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared, since the rate limits of log-in count over all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
PROCRASTINATE_IMPORT_PATHS = [
    "taskforce.core.outbox",
    "taskforce.front.desk.jobs",
    "taskforce.front.erasing.jobs",
    "taskforce.front.leaving.jobs",
    "taskforce.front.search.jobs",
]

# The EU portal, from which calls.fetching reads topics; tests set a server of their own.

EU_TOPICS_URL = "https://ec.europa.eu/info/funding-tenders/opportunities/data/topicDetails/"

# Mail: every message is a job in the transaction of its change (taskforce.core.outbox).

EMAIL_BACKEND = "taskforce.core.outbox.Backend"
OUTBOX_BACKEND = mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = mail["EMAIL_FILE_PATH"] or str(VAR / "mail")  # where there is no mail server
EMAIL_HOST = mail["EMAIL_HOST"]
EMAIL_PORT = mail["EMAIL_PORT"]
EMAIL_HOST_USER = mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20  # seconds

# Language and time

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
FORMAT_MODULE_PATH = "taskforce.core.formats"
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True

# Files: static ones are public; uploaded ones are served by views that check who may read them.

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE / "static"]
MEDIA_ROOT = VAR / "uploads"
# The form that reviews a document has about six fields for each candidate, and the text of the
# minutes. taskforce.intake.uploading.reading refuses documents whose form would be larger.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # bytes, files not counted
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "taskforce.core.files.OnItsWay",
]
STORAGES = {
    "default": {"BACKEND": "taskforce.core.files.Uploads"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# Log in: allauth, by e-mail code, password or passkey; there is no sign-up

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "front:my_page"
ACCOUNT_LOGOUT_REDIRECT_URL = "front:front"
ACCOUNT_ADAPTER = "taskforce.members.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds; mail to municipalities takes its time
ACCOUNT_EMAIL_VERIFICATION = "none"  # the secretariat knows whom it lets in
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a letter when a password, a passkey or the second step changes
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# What strangers send is counted in the database, under a lock (members.accounts.counting); the
# library counts the rest in the cache.
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    ["login", "login_failed", "request_login_code", "reset_password"]
)
ACCOUNT_FORMS = {
    name: f"taskforce.members.accounts.forms.{form}"
    for name, form in {
        "login": "LogInForm",
        "request_login_code": "AskForCodeForm",
        "confirm_login_code": "CodeForm",
        "reset_password": "AskForPasswordForm",
        "reset_password_from_key": "NewPasswordForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reauthenticate": "PasswordAgainForm",
    }.items()
}
MFA_ADAPTER = "taskforce.members.accounts.two_step.TwoStepAdapter"
MFA_FORMS = {
    name: f"taskforce.members.accounts.forms.{form}"
    for name, form in {
        "authenticate": "SecondStepForm",
        "reauthenticate": "StepAgainForm",
        "activate_totp": "SwitchOnForm",
        "generate_recovery_codes": "RecoveryCodesForm",
        "add_webauthn": "AddPasskeyForm",
        "edit_webauthn": "RenamePasskeyForm",
        "login_webauthn": "PasskeyForm",
        "authenticate_webauthn": "PasskeyStepForm",
        "reauthenticate_webauthn": "PasskeyAgainForm",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a meeting in one room logs in at once
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is shown to be somebody's by logging in with it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # passkeys on http://localhost
MFA_TOTP_ISSUER = "Buy Social Taskforce Danmark"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the QR code of two-step log-in
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0  # a year
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Rate limits of log-in count by the visitor's address, which a proxy adds as a header.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REDIRECT_EXEMPT = [r"^sundhed/$"]  # the load balancer asks without TLS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
