from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("initiatives")

    def ready(self) -> None:
        from initiatives import events, found, since_last, talk  # noqa: F401  # they register
        from initiatives.models import Initiative
        from initiatives.work import reviewing  # noqa: F401  # registers reminders
        from meetings.agenda import linking

        linking.register(Initiative)
