"""Files that people have uploaded."""

import errno
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.utils.translation import gettext as _

from taskforce.core.acts import Refused

# A full disk, a full share of it, and a file larger than the system lets us write.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

LONGEST_NAME = 80  # bytes, of the 255 that a disk takes and the 100 characters of a column


class NoRoom(Refused):
    """A file cannot be kept, since the disk is full."""


class Uploads(FileSystemStorage):
    """Files on the disk, of which none is half-written.

    A file is written under a name of its own, and gets the wanted one when it is whole.
    """

    def get_valid_name(self, name: str) -> str:
        """Return a name that a disk takes: short, and with something before its ending."""
        return shortened(super().get_valid_name(name))

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.{uuid4().hex}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]  # Django has it
            name = self._reserved(name)
            Path(self.path(part)).replace(self.path(name))
        except OSError as error:
            self.delete(part)
            if error.errno in NO_ROOM:
                raise NoRoom(
                    _(
                        "There is no room for the file just now. Nothing is saved. Try again "
                        "later, or send the rest without the file."
                    )
                ) from error
            raise
        return name

    def _reserved(self, name: str) -> str:
        """Take a name that no other file has, also where two arrive at the same moment."""
        while True:
            try:
                Path(self.path(name)).touch(exist_ok=False)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


def shortened(name: str, longest: int = LONGEST_NAME) -> str:
    """Return a file's name within some bytes of UTF-8; its ending stays."""
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    if stem.startswith(".") and not ending:
        stem, ending = "", stem  # nothing but an ending is left, of a name in emoji
    room = longest - len(ending.encode())
    if room < 1:  # an ending that is none
        stem, ending, room = name, "", longest
    return (stem.encode()[:room].decode(errors="ignore") or "fil") + ending


class OnItsWay(TemporaryFileUploadHandler):
    """Takes a large file in; what did not fit on the disk is deleted at once."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            with suppress(OSError):  # it cannot write the rest either
                self.file.close()
            raise


def opened(file: FieldFile) -> FieldFile:
    """Open an uploaded file to read it; raises Http404 if it is gone from the disk."""
    try:
        file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    return file
