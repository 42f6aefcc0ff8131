from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    default = True
    name = "taskforce.members"
    verbose_name = _("members")


class ReferenceAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "taskforce.members.admin_site.ReferenceSite"
