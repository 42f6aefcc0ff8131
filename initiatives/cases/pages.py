"""What pages of cases show, as the viewer may see it."""

from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from barriers.register.pages import theme_of
from initiatives.cases import linked_data, pictures
from initiatives.cases.acts import FROM
from initiatives.cases.forms import CaseForm
from initiatives.cases.partners import Partners
from initiatives.models import Case, CaseState, CaseStep, Procurement
from meetings.models import MinutesEntry
from taskforce.core.addresses import address_of
from taskforce.core.pictured import COLUMNS
from taskforce.core.prepared import prepared
from taskforce.core.relations import related, visible
from taskforce.following import novelty
from taskforce.members.models import Viewer
from taskforce.members.roles import membership

KINDS = dict(Procurement.choices)
# The state of a case, in words for its author and the secretariat.
STANDS = {
    CaseState.DRAFT: _("This is a draft that only your organisation sees"),
    CaseState.SUBMITTED: _("The secretariat reads this example"),
    CaseState.ASKED: _("The secretariat asks for a little more"),
    CaseState.PUBLISHED: _("Everybody can read this example"),
    CaseState.DECLINED: _("This example is not published"),
}


def rows(cases: QuerySet[Case]) -> QuerySet[Any, Any]:
    """Return the fields that lists show."""
    found: QuerySet[Any, Any] = cases.values(
        "pk",
        "title",
        "achieved",
        "number",
        "unit",
        "place",
        "kind",
        "state",
        "is_example",
        *COLUMNS,
        author=F("written_by__name"),
        theme=theme_of("cases"),
    )
    return found


def ready(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "url": address_of("initiatives:case", row["slug"]),
        "kind_words": KINDS.get(row["kind"], ""),
        "state_words": CaseState(row["state"]).label,
        "image": pictures.shown(row),
    }


def case(found: Case, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a case's page."""
    barriers = related(found, "barriers", viewer)
    initiatives = related(found, "initiatives", viewer)
    pays = Q(barriers__in=barriers) | Q(initiatives__in=initiatives)
    return {
        "case": found,
        "linked_data": linked_data.article(found),
        "new": novelty.on(found, viewer),
        "image": pictures.of(found),
        "told_in": MinutesEntry.objects.visible_to(viewer)
        .filter(cases=found)
        .select_related("minutes__meeting")
        .first(),
        "partners": found.case_partners.select_related("organisation"),
        "barriers": barriers,
        "initiatives": initiatives,
        "calls": visible(Barrier, "calls", viewer).filter(pays).distinct(),
        **_progress(found, viewer),
        **_shared(found),
    }


def _progress(found: Case, viewer: Viewer) -> dict[str, Any]:
    """Return what its author and the secretariat may do, and their messages about it."""
    steps = [*CaseStep.objects.visible_to(viewer).filter(case=found)]
    member = membership(viewer)
    return {
        "steps": steps,
        "stands": STANDS[CaseState(found.state)],
        "may": {act: found.state in states for act, states in FROM.items()},
        "is_own": member is not None and member.organisation_id == found.written_by_id,
        "editable": Case.objects.editable_by(viewer).filter(pk=found.pk).exists(),
        "change_asked": bool(steps) and steps[0].kind == "change_asked",
    }


def _shared(found: Case) -> dict[str, Any]:
    """Return the absolute addresses for sites on which a published case is shared."""
    if found.state != CaseState.PUBLISHED:
        return {"shared_url": ""}
    return {
        "shared_url": settings.SITE_URL + found.get_absolute_url(),
        "shared_picture": settings.SITE_URL + image["src"] if (image := pictures.of(found)) else "",
    }


def writing(form: CaseForm, partners: Partners, viewer: Viewer) -> dict[str, Any]:
    """Return everything on the page on which a case is written."""
    case = form.instance
    steps = CaseStep.objects.visible_to(viewer).filter(case=case)
    return {
        "form": form,
        "partners": partners,
        "case": case,
        "image": pictures.of(case),
        "is_own": "permission" in form.fields,
        # A public page never shows half-typed text.
        "saves_itself": case.state != CaseState.PUBLISHED,
        "last_step": steps.first(),
        "faults": form.is_bound and not (form.theirs or (form.is_valid() and partners.is_valid())),
    }


@prepared
def under_way(viewer: Viewer) -> QuerySet[Case]:
    """Return the cases of the viewer's organisation that are not published."""
    own = Case.objects.of_organisation(viewer).exclude(state=CaseState.PUBLISHED)
    return own.with_last_step()


def at_the_desk() -> QuerySet[Case]:
    """Return the cases that the secretariat must read or change."""
    waiting = Case.objects.with_last_step().filter(
        Q(state=CaseState.SUBMITTED) | Q(state=CaseState.PUBLISHED, last_step="change_asked")
    )
    return waiting.select_related("written_by")
