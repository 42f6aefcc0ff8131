"""The words that mean the same with which the portal comes; the secretariat keeps them."""

from django.db import migrations

GROUPS = (
    ("SØV\nsocialøkonomisk virksomhed\nsocial virksomhed", "social enterprise"),
    ("RSV\nregistreret socialøkonomisk virksomhed", "registered social enterprise"),
    ("udbud\nlicitation", "tender\ncall for tenders"),
    ("indkøb\nanskaffelse", "procurement\npurchasing"),
    ("social klausul\nsociale klausuler\narbejdsklausul", "social clause"),
    ("socialøkonomi", "social economy"),
    ("velfærdsteknologi\nvelfærdsløsning", "welfare technology"),
    ("barriere\nhindring\nforhindring", "barrier\nobstacle"),
    ("kommune\nkommunal", "municipality"),
    ("EU-midler\nEU-støtte\nEU-opslag", "EU funding\nEU call"),
    ("iværksætter\nsocial iværksætter", "social entrepreneur"),
    ("bæredygtighed\ngrøn omstilling", "sustainability\ngreen transition"),
)


def add(apps, schema_editor):
    group = apps.get_model("front", "SynonymGroup")
    if not group.objects.exists():
        group.objects.bulk_create(group(danish=da, english=en) for da, en in GROUPS)


def remove(apps, schema_editor):
    apps.get_model("front", "SynonymGroup").objects.filter(
        danish__in=[da for da, _en in GROUPS]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("front", "0003_found_by_search")]

    operations = [migrations.RunPython(add, remove)]
