from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("initiatives")

    def ready(self) -> None:
        from initiatives import since_last  # noqa: F401  # registers lines for agendas
