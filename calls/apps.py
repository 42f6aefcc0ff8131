from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "calls"
    verbose_name = _("calls")

    def ready(self) -> None:
        from calls import events, found, since_last, talk  # noqa: F401  # they register
        from calls.following import reminding  # noqa: F401  # registers reminders
        from calls.models import Call
        from meetings.agenda import linking

        linking.register(Call)
