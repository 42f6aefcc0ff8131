from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResultsConfig(AppConfig):
    name = "taskforce.results"
    verbose_name = _("results")

    def ready(self) -> None:
        from taskforce.results import found  # noqa: F401  # registers what a search finds
