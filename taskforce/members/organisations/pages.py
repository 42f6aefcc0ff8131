"""What the pages of organisations show, as far as the viewer may see it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taskforce.core import places
from taskforce.core.addresses import address_of
from taskforce.core.danish import DanishOrder
from taskforce.core.relations import count_of, related, visible
from taskforce.members.merging.records import open_of
from taskforce.members.models import (
    MOST_ASKED,
    Kind,
    Merge,
    Organisation,
    Tag,
    Viewer,
    shown_name,
    still_holds,
)
from taskforce.members.models.organisation import HIDDEN
from taskforce.members.organisations import linked_data, logos
from taskforce.members.organisations.supply import Customer, Division, Effect
from taskforce.members.roles import is_secretariat, membership

KINDS = dict(Kind.choices)


def rows(organisations: QuerySet[Organisation], viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the columns that the list shows, with counts of what each takes part in."""
    found: QuerySet[Any, Any] = organisations.order_by(DanishOrder("name"), "pk").values(
        *("pk", "name", "slug", "kind", "description", "is_example", "line", "municipality"),
        *("logo_small", "unanswered", "is_found"),
        offered=ArraySubquery(Tag.objects.filter(offered_by=OuterRef("pk")).values("name")),
        sought=ArraySubquery(Tag.objects.filter(sought_by=OuterRef("pk")).values("name")),
        case_count=count_of(visible(Organisation, "cases", viewer), "partners"),
        initiative_count=count_of(
            visible(Organisation, "initiatives", viewer), "lead", "participants"
        ),
        statement_count=count_of(visible(Organisation, "statements", viewer), "organisation"),
    )
    return found


def ready(row: dict[str, Any]) -> dict[str, Any]:
    """Add the address, the logo's, and kind, place and counts in words; noughts are left out."""
    tells = row["unanswered"] < HIDDEN
    cases, initiatives = row["case_count"], row["initiative_count"]
    statements = row["statement_count"]
    counts = (
        (cases, ngettext("%(n)s good example", "%(n)s good examples", cases)),
        (initiatives, ngettext("%(n)s initiative", "%(n)s initiatives", initiatives)),
        (statements, ngettext("%(n)s statement", "%(n)s statements", statements)),
    )
    return {
        **row,
        "url": address_of("members:organisation", row["slug"]),
        "logo": logos.shown(row),
        "kind_words": KINDS[row["kind"]],
        "place": places.name(row["municipality"]) if tells else "",
        "told": (row["line"] if tells else "") or row["description"],
        "offered": row["offered"] if tells else [],
        "sought": row["sought"] if tells else [],
        "counts": [words % {"n": n} for n, words in counts if n],
    }


def detail(organisation: Organisation, viewer: Viewer) -> dict[str, Any]:
    """Return everything on an organisation's page, without people who did not agree to show."""
    contact = _contact(organisation, viewer)
    people = (
        organisation.members.current()
        .visible_to(viewer)
        .exclude(pk=contact.pk if contact else 0)
        .annotate(shown_name=shown_name(viewer, name="user__name"))
        .order_by(DanishOrder("shown_name"))
    )
    # Led or joined. Without distinct() a led one would repeat for each participant.
    initiatives = (
        related(organisation, "led_initiatives", viewer)
        | related(organisation, "initiatives", viewer)
    ).distinct()
    led = related(organisation, "led_consortia", viewer).select_related("call")
    partnerships = related(organisation, "partnerships", viewer).select_related("consortium__call")
    statements = related(organisation, "statements", viewer).select_related(
        "barrier", "entry__minutes__meeting"
    )
    told = {
        "barriers": [*related(organisation, "barriers", viewer).order_by("title")],
        "statements": [*statements],
        "initiatives": [*initiatives],
        "led_consortia": [*led],
        "partnerships": [*partnerships],
    }
    return {
        "organisation": organisation,
        "linked_data": linked_data.organisation(organisation),
        "people": people,
        "contact": contact,
        "merge": is_secretariat(viewer) and open_of(Merge.Of.ORGANISATIONS, organisation),
        "in_directory": organisation.in_taskforce or organisation.is_open_to_buyers,
        **profile(organisation, viewer),
        **told,
        "work": [*_work(organisation, told)],
        "raised": [
            _row("barrier", barrier, barrier.state, barrier.get_state_display())
            for barrier in told["barriers"]
        ],
        "cases": related(organisation, "cases", viewer),
        "is_silent": not (organisation.description or any(told.values())),
    }


