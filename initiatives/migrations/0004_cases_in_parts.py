"""A case in three parts, with its picture, its permission and its way; the story stays until it is moved."""

import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0003_word_forms"),
        ("meetings", "0004_agenda_and_corrections"),
        ("members", "0002_cache_table"),
    ]

    operations = [
        # On the way back the column is there again before it is filled.
        migrations.AlterField(
            model_name="case",
            name="story",
            field=models.TextField(blank=True, max_length=20000, verbose_name="story"),
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("asked", "Asked back"),
                            ("published", "Published"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("change_asked", "The author asks for a change"),
                            ("change_answered", "The change is answered"),
                        ],
                        max_length=15,
                        verbose_name="what",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="words")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "verbose_name": "step of a case",
                "verbose_name_plural": "steps of a case",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_number_with_unit",
        ),
        migrations.AddField(
            model_name="case",
            name="done",
            field=models.TextField(blank=True, max_length=20000, verbose_name="what was done"),
        ),
        migrations.AddField(
            model_name="case",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("tender", "Clause in a tender"),
                    ("direct", "Direct purchase"),
                    ("partnership", "Partnership"),
                    ("employment", "Employment"),
                ],
                max_length=11,
                verbose_name="kind of procurement",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="outcome",
            field=models.TextField(blank=True, max_length=3000, verbose_name="what came of it"),
        ),
        migrations.AddField(
            model_name="case",
            name="permission_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="permission given"),
        ),
        migrations.AddField(
            model_name="case",
            name="permission_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="picture",
            field=models.FileField(
                blank=True, editable=False, upload_to="cases", verbose_name="picture"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="picture_alt",
            field=models.CharField(
                blank=True, max_length=250, verbose_name="what the picture shows"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="picture_height",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="picture_small",
            field=models.FileField(blank=True, editable=False, upload_to="cases"),
        ),
        migrations.AddField(
            model_name="case",
            name="picture_width",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="problem",
            field=models.TextField(blank=True, max_length=3000, verbose_name="the problem"),
        ),
        migrations.AddField(
            model_name="casepartner",
            name="name",
            field=models.CharField(blank=True, max_length=120, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="case",
            name="achieved",
            field=models.CharField(blank=True, max_length=300, verbose_name="in one sentence"),
        ),
        migrations.AlterField(
            model_name="case",
            name="number",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="headline number"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Submitted"),
                    ("asked", "Asked back"),
                    ("published", "Published"),
                    ("declined", "Declined"),
                ],
                default="draft",
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="unit",
            field=models.CharField(
                blank=True, max_length=80, verbose_name="what the number counts"
            ),
        ),
        migrations.AlterField(
            model_name="casepartner",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case_partners",
                to="members.organisation",
            ),
        ),
        migrations.AddField(
            model_name="casestep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField(
            model_name="casestep",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="initiatives.case",
            ),
        ),
        migrations.AddIndex(
            model_name="casestep",
            index=models.Index(fields=["case", "-at"], name="case_step_latest"),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("asked", "declined", "change_asked", "change_answered")),
                        _negated=True,
                    ),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_step_has_its_words",
            ),
        ),
        # What a partner was in free words stays beside the role that is chosen.
        migrations.RenameField("casepartner", "role", "part"),
        migrations.AlterField(
            model_name="casepartner",
            name="part",
            field=models.CharField(blank=True, max_length=120, verbose_name="what they did"),
        ),
        migrations.AddField(
            model_name="casepartner",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("buyer", "Buyer"),
                    ("enterprise", "Social enterprise"),
                    ("between", "Go-between"),
                    ("other", "Other partner"),
                ],
                max_length=10,
                verbose_name="role",
            ),
        ),
    ]
