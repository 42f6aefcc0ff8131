"""Members follow everything by one table; what they follow of calls moves there."""

from django.db import migrations, models

# Links in letters name a row by its number: it is kept, and none is given out again.
NEXT = """
SELECT setval(
    pg_get_serial_sequence('following_follow', 'id'),
    GREATEST(
        (SELECT last_value FROM following_follow_id_seq),
        (SELECT last_value FROM calls_follow_id_seq)
    )
)
"""


def move(apps, schema_editor):
    before, follows = (apps.get_model(app, "Follow").objects for app in ("calls", "following"))
    kinds = _kinds(apps)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(NEXT)
    taken = {*follows.values_list("pk", flat=True)}
    for old in before.select_related("member").order_by("pk"):
        name = "call" if old.call_id else "consortium"
        follows.get_or_create(
            user_id=old.member.user_id,
            follower=None,
            target_type=kinds[name],
            target_id=old.call_id or old.consortium_id,
            words="",
            defaults={"since": old.since} | ({} if old.pk in taken else {"pk": old.pk}),
        )


def move_back(apps, schema_editor):
    """Give back what current and former members follow, to their latest membership."""
    before, follows = (apps.get_model(app, "Follow").objects for app in ("calls", "following"))
    members = apps.get_model("members", "Member").objects
    for name, kind in _kinds(apps).items():
        for follow in follows.filter(target_type=kind).exclude(user=None):
            seats = members.filter(user=follow.user_id)
            member = seats.order_by(models.F("to_date").desc(nulls_first=True), "-pk").first()
            exists = apps.get_model("calls", name).objects.filter(pk=follow.target_id).exists()
            if member and exists:
                thing = {f"{name}_id": follow.target_id}
                before.create(member=member, since=follow.since, **thing)
        follows.filter(target_type=kind).exclude(user=None).delete()


def _kinds(apps):
    """Return the content types by model; in a new database they do not stand yet."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    named = ((name, {"app_label": "calls", "model": name}) for name in ("call", "consortium"))
    return {name: ContentType.objects.get_or_create(**fields)[0] for name, fields in named}


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0003_names_of_rows_in_calls"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("following", "0004_choices_stand_with_all_mail"),
        ("members", "0001_initial"),
    ]

    operations = [migrations.RunPython(move, move_back)]