def profile(organisation: Organisation, viewer: Viewer) -> dict[str, Any]:
    """Return what an organisation tells of itself, unless letters about it go unanswered."""
    if not organisation.tells:
        return {"is_own": may_edit(organisation, viewer)}
    supply = organisation.is_found
    return {
        "is_own": may_edit(organisation, viewer),
        "logo": logos.address(organisation.slug, organisation.logo_small),
        "shared_logo": logos.address(organisation.slug, organisation.logo),
        "offered": [*organisation.offers.all()],
        "sought": [*organisation.seeks.all()],
        "delivers": words_of(Division, organisation.delivers) if supply else [],
        "areas": [places.name(code) for code in organisation.delivers_to] if supply else [],
        "customers": words_of(Customer, organisation.customers) if supply else [],
        "effects": words_of(Effect, organisation.effects) if supply else [],
        "certificates": [*organisation.certificates.all()] if supply else [],
        "rsv": _rsv(organisation),
    }


def _contact(organisation: Organisation, viewer: Viewer) -> Any:
    """Return the contact, with the name where its owner agreed to show it to this viewer."""
    people = organisation.members.current().visible_to(viewer).filter(contact_of=organisation)
    return people.annotate(shown_name=shown_name(viewer, name="user__name")).first()


def may_edit(organisation: Organisation, viewer: Viewer) -> bool:
    """Tell whether somebody keeps an organisation's profile: its members, and the secretariat."""
    member = membership(viewer)
    return is_secretariat(viewer) or (
        member is not None and member.organisation_id == organisation.pk
    )


def words_of(choices: Any, values: list[str]) -> list[str]:
    """Return the words of chosen values, in the order of the choices."""
    return [str(label) for value, label in choices.choices if value in values]


def _rsv(organisation: Organisation) -> dict[str, Any] | None:
    """Return by whom and when it was said that this is a registered social enterprise.

    The label is voluntary: that nothing is said says nothing against an enterprise.
    """
    seen, said = organisation.rsv_seen_on, organisation.rsv_said_on
    if seen is None and said is None:
        return None
    day = seen or said
    return {"is_seen": seen is not None, "day": day, "holds": still_holds(day)}


def _work(organisation: Organisation, told: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Yield what an organisation works on: first what is under way, then what has ended."""
    for initiative in sorted(told["initiatives"], key=lambda one: not one.is_under_way):
        part = _("Leads it") if initiative.lead_id == organisation.pk else _("Takes part")
        words = initiative.get_state_display()
        yield _row("effort", initiative, initiative.state, words, part)
    led = [(consortium, _("Leads the consortium")) for consortium in told["led_consortia"]]
    joined = [(one.consortium, _("Partner in the consortium")) for one in told["partnerships"]]
    for consortium, part in (*led, *joined):
        yield _row("euro", consortium, consortium.outcome, consortium.outcome_words, part)


def _row(icon: str, thing: Any, state: str, words: str, part: str = "") -> dict[str, Any]:
    url = thing.get_absolute_url()
    return {
        "icon": icon,
        "title": str(thing),
        "url": url,
        "state": state,
        "words": words,
        "part": part,
    }


def editing(pk: int) -> dict[str, Any]:
    """Return what stands around the form of a profile: the organisation as it was saved."""
    organisation = Organisation.objects.select_related("contact__user").get(pk=pk)
    return {
        "organisation": organisation,
        "logo": logos.address(organisation.slug, organisation.logo_small),
    }


def asking(rows: list[dict[str, Any]]) -> str:
    """Return where the first of those found are asked for an offer; "" where none may be."""
    open_ones = [row["slug"] for row in rows if row["is_found"] and row["unanswered"] < HIDDEN]
    if not open_ones:
        return ""
    chosen = QueryDict(mutable=True)
    chosen.setlist("til", open_ones[:MOST_ASKED])
    return f"{reverse('members:ask_organisations')}?{chosen.urlencode()}"
