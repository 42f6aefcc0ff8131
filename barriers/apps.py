from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BarriersConfig(AppConfig):
    name = "barriers"
    verbose_name = _("barriers")

    def ready(self) -> None:
        from barriers import events, found, since_last, talk  # noqa: F401  # they register
        from barriers.models import Barrier, PrioritisationRound
        from barriers.rounds import merged_voters
        from meetings.agenda import linking
        from taskforce.members.merging.objections import objections

        linking.register(Barrier)
        linking.register(PrioritisationRound)
        objections.append(merged_voters.why_not)
