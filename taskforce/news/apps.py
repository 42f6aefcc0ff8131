from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "taskforce.news"
    verbose_name = _("news")

    def ready(self) -> None:
        from taskforce.news import events, found  # noqa: F401  # register what this floor tells
