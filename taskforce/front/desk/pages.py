"""Everything on the secretariat's desk."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from barriers.models import Theme
from barriers.rounds import pages as round_pages
from calls.catalogue import pages as call_pages
from calls.models import Call
from meetings.browsing.steps import steps
from meetings.inviting import pages as inviting_pages
from taskforce.activity import reading
from taskforce.dialogue.models import Question
from taskforce.dialogue.talk import pages as talk
from taskforce.front.desk import figures, number, tasks
from taskforce.members.models import Member, Tag, Viewer
from taskforce.members.organisations import register as organisations
from taskforce.members.people import register as people
from taskforce.news.models import NewsItem


def desk(member: Member, now: datetime) -> dict[str, Any]:
    """Return what waits, what comes, what runs by itself, and the figures."""
    waiting = tasks.waiting(now)
    number.keep(len(waiting["tasks"]))
    meetings = [*inviting_pages.at_the_desk()]
    return {
        **waiting,
        "today": timezone.localdate(now),
        "meetings": meetings,
        "steps": steps(meetings[0], None) if meetings else [],
        "calls": [
            call_pages.ready(row, now)
            for row in call_pages.rows(Call.objects.open_at(now), member.user)
        ],
        "rounds": round_pages.at_the_desk(),
        "registers": registers(member.user),
        "latest": reading.latest(member.user, limit=6),
        **figures.figures(now),
    }


def registers(viewer: Viewer) -> list[tuple[StrOrPromise, str, int | None]]:
    """Return what the secretariat keeps: its name, its page, and how many that page lists."""
    return [
        (_("People"), reverse("members:people"), people.people().count()),
        (_("Organisations"), reverse("members:register"), organisations.organisations().count()),
        (_("Tags"), reverse("members:tags"), Tag.objects.count()),
        (_("Themes"), reverse("barriers:themes"), Theme.objects.count()),
        (
            _("Questions without an answer"),
            reverse("dialogue:questions"),
            talk.unanswered(viewer).count(),
        ),
        (_("Contributions that were hidden"), reverse("dialogue:log"), talk.log(viewer).count()),
        (_("Questions to organisations"), reverse("dialogue:asked"), Question.objects.count()),
        (_("Results"), reverse("results:desk"), None),
        (_("News"), reverse("front:news"), NewsItem.objects.count()),
        (_("Newsletter"), reverse("following:next_newsletter"), None),
        (_("Pages"), reverse("front:pages"), None),
        (_("In English"), reverse("front:english"), None),
        (_("The search"), reverse("front:vocabulary"), None),
        (_("Everything out"), reverse("front:everything"), None),
        (_("The server"), reverse("front:server"), None),
    ]
