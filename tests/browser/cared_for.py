"""A barrier to which everything happened that can happen to one, with words hard to fit in."""

from django.utils import timezone

from barriers.models import Act, Barrier
from barriers.register import history
from taskforce.members.models import Member
from tests.browser.told import LONG
from tests.factories import make_barrier, make_organisation, make_statement, make_support


def make_cared_for(whole: Barrier) -> Barrier:
    """Make a part of another barrier: renamed, merged into, split, supported and resolved."""
    title = f"Udbud er for store {LONG}"
    barrier = make_barrier(title, description="De vokser.", split_from=whole, theme=whole.theme)
    merged = make_barrier(f"Store {LONG}", state="merged", merged_into=barrier)
    make_barrier(f"En del af {LONG}", split_from=barrier)
    make_support(barrier, make_organisation(f"Foreningen {LONG}"))
    make_statement(barrier, meeting=whole.raised_at)
    by = Member.objects.get(user__email="sekretariat@eksempel.example")
    history.write(Act.MERGED, barrier, by=by, before=merged.title, other=merged)
    history.write(Act.RENAMED, barrier, by=by, before=LONG, after=title)
    barrier.state, barrier.answer = "resolved", f"Loven er ændret. {LONG}"
    barrier.resolved_on = timezone.localdate()
    barrier.save()
    return barrier
