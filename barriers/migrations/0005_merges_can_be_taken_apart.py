"""What a merge moved is recorded, so that it can be taken apart again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("barriers", "0004_no_points_no_rank"),
        ("members", "0003_log_in_key"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MergeRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("was", models.JSONField()),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken apart"),
                ),
            ],
            options={
                "verbose_name": "record of a merge",
                "verbose_name_plural": "records of merges",
            },
        ),
        migrations.RemoveConstraint(
            model_name="change",
            name="change_names_the_other_barrier",
        ),
        migrations.AlterField(
            model_name="change",
            name="act",
            field=models.CharField(
                choices=[
                    ("renamed", "Title changed"),
                    ("described", "Description changed"),
                    ("rethemed", "Theme changed"),
                    ("merged", "Another barrier was merged into this one"),
                    ("apart", "Taken apart again after a merge by mistake"),
                    ("split", "Part of it became a barrier of its own"),
                    ("split_off", "Split from another barrier"),
                    ("resolved", "Resolved"),
                    ("answered", "Answer changed"),
                    ("reopened", "Reopened"),
                    ("unsaid", "An organisation withdrew its statement"),
                ],
                max_length=9,
                verbose_name="what",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("act__in", ("merged", "apart", "split", "split_off")),
                        ("other__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("act__in", ("merged", "apart", "split", "split_off")), _negated=True
                        ),
                        ("other", None),
                    ),
                    _connector="OR",
                ),
                name="change_names_the_other_barrier",
            ),
        ),
        migrations.AddField(
            model_name="mergerecord",
            name="change",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merge",
                to="barriers.change",
            ),
        ),
    ]
