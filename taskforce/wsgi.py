"""The door that a production server such as gunicorn comes in by."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskforce.settings")
application = get_wsgi_application()

from taskforce.ops.starting import check_age  # noqa: E402  # it needs the settings

check_age()
