from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueConfig(AppConfig):
    name = "taskforce.dialogue"
    verbose_name = _("dialogue")

    def ready(self) -> None:
        from taskforce.dialogue import (  # register what is told of talk, and lines for agendas
            events,  # noqa: F401
            found,  # noqa: F401
            since_last,  # noqa: F401
            standing,  # noqa: F401
        )
        from taskforce.dialogue.asking import reminding  # noqa: F401  # registers reminders
