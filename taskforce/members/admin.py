"""Reference data that the secretariat keeps in Django's admin: organisations, people, members."""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin
from django.db.models import DateField, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from taskforce.core.acts import Refused
from taskforce.core.dates import DayField
from taskforce.core.refusals import add_message
from taskforce.members.accounts import sessions, two_step
from taskforce.members.accounts.addresses import change_address
from taskforce.members.models import Member, Organisation, User

Row = TypeVar("Row", bound=Model)


class ReferenceAdmin(admin.ModelAdmin[Row]):
    """An admin that opens for the secretariat, by its role rather than by Django's permissions."""

    formfield_overrides: ClassVar[Any] = {DateField: {"form_class": DayField}}
    holds_reference_data = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._opens_for(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._opens_for(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._opens_for(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._opens_for(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._opens_for(request)

    def _opens_for(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin[Organisation]):
    list_display = ["name", "kind", "country", "in_taskforce"]
    list_filter = ["kind", "in_taskforce"]
    search_fields = ["name", "former_names"]
    prepopulated_fields = {"slug": ["name"]}


class UserForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["name", "email", "is_active"]


@admin.register(User)
class UserAdmin(ReferenceAdmin[User]):
    """People log in by a code in an e-mail, so nobody sets a password for another."""

    form = UserForm
    list_display = ["name", "email", "is_active"]
    search_fields = ["name", "email"]
    actions = ["switch_off_two_step"]

    @admin.action(description=_("Switch off two-step log-in (the phone and the codes are gone)"))
    def switch_off_two_step(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            try:
                two_step.switch_off(user=user)
            except Refused as refused:
                add_message(request, refused)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; another address is an act, by which the old one loses every way in."""
        if not change:
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            return
        obj.save(update_fields=["name", "is_active"])
        if "email" in form.changed_data:
            self._change_address(request, obj)

    def _change_address(self, request: HttpRequest, user: User) -> None:
        assert isinstance(request.user, User)  # noqa: S101  # the secretariat; for the type checker
        try:
            person = change_address(user=user, email=user.email, by=request.user)
        except Refused as refused:
            add_message(request, refused)
        else:
            if person == request.user:
                sessions.stay(request, person)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # end the membership or make the user inactive: what a person did stays theirs


@admin.register(Member)
class MemberAdmin(ReferenceAdmin[Member]):
    """Who may read a person's name is the person's own choice, made on their page."""

    list_display = ["user", "organisation", "role", "from_date", "to_date"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation"]
    autocomplete_fields = ["user", "organisation"]
    readonly_fields = ["name_visibility"]
