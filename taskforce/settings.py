"""Settings, read from the environment; `docs/operations.md` lists the variables.

The portal runs in one of three ways: development (`DEBUG=1`, the default of manage.py), the demo
(`DEMO=1`: as in production, with invented log-ins and mail in a folder) and production (neither:
a value without a safe default must be in the environment, or the start stops with a sentence).
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from taskforce.ops.environment import (
    check_file,
    env,
    kept_secret,
    mail_server,
    number,
    old_keys,
    one_of,
    port,
    postgres,
    read,
    stop,
    words,
    zone,
)

django_stubs_ext.monkeypatch()

BASE = Path(__file__).resolve().parent.parent

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
for name in (*REQUIRED, "SECRET_KEY_FALLBACKS", "S3_ACCESS_KEY", "S3_SECRET_KEY"):
    check_file(name)
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
database = read("DATABASE_URL", postgres, VAR)

SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret(VAR / "secret-key")
SECRET_KEY_FALLBACKS = old_keys("SECRET_KEY_FALLBACKS")  # for what was signed before a rotation
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
    "taskforce.ops.requests.noted",
    "taskforce.front.page_cache.middleware.kept_pages",
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
    "taskforce.front.page_cache.asked.watch_query",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "taskforce.core.middleware.no_page_here",
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
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # What every page repeats, such as the menu: made of templates alone, by each process once.
    "templates": {
        "BACKEND": f"django.core.cache.backends.{'dummy.Dummy' if DEBUG else 'locmem.LocMem'}Cache"
    },
}
# Public pages are kept in each process until something public changes (taskforce.front.page_cache).
PAGE_CACHE_BYTES = read("PAGE_CACHE_MB", number, 64, range(65_536)) * 1024 * 1024
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
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR / "static")))
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
# In object storage where a bucket is named; otherwise on the disk, in MEDIA_ROOT.
S3_BUCKET = env.str("S3_BUCKET", "")
if S3_BUCKET and find_spec("storages") is None:
    stop("S3_BUCKET needs more packages: pip install -r requirements-s3.txt.")
for setting in () if S3_BUCKET else ("S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY"):
    if env.str(setting, "").strip():
        stop(f"{setting} is set, but S3_BUCKET is not: uploads would lie on the disk.")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "taskforce.core.files.Uploads"}
    if not S3_BUCKET
    else {
        "BACKEND": "taskforce.core.object_storage.Uploads",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT", "") or None,  # Amazon's
            "region_name": env.str("S3_REGION", "") or None,
            "access_key": env.str("S3_ACCESS_KEY", "") or None,
            "secret_key": env.str("S3_SECRET_KEY", "") or None,
        },
    },
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
SESSION_ENGINE = "taskforce.core.session_store"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0  # a year
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Rate limits of log-in count by the visitor's address, which a proxy adds as a header.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REDIRECT_EXEMPT = [r"^sundhed/"]  # the load balancer asks without TLS

# One line for each request in production; elsewhere only where LOG is set.

LOG = read("LOG", one_of, ("", "lines", "json"))
SLOW_ANSWER = 1.0  # seconds; slower answers are counted
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "full": {"format": "{levelname} {name}: {message}", "style": "{"},
        "lines": {"()": "taskforce.ops.logs.Plain"},
        "json": {"()": "taskforce.ops.logs.Json"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG or ("full" if DEBUG else "lines"),
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "taskforce.requests": {"level": "INFO" if LOG or PRODUCTION else "WARNING"},
        # What is refused has its line already.
        "django.request": {"level": "WARNING" if DEBUG else "ERROR"},
    },
}
