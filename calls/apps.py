from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "calls"
    verbose_name = _("calls")

    def ready(self) -> None:
        from calls import since_last  # noqa: F401  # registers lines for agendas
