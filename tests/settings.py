"""The settings of tests: those of development, except for what stands here."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("EMAIL_URL", "smtp://localhost:2525")  # fixtures set a port that is free

from taskforce.ops import translations
from taskforce.settings import *  # noqa: F403  # all of them

translations.compile_all()  # before Django reads them: it reads them once a process
DEBUG = False  # pages answer as in production
CACHES["templates"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; nothing is secret here
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # serve files without collecting them
MEDIA_ROOT = VAR / "test-uploads"  # noqa: F405  # apart from the portal's own
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405  # no thread of a test keeps its connection
SLOW_ANSWER = 60  # seconds: a machine under load adds no query
