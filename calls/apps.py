from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "calls"
    verbose_name = _("calls")

    def ready(self) -> None:
        # They register what this floor tells at a meeting, and offers on the page of a barrier.
        from calls import since_last, thread  # noqa: F401
