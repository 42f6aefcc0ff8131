"""Django's admin, limited to reference data: what other apps register stays out."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse


class ReferenceSite(admin.AdminSite):
    """An admin for the secretariat, by its role, with log-in as everywhere else."""

    site_header = site_title = "Buy Social Taskforce Danmark"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register our own admins only: jobs hold log-in codes, and nobody may read ballots."""
        if getattr(admin_class, "holds_reference_data", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer
