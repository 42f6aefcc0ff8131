from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "taskforce.members"
    verbose_name = _("members")

    def ready(self) -> None:
        # Models load first.
        from allauth.account.signals import password_changed, password_reset, password_set
        from allauth.mfa.signals import authenticator_removed

        from taskforce.members import (
            found,  # noqa: F401  # registers what a search finds
            stand_ins,
        )
        from taskforce.members.accounts import lost_files, refused_mail
        from taskforce.members.accounts.addresses import keep_address
        from taskforce.members.accounts.sessions import forget_others
        from taskforce.members.accounts.two_step import forget_recovery_codes
        from taskforce.members.people.inviting import note_log_in

        stand_ins.register()
        user_logged_in.connect(lost_files.tell, dispatch_uid="members.lost_files")
        user_logged_in.connect(refused_mail.tell, dispatch_uid="members.refused_mail")
        user_logged_in.connect(keep_address, dispatch_uid="members.keep_address")
        user_logged_in.connect(note_log_in, dispatch_uid="members.note_log_in")
        authenticator_removed.connect(forget_recovery_codes, dispatch_uid="members.codes")
        for changed in (password_changed, password_reset, password_set):
            changed.connect(forget_others, dispatch_uid="members.forget_others")
