from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    default = True
    name = "taskforce.members"
    verbose_name = _("members")

    def ready(self) -> None:
        # Models load first.
        from allauth.account.signals import password_changed, password_reset, password_set
        from allauth.mfa.signals import authenticator_removed

        from taskforce.members.accounts.addresses import keep_address
        from taskforce.members.accounts.sessions import forget_others
        from taskforce.members.accounts.two_step import forget_recovery_codes

        user_logged_in.connect(keep_address, dispatch_uid="members.keep_address")
        authenticator_removed.connect(forget_recovery_codes, dispatch_uid="members.codes")
        for changed in (password_changed, password_reset, password_set):
            changed.connect(forget_others, dispatch_uid="members.forget_others")


class ReferenceAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "taskforce.members.admin_site.ReferenceSite"
