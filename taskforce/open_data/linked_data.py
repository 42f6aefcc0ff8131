"""Datasets as search engines and catalogues of data read them: schema.org/Dataset."""

from datetime import datetime

from django.conf import settings

from taskforce.core import linked_data
from taskforce.core.datasets import Dataset
from taskforce.core.linked_data import Thing, absolute
from taskforce.open_data import files
from taskforce.open_data.catalogue import LICENCE_URL


def dataset(one: Dataset, changed: datetime | None) -> Thing:
    """Return a dataset with its files."""
    downloads = [
        linked_data.thing(
            "DataDownload",
            encodingFormat=media_type.partition(";")[0],
            contentUrl=absolute(f"/data/{one.name}.{kind}"),
        )
        for kind, (media_type, _made) in files.FORMATS.items()
    ]
    return linked_data.thing(
        "Dataset",
        name=one.title,
        description=one.about,
        url=files.page_of(one),
        license=LICENCE_URL,
        dateModified=changed,
        isAccessibleForFree=True,
        creator=linked_data.portal(),
        includedInDataCatalog=catalogue(),
        distribution=downloads,
    )


def catalogue() -> Thing:
    return linked_data.thing("DataCatalog", name=linked_data.NAME, url=f"{settings.SITE_URL}/data/")
