"""The portal's settings as tests need them; they are development's but for what is said here."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("EMAIL_URL", "smtp://localhost:2525")  # conftest's catcher takes a free port

from taskforce.ops import translations
from taskforce.settings import *  # noqa: F403  # settings are meant to be taken whole

translations.compile_all()  # before Django reads them: it reads them once a process
DEBUG = False  # pages answer as in production
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; nothing is secret here
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # files as they lie, none collected
MEDIA_ROOT = VAR / "test-uploads"  # noqa: F405  # beside what the portal itself keeps
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405  # no thread of a test keeps a connection
