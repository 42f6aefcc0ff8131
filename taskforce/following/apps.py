from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    name = "taskforce.following"
    verbose_name = _("following")

    def ready(self) -> None:
        from taskforce.activity.models import Activity
        from taskforce.activity.taking_back import also_told
        from taskforce.core.moving import names_by_key
        from taskforce.core.unasked import everything_stopped
        from taskforce.following import (  # register what this floor tells
            found,  # noqa: F401
            of_members,  # noqa: F401
        )
        from taskforce.following.acts import stop_all
        from taskforce.following.models import Follow
        from taskforce.following.outside.acts import become_member, take_address
        from taskforce.following.tasks import tell_later
        from taskforce.following.telling import told_of
        from taskforce.members.models import Member, User

        also_told.append(told_of)
        names_by_key.append((Follow, "target_type", "target_id"))
        everything_stopped.connect(stop_all, dispatch_uid="following.stop_all")
        post_save.connect(tell_later, Activity, dispatch_uid="following.tell_later")
        post_save.connect(become_member, Member, dispatch_uid="following.become_member")
        post_save.connect(take_address, User, dispatch_uid="following.take_address")
