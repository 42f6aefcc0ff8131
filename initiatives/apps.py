from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("initiatives")

    def ready(self) -> None:
        # They register what this floor tells at a meeting, and offers on the page of a barrier.
        from initiatives import since_last, thread  # noqa: F401
