"""Uploads in object storage that speaks S3: the way to more than one web host.

They stay private: nobody is given an address in the bucket, and views that check who may read a
file pass it on. Only a portal with `S3_BUCKET` loads this module; it needs requirements-s3.txt.
"""

from pathlib import PurePosixPath
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage

from taskforce.core.files import NoRoom, shortened
from taskforce.core.models import KEPT_FILES

DRAWN = 8  # letters of the folder that a file gets for itself
LONGEST_NAME = 60  # bytes: with its folders it fits a column of 100


class Uploads(S3Storage):
    """Files in a bucket, each in a folder of its own, so that none takes another's place."""

    default_acl = None  # as the bucket has it: private

    def get_default_settings(self) -> dict[str, Any]:
        # Others than Amazon's know neither its host names nor its newer checksums.
        config = Config(
            s3={"addressing_style": "path"},
            signature_version="s3v4",
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=20,
            retries={"max_attempts": 3},
        )
        return {**super().get_default_settings(), "client_config": config}

    def get_valid_name(self, name: str) -> str:
        return shortened(super().get_valid_name(name), LONGEST_NAME)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return a name that nobody else is given, also not at the same moment."""
        path = PurePosixPath(name)
        if path.parts[0] == KEPT_FILES:  # its name is drawn
            return name
        return str(path.parent / get_random_string(DRAWN) / path.name)

    def _save(self, name: str, content: Any) -> str:
        try:
            saved: str = super()._save(name, content)
        except (BotoCoreError, ClientError) as error:
            raise NoRoom(
                _(
                    "The file cannot be kept just now. Nothing is saved. Try again later, or send "
                    "the rest without the file."
                )
            ) from error
        return saved
