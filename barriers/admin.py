"""Themes are reference data; barriers and ballots are never changed behind the pages' back."""

from django.contrib import admin

from barriers.models import Theme
from taskforce.members.admin import ReferenceAdmin


@admin.register(Theme)
class ThemeAdmin(ReferenceAdmin[Theme]):
    list_display = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
