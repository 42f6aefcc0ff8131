from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    name = "taskforce.front"
    verbose_name = _("front page")

    def ready(self) -> None:
        from taskforce.front import found  # noqa: F401  # registers what a search finds
        from taskforce.front.page_cache.watching import watch_tables

        post_migrate.connect(watch_tables, sender=self)
