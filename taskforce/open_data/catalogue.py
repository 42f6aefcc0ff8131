"""The datasets that are published, and under which terms."""

from django.utils.translation import gettext_lazy as _

from barriers.datasets import BARRIERS, RESULTS, STATEMENTS
from calls.datasets import CALLS
from initiatives.datasets import CASES, INITIATIVES
from meetings.datasets import AGENDA, MEETINGS, MINUTES
from taskforce.core.datasets import Dataset
from taskforce.members.datasets import ORGANISATIONS
from taskforce.results.datasets import FIGURES, GOALS, YEARS

ALL = (
    *(MEETINGS, AGENDA, MINUTES, BARRIERS, STATEMENTS, RESULTS),
    *(INITIATIVES, CASES, CALLS, ORGANISATIONS),
    *(FIGURES, GOALS, YEARS),
)
DATASETS: dict[str, Dataset] = {dataset.name: dataset for dataset in ALL}

PUBLISHER = "Buy Social Taskforce Danmark"
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_TITLE = "Creative Commons Attribution 4.0"

# The columns that every row has, with their kinds and what they mean.
OF_EVERY_ROW = (
    ("id", "integer", _("number that never changes and is never used again")),
    ("address", "string", _("where it stands in the portal")),
    ("status", "string", _("whether the row still stands: current, or withdrawn")),
    ("created", "datetime", _("when it first stood in these data")),
    ("changed", "datetime", _("when these data about it last changed")),
    ("merged_into", "integer", _("id of the row that it was merged into")),
)
