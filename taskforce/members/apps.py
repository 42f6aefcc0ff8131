from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    default = True
    name = "taskforce.members"
    verbose_name = _("members")

    def ready(self) -> None:
        from taskforce.members.accounts import keep_address  # models load first

        user_logged_in.connect(keep_address, dispatch_uid="members.keep_address")


class ReferenceAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "taskforce.members.admin_site.ReferenceSite"
