"""Say after log-in which files did not come along, since they were sent once it had run out.

A browser does not send a chosen file again by itself; the words are kept by `static/js/kept.js`.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

KEY = "lost_files"
MOST = 3  # files that are named
LONGEST = 100  # characters of a name


def note(request: HttpRequest) -> None:
    """Keep the names of the files that a stranger sent, until the log-in."""
    sent = [file for _field, files in request.FILES.lists() for file in files]
    if names := [str(file.name)[-LONGEST:] for file in sent[:MOST]]:
        request.session[KEY] = names


def tell(request: HttpRequest, **_sent: Any) -> None:
    """Say on the page after log-in which files are lost."""
    for name in request.session.pop(KEY, []):
        words = _("The file “%(name)s” did not come along. Choose it once more.")
        messages.warning(request, words % {"name": name}, fail_silently=True)
