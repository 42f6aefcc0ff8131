"""Files that people have uploaded."""

from django.db.models.fields.files import FieldFile
from django.http import Http404


def opened(file: FieldFile) -> FieldFile:
    """Open an uploaded file to read it; raises Http404 if it is gone from the disk."""
    try:
        file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    return file
