"""What goes out with everything: what the secretariat may read, and nothing that is a secret.

A model with `visible_to` gives what the secretariat sees. A row of another model goes along where
all that it points to does. What no page shows the secretariat stays in.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import FileField, GeneratedField, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from taskforce.activity.models import Activity
from taskforce.members.models import Viewer

OURS = ("taskforce.", "meetings.", "barriers.", "initiatives.", "calls.")
VOTES = _("Ballots: nobody but the voter reads them.")
ASKED = _("Buyers' requests: only the organisations asked read them.")
OWN_CHOICE = _("What each member follows, and which mails they stopped: nobody else reads it.")
OPENED = _("Which pages each member opened: nobody else reads it.")
SECRET = _("Passwords, keys, sessions, and letters that wait to be sent.")
WORDS = _("Words and pages that are gathered from everything else, for the search.")
PASSING = _("What is half typed and not sent, and files chosen for it.")
COUNTED = _("How many slow answers and faults a day had; the page about the server tells it.")
# Models that stay in, and why.
WITHHELD: dict[str, StrOrPromise] = {
    "barriers.Ballot": VOTES,
    "barriers.BallotLine": VOTES,
    "barriers.BallotDraft": VOTES,
    "members.Inquiry": ASKED,
    "members.AskedOrganisation": ASKED,
    "core.MailChoice": OWN_CHOICE,
    "following.Follower": OWN_CHOICE,
    "following.FollowRequest": OWN_CHOICE,
    "following.Follow": OWN_CHOICE,
    "following.NewsletterCopy": OWN_CHOICE,
    "following.Rhythm": OWN_CHOICE,
    "following.Digest": OWN_CHOICE,
    "following.Told": OWN_CHOICE,
    "following.Reminder": OWN_CHOICE,
    "following.Visit": OPENED,
    "calls.CalendarKey": SECRET,
    "members.User_groups": SECRET,
    "members.User_user_permissions": SECRET,
    "front.KnownWord": WORDS,
    "front.PortalPage": WORDS,
    "core.KeptFile": PASSING,
    "core.SentForm": PASSING,
    "core.Sending": PASSING,
    "ops.Tally": COUNTED,
}
# Columns that stay in, of models that go out.
SECRETS = {
    "members.User": {"password", "log_in_key", "is_superuser", "seen_at", "last_visit_at"},
    "members.Invitation": {"key"},
    "members.Erasure": {"digest"},
}
# What the secretariat reads of a consortium whose room it has not been asked into.
OF_A_CLOSED_ROOM = ("id", "call", "name", "lead", "openness", "outcome", "outcome_amount")


def models() -> list[type[Model]]:
    """Return the models that go out."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS) and model._meta.label not in WITHHELD
    ]


def columns(model: type[Model]) -> list[Any]:
    """Return the fields of a model that go out."""
    secrets = SECRETS.get(model._meta.label, set())
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, GeneratedField) and field.name not in secrets
    ]


def rows(model: type[Model], viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the rows of a model that go out to somebody of the secretariat."""
    found: QuerySet[Any, Any] = model._base_manager.order_by("pk")
    manager: Any = model._default_manager
    if hasattr(manager, "visible_to"):
        found = found.filter(pk__in=manager.visible_to(viewer).order_by().values("pk"))
    elif model is Activity:
        found = found.filter(_of_what_goes_out(viewer))
    else:
        found = found.filter(*_where_all_it_points_to_goes_out(model, viewer))
    return found


def _where_all_it_points_to_goes_out(model: type[Model], viewer: Viewer) -> Iterator[Q]:
    for field in model._meta.concrete_fields:
        other: Any = field.related_model
        if other is None or not hasattr(other._default_manager, "visible_to"):
            continue
        seen = Q(**{f"{field.name}__in": rows(other, viewer).order_by().values("pk")})
        yield seen | Q(**{field.name: None}) if field.null else seen


def _of_what_goes_out(viewer: Viewer) -> Q:
    """Return the condition for what was done to rows that go out."""
    found = Q(pk=None)
    for kind in ContentType.objects.filter(pk__in=Activity.objects.values("target_type")):
        if (model := kind.model_class()) is not None:
            found |= Q(target_type=kind, target_id__in=rows(model, viewer).order_by().values("pk"))
    return found


def values(model: type[Model], viewer: Viewer) -> Iterator[dict[str, Any]]:
    """Yield the rows of a model as they go out, a few hundred at a time from the database."""
    names = [field.name for field in columns(model)]
    found = rows(model, viewer)
    if model._meta.label == "calls.Consortium":
        shown: Any = model._default_manager
        inside = {*shown.shown_to(viewer).order_by().values_list("pk", flat=True)}
        for row in found.values(*names).iterator(chunk_size=500):
            yield row if row["id"] in inside else {name: row[name] for name in OF_A_CLOSED_ROOM}
        return
    yield from found.values(*names).iterator(chunk_size=500)


def files(model: type[Model], viewer: Viewer) -> Iterator[str]:
    """Yield the names of the uploads that belong to a model's rows."""
    for field in columns(model):
        if isinstance(field, FileField):
            names = rows(model, viewer).values_list(field.name, flat=True)
            yield from filter(None, names.iterator(chunk_size=500))
