from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("meetings")

    def ready(self) -> None:
        from meetings import events, found  # noqa: F401  # register what this floor tells
        from meetings.inviting import reminding  # noqa: F401  # registers reminders
