from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "taskforce.news"
    verbose_name = _("news")

    def ready(self) -> None:
        from taskforce.news import events  # noqa: F401  # registers what this floor tells
