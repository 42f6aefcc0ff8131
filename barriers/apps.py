from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BarriersConfig(AppConfig):
    name = "barriers"
    verbose_name = _("barriers")

    def ready(self) -> None:
        from barriers import since_last  # noqa: F401  # registers what this floor tells at a meeting
