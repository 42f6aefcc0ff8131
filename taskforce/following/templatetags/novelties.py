"""What is new to the reader, for templates of floors that know nothing of following."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.apps import apps
from django.db.models import Model
from django.template.context import Context

from taskforce.following import novelty

register = template.Library()


@register.simple_tag(takes_context=True)
def new_on(context: Context, thing: Model) -> novelty.New | None:
    """Return what is new on the page of a thing, for `_partials/new_here.html`."""
    return novelty.on(thing, context["request"].user)


@register.simple_tag(takes_context=True)
def new_among(context: Context, label: str, rows: Iterable[Any]) -> set[int]:
    """Return the keys of those rows of a model, such as "barriers.Barrier", that are new."""
    keys = [row["pk"] if isinstance(row, dict) else row.pk for row in rows]
    return novelty.among(context["request"].user, apps.get_model(label), keys)
